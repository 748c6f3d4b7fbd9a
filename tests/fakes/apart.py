"""Lines in a set."""

from dataclasses import dataclass, field

from bot.domain.apart import Apart
from bot.domain.ids import GroupId, PersonId
from bot.ports.apart import ApartShelf


@dataclass
class FakeApartShelf(ApartShelf):
    """Every group's lines."""

    lines: set[tuple[GroupId, PersonId, PersonId]] = field(default_factory=set)

    async def all(self, group: GroupId) -> Apart:
        return Apart(made=frozenset((who, other) for there, who, other in self.lines if there == group))

    async def keep(self, group: GroupId, person: PersonId, other: PersonId) -> None:
        self.lines.add((group, person, other))

    async def drop(self, group: GroupId, person: PersonId, other: PersonId) -> None:
        self.lines.discard((group, person, other))
