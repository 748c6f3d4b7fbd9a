"""What falls due on a rota: pings, check-ins to open, gaps to tell. The watermark makes each happen once.

Everything is worked out from the rota, its roster and people's leads; whoever splits time up gets the same set.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from whenever import Instant, TimeDelta

from bot.domain.ids import PersonId
from bot.domain.rota.roster import Sheet
from bot.domain.rota.rota import Shift

GAP_LEAD = TimeDelta(hours=24)
LONGEST_LEAD = TimeDelta(hours=24 * 7)
# Far enough to hold a whole later shift of any weekly rule, and every ping that could come before it.
_LOOKAHEAD = TimeDelta(hours=24 * 16)

Leads: TypeAlias = Mapping[PersonId, tuple[TimeDelta, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ping:
    """A word in private to one person on a shift, `lead` before it begins."""

    shift: Shift
    person: PersonId
    lead: TimeDelta

    @property
    def at(self) -> Instant:
        """When it falls due."""
        return self.shift.begins - self.lead

    @property
    def name(self) -> str:
        """What tells it from the rota's other happenings."""
        return f"{self.shift.date}:ping:{self.person.mark}:{round(self.lead.total('minutes'))}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """The check-in opens in the room, by the people who are on."""

    shift: Shift

    @property
    def at(self) -> Instant:
        """When it falls due."""
        return self.shift.begins

    @property
    def name(self) -> str:
        """As above."""
        return f"{self.shift.date}:open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """The room is told that nobody is on, a day before."""

    shift: Shift

    @property
    def at(self) -> Instant:
        """When it falls due."""
        return self.shift.begins - GAP_LEAD

    @property
    def name(self) -> str:
        """As above."""
        return f"{self.shift.date}:gap"


Happening: TypeAlias = Ping | Opening | Gap


def falling_due(sheet: Sheet, leads: Leads, after: Instant, until: Instant) -> tuple[Happening, ...]:
    """Return everything that happens after `after`, up to and with `until`, in order."""
    shifts = sheet.rota.shifts(after, until + LONGEST_LEAD)
    due = (happening for shift in shifts for happening in _of_shift(sheet, leads, shift))
    return tuple(sorted((one for one in due if after < one.at <= until), key=lambda one: (one.at, one.name)))


def worth_saying(happenings: tuple[Happening, ...], now: Instant) -> tuple[Happening, ...]:
    """Return what is of use at `now`: of no shift that is over, and of several pings to one person only the latest."""
    alive = [one for one in happenings if one.shift.ends > now]
    latest = {_subject(one): one for one in alive}
    return tuple(one for one in alive if latest[_subject(one)] is one)


def next_due(sheet: Sheet, leads: Leads, after: Instant) -> Instant:
    """Return the next moment after `after` at which something happens; a weekly rule never runs out."""
    return falling_due(sheet, leads, after, after + _LOOKAHEAD)[0].at


def _of_shift(sheet: Sheet, leads: Leads, shift: Shift) -> Iterator[Happening]:
    people = sheet.on(shift)
    if not people:
        if shift.date not in sheet.roster.told:
            yield Gap(shift=shift)
        return
    yield Opening(shift=shift)
    for person in people:
        yield from (Ping(shift=shift, person=person, lead=lead) for lead in leads[person])


def _subject(happening: Happening) -> tuple[type[Happening], Shift, PersonId | None]:
    return type(happening), happening.shift, happening.person if isinstance(happening, Ping) else None
