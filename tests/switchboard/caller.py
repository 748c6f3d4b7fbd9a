"""People who call the switchboard of a real house, and hear the ids of the sentences they get."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from bot.domain.commands import Asking, Typed
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.saying import Say
from bot.switchboard import Switchboard
from tests.fakes.world import LOCALE
from tests.scenarios.memory import GROUP, IDS, ROOM, MemoryStage
from tests.scenarios.stage import ASH

OTHER_GROUP = GroupId.of("fake", "other")
OTHER_ROOM = PlaceId.of("fake", "other-room")
PLACES: Mapping[GroupId, Mapping[str, PlaceId]] = {GROUP: {"room": ROOM}, OTHER_GROUP: {"room": OTHER_ROOM}}


def ids(said: Say | None) -> list[str]:
    """Return the ids of the sentences; for an answer that could not be read, the one that says why too."""
    if said is None:
        return []
    lines = [one for line in said.lines for one in (line, line.args.get("why")) if one is not None]
    return [one.id for one in lines if not isinstance(one, str) and hasattr(one, "id")]


@dataclass(kw_only=True)
class Caller:
    """`of` and `to` give another person, another group or another switchboard."""

    stage: MemoryStage
    who: str = ASH
    group: GroupId = GROUP
    other: Switchboard | None = None
    keys: Iterator[str] = field(default_factory=lambda: (f"fake:call-{number}" for number in itertools.count(1)))

    def of(self, who: str, group: GroupId | None = None) -> "Caller":
        return replace(self, who=who, group=group or self.group)

    def to(self, switchboard: Switchboard) -> "Caller":
        return replace(self, other=switchboard)

    @property
    def person(self) -> PersonId:
        return IDS[self.who]

    @property
    def switchboard(self) -> Switchboard:
        return self.other or self.stage.house.switchboard

    async def hears(self, text: str, *, key: str = "", private: bool = True) -> Say | None:
        """Return the answer that comes at once."""
        typed = Typed(
            key=key or next(self.keys),
            text=text,
            private=private,
            person=self.person,
            group=self.group,
            places=PLACES[self.group],
            locale=LOCALE,
        )
        return await self.switchboard.hear(typed)

    async def types(self, text: str, *, key: str = "", private: bool = True) -> list[str]:
        """Return the ids of the answer, at once or through the outbox."""
        before = len(self.stage.world.private[self.person])
        said = await self.hears(text, key=key, private=private)
        await self.stage.settled()
        sent = self.stage.world.private[self.person][before:]
        return ids(said) + [id_ for one in sent for id_ in ids(one)]

    async def asks(self, command: str, *, key: str = "", **options: str) -> list[str]:
        """Ask by form; return as `types` does."""
        before = len(self.stage.world.private[self.person])
        asking = Asking(
            key=key or next(self.keys),
            command=command,
            options=options,
            person=self.person,
            group=self.group,
            places=PLACES[self.group],
            locale=LOCALE,
        )
        said = await self.switchboard.ask(asking)
        await self.stage.settled()
        sent = self.stage.world.private[self.person][before:]
        return ids(said) + [id_ for one in sent for id_ in ids(one)]
