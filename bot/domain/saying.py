"""What the bot says, before any world has rendered it.

A sentence is an id of the catalogue with arguments; no words stand here, and none that people typed in a chat.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Self, TypeAlias

from whenever import Date, Time, TimeDelta, ZonedDateTime

from bot.domain.ids import PersonId, PlaceId

_Value: TypeAlias = "Held | ZonedDateTime | Date | Time | TimeDelta"
Arg: TypeAlias = "str | int | PersonId | PlaceId | _Value | Line | tuple[Arg, ...]"

_WITHOUT_COMMAS = 2

NOTHING: Mapping[str, Arg] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Words that somebody typed, which stand in memory alone: by the code that they are held under (`Memory`)."""

    code: str


class Look(StrEnum):
    """How a line stands in a message; meaning never rests on it. `CODE` is to be copied, and shown as it is."""

    PLAIN = "plain"
    HEADING = "heading"
    ITEM = "item"
    STEP = "step"
    QUIET = "quiet"
    CODE = "code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One message of the catalogue. Times in `args` carry the zone of the person who will read them."""

    id: str
    args: Mapping[str, Arg] = field(default_factory=lambda: NOTHING)
    look: Look = Look.PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """What takes an answer back: a command with its options."""

    command: str
    options: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something the reader may answer: a command with its options, so that it can be typed as well.

    `undo` takes the answer back; a line says why it cannot be and what can be done instead; None is for answers that
    only show something, or of which nothing is kept.
    """

    label: Line
    command: str
    options: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    undo: Undo | Line | None = None

    @property
    def typed(self) -> str:
        """The line to type instead of pressing; commas keep the words of many options apart."""
        between = " " if len(self.options) <= _WITHOUT_COMMAS else ", "
        return f"{self.command} {between.join(self.options.values())}".rstrip()

    def undone_by(self, undo: Undo | Line) -> Self:
        """Return the same choice with what takes it back."""
        return replace(self, undo=undo)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """How a file is seen that is a picture: what says in words what it shows, its width and its height in pixels."""

    alt: str = field(repr=False)
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file for one person: what it is called, its media type (RFC 6838), and its bytes; `seen` is a picture's."""

    name: str
    kind: str
    content: bytes = field(repr=False)
    seen: Seen | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What is handed over with a message. It passes through memory alone.

    `in_text` are the lines of the message where no file can be sent, and `later` those of one that has to wait: it is
    kept meanwhile, so nothing of the files may stand in them. `beside` are lines that stand with the files, and are
    kept as little as they are.
    """

    files: tuple[File, ...]
    in_text: tuple[Line, ...] = field(repr=False)
    later: tuple[Line, ...]
    beside: tuple[Line, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """One message: its lines in order, then what may be answered.

    `rings` are those it is meant for, of all who are named in a room: a world may ring for them, and for nobody else.
    `handed` are files that come with it, or None. `unsays` are the keys of earlier messages to whoever this answers:
    they are taken away, and this is said only if they cannot be. Only an answer that keeps nothing may have them.
    """

    lines: tuple[Line, ...]
    choices: tuple[Choice, ...] = ()
    rings: tuple[PersonId, ...] = ()
    handed: Handed | None = None
    unsays: tuple[str, ...] = ()

    @property
    def files(self) -> tuple[File, ...]:
        """The files that come with it, if any do."""
        return () if self.handed is None else self.handed.files

    @property
    def with_files(self) -> Self:
        """The same message where its files are sent, apart from it."""
        return self if self.handed is None else replace(self, lines=self.lines + self.handed.beside, handed=None)

    @property
    def in_text(self) -> Self:
        """The same message where no file can be sent."""
        return self if self.handed is None else replace(self, lines=self.handed.in_text, handed=None)

    @property
    def to_be_kept(self) -> Self:
        """The same message where it has to wait: with nothing of its files."""
        return self if self.handed is None else replace(self, lines=self.handed.later, handed=None)

    def then(self, *lines: Line) -> Self:
        """Return the same message with more lines at its end."""
        return replace(self, lines=self.lines + lines)

    def offering(self, *choices: Choice) -> Self:
        """Return the same message with more to choose from."""
        return replace(self, choices=self.choices + choices)

    def handing(self, handed: Handed) -> Self:
        """Return the same message with files."""
        return replace(self, handed=handed)

    def unsaying(self, *keys: str) -> Self:
        """Return the same message in the place of earlier ones to the same person."""
        return replace(self, unsays=keys)

    def ringing(self, *people: PersonId) -> Self:
        """Return the same message, meant for these people among all who are in the room."""
        return replace(self, rings=people)


def line(id_: str, look: Look = Look.PLAIN, /, **args: Arg) -> Line:
    """Make one line: `line("rota-kept", name=rota.name)`."""
    return Line(id=id_, args=MappingProxyType(args), look=look)


def say(id_: str, /, **args: Arg) -> Say:
    """Make a message of one line: `say("rota-kept", name=rota.name)`."""
    return Say(lines=(line(id_, **args),))


def choice(label: str, command: str, /, **options: str) -> Choice:
    """Make a choice: `choice("sit-can", "sit can", ask="K7")`."""
    return Choice(label=line(label), command=command, options=MappingProxyType(options))


def undo(command: str, /, **options: str) -> Undo:
    """Make what takes an answer back: `undo("sit withdraw", ask="K7")`."""
    return Undo(command=command, options=MappingProxyType(options))


class Refused(Exception):  # noqa: N818  A refusal is an answer and not an error.
    """Something asked for that cannot be; its line says what would work and is safe to show."""

    def __init__(self, id_: str, /, **args: Arg) -> None:
        super().__init__(id_)
        self.say = say(id_, **args)
