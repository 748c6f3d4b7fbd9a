"""A few people and the sit's real cog, every shelf in memory: what is put out is read at once."""

import itertools
from collections.abc import Awaitable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar, cast

from whenever import Date, Instant, Time, TimeDelta, Weekday

from bot.cogs.sit import Before, Sits, Stance
from bot.cogs.welcome import FirstSteps, Welcomes
from bot.domain.commands import Asked, Trait
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.memory import Memory
from bot.domain.outgoing import Departure, Meeting, Message, Tidying
from bot.domain.rota.pattern import Pattern
from bot.domain.rota.recurrence import weekly
from bot.domain.rota.roster import Roster, Standing
from bot.domain.rota.sheet import Sheet
from bot.domain.saying import Line, Refused, Say, line
from tests.domain.rota.examples import rota
from tests.fakes.apart import FakeApartShelf
from tests.fakes.firststep import FakeStays, FakeWelcomeShelf
from tests.fakes.groups import FakeGroupShelf
from tests.fakes.outgoing import FakeDiary, FakeOutbox
from tests.fakes.people import FakePeople
from tests.fakes.rota import FakeRotaShelf
from tests.fakes.sit import FakeAsks, FakeOpenings
from tests.fakes.sit_again import FakeAgain, FakeLooks
from tests.fakes.timing import FakeClock

GROUP = GroupId.of("fake", "group")
ELSEWHERE = GroupId.of("fake", "elsewhere")
ASH, BEA, CAI, DEE, EVE = EVERYBODY = tuple(PersonId.of("fake", name) for name in ("ash", "bea", "cai", "dee", "eve"))
LINE_NOW = line("now-line")
T = TypeVar("T")


def done(doing: Awaitable[T]) -> T:
    """Run a coroutine that never has to wait, as nothing in memory does."""
    try:
        next(iter(doing.__await__()))
    except StopIteration as finished:
        result: T = finished.value
        return result
    raise AssertionError("it waited")


# Day and night.
ALWAYS = Pattern(recurrence=weekly(Weekday), starts=Date(2026, 1, 1), time=Time.MIDNIGHT, ends=Time.MIDNIGHT)


@dataclass(kw_only=True)
class RotasThere(FakeRotaShelf):
    """The village's rotas, and one on which whoever is on shift there always is."""

    village: "Village"

    async def sheets(self, group: GroupId) -> Sequence[Sheet]:
        there = frozenset(Standing(person=person, day=None, since=ALWAYS.starts) for person in self.village.on_shift)
        always = [Sheet(rota=rota(ALWAYS, group=GROUP), roster=Roster(standing=there))] if group == GROUP else []
        return [*await self.village.rotas.sheets(group), *always]


@dataclass(kw_only=True)
class Village:
    """People who open, ask, can, pick and meet. `read` holds what each was told, `rooms` the meetings.

    While it is `cut_off`, nothing that is put out gets through. `here` is where they do what they do. A room comes
    about at once, with all but those `absent`; where there are `no_rooms`, none does, and while they are `slow`, it is
    not known yet. `inside` holds who is in each, and `on_shift` who is on a shift. `gone` are the rooms taken away.
    """

    clock: FakeClock = field(default_factory=FakeClock)
    asks: FakeAsks = field(default_factory=FakeAsks)
    openings: FakeOpenings = field(default_factory=FakeOpenings)
    apart: FakeApartShelf = field(default_factory=FakeApartShelf)
    groups: FakeGroupShelf = field(default_factory=FakeGroupShelf)
    welcomes: FakeWelcomeShelf = field(default_factory=FakeWelcomeShelf)
    stays: FakeStays = field(default_factory=FakeStays)
    rotas: FakeRotaShelf = field(default_factory=FakeRotaShelf)
    outbox: FakeOutbox = field(default_factory=FakeOutbox)
    diary: FakeDiary = field(default_factory=FakeDiary)
    read: dict[PersonId, list[Say]] = field(default_factory=dict)
    rooms: list[Meeting] = field(default_factory=list)
    sent: list[Message | Meeting] = field(default_factory=list)
    tidied: list[Tidying] = field(default_factory=list)
    cut_off: bool = False
    here: PlaceId | None = None
    traits: frozenset[Trait] = frozenset()
    on_shift: frozenset[PersonId] = frozenset()
    absent: frozenset[PersonId] = frozenset()
    no_rooms: bool = False
    slow: bool = False
    inside: dict[str, set[PersonId]] = field(default_factory=dict)
    opening: list[Meeting] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    posted: dict[PlaceId, list[Say]] = field(default_factory=dict)
    memory: Memory[str] = field(default_factory=Memory)
    people: FakePeople = field(default_factory=FakePeople)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def first_steps(self) -> FirstSteps:
        return FirstSteps(groups=self.groups, welcomes=self.welcomes, people=self.people, stays=self.stays)

    @property
    def welcoming(self) -> Welcomes:
        return Welcomes(
            shelf=self.welcomes,
            steps=self.first_steps,
            apart=self.apart,
            people=self.people,
            outbox=self.outbox,
            stays=self.stays,
        )

    async def readers(self, group: GroupId, *, direct: bool) -> tuple[Line, ...]:
        """Return who else can read where two of the group meet."""
        return (line("direct-readers" if direct else "room-readers", group=group.native),)

    @cached_property
    def cog(self) -> Sits:
        return Sits(
            asks=self.asks,
            openings=self.openings,
            again=FakeAgain(),
            looks=FakeLooks(),
            apart=self.apart,
            steps=self.first_steps,
            before=Before(stance=Stance(self.groups), readers=self.readers),
            rotas=RotasThere(village=self),
            people=self.people,
            outbox=self.outbox,
            diary=self.diary,
            memory=self.memory,
            lines_now=lambda _nation: (LINE_NOW,),
            traits=lambda _: self.traits,
        )

    def does(self, person: PersonId, command: str, group: GroupId = GROUP, **options: object) -> Say:
        """Let a person ask for something; a refusal must leave everything as it was, and is returned."""
        asked = Asked(
            key=f"fake:event-{next(self.numbers)}",
            command=command,
            options=options,
            person=person,
            group=group,
            place=PlaceId.of("fake", "room"),
            at=self.clock.now(),
            here=self.here,
        )
        answers = {**self.cog.answers, **self.welcoming.answers}
        [method] = [method for known, method in answers.items() if known.name == command]
        before = self._kept()
        try:
            answer = done(method(asked))
        except Refused as refused:
            assert before == self._kept()
            answer = refused.say
        self.read.setdefault(person, []).append(answer)
        self.deliver()
        return answer

    def leaves(self, person: PersonId) -> None:
        """Let a person leave the group; nobody does so twice in one moment."""
        self.clock.time += TimeDelta(milliseconds=1)
        done(self.cog.without(GROUP, person, self.clock.now()))
        self.deliver()

    def goes_by(self, time: TimeDelta) -> None:
        """Let time go by, waking the sit at each due moment on the way."""
        end = self.clock.now() + time
        while (moment := self.next_moment()) is not None and moment <= end:
            self.clock.time = max(self.clock.time, moment)
            due = self.diary.take(self.clock.now())
            assert due is not None
            done(self.cog.steps[due.kind](due, self.clock.now()))
            self.deliver()
        self.clock.time = end

    def take_sent(self) -> list[Message | Meeting]:
        """Return what was sent since this was asked for the last time."""
        sent, self.sent = self.sent, []
        return sent

    def deliver(self) -> None:
        """Let everybody read what was put out, and let rooms come about and go."""
        while sent := [] if self.cut_off else self.outbox.send(self.clock.now()):
            self.sent.extend(sent)
            for sending in sent:
                if isinstance(sending, Meeting):
                    self.rooms.append(sending)
                    self.opening.append(sending)
                elif isinstance(sending.to, PersonId):
                    self.read.setdefault(sending.to, []).append(sending.say)
                else:
                    self._posts(sending.to, sending.say)
            self.rooms_come_about()
        self.tidied += [] if self.cut_off else self.outbox.tidy(self.clock.now())
        for going in [] if self.cut_off else self.outbox.depart(self.clock.now()):
            self._departs(going)

    def rooms_come_about(self) -> None:
        """Let every room that is to be opened come about, or not."""
        while self.opening and not self.slow:
            meeting = self.opening.pop(0)
            self.platform_says(meeting)

    def platform_says(self, meeting: Meeting) -> None:
        """Let what becomes of a meeting be told."""
        now, here = self.clock.now(), frozenset(meeting.people) - self.absent
        if self.no_rooms or len(here) < 2:
            after = done(self.cog.meetings.called_off(meeting, now))
        else:
            self.inside[meeting.key] = set(here)
            place = PlaceId.of("fake", meeting.key)
            self.posted.setdefault(place, []).append(meeting.card)
            after = done(self.cog.meetings.begun(meeting, place, here, now))
        done(self.outbox.put_new(after))

    def _posts(self, place: PlaceId, said: Say) -> None:
        self.posted.setdefault(place, []).append(said)
        for person in self.inside.get(place.native, ()):
            self.read.setdefault(person, []).append(said)

    def _departs(self, going: Departure) -> None:
        if going.only is not None:
            self.inside[going.room].discard(going.only)
        elif going.closing:
            self.inside.pop(going.room, None)
            self.gone.append(going.room)

    def heard(self, person: PersonId) -> list[str]:
        """Return the ids of the first sentences that a person read."""
        return [said.lines[0].id for said in self.read.get(person, [])]

    def code(self, asker: PersonId) -> str:
        """Return the code of someone's open ask."""
        [ask] = [ask for ask in self.asks.kept.values() if ask.asker == asker]
        return ask.id

    def next_moment(self) -> Instant | None:
        """Return when the sit wakes next."""
        return min((due.at for due in self.diary.dues.values()), default=None)

    def _kept(self) -> object:
        return [*(dict(shelf) for shelf in self._shelves()), set(self.welcomes.kept)]

    def _shelves(self) -> list[dict[object, object]]:
        shelves = (self.asks.kept, self.openings.kept, self.outbox.waiting, self.diary.dues)
        return cast("list[dict[object, object]]", list(shelves))

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Let what is done within it be undone, as when the process ends before it is kept: nothing was said yet."""
        before, was_cut_off, self.cut_off = [dict(shelf) for shelf in self._shelves()], self.cut_off, True
        read = {person: list(said) for person, said in self.read.items()}
        yield
        self.cut_off, self.read = was_cut_off, read
        for shelf, was in zip(self._shelves(), before, strict=True):
            shelf.clear()
            shelf.update(was)


def names_in(said: Say) -> set[PersonId]:
    """Return everybody who is named anywhere in a message."""
    lines = (*said.lines, *(choice.label for choice in said.choices))
    options = {value for choice in said.choices for value in choice.options.values()}
    return {person for line in lines for person in _names(line)} | {person for person in EVERYBODY if person in options}


def _names(arg: object) -> Iterator[PersonId]:
    if isinstance(arg, PersonId):
        yield arg
    elif isinstance(arg, Line):
        yield from (name for inner in arg.args.values() for name in _names(inner))
    elif isinstance(arg, tuple):
        yield from (name for inner in arg for name in _names(inner))
