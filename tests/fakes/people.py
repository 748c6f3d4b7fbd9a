"""What people told about themselves, in a dict."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from whenever import Instant

from bot.domain.ids import GroupId, PersonId
from bot.domain.people import Ways, Wish
from bot.domain.saying import Line
from bot.ports.keeping import People


@dataclass
class FakePeople(People):
    """Everybody has the usual ways until they wish for others."""

    wishes: dict[tuple[GroupId, PersonId], Wish] = field(default_factory=dict)

    async def ways(self, group: GroupId, person: PersonId) -> Ways:
        return Ways().wishing(await self.wish(group, person))

    async def ways_of(self, group: GroupId, people: Collection[PersonId]) -> Mapping[PersonId, Ways]:
        return {person: await self.ways(group, person) for person in people}

    async def wish(self, group: GroupId, person: PersonId) -> Wish:
        return self.wishes.get((group, person), Wish())

    async def keep(self, group: GroupId, person: PersonId, wish: Wish) -> None:
        self.wishes[group, person] = wish


@asynccontextmanager
async def unstirred(_group: GroupId, _person: PersonId, _now: Instant) -> AsyncIterator[None]:
    """Let ways change where nothing hangs on them."""
    yield


async def nothing_told(_group: GroupId, _person: PersonId, _now: Instant) -> Sequence[Line]:
    """Return what somebody told who told nothing."""
    return ()
