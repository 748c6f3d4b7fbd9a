"""Rotas in a dict."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.domain.ids import GroupId
from bot.domain.rota.roster import Roster
from bot.domain.rota.rota import Rota
from bot.domain.rota.sheet import Sheet
from bot.ports.rota import RotaShelf


@dataclass
class FakeRotaShelf(RotaShelf):
    """Every group's rotas, by id."""

    rotas: dict[str, Sheet] = field(default_factory=dict)
    numbers: dict[GroupId, int] = field(default_factory=dict)

    async def sheets(self, group: GroupId) -> Sequence[Sheet]:
        mine = (sheet for sheet in self.rotas.values() if sheet.rota.group == group)
        return sorted(mine, key=lambda sheet: sheet.rota.number)

    async def held(self, group: GroupId) -> Sequence[Sheet]:
        return await self.sheets(group)

    async def next_number(self, group: GroupId) -> int:
        self.numbers[group] = self.numbers.get(group, 0) + 1
        return self.numbers[group]

    async def begin(self, rota: Rota) -> None:
        self.rotas[rota.id] = Sheet(rota=rota, roster=Roster())

    async def end(self, group: GroupId, rota: str) -> None:
        if await self.hold(group, rota):
            del self.rotas[rota]

    async def hold(self, group: GroupId, rota: str) -> Sheet | None:
        sheet = self.rotas.get(rota)
        return sheet if sheet and sheet.rota.group == group else None

    async def keep(self, before: Sheet, after: Sheet) -> None:
        assert self.rotas[before.rota.id] == before
        self.rotas[after.rota.id] = after
