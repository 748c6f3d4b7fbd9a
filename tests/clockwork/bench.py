"""What a pump is tried on: the real outbox, worlds in memory, a clock that stands still."""

import asyncio
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

from whenever import Instant, TimeDelta

from bot.clockwork.pump import Pump
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.outgoing import Meeting, Message, Sending
from bot.domain.people import Ways
from bot.domain.saying import Say, say
from bot.ports.chat import Posted, World
from bot.store.database import Database
from bot.store.house import PeopleShelf
from bot.store.migrating import migrate
from bot.store.outbox import OutboxShelf
from tests.fakes.journal import FakeJournal
from tests.fakes.meetings import FakeMeetings
from tests.fakes.recalling import FakeRecalling
from tests.fakes.timing import FakeClock
from tests.fakes.world import FakeWorld

GROUP = GroupId.of("fake", "group")
ASH, BEA, CAI = (PersonId.of("fake", name) for name in ("ash", "bea", "cai"))
ROOM = PlaceId.of("fake", "room")
HOUR = TimeDelta(hours=1)


@dataclass(kw_only=True)
class HangingWorld(FakeWorld):
    """Never answers; `begun` says how often it was asked to."""

    begun: int = 0

    async def tell(
        self,
        person: PersonId,
        say: Say,
        key: str,
        group: GroupId,
        via: str | None = None,
        since: Instant | None = None,
    ) -> Posted:
        self.begun += 1
        await asyncio.Event().wait()
        return await super().tell(person, say, key, group, via, since)

    async def open(self, people: Sequence[PersonId], key: str, group: GroupId) -> PlaceId:
        self.begun += 1
        await asyncio.Event().wait()
        return await super().open(people, key, group)


@dataclass(kw_only=True)
class BrokenWorld(FakeWorld):
    """Has a bug for everybody but those it works `for_`."""

    for_: frozenset[PersonId] = frozenset()

    async def tell(
        self,
        person: PersonId,
        say: Say,
        key: str,
        group: GroupId,
        via: str | None = None,
        since: Instant | None = None,
    ) -> Posted:
        if person not in self.for_:
            raise KeyError(person)
        return await super().tell(person, say, key, group, via, since)


@dataclass(kw_only=True)
class Bench:
    """A pump and all it works with."""

    database: Database
    world: FakeWorld = field(default_factory=FakeWorld)
    clock: FakeClock = field(default_factory=FakeClock)
    journal: FakeJournal = field(default_factory=FakeJournal)
    recalling: FakeRecalling = field(default_factory=FakeRecalling)
    meetings: FakeMeetings = field(default_factory=FakeMeetings)
    numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    @classmethod
    async def at(cls, url: str) -> Self:
        database = Database.at(url)
        await migrate(database)
        return cls(database=database)

    @property
    def people(self) -> PeopleShelf:
        return PeopleShelf(self.database, lambda _: Ways())

    @property
    def outbox(self) -> OutboxShelf:
        return OutboxShelf(self.database)

    def pump(self, patience: TimeDelta = HOUR, sendings: OutboxShelf | None = None, **worlds: World) -> Pump:
        return Pump(
            sendings=sendings or self.outbox,
            outbox=self.outbox,
            worlds=worlds or {"fake": self.world},
            people=self.people,
            ledger=self.database,
            clock=self.clock,
            journal=self.journal,
            recalling=self.recalling,
            meetings=self.meetings,
            patience=patience,
        )

    async def put(self, *sendings: Sending) -> None:
        async with self.database.transaction():
            for sending in sendings:
                await self.outbox.put(sending)

    def message(
        self,
        words: str = "hello",
        to: PersonId | PlaceId = ASH,
        *,
        lives: TimeDelta = HOUR,
        wait: TimeDelta | None = None,
    ) -> Message:
        now = self.clock.now()
        return Message(
            key=f"message-{next(self.numbers)}",
            group=GroupId.of(to.world, "group"),
            to=to,
            say=say(words),
            not_before=now + (wait or TimeDelta.ZERO),
            expires_at=now + lives,
        )

    def meeting(self, *others: PersonId, lives: TimeDelta = HOUR) -> Meeting:
        """Return one of Ash and Bea, and of the others."""
        now = self.clock.now()
        return Meeting(
            key=f"meeting-{next(self.numbers)}",
            group=GROUP,
            people=(ASH, BEA, *others),
            card=say("card"),
            missed=say("missed"),
            not_before=now,
            expires_at=now + lives,
        )

    def heard(self, person: PersonId = ASH, world: FakeWorld | None = None) -> list[str]:
        return [said.lines[0].id for said in (world or self.world).private[person]]

    def seen(self, place: PlaceId = ROOM) -> list[str]:
        return [said.lines[0].id for said in self.world.public[place]]
