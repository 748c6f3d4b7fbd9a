"""Changing what makes a rota's shifts. Its lines keep their numbers where they can be known again in other words.

Nothing that somebody said yes to is moved to another date, and nobody comes to be on what they had not said yes to.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Self

from whenever import Date, Instant, TimeDelta

from bot.domain.people import Nation
from bot.domain.rota.closing import Closure
from bot.domain.rota.covering import settled
from bot.domain.rota.covers import Offer
from bot.domain.rota.pattern import Pattern, ending
from bot.domain.rota.recurrence import Dates, Frequency, Recurrence, Rule
from bot.domain.rota.roster import Once, Roster, Standing
from bot.domain.rota.rota import Rota, Shift, ShiftId, first_date, first_from
from bot.domain.rota.said import SaidPattern
from bot.domain.rota.sheet import Sheet
from bot.domain.rota.stretch import monday_of

AN_HOUR = TimeDelta(hours=1)
# What a standing place holds of a changed line is looked at so many days ahead, and two days back for what goes on.
_AHEAD_DAYS, _BACK_DAYS = 366, 2
_MOST_APART = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is wished of a rota's shifts. None is what was not said: it stays as it was."""

    lines: tuple[SaidPattern, ...] | None = None
    length: TimeDelta | None = None
    people: int | None = None
    zone: str
    closed: tuple[Closure, ...]
    holidays: Nation | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What makes a rota's shifts: its lines, its zone, and when it is closed. The rest is as in `Rota`."""

    patterns: tuple[Pattern, ...]
    lines: int
    zone: str
    closed: tuple[Closure, ...]
    holidays: Nation | None

    @classmethod
    def of(cls, rota: Rota) -> Self:
        """Return that of a rota."""
        return cls(patterns=rota.patterns, lines=rota.lines, zone=rota.zone, closed=rota.closed, holidays=rota.holidays)

    def laid_on(self, rota: Rota) -> Rota:
        """Return the rota with it."""
        return replace(
            rota,
            patterns=self.patterns,
            lines=self.lines,
            zone=self.zone,
            closed=self.closed,
            holidays=self.holidays,
        )


def shaped(rota: Rota, wish: Wish, now: Instant) -> Shape:
    """Return what a rota's shifts would be made of.

    Lines that are said stand in place of all that there were. One that can be known again keeps its number, and what
    was not said of it; another is given a number that the rota never gave.
    """
    if wish.lines is None:
        patterns, lines = tuple(_resized(pattern, wish) for pattern in rota.patterns), rota.lines
    else:
        known = known_again(rota.patterns, wish.lines)
        lines = rota.lines + known.count(None)
        fresh = iter(range(rota.lines + 1, lines + 1))
        numbers = [next(fresh) if before is None else before.number for before in known]
        patterns = tuple(
            _line(said, before, wish, now, number)
            for said, before, number in zip(wish.lines, known, numbers, strict=True)
        )
    by_number = tuple(sorted(patterns, key=lambda pattern: pattern.number))
    return Shape(patterns=by_number, lines=lines, zone=wish.zone, closed=wish.closed, holidays=wish.holidays)


def known_again(patterns: Sequence[Pattern], said: Sequence[SaidPattern]) -> tuple[Pattern | None, ...]:
    """Return which line each that is said was.

    The very line, if there is one, so that to say it all again changes nothing; or else that of its days and time, its
    days, its time, or the next in order.
    """
    left, found = list(patterns), dict[int, Pattern]()
    tests = (
        _is_as_said,
        lambda line, each: line.recurrence == each.recurrence and line.time == each.time,
        lambda line, each: line.recurrence == each.recurrence,
        lambda line, each: line.time == each.time,
        lambda _line, _each: True,
    )
    for test in tests:
        for place, each in enumerate(said):
            known = None if place in found else next((line for line in left if test(line, each)), None)
            if known is not None:
                found[place] = known
                left.remove(known)
    return tuple(found.get(place) for place in range(len(said)))


def _is_as_said(line: Pattern, said: SaidPattern) -> bool:
    """Return whether a line is all that was said."""
    if (line.recurrence, line.time, line.last) != (said.recurrence, said.time, said.last):
        return False
    return said.ends in {None, line.ends} and said.fewest in {None, line.fewest} and said.most in {None, line.most}


def starting(said: SaidPattern, zone: str, now: Instant) -> Date:
    """Return the first date of what was said: its first day from that on which it is to start, or from now on."""
    if said.starts is not None:
        return first_from(said.recurrence, said.starts)
    return first_date(said.recurrence, said.time, zone, now)


def changed(sheet: Sheet, shape: Shape, now: Instant) -> Sheet:
    """Return the sheet with other shifts. Whatever somebody said of a date that there still is stays.

    A standing place goes on where the changed line has its days, and on no others; where it could not, it ends, and
    its dates that there still are stay as single ones.
    """
    if shape == Shape.of(sheet.rota):
        return sheet
    rota = shape.laid_on(sheet.rota)
    after = Sheet(rota=rota, roster=_carried(sheet, rota, now))
    return after.with_roster(settled(after, now))


def _resized(pattern: Pattern, wish: Wish) -> Pattern:
    ends = pattern.ends if wish.length is None else ending(pattern.time, wish.length)
    if wish.people is None:
        return replace(pattern, ends=ends)
    return replace(pattern, ends=ends, fewest=wish.people, most=wish.people)


def _line(said: SaidPattern, before: Pattern | None, wish: Wish, now: Instant, number: int) -> Pattern:
    usual = 1 if wish.people is None else wish.people
    fewest, most = (usual, usual) if before is None or wish.people else (before.fewest, before.most)
    length = wish.length or (AN_HOUR if before is None else before.length)
    return Pattern(
        number=number,
        recurrence=said.recurrence,
        starts=starting(said, wish.zone, now) if before is None else _starts(said, before, wish.zone, now),
        last=said.last,
        time=said.time,
        ends=said.ends or ending(said.time, length),
        fewest=said.fewest or fewest,
        most=said.most or most,
    )


def _starts(said: SaidPattern, before: Pattern, zone: str, now: Instant) -> Date:
    """Return the first date of a line that is changed. It goes on in the same weeks, where it still goes by them."""
    if said.starts is not None:
        return starting(said, zone, now)
    today = now.to_tz(zone).date()
    if before.recurrence == said.recurrence or _is_to_begin(before, today):
        return before.starts
    if _apart(said.recurrence) == 1:
        return min(before.starts, today)
    if _in_step(before.recurrence, said.recurrence):
        return monday_of(before.starts)
    return starting(said, zone, now)


def _is_to_begin(pattern: Pattern, today: Date) -> bool:
    """Return whether its beginning was said: some of its days come before it."""
    if isinstance(pattern.recurrence, Dates):
        return False
    return any(pattern.recurrence.each.dates(today, today, pattern.starts.subtract(days=1)))


def _apart(recurrence: Recurrence) -> int:
    return recurrence.interval if isinstance(recurrence, Rule) else 1


def _in_step(before: Recurrence, after: Recurrence) -> bool:
    """Return whether both go by every so many weeks."""
    both = (before, after)
    weekly = all(isinstance(each, Rule) and each.frequency is Frequency.WEEKLY for each in both)
    return weekly and _apart(before) == _apart(after)


def _carried(before: Sheet, rota: Rota, now: Instant) -> Roster:
    """Return what stays of the roster."""
    today = now.to_tz(rota.zone).date()
    carrying = _Carrying(before=before, rota=rota, first=today.subtract(days=_BACK_DAYS))
    standing, single = set[Standing](), {yes for yes in before.roster.single if rota.shift(yes.shift)}
    for place in sorted(before.roster.standing, key=lambda place: (place.person, place.pattern, place.since)):
        kept = carrying.place(place)
        if kept is not None:
            standing.add(kept)
        else:
            single.update(carrying.singly(place))
    held = {(place.person, place.pattern) for place in standing}
    falls = {pattern.number: pattern for pattern in rota.patterns}
    return replace(
        before.roster,
        standing=frozenset(standing),
        single=frozenset(single),
        # Of a date that is closed it stays: it may open again, and they had said no.
        away=frozenset(
            no
            for no in before.roster.away
            if (no.person, no.shift.pattern) in held and falls[no.shift.pattern].falls_on(no.shift.date)
        ),
        offers=frozenset(offer for each in before.roster.offers if (offer := _offer(each, rota))),
        told=frozenset(each for each in before.roster.told if rota.shift(each)),
    )


def _offer(offer: Offer, rota: Rota) -> Offer | None:
    """Return what is left of an offer."""
    if offer.back is not None and rota.shift(offer.back) is None:
        return None
    shifts = tuple(each for each in offer.shifts if rota.shift(each))
    return offer.of(shifts) if shifts else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Carrying:
    """Carries standing places over to changed lines. `first` is the first date looked at."""

    before: Sheet
    rota: Rota
    first: Date

    def place(self, place: Standing) -> Standing | None:
        """Return the standing place that holds just what is left of that; None where there is none, or nothing left."""
        now, still = list(self._shifts(self.rota, place)), self._still(place)
        if not still:
            return None
        again = (replace(place, every=every, since=min(still)) for every in range(1, _MOST_APART + 1))
        fits = (each for each in (place, *again) if {shift.date for shift in now if each.holds(shift)} == still)
        return next(fits, None)

    def singly(self, place: Standing) -> Iterator[Once]:
        """Give the dates that are left of it one by one."""
        for date in sorted(self._still(place)):
            id_ = ShiftId(date=date, pattern=place.pattern)
            shift = self.before.rota.shift(id_)
            if shift is not None and self.rota.shift(id_) is not None:
                parts = self.before.roster.parts(place.person, shift)
                yield from (Once(person=place.person, shift=id_, part=part) for part in parts)

    def _still(self, place: Standing) -> frozenset[Date]:
        """Return the dates of it that are dates of the line still, whether it is closed on them or not."""
        was = {shift.date for shift in self._shifts(self.before.rota, place) if place.holds(shift)}
        return frozenset(was & {shift.date for shift in self._shifts(self.rota, place)})

    def _shifts(self, rota: Rota, place: Standing) -> Iterator[Shift]:
        lines: Iterable[Pattern] = (line for line in rota.patterns if line.number == place.pattern)
        for line in lines:
            for date in line.dates(self.first, self.first.add(days=_AHEAD_DAYS)):
                yield Shift.of(line, date, rota.zone)
