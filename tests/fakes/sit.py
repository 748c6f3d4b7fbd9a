"""The sit's shelves, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from whenever import Instant

from bot.domain.ids import GroupId, PersonId
from bot.domain.sit.ask import Ask


@dataclass
class FakeAsks:
    """Implements `ports.sit.Asks`."""

    kept: dict[tuple[GroupId, str], Ask] = field(default_factory=dict)

    async def one(self, group: GroupId, code: str) -> Ask | None:
        return self.kept.get((group, code))

    async def all(self, group: GroupId) -> Sequence[Ask]:
        ours = (ask for ask in self.kept.values() if ask.group == group)
        return sorted(ours, key=lambda ask: (ask.asked_at, ask.id))

    async def keep(self, ask: Ask) -> None:
        self.kept[ask.group, ask.id] = ask
        if ask.over:
            del self.kept[ask.group, ask.id]


@dataclass
class FakeOpenings:
    """Implements `ports.sit.Openings`."""

    kept: dict[tuple[GroupId, PersonId], Instant | None] = field(default_factory=dict)

    async def people(self, group: GroupId, now: Instant) -> frozenset[PersonId]:
        return frozenset(
            person for (where, person), until in self.kept.items() if where == group and (until is None or until > now)
        )

    async def keep(self, group: GroupId, person: PersonId, until: Instant | None) -> None:
        self.kept[group, person] = until

    async def drop(self, group: GroupId, person: PersonId) -> bool:
        return self.kept.pop((group, person), self) is not self
