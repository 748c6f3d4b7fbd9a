"""A group's rota, to start tests from."""

from dataclasses import replace
from typing import Any

from whenever import Date, Instant, Time, TimeDelta, Weekday

from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.people import Ways
from bot.domain.rota.pattern import Pattern
from bot.domain.rota.recurrence import weekly
from bot.domain.rota.roster import Once, Roster, Standing
from bot.domain.rota.rota import Rota, Shift, ShiftId
from bot.domain.rota.sheet import Sheet

GROUP = GroupId.of("local", "oak")
ROOM = PlaceId.of("local", "oak-room")
ASH, BEE, CAT = (PersonId.of("local", name) for name in ("ash", "bee", "cat"))
# A Sunday.
NOW = Instant.from_utc(2026, 11, 22, 12)
TUESDAY, THURSDAY = Date(2026, 11, 24), Date(2026, 11, 26)
STARTS = Date(2026, 11, 22)
TUESDAYS_AND_THURSDAYS = Pattern(
    recurrence=weekly((Weekday.TUESDAY, Weekday.THURSDAY)), starts=STARTS, time=Time(19), ends=Time(20)
)
DAILY = replace(TUESDAYS_AND_THURSDAYS, recurrence=weekly(Weekday), time=Time(20), ends=Time(21))

_EVENING = Rota(
    id="r1",
    group=GROUP,
    number=1,
    name="Evening check-in",
    patterns=(TUESDAYS_AND_THURSDAYS,),
    zone="Europe/London",
    place=ROOM,
    words=None,
    watermark=NOW,
)


def rota(pattern: Pattern = TUESDAYS_AND_THURSDAYS, *more: Pattern, **changes: Any) -> Rota:  # noqa: ANN401  Any field of a rota.
    """Return an evening check-in on Tuesdays and Thursdays at 19:00 in London for one person, but for what is given."""
    return replace(_EVENING, patterns=(pattern, *more), **changes)


def sheet(roster: Roster | None = None, pattern: Pattern = TUESDAYS_AND_THURSDAYS, **changes: Any) -> Sheet:  # noqa: ANN401  As above.
    """Return its sheet."""
    return Sheet(rota=rota(pattern, **changes), roster=roster or Roster())


def for_people(most: int, pattern: Pattern = TUESDAYS_AND_THURSDAYS) -> Pattern:
    """Return the line with room for so many."""
    return replace(pattern, most=most)


def shift_of(on: Sheet, date: Date, pattern: int = 1) -> Shift:
    """Return the shift of that date."""
    shift = on.rota.shift(ShiftId(date=date, pattern=pattern))
    assert shift is not None
    return shift


def once(person: PersonId, date: Date) -> Once:
    """Return a yes to the shift of that date."""
    return Once(person=person, shift=ShiftId(date=date))


def place(person: PersonId, day: Weekday, every: int = 1, since: Date = STARTS) -> Standing:
    """Return a standing place."""
    return Standing(person=person, day=day, since=since, every=every)


def pinged(*leads: TimeDelta) -> Ways:
    """Return the ways of somebody who wants a ping so long before."""
    return Ways(leads=leads)
