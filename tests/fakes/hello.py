"""Hellos in a dict."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.domain.hello.hello import Hello
from bot.domain.ids import GroupId
from bot.ports.hello import HelloShelf


@dataclass
class FakeHelloShelf(HelloShelf):
    """Every group's hellos, by id."""

    hellos: dict[str, Hello] = field(default_factory=dict)

    async def all(self, group: GroupId) -> Sequence[Hello]:
        mine = (hello for hello in self.hellos.values() if hello.group == group)
        return sorted(mine, key=lambda hello: hello.id)

    async def keep(self, hello: Hello) -> None:
        twice = [each for each in self.hellos.values() if (each.group, each.person) == (hello.group, hello.person)]
        assert all(each.id == hello.id for each in twice)
        self.hellos[hello.id] = hello

    async def drop(self, group: GroupId, hello: str) -> None:
        if hello in self.hellos and self.hellos[hello].group == group:
            del self.hellos[hello]
