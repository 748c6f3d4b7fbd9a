"""A memory of lists that remembers only what it was told."""

from dataclasses import dataclass, field

from bot.domain.ids import GroupId, PersonId
from bot.domain.saying import Say


@dataclass
class FakeRecalling:
    """Implements `ports.answering.Recalling`. `written` counts how often what was told was written down."""

    said: list[tuple[PersonId, GroupId, Say, str | None]] = field(default_factory=list)
    written: int = 0
    group: GroupId | None = None
    expects_file: bool = False

    def told(self, person: PersonId, group: GroupId, message: Say, native: str | None) -> None:
        self.said.append((person, group, message, native))

    async def group_of(self, _person: PersonId, _text: str) -> GroupId | None:
        return self.group

    def wants_file(self, _person: PersonId, _group: GroupId) -> bool:
        return self.expects_file

    async def write(self) -> None:
        self.written += 1
