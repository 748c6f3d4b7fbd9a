"""A few people after their sits, with the real parts of the cog for that, every shelf in memory."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from whenever import TimeDelta

from bot.cogs.sit.after_commands import AGAIN, ANOTHER, LOOK
from bot.cogs.sit.again import Again
from bot.cogs.sit.ground import Ground
from bot.cogs.sit.looking import Looking
from bot.cogs.welcome import FirstSteps
from bot.domain.commands import Asked
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.memory import Memory
from bot.domain.outgoing import Message
from bot.domain.saying import Refused, Say
from bot.domain.sit.again import Willing
from bot.domain.sit.looking import Look
from bot.ports.feature import Answer
from tests.fakes.apart import FakeApartShelf
from tests.fakes.firststep import FakeStays, FakeWelcomeShelf
from tests.fakes.groups import FakeGroupShelf
from tests.fakes.outgoing import FakeDiary, FakeOutbox
from tests.fakes.people import FakePeople
from tests.fakes.sit import FakeAsks
from tests.fakes.sit_again import FakeAgain, FakeLooks
from tests.fakes.timing import FakeClock

GROUP = GroupId.of("fake", "group")
ASH, BEA, CAI, DEE = (PersonId.of("fake", name) for name in ("ash", "bea", "cai", "dee"))
DAY = TimeDelta(hours=24)


@dataclass(kw_only=True)
class Green:
    """People who say that they are open, invite, say yes and end. `read` holds what each was told by others' doing.

    While it is `cut_off`, nothing that is put out gets through.
    """

    clock: FakeClock = field(default_factory=FakeClock)
    said: FakeAgain = field(default_factory=FakeAgain)
    looks: FakeLooks = field(default_factory=FakeLooks)
    apart: FakeApartShelf = field(default_factory=FakeApartShelf)
    outbox: FakeOutbox = field(default_factory=FakeOutbox)
    diary: FakeDiary = field(default_factory=FakeDiary)
    people: FakePeople = field(default_factory=FakePeople)
    read: dict[PersonId, list[Message]] = field(default_factory=dict)
    cut_off: bool = False
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        ground = Ground(
            asks=FakeAsks(),
            apart=self.apart,
            steps=FirstSteps(
                groups=FakeGroupShelf(), welcomes=FakeWelcomeShelf(), people=self.people, stays=FakeStays()
            ),
            people=self.people,
            outbox=self.outbox,
            diary=self.diary,
            memory=Memory(),
            lines_now=lambda _: (),
            traits=lambda _: frozenset(),
        )
        self.looking = Looking(ground=ground, shelf=self.looks, diary=self.diary)
        self.again = Again(ground=ground, shelf=self.said, looking=self.looking)
        self.answers: Mapping[str, Answer] = {
            AGAIN.name: self.again.again,
            LOOK.name: self.looking.look,
            ANOTHER.name: self.looking.another,
        }

    async def does(self, person: PersonId, command: str, /, **options: object) -> Say:
        """Let a person ask for something; a refusal must leave everything as it was, and is returned."""
        asked = Asked(
            key=f"fake:event-{next(self.numbers)}",
            command=command,
            options=options,
            person=person,
            group=GROUP,
            place=PlaceId.of("fake", "room"),
            at=self.clock.now(),
        )
        before = self.kept()
        try:
            answer = await self.answers[command](asked)
        except Refused as refused:
            assert before == self.kept()
            answer = refused.say
        await self.settled()
        return answer

    async def picks(self, person: PersonId, label: str) -> Say:
        """Let a person pick what is labelled so in the last message that offered it."""
        for message in reversed(self.read[person]):
            for choice in message.say.choices:
                if choice.label.id == label:
                    return await self.does(person, choice.command, **choice.options)
        raise AssertionError(label)

    async def separates(self, person: PersonId, other: PersonId) -> None:
        """Let a person ask never to be brought together with the other."""
        await self.apart.keep(GROUP, person, other)
        await self.again.separate(GROUP, person, other)
        await self.looking.separate(GROUP, person, other)

    async def leaves(self, person: PersonId) -> None:
        """Let a person leave the group."""
        await self.again.without(GROUP, person)
        await self.looking.without(GROUP, person)

    async def goes_by(self, time: TimeDelta) -> None:
        """Let time go by, and wake at each due moment on the way."""
        end = self.clock.now() + time
        while (moments := sorted(due.at for due in self.diary.dues.values())) and moments[0] <= end:
            self.clock.time = max(self.clock.time, moments[0])
            await self.settled()
        self.clock.time = end
        await self.settled()

    async def settled(self) -> None:
        """Do what is due now, and let everybody read what was put out."""
        while (due := self.diary.take(self.clock.now())) is not None:
            await self.looking.wake(due, self.clock.now())
        for sending in () if self.cut_off else self.outbox.send(self.clock.now()):
            assert isinstance(sending, Message)
            assert isinstance(sending.to, PersonId)
            self.read.setdefault(sending.to, []).append(sending)

    def heard(self, person: PersonId) -> list[str]:
        """Return the ids of the first sentences of what a person was told."""
        return [message.say.lines[0].id for message in self.read.get(person, [])]

    def held_by(self, person: PersonId) -> list[Willing | Look]:
        """Return every row that a person would be shown."""
        rows: list[Willing | Look] = [*self.said.kept.values(), *self.looks.kept.values()]
        return [row for row in rows if row.person == person]

    def kept(self) -> object:
        """Return a copy of all that is kept."""
        return dict(self.said.kept), dict(self.looks.kept), dict(self.diary.dues), dict(self.outbox.waiting)


def ids(said: Say) -> list[str]:
    """Return the ids of a message's sentences."""
    return [line.id for line in said.lines]
