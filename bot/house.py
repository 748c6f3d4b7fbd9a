"""The composition root: the one place that names everything, and hands each part what it needs."""

import asyncio
import secrets
from collections.abc import Mapping
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol, Self

from whenever import Instant

from bot.clockwork import housekeeping
from bot.clockwork.alarm import SchedulerAlarm
from bot.clockwork.housekeeping import Housekeeping
from bot.clockwork.pump import Pump
from bot.clockwork.works import Works
from bot.cogs.about import About
from bot.cogs.apart import NeverPaired
from bot.cogs.group import Goings, Group, Telling
from bot.cogs.hello import Hellos
from bot.cogs.me import Me
from bot.cogs.mydata import MyData
from bot.cogs.rota import Calendars, Feeding, Rotas
from bot.cogs.signpost import Signposts
from bot.cogs.sit import Sits
from bot.domain.commands import Command, Trait
from bot.domain.group import Languages
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.page import Page
from bot.domain.people import Ways
from bot.domain.picture import Picture
from bot.domain.saying import File, Line
from bot.domain.signpost.cards import Pack
from bot.domain.signpost.now import lines_now
from bot.feeds import OwnFeed, ReadCalendars, Written, lines
from bot.ports.calendar import NewToken
from bot.ports.chat import World
from bot.ports.feature import Feature, LabouringFeature
from bot.ports.groups import Parting
from bot.ports.journal import Journal
from bot.ports.solving import Solver
from bot.ports.timing import Clock
from bot.ports.words import DEFAULT_LOCALE
from bot.solving.solver import HighsSolver
from bot.store import describing
from bot.store.apart import ApartStore
from bot.store.asking import AskingStore
from bot.store.backups import prune
from bot.store.belongings import BelongingsStore
from bot.store.database import Database
from bot.store.drafts import DraftStore
from bot.store.feeds import FeedStore
from bot.store.groups import GroupStore
from bot.store.hello import HelloStore
from bot.store.house import BookmarkShelf, DiaryShelf, PeopleShelf, TurnsShelf
from bot.store.inbox import InboxShelf
from bot.store.lists import ListsShelf
from bot.store.migrating import migrate
from bot.store.outbox import OutboxShelf
from bot.store.proposals import ProposalStore
from bot.store.purging import Purge
from bot.store.rota import RotaStore
from bot.store.sit import AsksShelf, OpeningsShelf
from bot.store.tombstones import Ground, TombstoneStore
from bot.store.traces import TraceStore
from bot.store.uses import UsesShelf
from bot.store.wiping import WipingStore
from bot.switchboard import Switchboard, Talks
from bot.words.catalogue import Catalogue
from bot.words.printing import Printing

# 192 bits: docs.python.org/3/library/secrets.html asks for 128 at least, and calendars keep an address for years.
_TOKEN_BYTES = 24


class Running(World, Protocol):
    """A world that is connected and can be served until it is stopped."""

    async def run(self) -> None:
        """Serve until cancelled. Raises `ChatError` when it cannot go on."""

    async def stop(self) -> None:
        """Disconnect."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a house is made from. `ways`, `locales`, `readers`, `platforms` and `traits` are by the world's name.

    `ground` is what tombstones are laid with; None where no backup can be made. `key` opens an encrypted database.
    `feeds_at` is where calendars fetch feeds from, such as https://rota.example.org; None where there are none.
    """

    database: str
    words: Catalogue
    pack: Pack
    ways: Mapping[str, Ways]
    locales: Mapping[str, str] = field(default_factory=dict)
    readers: Mapping[str, tuple[Line, ...]]
    platforms: Mapping[str, tuple[Line, ...]] = field(default_factory=dict)
    traits: Mapping[str, frozenset[Trait]] = field(default_factory=dict)
    clock: Clock
    journal: Journal
    ground: Ground | None = None
    key: str | None = field(default=None, repr=False)
    feeds_at: str | None = None
    new_token: NewToken = field(default=partial(secrets.token_urlsafe, _TOKEN_BYTES), repr=False)
    solver: Solver = field(default_factory=HighsSolver, repr=False)


class InUse(Exception):  # noqa: N818  What is so.
    """The database is being restored just now."""


class House:
    """Everything wired together. Add worlds, then `serve`."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.words = plan.words
        self._languages = Languages(known=self.words.locales, usual=DEFAULT_LOCALE, by_world=plan.locales)
        self._telling = Telling(usual=self._ways_of, languages=self._languages, traits=self._traits_of)
        self.database = Database.at(plan.database, plan.key)
        self.outbox = OutboxShelf(self.database)
        self.diary = DiaryShelf(self.database)
        self.people = PeopleShelf(self.database, self._ways_of)
        self.bookmarks = BookmarkShelf(self.database)
        self.turns = TurnsShelf(self.database)
        self.inbox = InboxShelf(self.database)
        self._rotas = RotaStore(self.database)
        self._openings = OpeningsShelf(self.database)
        self.group_ways = GroupStore(self.database)
        self._uses = UsesShelf(self.database)
        self._tombstones = TombstoneStore(self.database, plan.ground)
        self._partings: list[Parting] = []
        self._lists = ListsShelf(self.database)
        self.talks = Talks(lists=self._lists, ledger=self.database, clock=plan.clock, reads=self._reads)
        self._wiping = WipingStore(self.database)
        self.features = self._features(plan.pack)
        self.groups = self._new_goings()
        self.worlds: dict[str, Running] = {}
        self._pump = self._new_pump()
        self.switchboard = Switchboard(
            features=self.features,
            ledger=self.database,
            prompt=self._pump,
            receipts=self.outbox,
            people=self.people,
            uses=self._uses,
            talks=self.talks,
            traits=self._traits_of,
            meant=self._meant,
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
        return "".join(self._called(span, group) if isinstance(span, PersonId) else span for span in spans)

    async def locale_of(self, group: GroupId) -> str:
        """Return the language a group is spoken to in: its own, if there are words for it still, or its world's."""
        return self._languages.of(group, await self.group_ways.locale(group))

    def _called(self, person: PersonId, group: GroupId) -> str:
        world = self.worlds.get(person.world)
        return "" if world is None else world.called(person, group)

    def _meant(self, text: str, group: GroupId) -> PersonId | None:
        world = self.worlds.get(group.world)
        return None if world is None else world.meant(text, group)

    def _ways_of(self, group: GroupId) -> Ways:
        return self.plan.ways.get(group.world, Ways())

    def _commands(self, world: str) -> tuple[Command, ...]:
        return self.switchboard.commands(world)

    def _traits_of(self, world: str) -> frozenset[Trait]:
        return self.plan.traits.get(world, frozenset())

    async def _others_reading(self, place: PlaceId) -> tuple[Line, ...]:
        world = self.worlds.get(place.world)
        return () if world is None else await world.readers(place)

    async def _lacking(self, place: PlaceId) -> tuple[Line, ...]:
        world = self.worlds.get(place.world)
        return () if world is None else await world.lacking(place)

    def _features(self, pack: Pack) -> tuple[Feature, ...]:
        """Every feature there is, in the order that help lists them: a new one is one more line here."""
        apart = ApartStore(self.database)
        sits = Sits(
            asks=AsksShelf(self.database),
            openings=self._openings,
            apart=apart,
            people=self.people,
            outbox=self.outbox,
            diary=self.diary,
            lines_now=lambda nation: lines_now(pack, nation),
            traits=self._traits_of,
        )
        rotas = Rotas(
            shelf=self._rotas,
            asks=AskingStore(self.database),
            apart=apart,
            proposals=ProposalStore(self.database),
            drafts=DraftStore(self.database),
            people=self.people,
            outbox=self.outbox,
            diary=self.diary,
            pictured=self._pictured,
            ledger=self.database,
            solver=self.plan.solver,
            reads=ReadCalendars(),
        )
        hellos = self._hellos(apart)
        self._partings += [sits, rotas, hellos]
        return (
            sits,
            Signposts(pack=pack, people=self.people),
            rotas,
            hellos,
            self._calendars(),
            Me(people=self.people, changing=rotas.changing),
            NeverPaired(shelf=apart, rotas=self._rotas, separating=(sits, rotas, hellos)),
            self._mydata(),
            Group(shelf=self.group_ways, outbox=self.outbox, telling=self._telling, lacking=self._lacking),
            About(
                commands=self._commands,
                readers=self.plan.readers,
                others_reading=self._others_reading,
                kept=describing.topics(),
                platforms=self.plan.platforms,
                traits=self._traits_of,
            ),
        )

    def _hellos(self, apart: ApartStore) -> Hellos:
        shelf = HelloStore(self.database)
        return Hellos(
            shelf=shelf, rotas=self._rotas, apart=apart, people=self.people, outbox=self.outbox, diary=self.diary
        )

    def _calendars(self) -> Calendars:
        return Calendars(
            shelf=self._rotas,
            people=self.people,
            feeding=Feeding(at=self.plan.feeds_at, shelf=FeedStore(self.database), new_token=self.plan.new_token),
            write_own=Written(self.words, self.locale_of).own,
            write_lines=lines,
        )

    @property
    def feed(self) -> OwnFeed:
        """What is served at the addresses of feeds."""
        return OwnFeed(
            lookup=FeedStore(self.database),
            rotas=self._rotas,
            people=self.people,
            ledger=self.database,
            write=Written(self.words, self.locale_of).own,
            clock=self.plan.clock,
        )

    def _mydata(self) -> MyData:
        return MyData(
            traces=TraceStore(self.database, self._tombstones),
            partings=self._partings,
            talk=self.talks,
            people=self.people,
            group_called=self._group_called,
            traits=self._traits_of,
            printed=self._printed,
        )

    async def _printed(self, page: Page, group: GroupId) -> str:
        return Printing(self.words).html(page, await self.locale_of(group))

    async def _pictured(self, picture: Picture, group: GroupId) -> File:
        # Letters and the library that draws them are only for whoever asks for a picture.
        from bot.words.drawing import pictured  # noqa: PLC0415

        locale = await self.locale_of(group)
        return await pictured(picture, self.words, locale, lambda person: self._called(person, group))

    def _group_called(self, group: GroupId) -> str | None:
        world = self.worlds.get(group.world)
        return None if world is None else world.group_called(group)

    def _new_goings(self) -> Goings:
        return Goings(
            ledger=self.database,
            shelf=self.group_ways,
            invitations=self.group_ways,
            belongings=BelongingsStore(self.database, self._tombstones),
            uses=self._uses,
            outbox=self.outbox,
            partings=self._partings,
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
