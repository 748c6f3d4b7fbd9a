"""A rota from a file: what could be read of it as lines of a rota, and each line of the file that could not be.

Nothing of the file is in it but days, times, a zone and how many people: nobody is named, and nobody is on a shift.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol

from whenever import Date, Instant, Time

from bot.domain.commands import Reading
from bot.domain.reading import Text
from bot.domain.rota.closing import Closure
from bot.domain.rota.pattern import Pattern
from bot.domain.rota.recurrence import Frequency, Rule
from bot.domain.rota.rota import Shift
from bot.domain.saying import Line, Refused

# Of a file: as many as a group's year, and read in a moment.
MOST_ENTRIES = 500
MOST_NAMES = 10
LINE_ENDS = re.compile("\r\n|\n|\r")
YEARS_AHEAD = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is known of the rota beside the file. `zone` was said for it or is None; `own` is that of who asks.

    `people` is how many a shift needs where the file does not say.
    """

    name: str
    zone: str | None = None
    own: str
    people: int = 1
    now: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """What stands on a line of the file, counted from 1, and is not taken over, and why."""

    number: int
    why: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """From when to when on the rota's wall, and for how many; `ends` is the next one after `time`."""

    time: Time
    ends: Time
    fewest: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Single:
    """A shift of one date. `number` is its line in the file."""

    number: int
    date: Date
    hours: Hours


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """Shifts that come round from `starts`, which is one of them, to `last`, but for some dates."""

    number: int
    rule: Rule
    starts: Date
    last: Date | None = None
    hours: Hours
    without: frozenset[Date] = frozenset()


@dataclass(slots=True, kw_only=True)
class Taken:
    """What a file holds. `over` counts what has gone; `elsewhere` says that some of it comes round in another zone."""

    zone: str
    singles: list[Single] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    over: int = 0
    elsewhere: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """The rota that a file makes; the rest is as in `Taken`. `unread` goes by lines."""

    patterns: tuple[Pattern, ...]
    zone: str
    closed: tuple[Closure, ...]
    unread: tuple[Unread, ...]
    over: int
    elsewhere: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A value of a calendar's event. A `datetime` is a naive one, on the wall of `zone`, which is as the file names it.

    There, None is a wall without a zone.
    """

    what: datetime | date | timedelta | str
    zone: str | None = None


class ReadsCalendars(Protocol):
    """Knows how calendars are written: RFC 5545."""

    def event(self, lines: Sequence[str]) -> Mapping[str, Sequence[Said]]:
        """Return what an event says, by the property's name. Raises `ValueError` for what is not written so."""

    def zone(self, name: str) -> str | None:
        """Return the IANA name of a zone; None for one that is not known."""


class Unreadable(Exception):  # noqa: N818  It is told as a line of what was read, and goes no further.
    """Something of a file that is not taken over; the line says why."""

    def __init__(self, why: Line) -> None:
        super().__init__(why.id)
        self.why = why


def in_zone(moments: tuple[Instant, Instant], people: tuple[int, int], zone: str) -> tuple[Date, Hours] | None:
    """Return the date and the hours of a shift on the wall of that zone; None where they would mean another shift.

    That is so for what is not a whole number of minutes, is longer than a day, or lies in an hour that comes twice.
    """
    begins, ends = (each.to_tz(zone) for each in moments)
    hours = Hours(time=begins.time(), ends=ends.time(), fewest=people[0], most=people[1])
    shift = shift_of(hours, begins.date(), zone)
    whole = not any(each.second or each.nanosecond for each in (begins, ends))
    return (begins.date(), hours) if whole and (shift.begins, shift.ends) == moments else None


def pattern_of(hours: Hours, recurrence: Rule, starts: Date) -> Pattern:
    """Return a line of a rota of those hours."""
    return Pattern(
        recurrence=recurrence,
        starts=starts,
        time=hours.time,
        ends=hours.ends,
        fewest=hours.fewest,
        most=hours.most,
    )


def shift_of(hours: Hours, date: Date, zone: str) -> Shift:
    """Return a shift of those hours."""
    return Shift.of(pattern_of(hours, Rule(frequency=Frequency.DAILY), date), date, zone)


def named(names: Iterable[str], wanted: Wanted) -> str | None:
    """Return which of the rotas in a file is meant, None where there is but one, which may have any name.

    Refuses when there are several and none is called as is wanted; those that no rota could be called are not told.
    """
    found = {name.casefold(): name for name in names}
    if len(found) <= 1:
        return None
    if wanted.name.casefold() in found:
        return found[wanted.name.casefold()]
    told = tuple(name for name in found.values() if _could_be(name, wanted))
    raise Refused("rota-file-which", names=told[:MOST_NAMES]) if told else Refused("rota-file-several")


def _could_be(name: str, wanted: Wanted) -> bool:
    try:
        return Text().read(name, Reading(now=wanted.now, zone=wanted.own)) == name
    except Refused:
        return False
