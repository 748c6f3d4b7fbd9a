"""What somebody's shifts come to, week by week. It is worked out when they ask, for them alone, and kept nowhere."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from whenever import Date, Instant, TimeDelta

from bot.domain.ids import PersonId
from bot.domain.rota.rota import LONGEST_SHIFT
from bot.domain.rota.sheet import Sheet
from bot.domain.rota.stretch import COUNTED, NO_TIME, Stretch, monday_of

# The week that it is, and those that follow.
WEEKS = 4
_AHEAD = TimeDelta(hours=24 * 7 * WEEKS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """How many shifts, or parts of one, begin in the week from `monday` on, and how long they last together."""

    monday: Date
    shifts: int
    time: TimeDelta


def balance(sheets: Iterable[Sheet], person: PersonId, zone: str, now: Instant) -> tuple[Week, ...]:
    """Return this week, all of it, and the next three, from Monday to Sunday in that IANA zone, over all these rotas.

    A shift counts once, however many parts of it are theirs, and for the week in which their first part begins.
    """
    found = defaultdict[Date, list[TimeDelta]](list)
    for sheet in sheets:
        for begins, time in _theirs(sheet, person, now):
            found[Stretch(begins=begins, ends=begins + time).week(zone)].append(time)
    this = monday_of(now.to_tz(zone).date())
    mondays = (this.add(days=7 * week) for week in range(WEEKS))
    return tuple(Week(monday=each, shifts=len(found[each]), time=sum(found[each], NO_TIME)) for each in mondays)


def _theirs(sheet: Sheet, person: PersonId, now: Instant) -> Iterator[tuple[Instant, TimeDelta]]:
    if person not in sheet.roster.people:
        return
    for shift in sheet.rota.shifts(now - COUNTED - LONGEST_SHIFT, now + _AHEAD):
        parts = [part.within(shift.length) for part in sheet.roster.parts(person, shift)]
        stretches = [(shift.at(part.starts), shift.at(part.ends)) for part in parts if part]
        if stretches:
            yield stretches[0][0], sum((ends - begins for begins, ends in stretches), NO_TIME)
