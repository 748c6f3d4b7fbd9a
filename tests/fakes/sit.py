"""The sit's shelves, in memory."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from whenever import Instant

from bot.domain.ids import GroupId, PersonId
from bot.domain.sit.ask import Ask
from bot.domain.sit.opening import Opening


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
    """Implements `ports.openings.Openings`."""

    kept: dict[tuple[GroupId, PersonId], Opening] = field(default_factory=dict)

    async def one(self, group: GroupId, person: PersonId) -> Opening:
        return self.kept.get((group, person), Opening())

    async def held(self, group: GroupId, person: PersonId) -> Opening:
        return await self.one(group, person)

    async def all(self, group: GroupId) -> Mapping[PersonId, Opening]:
        return {person: opening for (where, person), opening in self.kept.items() if where == group}

    async def keep(self, group: GroupId, person: PersonId, before: Opening, after: Opening) -> None:
        assert before == await self.one(group, person)
        self.kept[group, person] = replace(after, last_asked=before.last_asked)
        if self.kept[group, person] == Opening():
            del self.kept[group, person]

    async def remember(self, group: GroupId, people: Collection[PersonId], at: Instant) -> None:
        for person in people:
            self.kept[group, person] = replace(await self.one(group, person), last_asked=at)
