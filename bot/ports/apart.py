"""What never being paired asks of the store, and of the features that bring people together."""

from typing import Protocol

from whenever import Instant

from bot.domain.apart import Apart
from bot.domain.ids import GroupId, PersonId


class ApartList(Protocol):
    """A group's lines."""

    async def all(self, group: GroupId) -> Apart:
        """Return all of them."""


class ApartShelf(ApartList, Protocol):
    """The same, and one line at a time; in the open transaction."""

    async def keep(self, group: GroupId, person: PersonId, other: PersonId) -> None:
        """Keep that the person is never to be paired with the other; it may be there already."""

    async def drop(self, group: GroupId, person: PersonId, other: PersonId) -> None:
        """Let go of the person's own line, if there is one; one that the other made stays."""


class Separating(Protocol):
    """A feature that brings people together; inside a transaction."""

    async def separate(self, group: GroupId, person: PersonId, other: PersonId, now: Instant) -> None:
        """Let go of what was to bring the two together, at the person's word.

        The other sees what anybody sees when such a thing ends, or nothing.
        """
