"""Open hours in a dict, and the rotas that hold some."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.ids import GroupId
from bot.domain.together.hour import Company, Hour
from bot.ports.rota import RotaList
from bot.ports.together import TogetherShelf


@dataclass
class FakeTogetherShelf(TogetherShelf):
    """Every group's. What hangs on a rota of `of` goes with it."""

    of: RotaList
    hours: dict[str, Hour] = field(default_factory=dict)
    held: dict[str, Company] = field(default_factory=dict)

    async def all(self, group: GroupId) -> Sequence[Hour]:
        mine = (hour for hour in self.hours.values() if hour.group == group)
        return sorted(mine, key=lambda hour: (hour.starts, hour.id))

    async def keep(self, hour: Hour) -> None:
        self.hours[hour.id] = hour

    async def drop(self, group: GroupId, hour: str) -> None:
        if hour in self.hours and self.hours[hour].group == group:
            del self.hours[hour]

    async def rotas(self, group: GroupId) -> Mapping[str, Company]:
        there = {sheet.rota.id for sheet in await self.of.sheets(group)}
        return {rota: company for rota, company in self.held.items() if rota in there}

    async def hold(self, group: GroupId, rota: str, company: Company) -> None:
        if rota in {sheet.rota.id for sheet in await self.of.sheets(group)}:
            self.held[rota] = company

    async def release(self, group: GroupId, rota: str) -> None:
        if rota in await self.rotas(group):
            del self.held[rota]
