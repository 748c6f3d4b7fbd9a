"""What may come after a sit, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.domain.ids import GroupId, PersonId
from bot.domain.sit.again import Willing
from bot.domain.sit.looking import Look


@dataclass
class FakeAgain:
    """Implements `ports.sit_again.AgainShelf`."""

    kept: dict[tuple[GroupId, str, PersonId], Willing] = field(default_factory=dict)

    async def said(self, group: GroupId, code: str) -> Sequence[Willing]:
        return [one for key, one in sorted(self.kept.items()) if key[:2] == (group, code)]

    async def of(self, group: GroupId, person: PersonId) -> Sequence[Willing]:
        return [one for key, one in sorted(self.kept.items()) if (key[0], key[2]) == (group, person)]

    async def keep(self, willing: Willing) -> None:
        self.kept[willing.group, willing.code, willing.person] = willing

    async def drop(self, group: GroupId, code: str, person: PersonId) -> bool:
        return self.kept.pop((group, code, person), None) is not None


@dataclass
class FakeLooks:
    """Implements `ports.sit_again.LookShelf`."""

    kept: dict[tuple[GroupId, str], Look] = field(default_factory=dict)

    async def one(self, group: GroupId, code: str) -> Look | None:
        return self.kept.get((group, code))

    async def about(self, group: GroupId, person: PersonId) -> Sequence[Look]:
        found = [one for one in self.kept.values() if one.group == group and person in {one.person, one.other}]
        return sorted(found, key=lambda one: (one.until, one.code))

    async def keep(self, look: Look) -> None:
        self.kept[look.group, look.code] = look

    async def drop(self, look: Look) -> None:
        self.kept.pop((look.group, look.code), None)
