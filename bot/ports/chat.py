"""What the core asks of a chat platform: a word to a person, a word in a place, a room for two."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from whenever import Instant, TimeDelta

from bot.domain.firststep import Stay
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.saying import Line, Say


class ChatError(Exception):
    """A platform would not or could not do it. `permanent` means that trying again is pointless.

    `wait` is how long the platform asks to be left alone first; None when it did not say. `within` is for what may
    have been done all the same: the platform knows a second try for the same only for so long; None means always.
    """

    def __init__(
        self, kind: str, *, permanent: bool, wait: TimeDelta | None = None, within: TimeDelta | None = None
    ) -> None:
        super().__init__(kind)
        self.kind = kind
        self.permanent = permanent
        self.wait = wait
        self.within = within


class ClosedError(ChatError):
    """The person takes nothing from the bot in private, however often it is tried; a room they may still read."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind, permanent=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """Who has come into a meeting room, and who no longer will: they left it, or did not take the invitation."""

    here: frozenset[PersonId]
    gone: frozenset[PersonId]


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """What a platform calls something that it took: its own ids of all the messages it became, where there are any.

    `answered` is the one of them under which a reaction is an answer; None where none is.
    """

    messages: tuple[str, ...] = ()
    answered: str | None = None


class Chat(Protocol):
    """One world's way of speaking. Every method is harmless when it is called again with the same key."""

    async def tell(
        self,
        person: PersonId,
        say: Say,
        key: str,
        group: GroupId,
        via: str | None = None,
        since: Instant | None = None,
    ) -> Posted:
        """Say it to one person where nobody else sees it; `group` is the one it is about. Raises `ChatError`.

        `via` is this world's own mark of where it was asked for, if it is an answer and there is one. It was first to
        be said at `since`: a platform that does not know the key for long looks whether it was.
        """

    async def post(self, place: PlaceId, say: Say, key: str, since: Instant | None = None) -> Posted:
        """Say it in a place, to whoever is there; `since` as in `tell`. Raises `ChatError`."""

    async def unsay(self, to: PersonId | PlaceId, messages: Sequence[str], key: str) -> None:
        """Take away what was said to that person or in that place, by the platform's own ids. Raises `ChatError`.

        What is gone already, or is not there, is passed over.
        """


class Rooms(Protocol):
    """One world's private meeting rooms."""

    async def open(self, people: Sequence[PersonId], key: str, group: GroupId) -> PlaceId:
        """Make a private room and let those people in; the same key gives the same room. Raises `ChatError`.

        `group` is the one that the people meet in, here and below.
        """

    async def find(self, key: str, group: GroupId) -> PlaceId | None:
        """Return the room made for this key, or None when there is none, or no longer. Raises `ChatError`."""

    async def attendance(self, place: PlaceId, people: Sequence[PersonId]) -> Attendance:
        """Return who of those the room was made for has come in and who will not. Raises `ChatError`."""

    async def leave(self, key: str, group: GroupId, *, closing: bool) -> None:
        """Take the bot out of the room made for this key, for good; `closing` also closes it to everybody.

        Nothing happens when there is no such room any more. The key finds it until all of it is done, so that it can
        be gone on with after a crash. Raises `ChatError`.
        """

    async def let_out(self, key: str, group: GroupId, person: PersonId) -> None:
        """Let one person out of the room made for this key, where the bot is in it still. Raises `ChatError`.

        Nothing happens when the bot, the person or the room is there no more.
        """


class Surveying(Protocol):
    """What a platform tells of its places. Nothing is told where it tells nothing."""

    async def readers(self, place: PlaceId) -> tuple[Line, ...]:
        """Return who else can read what is said there, and is not in it. Raises `ChatError`."""

    async def lacking(self, place: PlaceId) -> tuple[Line, ...]:
        """Return what the bot may not do there, and what does not work without it. Raises `ChatError`."""

    async def meeting_readers(self, group: GroupId, *, direct: bool) -> tuple[Line, ...]:
        """Return who, besides two people of the group who meet, can read what they say, in short. Raises `ChatError`.

        They meet in a private room, or else, if it is `direct`, in each other's direct messages.
        """


class Staying(Protocol):
    """Who is in a group, and since when."""

    async def stay(self, person: PersonId, group: GroupId) -> Stay:
        """Return whether the person is in the group now, and since when. Raises `ChatError`.

        It opens no transaction, and the world keeps nothing of it but in memory.
        """


class Names(Protocol):
    """What people are called."""

    def called(self, person: PersonId, group: GroupId) -> str:
        """Return the name that stands for the person in what is said about that group."""

    def meant(self, text: str, group: GroupId) -> PersonId | None:
        """Return the person whom the words name there: a mention, an id, or the name of just one of those known.

        None for all else. Nobody is asked, so that nothing of it can be seen; somebody named by their id need not be in
        the group.
        """

    async def is_here(self, person: PersonId, group: GroupId) -> bool:
        """Return whether somebody is in the group, as far as the platform tells. Raises `ChatError`."""

    def group_called(self, group: GroupId) -> str | None:
        """Return what the group is called, as people in it see it; None when that is not known."""


class World(Chat, Rooms, Surveying, Staying, Names, Protocol):
    """A world that is connected."""
