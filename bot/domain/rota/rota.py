"""A rota and its shifts. Time on the wall is kept across clock changes: 20:00 is 20:00 on both sides of one."""

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import merge
from typing import Self

from whenever import Date, Instant, Time, TimeDelta, ZonedDateTime

from bot.domain.ids import GroupId, PlaceId
from bot.domain.people import Nation
from bot.domain.rota.closing import Closure, bank_holidays
from bot.domain.rota.pattern import Pattern
from bot.domain.rota.recurrence import Recurrence

# A day on the wall, on the day the clocks go back; by two hours at Troll in Antarctica.
LONGEST_SHIFT = TimeDelta(hours=26)
OPENS = TimeDelta(hours=24 * 7 * 8)
_ONLY = 1
# A fourth weekday, or any day of a month up to the 28th, comes in every month.
_RAREST_MONTHS = 2


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class ShiftId:
    """What names a shift for good: the rota's own date, and the number of the rota's line."""

    date: Date
    pattern: int = _ONLY

    @classmethod
    def of(cls, text: str) -> Self:
        """Read what `str` wrote. Raises `ValueError` for anything else."""
        date, _, pattern = text.partition("/")
        return cls(date=Date.parse_iso(date), pattern=int(pattern or _ONLY))

    def __str__(self) -> str:
        """Return it as it is typed: `2026-12-03`, or `2026-12-03/2` for the second line of a rota."""
        date = self.date.format_iso()
        return date if self.pattern == _ONLY else f"{date}/{self.pattern}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """One time to be there, of one of the rota's lines.

    A time that a clock change skips comes later by the gap; one that happens twice means the first (RFC 5545, 3.3.5).
    It ends when the line's end is on the wall; where the clocks leave nothing of it, after its length. `starts` is in
    the rota's zone.
    """

    id: ShiftId
    pattern: Pattern
    starts: ZonedDateTime
    ends: Instant

    @classmethod
    def of(cls, pattern: Pattern, date: Date, zone: str) -> Self:
        """Return the shift of that line on that date."""
        starts = date.at(pattern.time).assume_tz(zone, disambiguation="compatible")
        last = date.add(days=1) if pattern.overnight else date
        ends = last.at(pattern.ends).assume_tz(zone, disambiguation="compatible").to_instant()
        if ends <= starts.to_instant():
            ends = starts.to_instant() + pattern.length
        return cls(id=ShiftId(date=date, pattern=pattern.number), pattern=pattern, starts=starts, ends=ends)

    @property
    def date(self) -> Date:
        """The rota's own date."""
        return self.id.date

    @property
    def wall(self) -> Time:
        """When the rule has it begin."""
        return self.pattern.time

    @property
    def begins(self) -> Instant:
        """The moment it starts."""
        return self.starts.to_instant()

    @property
    def length(self) -> TimeDelta:
        """How long it really is."""
        return self.ends - self.begins

    @property
    def skipped(self) -> bool:
        """Whether the clocks jump over its time that day, so that it starts later."""
        return self.starts.to_plain() != self.date.at(self.wall)

    @property
    def repeated(self) -> bool:
        """Whether its time happens twice that day."""
        return self.starts.is_repeated()

    def minutes_by(self, now: Instant) -> int:
        """Return how many whole minutes of it are over by then; none before its beginning."""
        return max(0, int((now - self.begins).total("minutes")))

    def at(self, minute: int | None) -> Instant:
        """Return the moment so many minutes after its beginning, its end for None."""
        return self.ends if minute is None else min(self.ends, self.begins + TimeDelta(minutes=minute))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rota:
    """A group's rota. `zone` is an IANA name, and dates are of its own.

    `number` is what people call it by, never given twice in a group; `lines` is the last number that a pattern of it
    was given. There are no shifts on dates that are `closed`, nor on the bank holidays of the nation `holidays`, if it
    is not None. Single shifts can be taken `opens` ahead.
    `words` open the check-in; None means the bot's own. Whatever falls due at or before `watermark` is done.
    """

    id: str
    group: GroupId
    number: int
    name: str
    patterns: tuple[Pattern, ...]
    lines: int = 1
    zone: str
    closed: tuple[Closure, ...] = ()
    holidays: Nation | None = None
    opens: TimeDelta = OPENS
    place: PlaceId
    words: str | None
    watermark: Instant

    @property
    def due_key(self) -> str:
        """The key of its one moment in the diary."""
        return f"rota:{self.id}"

    def is_closed(self, date: Date) -> bool:
        """Return whether there are no shifts on that date."""
        if any(closure.holds(date) for closure in self.closed):
            return True
        return self.holidays is not None and date in bank_holidays(self.holidays, date.year)

    def shift(self, id_: ShiftId) -> Shift | None:
        """Return the shift of that name, or None when there is none."""
        lines = (pattern for pattern in self.patterns if pattern.number == id_.pattern)
        pattern = next((each for each in lines if each.falls_on(id_.date)), None)
        return None if pattern is None or self.is_closed(id_.date) else Shift.of(pattern, id_.date, self.zone)

    def on_date(self, date: Date) -> tuple[Shift, ...]:
        """Return the shifts of that date of the rota's own, in order."""
        found = (self.shift(ShiftId(date=date, pattern=pattern.number)) for pattern in self.patterns)
        return tuple(sorted((shift for shift in found if shift), key=_in_time))

    def shifts(self, after: Instant, until: Instant) -> Iterator[Shift]:
        """Give the shifts that begin after `after`, up to and with `until`, in order."""
        first = after.to_tz(self.zone).date().subtract(days=1)
        last = until.to_tz(self.zone).date().add(days=1)
        lines = (self._of_line(pattern, first, last) for pattern in self.patterns)
        return (shift for shift in merge(*lines, key=_in_time) if after < shift.begins <= until)

    def coming(self, now: Instant, until: Instant) -> Iterator[Shift]:
        """Give the shifts that are not over at `now` and begin by `until`, in order."""
        return (shift for shift in self.shifts(now - LONGEST_SHIFT, until) if shift.ends > now)

    def _of_line(self, pattern: Pattern, first: Date, last: Date) -> Iterator[Shift]:
        dates = (date for date in pattern.dates(first, last) if not self.is_closed(date))
        return (Shift.of(pattern, date, self.zone) for date in dates)


def _in_time(shift: Shift) -> tuple[Instant, int]:
    return shift.begins, shift.id.pattern


def first_date(recurrence: Recurrence, time: Time, zone: str, now: Instant) -> Date:
    """Return the local date of the first shift of what begins now: the next of its days on which that time is to come.

    Where there is none, today or tomorrow.
    """
    here = now.to_tz(zone)
    today = here.date().at(time).assume_tz(zone, disambiguation="compatible")
    return first_from(recurrence, here.date() if today.to_instant() > now else here.date().add(days=1))


def first_from(recurrence: Recurrence, date: Date) -> Date:
    """Return the first of its days from that date on, as if it began there; the date itself where there is none."""
    return next(recurrence.each.dates(date, date, date.add(months=_RAREST_MONTHS)), date)
