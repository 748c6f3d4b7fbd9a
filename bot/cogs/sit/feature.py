"""Sit with me: its commands and what wakes it."""

from collections.abc import Mapping
from functools import partial

from whenever import Instant

from bot.cogs.sit import looking
from bot.cogs.sit.after_commands import AGAIN, ANOTHER, LOOK
from bot.cogs.sit.again import Again
from bot.cogs.sit.asking import Asking
from bot.cogs.sit.before import Before
from bot.cogs.sit.circles import Circles
from bot.cogs.sit.commands import (
    AGREE,
    ASK,
    BEGIN,
    CAN,
    CHANGE,
    LATER,
    LEAVE,
    LONGER,
    NOT_NOW,
    NOTE,
    PICK,
    SIT,
    WAIT,
    WIDEN,
    WITHDRAW,
)
from bot.cogs.sit.drafts import MOST, Drafts
from bot.cogs.sit.ground import KIND, Ground, LinesNow
from bot.cogs.sit.leaving import Leaving
from bot.cogs.sit.looking import Looking
from bot.cogs.sit.meeting import Meeting
from bot.cogs.sit.offering import Offering
from bot.cogs.sit.opening import BeingOpen
from bot.cogs.sit.openness import OPENS, WhoIsOpen
from bot.cogs.sit.tidying import not_now
from bot.cogs.sit.waking import Waking
from bot.domain.commands import Command, TraitsOf
from bot.domain.ids import GroupId, PersonId
from bot.domain.memory import Memory
from bot.ports.apart import ApartList
from bot.ports.feature import Answer, Step
from bot.ports.firststep import MayOffer
from bot.ports.keeping import Diary, Outbox, People
from bot.ports.meetings import Meetings
from bot.ports.openings import Openings
from bot.ports.people import Shown
from bot.ports.rota import RotaList
from bot.ports.sit import Asks
from bot.ports.sit_again import AgainShelf, LookShelf


class Sits:
    """Asks, offers, picks, and what they agree on. `lines_now` gives the round-the-clock lines of a nation."""

    def __init__(  # noqa: PLR0913  The composition root hands in everything by name.
        self,
        *,
        asks: Asks,
        openings: Openings,
        again: AgainShelf,
        looks: LookShelf,
        apart: ApartList,
        steps: MayOffer,
        before: Before,
        people: People,
        outbox: Outbox,
        diary: Diary,
        memory: Memory[str],
        rotas: RotaList,
        lines_now: LinesNow,
        traits: TraitsOf,
    ) -> None:
        ground = Ground(
            asks=asks,
            apart=apart,
            steps=steps,
            people=people,
            outbox=outbox,
            diary=diary,
            memory=memory,
            lines_now=lines_now,
            traits=traits,
        )
        self._ground = ground
        who = WhoIsOpen(openings=openings, rotas=rotas, people=people, diary=diary)
        self._circles = circles = Circles(ground=ground, who=who)
        self._open = BeingOpen(openings=openings, who=who, people=people, steps=steps, put_waiting=circles.put_waiting)
        self._meeting = Meeting(ground=ground)
        self._asking = Asking(ground=ground, circles=circles, drafts=Drafts(MOST), before=before)
        self._offering = Offering(ground=ground, meeting=self._meeting)
        self._leaving = Leaving(ground=ground, meeting=self._meeting, who=who)
        self._looking = Looking(ground=ground, shelf=looks, diary=diary)
        self._again = Again(ground=ground, shelf=again, looking=self._looking)
        self._waking = Waking(ground=ground, circles=circles, meeting=self._meeting)

    @property
    def answers(self) -> Mapping[Command, Answer]:
        """The commands, as a person meets them."""
        return {
            SIT: self._asking.preview,
            ASK: self._asking.ask,
            **self._open.answers,
            CAN: self._offering.can,
            NOT_NOW: partial(not_now, self._ground.asks),
            PICK: self._offering.pick,
            BEGIN: self._offering.begin,
            WITHDRAW: self._leaving.withdraw,
            LEAVE: self._leaving.leave,
            CHANGE: self._meeting.change,
            AGREE: self._meeting.agree,
            LONGER: self._meeting.longer,
            WAIT: self._asking.wait,
            WIDEN: self._asking.widen,
            LATER: self._asking.later,
            NOTE: self._asking.note,
            AGAIN: self._again.again,
            LOOK: self._looking.look,
            ANOTHER: self._looking.another,
        }

    @property
    def steps(self) -> Mapping[str, Step]:
        """An ask wakes when its time is over, when it widens, and when the sit begins and ends; a date wakes on it.

        A group wakes when somebody opens while an ask waits.
        """
        return {KIND: self._waking.wake, OPENS: self._circles.wake, looking.KIND: self._looking.wake}

    @property
    def shown(self) -> Shown:
        """What somebody told of being asked for sits."""
        return self._open.shown

    @property
    def meetings(self) -> Meetings:
        """Who hears what becomes of the rooms."""
        return self._meeting

    async def without(self, group: GroupId, person: PersonId, now: Instant) -> None:
        """End what hangs on someone who left the group."""
        await self._leaving.without(group, person, now)
        await self._again.without(group, person)
        await self._looking.without(group, person)

    async def separate(self, group: GroupId, person: PersonId, other: PersonId, now: Instant) -> None:
        """Let go of what is on its way between the two."""
        await self._leaving.separate(group, person, other, now)
        await self._again.separate(group, person, other)
        await self._looking.separate(group, person, other)
