"""Who is asked for what, in dicts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from whenever import Instant

from bot.domain.ids import GroupId, PersonId
from bot.domain.rota.asks import Asks
from bot.ports.asking import AskingShelf
from tests.fakes.people import FakePeople
from tests.fakes.rota import FakeRotaShelf


@dataclass
class FakeAskingShelf(AskingShelf):
    """Goes by what people wished for, and by which rotas there are."""

    people: FakePeople
    rotas: FakeRotaShelf
    last: dict[tuple[GroupId, PersonId], Instant] = field(default_factory=dict)
    asks: dict[str, Asks] = field(default_factory=dict)

    async def willing(self, group: GroupId) -> Sequence[PersonId]:
        return [person for (where, person), wish in self.people.wishes.items() if where == group and wish.gaps]

    async def last_asked(self, group: GroupId) -> Mapping[PersonId, Instant]:
        return {person: at for (where, person), at in self.last.items() if where == group}

    async def remember(self, group: GroupId, person: PersonId, at: Instant) -> None:
        self.last[group, person] = at

    async def of(self, group: GroupId, rota: str) -> Asks:
        return self.asks.get(rota, Asks()) if await self.rotas.hold(group, rota) else Asks()

    async def keep(self, group: GroupId, rota: str, before: Asks, after: Asks) -> None:
        assert await self.of(group, rota) == before
        if await self.rotas.hold(group, rota):
            self.asks[rota] = after
