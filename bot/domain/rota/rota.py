"""A rota and its shifts. Time on the wall is kept across clock changes: 20:00 is 20:00 on both sides of one."""

from collections.abc import Iterator
from dataclasses import dataclass

from whenever import Date, Instant, Time, TimeDelta, ZonedDateTime

from bot.domain.ids import GroupId, PlaceId
from bot.domain.rota.pattern import Pattern

LONGEST_SHIFT = TimeDelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """One time to be there. `date` is the rota's own date and names the shift; `wall` is what the rule says.

    A time that a clock change skips begins later by the gap; one that happens twice begins at the first
    (RFC 5545, 3.3.5). `starts` is in the rota's zone.
    """

    date: Date
    wall: Time
    starts: ZonedDateTime
    ends: Instant

    @property
    def begins(self) -> Instant:
        """The moment it starts."""
        return self.starts.to_instant()

    @property
    def skipped(self) -> bool:
        """Whether the clocks jump over its time that day, so that it starts later."""
        return self.starts.to_plain() != self.date.at(self.wall)

    @property
    def repeated(self) -> bool:
        """Whether its time happens twice that day."""
        return self.starts.is_repeated()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rota:
    """A group's rota. `starts` is the first local date it may fall on; `zone` an IANA name.

    `number` is what people call it by, never given twice in a group. `words` open the check-in; None means the
    bot's own. Whatever falls due at or before `watermark` is done.
    """

    id: str
    group: GroupId
    number: int
    name: str
    pattern: Pattern
    starts: Date
    zone: str
    length: TimeDelta
    people: int
    place: PlaceId
    words: str | None
    watermark: Instant

    @property
    def due_key(self) -> str:
        """The key of its one moment in the diary."""
        return f"rota:{self.id}"

    def shift(self, date: Date) -> Shift | None:
        """Return the shift of that date of the rota's own, or None when there is none."""
        return self._at(date) if any(self.pattern.dates(self.starts, date, date)) else None

    def shifts(self, after: Instant, until: Instant) -> Iterator[Shift]:
        """Give the shifts that begin after `after`, up to and with `until`, in order."""
        first = after.to_tz(self.zone).date().subtract(days=1)
        last = until.to_tz(self.zone).date().add(days=1)
        shifts = (self._at(date) for date in self.pattern.dates(self.starts, first, last))
        return (shift for shift in shifts if after < shift.begins <= until)

    def coming(self, now: Instant, until: Instant) -> Iterator[Shift]:
        """Give the shifts that are not over at `now` and begin by `until`, in order."""
        return (shift for shift in self.shifts(now - LONGEST_SHIFT, until) if shift.ends > now)

    def _at(self, date: Date) -> Shift:
        starts = date.at(self.pattern.time).assume_tz(self.zone, disambiguation="compatible")
        return Shift(date=date, wall=self.pattern.time, starts=starts, ends=starts.to_instant() + self.length)


def first_date(pattern: Pattern, zone: str, now: Instant) -> Date:
    """Return the first local date, today or tomorrow, whose time is still to come."""
    here = now.to_tz(zone)
    today = here.date().at(pattern.time).assume_tz(zone, disambiguation="compatible")
    return here.date() if today.to_instant() > now else here.date().add(days=1)
