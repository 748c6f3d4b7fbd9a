"""A few people and the sit's real cog, every shelf in memory: what is put out is read at once."""

import itertools
from collections.abc import Awaitable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from whenever import Instant, TimeDelta

from bot.cogs.sit import Sits
from bot.domain.commands import Asked, Trait
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.outgoing import Meeting, Message
from bot.domain.saying import Line, Refused, Say, line
from tests.fakes.apart import FakeApartShelf
from tests.fakes.outgoing import FakeDiary, FakeOutbox
from tests.fakes.people import FakePeople
from tests.fakes.sit import FakeAsks, FakeOpenings
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


@dataclass(kw_only=True)
class Village:
    """People who open, ask, can and pick. `read` holds what each was told, `rooms` the meetings.

    While it is `cut_off`, nothing that is put out gets through. `here` is where they do what they do.
    """

    clock: FakeClock = field(default_factory=FakeClock)
    asks: FakeAsks = field(default_factory=FakeAsks)
    openings: FakeOpenings = field(default_factory=FakeOpenings)
    apart: FakeApartShelf = field(default_factory=FakeApartShelf)
    outbox: FakeOutbox = field(default_factory=FakeOutbox)
    diary: FakeDiary = field(default_factory=FakeDiary)
    read: dict[PersonId, list[Say]] = field(default_factory=dict)
    rooms: list[Meeting] = field(default_factory=list)
    sent: list[Message | Meeting] = field(default_factory=list)
    cut_off: bool = False
    here: PlaceId | None = None
    traits: frozenset[Trait] = frozenset()
    people: FakePeople = field(default_factory=FakePeople)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def cog(self) -> Sits:
        return Sits(
            asks=self.asks,
            openings=self.openings,
            apart=self.apart,
            people=self.people,
            outbox=self.outbox,
            diary=self.diary,
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
        [method] = [method for known, method in self.cog.answers.items() if known.name == command]
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
        """Let a person leave the group."""
        done(self.cog.without(GROUP, person, self.clock.now()))
        self.deliver()

    def goes_by(self, time: TimeDelta) -> None:
        """Let time go by, waking the sit at each due moment on the way."""
        end = self.clock.now() + time
        while (moment := self.next_moment()) is not None and moment <= end:
            self.clock.time = max(self.clock.time, moment)
            due = self.diary.take(self.clock.now())
            assert due is not None
            done(self.cog.wake(due, self.clock.now()))
            self.deliver()
        self.clock.time = end

    def take_sent(self) -> list[Message | Meeting]:
        """Return what was sent since this was asked for the last time."""
        sent, self.sent = self.sent, []
        return sent

    def deliver(self) -> None:
        """Let everybody read what was put out."""
        sent = [] if self.cut_off else self.outbox.send(self.clock.now())
        self.sent.extend(sent)
        for sending in sent:
            if isinstance(sending, Meeting):
                self.rooms.append(sending)
            else:
                assert isinstance(sending.to, PersonId)
                self.read.setdefault(sending.to, []).append(sending.say)

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
        shelves = (self.asks.kept, self.openings.kept, self.outbox.waiting, self.diary.dues)
        return [dict(shelf) for shelf in shelves]


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
