"""What a first step asks of the store and of the worlds, and what it answers to whatever brings people together."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Protocol, TypeAlias

from whenever import Instant

from bot.domain.firststep import Standing, Stay
from bot.domain.ids import GroupId, PersonId

# Returns what the group's world tells, just now, of each of these people; who is not told of in time is left out.
Stays: TypeAlias = Callable[[GroupId, Collection[PersonId]], Awaitable[Mapping[PersonId, Stay]]]


class WelcomeShelf(Protocol):
    """Who welcomed whom; in the open transaction."""

    async def counts(self, group: GroupId, people: Collection[PersonId]) -> Mapping[PersonId, int]:
        """Return how many members welcomed each of these people. It is shown to nobody."""

    async def by(self, group: GroupId, welcomer: PersonId) -> frozenset[PersonId]:
        """Return whom that person welcomed."""

    async def keep(self, group: GroupId, person: PersonId, welcomer: PersonId) -> None:
        """Keep a welcome; it may be there already."""

    async def drop(self, group: GroupId, person: PersonId, welcomer: PersonId) -> None:
        """Let go of a welcome, if there is one."""


class MayOffer(Protocol):
    """Who may offer company in a group, by the first step that it asks for; inside a transaction."""

    async def may_offer(self, group: GroupId, people: frozenset[PersonId], now: Instant) -> frozenset[PersonId]:
        """Return those of the people who may."""

    async def refuse(self, group: GroupId, person: PersonId, now: Instant) -> None:
        """Raise `Refused`, with what would work, for somebody who may not yet."""

    async def standing(self, group: GroupId, person: PersonId, now: Instant) -> Standing:
        """Return how it is for them, with what would work; nothing is said where the group asks for nothing."""
