"""People who call the switchboard of a real house, and hear the ids of the sentences they get."""

import itertools
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from bot.domain.commands import Asking, Picking, TakingBack, Typed
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.saying import Say
from bot.ports.answering import Reply
from bot.switchboard import Switchboard
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
    unvouched: frozenset[GroupId] = frozenset()
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

    async def hears(self, text: str, *, key: str = "", private: bool = True, is_file: bool = False) -> Say | None:
        """Return the answer that comes at once."""
        typed = Typed(
            key=key or next(self.keys),
            text=text,
            private=private,
            person=self.person,
            group=self.group,
            places=PLACES[self.group],
            is_file=is_file,
        )
        return await self.switchboard.hear(typed)

    async def types(self, text: str, *, key: str = "", private: bool = True) -> list[str]:
        """Return the ids of the answer, at once or through the outbox."""
        return await self._heard(text, key=key, private=private)

    async def sends(self, text: str) -> list[str]:
        """Send a file; return as `types` does."""
        return await self._heard(text, is_file=True)

    async def _heard(self, text: str, *, key: str = "", private: bool = True, is_file: bool = False) -> list[str]:
        before = len(self.stage.world.private[self.person])
        said = await self.hears(text, key=key, private=private, is_file=is_file)
        await self.stage.settled()
        sent = self.stage.world.private[self.person][before:]
        return ids(said) + [id_ for one in sent for id_ in ids(one)]

    @property
    def last_message(self) -> str:
        """The platform's id of what this person was told last through the outbox."""
        return self.stage.world.natives[self.person][-1]

    async def reacts(self, text: str, message: str = "", *, key: str = "fake:reaction") -> list[str]:
        """React to a message, the last one told unless another is named; return as `types` does."""
        picking = Picking(
            key=key,
            message=f"fake:{message or self.last_message}",
            text=text,
            person=self.person,
            groups={self.group: PLACES[self.group]},
            unvouched=self.unvouched,
        )
        return await self._sent(lambda: self.switchboard.picked(picking))

    async def takes_back(self, reaction: str = "fake:reaction", *, key: str = "fake:redaction") -> list[str]:
        """Take a reaction back; return as `types` does."""
        taking_back = TakingBack(
            key=key,
            reaction=reaction,
            person=self.person,
            groups={self.group: PLACES[self.group]},
            unvouched=self.unvouched,
        )
        return await self._sent(lambda: self.switchboard.taken_back(taking_back))

    async def _sent(self, deed: Callable[[], Awaitable[Reply | None]]) -> list[str]:
        before = len(self.stage.world.private[self.person])
        reply = await deed()
        await self.stage.settled()
        sent = self.stage.world.private[self.person][before:]
        return ids(reply.say if reply else None) + [id_ for one in sent for id_ in ids(one)]

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
        )
        said = await self.switchboard.ask(asking)
        await self.stage.settled()
        sent = self.stage.world.private[self.person][before:]
        return ids(said) + [id_ for one in sent for id_ in ids(one)]
