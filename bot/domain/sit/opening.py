"""When somebody is open to being asked for a sit, how often at most, and with what they would rather not sit.

Nothing is counted: a limit of so many a week is kept by the time since they were last asked, and by nothing else.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Self

import portion
from whenever import Date, Instant, TimeDelta

from bot.domain.ids import PersonId
from bot.domain.people import Ways
from bot.domain.quiet import Run
from bot.domain.rota.on_now import Runs
from bot.domain.rota.pattern import Pattern
from bot.domain.rota.recurrence import Dates
from bot.domain.rota.rota import Shift, first_from
from bot.domain.rota.said import SaidPattern
from bot.domain.rota.said_dates import YEARS_AHEAD
from bot.domain.saying import Refused
from bot.domain.sit.ask import Ask
from bot.domain.sit.wishes import Tick, Wanted, Where

A_WEEK = TimeDelta(hours=24 * 7)
# So far ahead it is looked when somebody opens next while an ask waits; and for the answer to whoever opens.
LOOKED_AHEAD, TOLD_AHEAD = TimeDelta(hours=24), TimeDelta(hours=24 * 35)
# What changes by somebody's word elsewhere, such as a place on a shift, is noticed so soon while an ask waits.
LOOKED_AGAIN = TimeDelta(minutes=15)
MOST_TIMES, MOST_APART = 10, 12
_MILLISECONDS_A_WEEK = 7 * 24 * 60 * 60 * 1000
# A run of a day on the wall may have begun the day before yesterday, as it is told by another zone's date.
_DAYS_BACK = 2
# What comes round every twelve months at the rarest, and single dates up to three years ahead.
_RAREST_YEARS = 4


class RatherNot(StrEnum):
    """What an ask may hold that somebody would rather not sit with."""

    QUIET = "quiet"
    TALK = "talking"
    VOICE = "voice"
    BESIDE = "side by side"
    REFLECT = "reflecting"
    SWEARING = "swearing"
    CRYING = "crying"
    HUMOUR = "humour"
    SILENCE = "silence"
    SEVERAL = "several people"
    DIRECT = "direct messages"


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """What an ask holds: kinds of company, any one of which will do, and all that comes with it besides."""

    kinds: frozenset[RatherNot]
    also: frozenset[RatherNot] = frozenset()

    def suits(self, rather_not: frozenset[RatherNot]) -> bool:
        """Return whether somebody who would rather not have these can be put to it."""
        return not self.kinds <= rather_not and self.also.isdisjoint(rather_not)


_KINDS: Mapping[Wanted, frozenset[RatherNot]] = {
    Wanted.QUIET: frozenset({RatherNot.QUIET}),
    Wanted.TALK: frozenset({RatherNot.TALK}),
    Wanted.VOICE: frozenset({RatherNot.VOICE}),
    Wanted.BESIDE: frozenset({RatherNot.BESIDE}),
    Wanted.REFLECT: frozenset({RatherNot.REFLECT}),
    Wanted.EITHER: frozenset({RatherNot.QUIET, RatherNot.TALK}),
}
_WELCOME: Mapping[Tick, RatherNot] = {
    Tick.SILENCE: RatherNot.SILENCE,
    Tick.TEARS: RatherNot.CRYING,
    Tick.HUMOUR: RatherNot.HUMOUR,
    Tick.SWEARING: RatherNot.SWEARING,
}


def features(ask: Ask) -> Features:
    """Return what the ask holds."""
    terms = ask.terms
    also = {_WELCOME[tick] for tick in terms.ticks if tick in _WELCOME}
    also |= {RatherNot.DIRECT} if terms.where is Where.DIRECT else set()
    also |= {RatherNot.SEVERAL} if terms.sitters > 1 else set()
    return Features(kinds=_KINDS[terms.wanted], also=frozenset(also))


def spacing(weekly: int) -> TimeDelta:
    """Return how long after somebody was asked they are asked again, with a limit of so many in any seven days.

    So many and one more would lie at least seven days apart, the first from the last; so it is rounded up.
    """
    return TimeDelta(milliseconds=-(-_MILLISECONDS_A_WEEK // weekly))


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidOpening:
    """When somebody said they are open: at any time, for so long from now, on their shifts, at times; or at none."""

    always: bool = False
    length: TimeDelta | None = None
    on_shifts: bool = False
    times: tuple[SaidPattern, ...] = ()

    @property
    def none(self) -> bool:
        """Whether it is at no time."""
        return self == SaidOpening()


ANY_TIME = SaidOpening(always=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """How one person is open to being asked in one group.

    `always` is until they pause, `until` is for a while. `times` are on the wall where they are, whichever zone that is
    then. `weekly` is the most that they are asked in any seven days, and `last_asked` when they last were: kept for
    seven days at most, None means not since.
    """

    always: bool = False
    until: Instant | None = None
    on_shifts: bool = False
    times: tuple[Pattern, ...] = ()
    weekly: int | None = None
    rather_not: frozenset[RatherNot] = frozenset()
    last_asked: Instant | None = None

    def opened(self, said: SaidOpening, now: Instant, zone: str) -> Self:
        """Return it with what was said beside what stands. Whoever says when they are open is not so at any time."""
        if said.always:
            return replace(self, always=True, until=None)
        return replace(
            self,
            always=False,
            until=self.until if said.length is None else now + said.length,
            on_shifts=self.on_shifts or said.on_shifts,
            times=_with_times(self.times, said.times, now.to_tz(zone).date()),
        )

    @property
    def closed(self) -> Self:
        """The same, open at no time."""
        return replace(self, always=False, until=None, on_shifts=False, times=())

    def stands(self, now: Instant) -> bool:
        """Return whether they said that they are, or will be, open at any time."""
        return self.always or self.on_shifts or bool(self.times) or self.until_after(now) is not None

    def until_after(self, now: Instant) -> Instant | None:
        """Return until when they are open for a while, if that is not over."""
        return self.until if self.until is not None and self.until > now else None

    @property
    def asked_again(self) -> Instant:
        """The first moment at which their own limit lets them be asked."""
        if self.weekly is None or self.last_asked is None:
            return Instant.MIN
        return self.last_asked + spacing(self.weekly)

    def runs(self, now: Instant, until: Instant, zone: str, shifts: Runs) -> Iterator[Run]:
        """Give when they are open, one run touching no other, of what is not over at `now` and begins by `until`.

        `shifts` are those of theirs. What has no end ends at `Instant.MAX`.
        """
        found: list[Run] = list(shifts) if self.on_shifts else []
        if self.always:
            found.append((now, Instant.MAX))
        if (ends := self.until_after(now)) is not None:
            found.append((now, ends))
        found += [run for line in self.times for run in _of_line(line, now, until, zone)]
        for atom in portion.Interval(*(portion.closedopen(begins, ends) for begins, ends in found)):
            if not atom.empty:
                yield atom.lower, atom.upper


def _of_line(line: Pattern, now: Instant, until: Instant, zone: str) -> Iterator[Run]:
    """Give the runs of times on the wall; what clock changes do to them is as with a rota's shifts."""
    first, last = now.to_tz(zone).date().subtract(days=_DAYS_BACK), until.to_tz(zone).date().add(days=1)
    for date in line.dates(first, last):
        run = Shift.of(line, date, zone)
        if run.ends > now and run.begins <= until:
            yield run.begins, run.ends


def as_said_on(line: Pattern, today: Date) -> Pattern | None:
    """Return the line as it would be said on that day, or None when no date of it is to come.

    What is every other week begins with the next one of them.
    """
    following = next(line.dates(today, today.add(years=_RAREST_YEARS)), None)
    if following is None:
        return None
    each_time = line.recurrence.each == line.recurrence
    return replace(line, starts=max(line.starts, today.subtract(days=1)) if each_time else following)


def _with_times(stand: tuple[Pattern, ...], said: Iterable[SaidPattern], today: Date) -> tuple[Pattern, ...]:
    """Return what is not over of what stands, with what was said after it. Refuses more than can be read back."""
    yesterday = today.subtract(days=1)
    times = [line for line in stand if as_said_on(line, yesterday) is not None]
    for each in said:
        line = _line(each, today, max((one.number for one in times), default=0) + 1)
        first = as_said_on(line, yesterday)
        if first is None:
            raise Refused("rota-when-over")
        if first.starts > today.add(years=YEARS_AHEAD):
            raise Refused("rota-when-far", years=YEARS_AHEAD)
        if not any(as_said_on(replace(one, number=line.number), today) == as_said_on(line, today) for one in times):
            times.append(line)
    if len(times) > MOST_TIMES:
        raise Refused("sit-open-many", most=MOST_TIMES)
    return tuple(times)


def _line(said: SaidPattern, today: Date, number: int) -> Pattern:
    """Return the line of what was said; of what comes round each time, what began yesterday counts as well."""
    rule = said.recurrence
    starts = said.starts or (today.subtract(days=1) if rule.each == rule else first_from(rule, today))
    last = rule.days_on[-1] if isinstance(rule, Dates) else said.last
    return Pattern(
        number=number, recurrence=rule, starts=starts, last=last, time=said.time, ends=said.ends or said.time
    )


_TOLD_NOTHING = Opening()


@dataclass(frozen=True, kw_only=True)
class Openness:
    """Who is open in a group, as it was read at `now`. Whoever has said nothing of it is not in `openings`.

    `shifts` are those of each that are not over at `now` and begin by `ahead` from then.
    """

    now: Instant
    openings: Mapping[PersonId, Opening]
    ways: Mapping[PersonId, Ways]
    shifts: Mapping[PersonId, Runs] = field(default_factory=lambda: MappingProxyType({}))
    ahead: TimeDelta = LOOKED_AHEAD

    @cached_property
    def open(self) -> frozenset[PersonId]:
        """Those who are open now, whatever their limit is and what they would rather not: no pause, and not quiet."""
        return frozenset(person for person in self.openings if self._is_open(person))

    @cached_property
    def _rested(self) -> frozenset[PersonId]:
        return frozenset(person for person in self.open if self.openings[person].asked_again <= self.now)

    def askable(self, of: Features) -> frozenset[PersonId]:
        """Return who may be put to an ask now: open, not asked too lately by their own limit, and it suits them."""
        return self.suited(self._rested, of)

    def suited(self, people: Iterable[PersonId], of: Features) -> frozenset[PersonId]:
        """Return those of these, open or not, whom their own limit lets be asked now and whom such an ask suits."""
        told = ((person, self.openings.get(person, _TOLD_NOTHING)) for person in people)
        return frozenset(
            person for person, opening in told if opening.asked_again <= self.now and of.suits(opening.rather_not)
        )

    def asked(self, people: Iterable[PersonId]) -> Self:
        """Return it when these have been asked now. To those who set no limit it is all the same."""
        limited = (person for person in people if self.openings.get(person, _TOLD_NOTHING).weekly is not None)
        told = {person: replace(self.openings[person], last_asked=self.now) for person in limited}
        return replace(self, openings={**self.openings, **told}) if told else self

    def next_open(self, person: PersonId) -> Instant | None:
        """Return the first moment, `now` or later, at which that person may be asked; None if none is in sight."""
        opening, ways, at = self.openings[person], self.ways[person], self.now
        runs = self._runs(person)
        while at <= self.now + self.ahead:
            opens = next((max(begins, at) for begins, ends in runs if ends > at), None)
            asked_from = None if opens is None else ways.asked_from(opens)
            if opens is None or asked_from is None:
                return None
            at = max(asked_from, opening.asked_again)
            if at <= opens:
                return opens
        return None

    def open_until(self, person: PersonId) -> Instant | None:
        """Return when that person is open no more; None when they are not now, or with no end."""
        ends = next((ends for begins, ends in self._runs(person) if begins <= self.now < ends), None)
        return None if ends == Instant.MAX else ends

    @cached_property
    def next_look(self) -> Instant | None:
        """When to look again while an ask waits: when the next person opens, and now and then before; None for never.

        Whoever is open now has been asked already.
        """
        shut = [who for who in self.openings.keys() - self._rested if self.openings[who].stands(self.now)]
        if not shut:
            return None
        opens = (self.next_open(person) for person in shut)
        return min((self.now + LOOKED_AGAIN, *(moment for moment in opens if moment is not None)))

    def _is_open(self, person: PersonId) -> bool:
        if self.ways[person].asked_from(self.now) != self.now:
            return False
        return any(begins <= self.now < ends for begins, ends in self._runs(person))

    def _runs(self, person: PersonId) -> list[Run]:
        until, shifts = self.now + self.ahead, self.shifts.get(person, ())
        return list(self.openings[person].runs(self.now, until, self.ways[person].zone, shifts))
