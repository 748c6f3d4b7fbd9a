"""The composition root: the one place that names everything, and hands each part what it needs."""

import asyncio
from contextlib import AsyncExitStack, suppress
from typing import Self

from whenever import Instant

from bot.clockwork import housekeeping
from bot.clockwork.alarm import SchedulerAlarm
from bot.clockwork.housekeeping import Housekeeping
from bot.clockwork.pump import Pump
from bot.clockwork.works import Works
from bot.cogs.group import Goings, Telling
from bot.domain.commands import Command
from bot.domain.group import Languages
from bot.domain.ids import GroupId, PersonId
from bot.domain.saying import Line
from bot.features import Features
from bot.feeds import OwnFeed
from bot.plan import Plan
from bot.ports.feature import LabouringFeature
from bot.ports.words import DEFAULT_LOCALE
from bot.store.backups import prune
from bot.store.belongings import BelongingsStore
from bot.store.database import Database
from bot.store.groups import GroupStore
from bot.store.house import BookmarkShelf, DiaryShelf, PeopleShelf, TurnsShelf
from bot.store.inbox import InboxShelf
from bot.store.lists import ListsShelf
from bot.store.migrating import migrate
from bot.store.outbox import OutboxShelf
from bot.store.purging import Purge
from bot.store.tombstones import Ground, TombstoneStore
from bot.store.uses import UsesShelf
from bot.store.wiping import WipingStore
from bot.switchboard import Switchboard, Talks
from bot.worlds import Running, Worlds


class InUse(Exception):  # noqa: N818  What is so.
    """The database is being restored just now."""


class House:
    """Everything wired together. Add worlds, then `serve`."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.words = plan.words
        self._languages = Languages(known=self.words.locales, usual=DEFAULT_LOCALE, by_world=plan.locales)
        self._telling = Telling(usual=plan.ways_of, languages=self._languages, traits=plan.traits_of)
        self.worlds = Worlds()
        self.database = Database.at(plan.database, plan.key)
        self.outbox = OutboxShelf(self.database)
        self.diary = DiaryShelf(self.database)
        self.people = PeopleShelf(self.database, plan.ways_of)
        self.bookmarks = BookmarkShelf(self.database)
        self.turns = TurnsShelf(self.database)
        self.inbox = InboxShelf(self.database)
        self.group_ways = GroupStore(self.database)
        self._uses = UsesShelf(self.database)
        self._tombstones = TombstoneStore(self.database, plan.ground)
        self._lists = ListsShelf(self.database)
        self.talks = Talks(lists=self._lists, ledger=self.database, clock=plan.clock, reads=self._reads)
        self._wiping = WipingStore(self.database)
        self._furnished = self._new_features()
        self.features = self._furnished.all
        self.groups = self._new_goings()
        self._pump = self._new_pump()
        self.switchboard = Switchboard(
            features=self.features,
            ledger=self.database,
            prompt=self._pump,
            receipts=self.outbox,
            people=self.people,
            uses=self._uses,
            talks=self.talks,
            traits=plan.traits_of,
            meant=self.worlds.meant,
            clock=plan.clock,
            journal=plan.journal,
        )
        self.housekeeping = Housekeeping(
            purges=(
                Purge(self.database),
                self.groups.let_go_of_unused,
                self._tombstones.purge,
                *_pruning(plan.ground),
                self._wiping.daily,
            ),
            diary=self.diary,
        )
        self.works = self._new_works()
        self.database.on_stirred = self.works.ring

    @classmethod
    async def ready(cls, plan: Plan) -> Self:
        """Make a house whose database has the newest tables and whose first purge is marked. Raises `InUse`."""
        house = cls(plan)
        if not await house.database.take(alone=False):
            raise InUse
        await migrate(house.database)
        async with house.database.transaction():
            await house.housekeeping.begin(plan.clock.now())
            if house.database.alone:
                await house.outbox.release()
        return house

    async def _reads(self, line: Line, group: GroupId) -> str:
        """Return a line as people of the group read it."""
        spans = self.words.spans(line, await self.locale_of(group))
        return "".join(self.worlds.called(span, group) if isinstance(span, PersonId) else span for span in spans)

    async def locale_of(self, group: GroupId) -> str:
        """Return the language a group is spoken to in: its own, if there are words for it still, or its world's."""
        return self._languages.of(group, await self.group_ways.locale(group))

    @property
    def feed(self) -> OwnFeed:
        """What is served at the addresses of feeds."""
        return self._furnished.feed

    def _commands(self, world: str) -> tuple[Command, ...]:
        """Return what can be asked in a world: known once there is a switchboard, and told when somebody asks."""
        return self.switchboard.commands(world)

    def _new_features(self) -> Features:
        return Features(
            plan=self.plan,
            worlds=self.worlds,
            database=self.database,
            outbox=self.outbox,
            diary=self.diary,
            people=self.people,
            groups=self.group_ways,
            tombstones=self._tombstones,
            talks=self.talks,
            telling=self._telling,
            locale_of=self.locale_of,
            commands=self._commands,
        )

    def _new_goings(self) -> Goings:
        return Goings(
            ledger=self.database,
            shelf=self.group_ways,
            invitations=self.group_ways,
            belongings=BelongingsStore(self.database, self._tombstones),
            uses=self._uses,
            outbox=self.outbox,
            partings=self._furnished.partings,
            telling=self._telling,
            clock=self.plan.clock,
        )

    def nudge(self) -> None:
        """Go round soon, and look who came into the meeting rooms."""
        self._pump.someone_came()
        self.works.ring()

    def _new_pump(self) -> Pump:
        return Pump(
            sendings=self.outbox,
            outbox=self.outbox,
            worlds=self.worlds,
            people=self.people,
            ledger=self.database,
            clock=self.plan.clock,
            journal=self.plan.journal,
            recalling=self.talks,
            meetings=self._furnished.meetings,
            alone=self.database.alone,
        )

    def _new_works(self) -> Works:
        steps = {kind: step for feature in self.features for kind, step in feature.steps.items()}
        labouring = (feature for feature in self.features if isinstance(feature, LabouringFeature))
        labours = {kind: labour for feature in labouring for kind, labour in feature.labours.items()}
        return Works(
            dues=self.diary,
            steps=steps | dict(self.housekeeping.steps),
            labours=labours,
            sender=self._pump,
            wiping=self._wiping,
            ledger=self.database,
            clock=self.plan.clock,
            journal=self.plan.journal,
        )

    async def serve(self) -> None:
        """Serve every world until cancelled, or until one cannot go on."""
        alarm = SchedulerAlarm(clock=self.plan.clock, ring=self.works.ring)
        alarm.start()
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self.works.run(alarm))
                for world in self.worlds.values():
                    tasks.create_task(world.run())
        finally:
            alarm.stop()

    async def close(self) -> None:
        """Disconnect every world and let go of the database, whichever of them fails at it."""
        async with AsyncExitStack() as leaving:
            leaving.push_async_callback(self.database.close)
            leaving.push_async_callback(self._pump.rest)
            for world in self.worlds.values():
                leaving.push_async_callback(_stopped, world)


def _pruning(ground: Ground | None) -> tuple[housekeeping.Purge, ...]:
    """Return what takes away the backups whose days are over, where there is a folder of them."""
    if ground is None or ground.beside is None:
        return ()
    folder, lasts = ground.beside, ground.lasts

    async def pruned(now: Instant) -> None:
        await asyncio.to_thread(prune, folder, now - lasts)

    return (pruned,)


async def _stopped(world: Running) -> None:
    with suppress(OSError):
        await world.stop()
