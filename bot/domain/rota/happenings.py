"""What falls due on a rota: pings, check-ins to open, gaps and missing relief to tell. The watermark makes each once.

Everything is worked out from the rota, its roster and people's ways; whoever splits time up gets the same set.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from whenever import Instant, TimeDelta

from bot.domain.ids import PersonId
from bot.domain.people import Ways
from bot.domain.rota.parts import Part
from bot.domain.rota.rota import Shift, ShiftId
from bot.domain.rota.sheet import Sheet

GAP_LEAD = TimeDelta(hours=24)
RELIEF_LEAD = TimeDelta(minutes=30)
# With the quiet hours before it, a day at most.
LONGEST_LEAD = TimeDelta(hours=24 * 8)
# A ping comes so much sooner at most where it would come in quiet hours: two nights may touch when the clocks change.
_LONGEST_QUIET = TimeDelta(hours=24 * 2)
# Most often something falls due within a day; where nothing does for so long, it is looked again.
_SOON = TimeDelta(hours=24)
LOOKED_AGAIN = TimeDelta(hours=24 * 16)

EachWays: TypeAlias = Mapping[PersonId, Ways]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ping:
    """A word in private to one person on a shift, `lead` before their part of it begins.

    Where that is in their quiet hours, it comes `at` their beginning.
    """

    shift: Shift
    person: PersonId
    part: Part
    lead: TimeDelta
    at: Instant

    @property
    def name(self) -> str:
        """What tells it from the rota's other happenings."""
        part = f":{self.part.starts}" if self.part.starts else ""
        return f"{_at(self.shift)}:ping:{self.person.mark}:{round(self.lead.total('minutes'))}{part}"


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
        return f"{_at(self.shift)}:open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """The room is told that a shift is short, a day before."""

    shift: Shift

    @property
    def at(self) -> Instant:
        """When it falls due."""
        return self.shift.begins - GAP_LEAD

    @property
    def name(self) -> str:
        """As above."""
        return f"{_at(self.shift)}:gap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relief:
    """Those on a shift and its room are told, shortly before, that nobody comes after. Nobody stays on for it.

    `ends` is when the last of them goes, `wanted` the shift that somebody could still be on from then.
    """

    shift: Shift
    ends: Instant
    wanted: Shift

    @property
    def at(self) -> Instant:
        """When it falls due: at the beginning of what is shorter than the usual notice."""
        return max(self.shift.begins, self.ends - RELIEF_LEAD)

    @property
    def name(self) -> str:
        """As above."""
        return f"{_at(self.shift)}:relief:{round((self.ends - self.shift.begins).total('minutes'))}"


Happening: TypeAlias = Ping | Opening | Gap | Relief


def falling_due(sheet: Sheet, ways: EachWays, after: Instant, until: Instant) -> tuple[Happening, ...]:
    """Return everything that happens after `after`, up to and with `until`, in order."""
    shifts = tuple(sheet.rota.coming(after, until + _longest_lead(ways)))
    beginning = {begins: tuple(each) for begins, each in groupby(shifts, lambda shift: shift.begins)}
    due = [happening for shift in shifts for happening in _of_shift(sheet, ways, shift)]
    due += [happening for shift in shifts for happening in _reliefs(sheet, shift, beginning)]
    return tuple(sorted((one for one in due if after < one.at <= until), key=lambda one: (one.at, one.name)))


def worth_saying(happenings: tuple[Happening, ...], now: Instant) -> tuple[Happening, ...]:
    """Return what is of use at `now`: of no shift that is over, and of several pings to one person only the latest."""
    alive = [one for one in happenings if (one.ends if isinstance(one, Relief) else one.shift.ends) > now]
    latest = {_subject(one): one for one in alive}
    return tuple(one for one in alive if latest[_subject(one)] is one)


def next_due(sheet: Sheet, ways: EachWays, after: Instant) -> Instant:
    """Return the next moment after `after` at which something happens, or at which to look again."""
    for until in (after + _SOON, after + LOOKED_AGAIN):
        if due := falling_due(sheet, ways, after, until):
            return due[0].at
    return after + LOOKED_AGAIN


def pings(sheet: Sheet, ways: EachWays, shift: Shift) -> Iterator[Ping]:
    """Give the pings to those who are on a shift."""
    for stint in sheet.stints(shift):
        theirs, begins = ways[stint.person], shift.at(stint.part.starts)
        for lead in theirs.pings:
            at = begins - lead if theirs.quiet is None else theirs.quiet.pulled_forward(begins - lead, theirs.zone)
            yield Ping(shift=shift, person=stint.person, part=stint.part, lead=lead, at=at)


def _at(shift: Shift) -> str:
    """Return the shift's name with its time: one that moves to another time happens anew."""
    return f"{shift.id}:{shift.begins.timestamp()}"


def _longest_lead(ways: EachWays) -> TimeDelta:
    """Return how long before a shift the first thing may happen that has to do with it."""
    leads = (
        max(each.pings) + (_LONGEST_QUIET if each.quiet else TimeDelta.ZERO) for each in ways.values() if each.pings
    )
    return max((GAP_LEAD, *leads))


def _of_shift(sheet: Sheet, ways: EachWays, shift: Shift) -> Iterator[Happening]:
    if shift.id not in sheet.roster.told and sheet.gaps(shift):
        yield Gap(shift=shift)
    if sheet.stints(shift):
        yield Opening(shift=shift)
        yield from pings(sheet, ways, shift)


def _reliefs(sheet: Sheet, shift: Shift, beginning: Mapping[Instant, tuple[Shift, ...]]) -> Iterator[Relief]:
    """Give the moments at which the last of those on a shift goes, while the rota wants somebody there still.

    `beginning` holds the shifts that begin at each moment.
    """
    for ends in sorted({shift.at(stint.part.ends) for stint in sheet.stints(shift)}):
        wanted = (shift,) if ends < shift.ends else beginning.get(ends, ())
        if wanted and not any(sheet.around(each, ends) for each in wanted):
            yield Relief(shift=shift, ends=ends, wanted=wanted[0])


def _subject(happening: Happening) -> tuple[type[Happening], ShiftId, object]:
    if isinstance(happening, Ping):
        return Ping, happening.shift.id, (happening.person, happening.part)
    return type(happening), happening.shift.id, happening.ends if isinstance(happening, Relief) else None
