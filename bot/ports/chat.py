"""What the core asks of a chat platform: a word to a person, a word in a place, a room for two."""

from collections.abc import Sequence
from typing import Protocol

from bot.domain.ids import PersonId, PlaceId
from bot.domain.saying import Say


class ChatError(Exception):
    """A platform would not or could not do it. `permanent` means that trying again is pointless."""

    def __init__(self, kind: str, *, permanent: bool) -> None:
        super().__init__(kind)
        self.kind = kind
        self.permanent = permanent


class Chat(Protocol):
    """One world's way of speaking. Every method is harmless when it is called again with the same key."""

    async def tell(self, person: PersonId, say: Say, key: str) -> None:
        """Say it to one person where nobody else sees it. Raises `ChatError`."""

    async def post(self, place: PlaceId, say: Say, key: str) -> None:
        """Say it in a place, to whoever is there. Raises `ChatError`."""


class Rooms(Protocol):
    """One world's private meeting rooms."""

    async def open(self, people: Sequence[PersonId], key: str) -> PlaceId:
        """Make a private room and let those people in; the same key gives the same room. Raises `ChatError`."""

    async def present(self, place: PlaceId) -> frozenset[PersonId]:
        """Return who has come in, the bot left out. Raises `ChatError`."""

    async def leave(self, place: PlaceId, *, closing: bool) -> None:
        """Take the bot out for good; `closing` also closes the room to everybody. Raises `ChatError`."""


class World(Chat, Rooms, Protocol):
    """A world that is connected."""
