"""Welcomes in a set, and stays in a dict."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from bot.domain.firststep import Stay
from bot.domain.ids import GroupId, PersonId
from bot.ports.firststep import WelcomeShelf


@dataclass
class FakeWelcomeShelf(WelcomeShelf):
    """Every group's welcomes, as who was welcomed and by whom."""

    kept: set[tuple[GroupId, PersonId, PersonId]] = field(default_factory=set)

    async def counts(self, group: GroupId, people: Collection[PersonId]) -> Mapping[PersonId, int]:
        return {each: sum((there, who) == (group, each) for there, who, _ in self.kept) for each in people}

    async def by(self, group: GroupId, welcomer: PersonId) -> frozenset[PersonId]:
        return frozenset(who for there, who, by in self.kept if (there, by) == (group, welcomer))

    async def keep(self, group: GroupId, person: PersonId, welcomer: PersonId) -> None:
        self.kept.add((group, person, welcomer))

    async def drop(self, group: GroupId, person: PersonId, welcomer: PersonId) -> None:
        self.kept.discard((group, person, welcomer))


@dataclass
class FakeStays:
    """What a world tells of people: those who are not among `told` it tells nothing of in time."""

    told: dict[PersonId, Stay] = field(default_factory=dict)
    asked: list[frozenset[PersonId]] = field(default_factory=list)

    async def __call__(self, _group: GroupId, people: Collection[PersonId]) -> Mapping[PersonId, Stay]:
        self.asked.append(frozenset(people))
        return {person: self.told[person] for person in people if person in self.told}
