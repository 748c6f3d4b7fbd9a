"""A year of a group: forty people in many zones, two shifts a day, and gaps that are asked about gently.

What is remembered between two rounds is what the house keeps: when each was last asked, for seven days, and who was
asked for a gap while it is open. What was asked is written down in plain seconds, for whoever looks it through.
"""

import heapq
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from whenever import Date, Instant, Time, TimeDelta

from bot.domain.ids import PersonId
from bot.domain.people import Pause, Ways
from bot.domain.quiet import Quiet
from bot.domain.rota.asking import Candidate, Gap, Round, next_round
from bot.domain.rota.stretch import Stretch

PEOPLE = 40
BEGINS = Date(2026, 1, 1)
DAY = 24 * 3600
REMEMBERED = 7 * DAY
ZONES = (
    *("Europe/London", "Europe/London", "Europe/London", "Europe/Dublin", "Europe/Athens", "America/St_Johns"),
    *("America/New_York", "America/Santiago", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Auckland"),
)
SHIFTS = ((Time(7, 30), 2), (Time(20), 2))


@dataclass(slots=True, kw_only=True)
class Someone:
    """A person. Quiet hours are minutes of the day, `rest` seconds, pauses seconds with whether they named an end.

    `answers` is how likely a yes is: for most never.
    """

    id: PersonId
    zone: str
    quiet: tuple[int, int] | None
    weekly: int | None
    rest: int
    willing: bool
    answers: float
    pauses: list[tuple[int, int, bool]]
    on: list[tuple[int, int]] = field(default_factory=list)
    last_asked: int | None = None
    told: dict[tuple[int, int, bool] | None, Ways] = field(default_factory=dict)

    def paused(self, now: int) -> tuple[int, int, bool] | None:
        return next((pause for pause in self.pauses if pause[0] <= now < pause[1]), None)

    def ways(self, now: int) -> Ways:
        pause = self.paused(now)
        if pause not in self.told:
            self.told[pause] = self._ways(pause)
        return self.told[pause]

    def _ways(self, pause: tuple[int, int, bool] | None) -> Ways:
        quiet = self.quiet
        return Ways(
            zone=self.zone,
            quiet=None if quiet is None else Quiet(starts=_time(quiet[0]), ends=_time(quiet[1])),
            weekly=self.weekly,
            rest=TimeDelta(seconds=self.rest) if self.rest else None,
            gaps=self.willing,
            pause=None if pause is None else Pause(until=_at(pause[1]) if pause[2] else None),
        )

    def candidate(self, now: int) -> Candidate:
        known = self.last_asked is not None and now - self.last_asked < REMEMBERED
        return Candidate(
            person=self.id,
            ways=self.ways(now),
            on=tuple(_stretch(each) for each in self.on if -10 * DAY < each[0] - now < 20 * DAY),
            last_asked=_at(self.last_asked) if known and self.last_asked is not None else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """That somebody was asked, or was not though they were there: with all that held for them in that second."""

    gap: str
    shift: tuple[int, int]
    at: int
    person: PersonId
    asked: bool
    zone: str
    quiet: tuple[int, int] | None
    weekly: int | None
    rest: int
    willing: bool
    paused: bool
    on: tuple[tuple[int, int], ...]
    left_it: bool
    on_reserve: bool


@dataclass(slots=True, kw_only=True)
class Open:
    """A gap while it is open."""

    key: str
    shift: tuple[int, int]
    reserve: tuple[PersonId, ...]
    asked: dict[PersonId, int | None]
    filled: bool = False

    def gap(self) -> Gap:
        asked = {person: None if until is None else _at(until) for person, until in self.asked.items()}
        return Gap(key=self.key, stretch=_stretch(self.shift), asked=asked, reserve=self.reserve)


class Year:
    """Runs it. `log` is all that was asked, in order, and whom each round passed over; `gaps` how each gap ended."""

    def __init__(self, seed: int, days: int = 365) -> None:
        self.random = random.Random(seed)  # noqa: S311  A year that can be lived again.
        self.days = days
        self.people = {one.id: one for one in (self._someone(number) for number in range(PEOPLE))}
        self.log: list[Ask] = []
        self.gaps: list[Open] = []
        self.again: list[tuple[int, str]] = []
        self._events: list[tuple[int, int, Open, PersonId | None]] = []
        self._number = 0

    def live(self) -> None:
        """Let the year go by."""
        for shift in self._shifts():
            self._plan(shift)
        while self._events:
            now, _, gap, answer = heapq.heappop(self._events)
            if gap.filled or now >= gap.shift[0]:
                continue
            if answer is None:
                self._look(gap, now)
            else:
                self.people[answer].on.append(gap.shift)
                gap.filled = True

    def _someone(self, number: int) -> Someone:
        pick = self.random
        start = pick.randrange(20 * 60, 26 * 60, 15) % 1440
        begins = Instant.from_utc(2026, 1, 1).timestamp()
        pauses = []
        for _ in range(pick.choice((0, 0, 1, 2))):
            first = begins + pick.randrange(self.days) * DAY + pick.randrange(DAY)
            pauses.append((first, first + pick.randrange(1, 30) * DAY, pick.random() < 0.5))
        return Someone(
            id=PersonId.of("fake", f"person-{number:02}"),
            zone=pick.choice(ZONES),
            quiet=None if pick.random() < 0.3 else (start, (start + pick.randrange(6 * 60, 13 * 60, 15)) % 1440),
            weekly=pick.choice((None, None, 1, 2, 3)),
            rest=pick.choice((0, 0, 10, 24, 48)) * 3600,
            willing=pick.random() < 0.6,
            answers=pick.choice((0.0, 0.0, 0.0, 0.05, 0.25)),
            pauses=pauses,
        )

    def _shifts(self) -> Iterator[tuple[int, int]]:
        for day in range(self.days):
            for time, hours in SHIFTS:
                starts = BEGINS.add(days=day + 7).at(time).assume_tz("Europe/London", disambiguation="raise")
                yield starts.timestamp(), starts.timestamp() + hours * 3600

    def _plan(self, shift: tuple[int, int]) -> None:
        """Put somebody on it, as they said; of three, one leaves it again, days or an hour before."""
        planned = self.random.choice(list(self.people.values()))
        leaves = self.random.random()
        if leaves > 0.35:
            planned.on.append(shift)
            return
        opens = shift[0] - int(3600 * 2 ** self.random.uniform(0, 7.2))
        reserve = tuple(self.random.sample(sorted(self.people), self.random.choice((0, 0, 0, 1, 3))))
        asked: dict[PersonId, int | None] = {} if leaves < 0.05 else {planned.id: None}
        gap = Open(key=f"gap-{len(self.gaps)}", shift=shift, reserve=reserve, asked=asked)
        self.gaps.append(gap)
        self._push(opens, gap, None)

    def _look(self, gap: Open, now: int) -> None:
        round_ = next_round(gap.gap(), [one.candidate(now) for one in self.people.values()], _at(now))
        there = (one for one in self.people.values() if one.willing or one.id in gap.reserve or one.id in round_.ask)
        self.log += [_written(gap, one, now, asked=one.id in round_.ask) for one in there]
        for person in round_.ask:
            self._asked(gap, self.people[person], now, round_)
        if round_.again is None:
            self.again.append((now, gap.key))
        else:
            self._push(_seconds(round_.again), gap, None)

    def _asked(self, gap: Open, one: Someone, now: int, round_: Round) -> None:
        gap.asked[one.id] = _seconds(round_.until)
        one.last_asked = now
        if self.random.random() < one.answers:
            self._push(now + 60 + int(self.random.expovariate(1 / 5400)), gap, one.id)

    def _push(self, at: int, gap: Open, answer: PersonId | None) -> None:
        self._number += 1
        heapq.heappush(self._events, (at, self._number, gap, answer))


def _written(gap: Open, one: Someone, now: int, *, asked: bool) -> Ask:
    return Ask(
        gap=gap.key,
        shift=gap.shift,
        at=now,
        person=one.id,
        asked=asked,
        zone=one.zone,
        quiet=one.quiet,
        weekly=one.weekly,
        rest=one.rest,
        willing=one.willing,
        paused=one.paused(now) is not None,
        on=tuple(each for each in one.on if abs(each[0] - gap.shift[0]) < 10 * DAY),
        left_it=one.id in gap.asked and gap.asked[one.id] is None,
        on_reserve=one.id in gap.reserve,
    )


def _time(minute: int) -> Time:
    return Time(minute // 60, minute % 60)


def _at(second: int) -> Instant:
    return Instant.from_timestamp(second)


@cache
def _stretch(shift: tuple[int, int]) -> Stretch:
    return Stretch(begins=_at(shift[0]), ends=_at(shift[1]))


def _seconds(moment: Instant) -> int:
    return moment.timestamp()
