"""Every feature there is, each handed what it needs: a new one is one more line here."""

from collections.abc import Awaitable, Callable

from bot.cogs.about import About
from bot.cogs.apart import NeverPaired
from bot.cogs.group import Group, Telling
from bot.cogs.hello import Hellos
from bot.cogs.me import Me
from bot.cogs.mydata import MyData
from bot.cogs.rota import Calendars, Feeding, Rotas
from bot.cogs.signpost import Signposts
from bot.cogs.sit import Before, Sits, Stance
from bot.cogs.together import Together
from bot.cogs.welcome import FirstSteps, Welcomes
from bot.domain.commands import Command
from bot.domain.ids import GroupId
from bot.domain.page import Page
from bot.domain.picture import Picture
from bot.domain.saying import File
from bot.domain.signpost.now import lines_now
from bot.feeds import OwnFeed, ReadCalendars, Written, lines
from bot.plan import Plan
from bot.ports.feature import Feature
from bot.ports.groups import Parting
from bot.store import describing
from bot.store.apart import ApartStore
from bot.store.asking import AskingStore
from bot.store.database import Database
from bot.store.drafts import DraftStore
from bot.store.feeds import FeedStore
from bot.store.groups import GroupStore
from bot.store.hello import HelloStore
from bot.store.house import DiaryShelf, PeopleShelf
from bot.store.openings import OpeningsShelf
from bot.store.outbox import OutboxShelf
from bot.store.proposals import ProposalStore
from bot.store.rota import RotaStore
from bot.store.sit import AsksShelf
from bot.store.sit_again import AgainStore, LookStore
from bot.store.together import TogetherStore
from bot.store.tombstones import TombstoneStore
from bot.store.traces import TraceStore
from bot.store.welcomes import WelcomeStore
from bot.switchboard import Talks
from bot.words.printing import Printing
from bot.worlds import Worlds


class Features:
    """The features of one house. `locale_of` gives a group's language, `commands` those that a world has."""

    def __init__(  # noqa: PLR0913  The composition root hands in everything by name.
        self,
        *,
        plan: Plan,
        worlds: Worlds,
        database: Database,
        outbox: OutboxShelf,
        diary: DiaryShelf,
        people: PeopleShelf,
        groups: GroupStore,
        tombstones: TombstoneStore,
        talks: Talks,
        telling: Telling,
        locale_of: Callable[[GroupId], Awaitable[str]],
        commands: Callable[[str], tuple[Command, ...]],
    ) -> None:
        self._plan = plan
        self._worlds = worlds
        self._database = database
        self._outbox = outbox
        self._diary = diary
        self._people = people
        self._groups = groups
        self._tombstones = tombstones
        self._talks = talks
        self._telling = telling
        self._locale_of = locale_of
        self._commands = commands
        self._apart = ApartStore(database)
        self._rotas = RotaStore(database)
        self._welcomes = WelcomeStore(database)
        self._steps = FirstSteps(groups=groups, welcomes=self._welcomes, people=people, stays=worlds.stays)
        self.partings: list[Parting] = []
        self.all = self._in_order()

    def _in_order(self) -> tuple[Feature, ...]:
        """Return them in the order that help lists them."""
        together, welcomes = self._together(), self._welcoming()
        sits, rotas, hellos = bringing = (self._sits(), self._new_rotas(together), self._hellos())
        self.meetings = sits.meetings
        self.partings += (*bringing, together)
        return (
            sits,
            together,
            welcomes,
            Signposts(pack=self._plan.pack, people=self._people),
            rotas,
            hellos,
            self._calendars(),
            Me(people=self._people, changing=rotas.changing, sits=sits.shown),
            NeverPaired(shelf=self._apart, rotas=self._rotas, separating=(*bringing, welcomes)),
            self._mydata(),
            Group(shelf=self._groups, outbox=self._outbox, telling=self._telling, lacking=self._worlds.lacking),
            self._about(),
        )

    def _sits(self) -> Sits:
        return Sits(
            asks=AsksShelf(self._database),
            openings=OpeningsShelf(self._database),
            again=AgainStore(self._database),
            looks=LookStore(self._database),
            apart=self._apart,
            steps=self._steps,
            before=Before(stance=Stance(self._groups), readers=self._worlds.meeting_readers),
            rotas=self._rotas,
            people=self._people,
            outbox=self._outbox,
            diary=self._diary,
            memory=self._plan.words.memory,
            lines_now=lambda nation: lines_now(self._plan.pack, nation),
            traits=self._plan.traits_of,
        )

    def _together(self) -> Together:
        return Together(
            shelf=TogetherStore(self._database),
            rotas=self._rotas,
            people=self._people,
            outbox=self._outbox,
            diary=self._diary,
            readers=self._plan.readers,
            others_reading=self._worlds.readers,
            zone_of=self._zone_of,
        )

    def _welcoming(self) -> Welcomes:
        return Welcomes(
            shelf=self._welcomes,
            steps=self._steps,
            apart=self._apart,
            people=self._people,
            outbox=self._outbox,
            stays=self._worlds.stays,
        )

    def _new_rotas(self, together: Together) -> Rotas:
        return Rotas(
            shelf=self._rotas,
            asks=AskingStore(self._database),
            apart=self._apart,
            proposals=ProposalStore(self._database),
            drafts=DraftStore(self._database),
            people=self._people,
            outbox=self._outbox,
            diary=self._diary,
            pictured=self._pictured,
            ledger=self._database,
            solver=self._plan.solver,
            reads=ReadCalendars(),
            following=(together.follow,),
        )

    def _hellos(self) -> Hellos:
        return Hellos(
            shelf=HelloStore(self._database),
            rotas=self._rotas,
            apart=self._apart,
            people=self._people,
            outbox=self._outbox,
            diary=self._diary,
        )

    def _calendars(self) -> Calendars:
        feeding = Feeding(at=self._plan.feeds_at, shelf=FeedStore(self._database), new_token=self._plan.new_token)
        return Calendars(
            shelf=self._rotas,
            people=self._people,
            feeding=feeding,
            write_own=self._written.own,
            write_lines=lines,
        )

    def _mydata(self) -> MyData:
        return MyData(
            traces=TraceStore(self._database, self._tombstones),
            partings=self.partings,
            talk=self._talks,
            people=self._people,
            group_called=self._worlds.group_called,
            traits=self._plan.traits_of,
            printed=self._printed,
        )

    def _about(self) -> About:
        return About(
            commands=self._commands,
            readers=self._plan.readers,
            others_reading=self._worlds.readers,
            kept=describing.topics(),
            platforms=self._plan.platforms,
            traits=self._plan.traits_of,
            first_step=self._steps.asked_for,
        )

    @property
    def feed(self) -> OwnFeed:
        """What is served at the addresses of feeds."""
        return OwnFeed(
            lookup=FeedStore(self._database),
            rotas=self._rotas,
            people=self._people,
            ledger=self._database,
            write=self._written.own,
            clock=self._plan.clock,
        )

    @property
    def _written(self) -> Written:
        return Written(self._plan.words, self._locale_of)

    async def _zone_of(self, group: GroupId) -> str:
        return (await self._groups.own(group)).zone or self._plan.ways_of(group).zone

    async def _printed(self, page: Page, group: GroupId) -> str:
        return Printing(self._plan.words).html(page, await self._locale_of(group))

    async def _pictured(self, picture: Picture, group: GroupId) -> File:
        # Letters and the library that draws them are only for whoever asks for a picture.
        from bot.words.drawing import pictured  # noqa: PLC0415

        locale = await self._locale_of(group)
        return await pictured(picture, self._plan.words, locale, lambda person: self._worlds.called(person, group))
