"""Commands as data: declared once, rendered by every world in its own way.

The words for a command come from the catalogue: `rota new` has `rota-new` with `.help`,
its option `name` has `rota-new-name` with `.ask`, the question put when it is missing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol, TypeAlias, TypeVar, runtime_checkable

from whenever import Instant

from bot.domain.ids import GroupId, PersonId, PlaceId

T = TypeVar("T")


class Trait(StrEnum):
    """What only some worlds have.

    `DEVICES`: people read on devices of their own that are given keys. `CHANNELS`: a group has channels, and chooses
    the one that private rooms are made under. `CLEARING`: the bot stays with a private room until it takes it away.
    `UNSEEN`: commands are given where nobody else sees them, and never as lines that answer a list.
    """

    DEVICES = "devices"
    CHANNELS = "channels"
    CLEARING = "clearing"
    UNSEEN = "unseen"


# Is given the name of a world.
TraitsOf: TypeAlias = Callable[[str], frozenset[Trait]]
# Is given the words for a person and the group in which they are meant; returns None when nobody is, or several are.
MeantIn: TypeAlias = Callable[[str, GroupId], PersonId | None]


def nobody(_text: str) -> None:
    """Return nobody, whoever is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What is known while typed words are read: the moment, the reader's time zone, the group's places.

    `zone` is an IANA name. `places` holds the name a person types for each place of their own group. `meant` finds the
    person whom words name there, or None.
    """

    now: Instant
    zone: str
    places: Mapping[str, PlaceId] = field(default_factory=lambda: MappingProxyType({}))
    meant: Callable[[str], PersonId | None] = nobody


class Kind(Protocol):
    """A kind of option: how its text becomes a value."""

    @property
    def zoned(self) -> bool:
        """Whether reading needs to know the person's time zone."""

    @property
    def choices(self) -> tuple[str, ...]:
        """Every word that is accepted, where they can be listed; otherwise empty."""

    @property
    def greedy(self) -> bool:
        """Whether any text at all fits, so that typed words only land here when nothing else wants them."""

    def read(self, text: str, reading: Reading) -> object:
        """Turn `text` into a value. Raises `Refused` with what would work."""


@runtime_checkable
class TellingKind(Protocol):
    """A kind of option that can be told from what is typed, also where that is not one of what it takes."""

    def means(self, text: str) -> bool:
        """Return whether the words are meant for it: it is then what says what would work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One thing a command wants to know; a world asks for it when it is required and missing.

    `looked_up` says that its feature itself suggests what it could be, from what is kept. `kept` says that the group
    asks for the very words to be kept: a column of the schema says that it holds them, and nothing else may. `named`
    says that it is only ever meant where its name stands before it, and takes all that is typed after that.
    """

    name: str
    kind: Kind
    required: bool = False
    looked_up: bool = False
    kept: bool = False
    named: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What can be asked. `listed` is false for answers that only make sense after a message.

    `needs` is what a world must have for it; in others there is no such command. `anywhere` is for what is about the
    person alone: it can be asked in private by somebody who is in no group.
    """

    name: str
    options: tuple[Option, ...] = ()
    listed: bool = True
    needs: Trait | None = None
    anywhere: bool = False

    @property
    def slug(self) -> str:
        """The command's id in the catalogue."""
        return self.name.replace(" ", "-")

    def option(self, name: str) -> Option | None:
        """Return the option of that name, or None."""
        return next((option for option in self.options if option.name == name), None)

    def is_for(self, traits: frozenset[Trait]) -> bool:
        """Return whether there is such a command in a world that has these."""
        return self.needs is None or self.needs in traits


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A command as a world heard it, its options still words.

    `key` names the event that carried it: the same event heard twice has the same key.
    `places` are the group's places a person may name, the usual one first.
    `undoes` is the key of what it takes back, or None.
    `here` is where it was used, and `via` the world's own mark of the way back to it, good for minutes; None where the
    answer goes to the person wherever they are.
    `vouched` is false where a world has devices that are given keys, and no device that its owner vouches for sent it.
    """

    key: str
    command: str
    options: Mapping[str, str]
    person: PersonId
    group: GroupId
    places: Mapping[str, PlaceId]
    undoes: str | None = None
    here: PlaceId | None = None
    via: str | None = None
    vouched: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A line that a person typed, meant for the bot; the rest is as in `Asking`.

    `private` says that nobody else saw it, so it may also be the answer to a question or a number from a list.
    `is_file` says that it is what was in a file that they sent: the answer to a question for one, and nothing else.
    """

    key: str
    text: str
    private: bool
    person: PersonId
    group: GroupId
    places: Mapping[str, PlaceId]
    vouched: bool = True
    is_file: bool = False

    def asking(self, command: str, options: Mapping[str, str]) -> Asking:
        """Return it as a command that was heard."""
        return Asking(
            key=self.key,
            command=command,
            options=options,
            person=self.person,
            group=self.group,
            places=self.places,
            vouched=self.vouched,
        )


Places: TypeAlias = Mapping[GroupId, Mapping[str, PlaceId]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picking:
    """A reaction to a message of the bot's, in private. `text` is what it shows: a digit, or the words of a choice.

    `key` names the reaction's event, `message` the one it stands under. `groups` are those the person shares with
    the bot, each with its places as in `Asking`; in those that are `unvouched` a reaction counts for nothing, as no
    device vouches for it.
    """

    key: str
    message: str
    text: str
    person: PersonId
    groups: Places
    unvouched: frozenset[GroupId] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class TakingBack:
    """A reaction taken away again: `reaction` was its key. The rest is as in `Picking`."""

    key: str
    reaction: str
    person: PersonId
    groups: Places
    unvouched: frozenset[GroupId] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A command understood: every option a value of its kind. `at` is when it was heard.

    `place` is where it is about, or the group's usual one; `others` are the group's other places.
    `undoes` is the key of what it takes back, or None; `here`, `via` and `vouched` are as in `Asking`.
    """

    key: str
    command: str
    options: Mapping[str, object]
    person: PersonId
    group: GroupId
    place: PlaceId
    at: Instant
    others: frozenset[PlaceId] = frozenset()
    undoes: str | None = None
    here: PlaceId | None = None
    via: str | None = None
    vouched: bool = True

    def get(self, name: str, kind: type[T]) -> T | None:
        """Return the option's value, or None when it was left out."""
        value = self.options.get(name)
        return value if isinstance(value, kind) else None

    def need(self, name: str, kind: type[T]) -> T:
        """Return a required option's value; the switchboard has seen to it that it is there."""
        value = self.options[name]
        if not isinstance(value, kind):
            raise TypeError(name)
        return value
