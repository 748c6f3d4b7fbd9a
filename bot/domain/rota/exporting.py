"""A rota to be taken elsewhere: its lines as series of events, and its coming shifts as rows. Nobody is in either."""

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from whenever import Date, Instant

from bot.domain.rota.pattern import Pattern
from bot.domain.rota.recurrence import Dates, Recurrence
from bot.domain.rota.rota import Rota, Shift, ShiftId
from bot.domain.rota.sheet import Sheet

MADE_BY = "-//Alongside//Rotas for peer-support groups//EN"
# How many a shift needs and has room for, as "2-4": no calendar has a name for it (RFC 5545, 3.8.8.2).
PEOPLE = "x-alongside-people"
# Bank holidays never end, nor do clock changes: they stand in a series as far ahead as this.
YEARS_AHEAD = 2
HEADS = ("rota", "date", "start", "end", "zone", "needed", "room", "on")
# What a spreadsheet would take for a formula: owasp.org, CSV injection.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Shifts that come round: `first` and what its rule makes of it, to `last`, or on and on when that is None.

    `recurrence` is None for a shift that stands by itself. `more` are those after the first where the dates are single
    ones. `closed` are those that do not take place, and `different` those that are longer or shorter than on the wall.
    """

    uid: str
    recurrence: Recurrence | None = None
    first: Shift
    more: tuple[Shift, ...] = ()
    last: Shift | None = None
    closed: tuple[Shift, ...] = ()
    different: tuple[Shift, ...] = ()


def series_of(rota: Rota, now: Instant) -> Iterator[Series]:
    """Give the series of each line that makes any shift."""
    ahead = now.to_tz(rota.zone).date()
    for pattern in rota.patterns:
        until = max(ahead, pattern.starts).add(years=YEARS_AHEAD)
        dates = pattern.dates(pattern.starts, _end(pattern, until))
        yield from _series(rota, pattern, [Shift.of(pattern, date, rota.zone) for date in dates])


def _end(pattern: Pattern, until: Date) -> Date:
    """Return the last date to look at; single dates, and a line that ends, are gone through to their end."""
    if isinstance(pattern.recurrence, Dates):
        return pattern.recurrence.days_on[-1]
    return until if pattern.last is None else pattern.last


def _series(rota: Rota, pattern: Pattern, shifts: list[Shift]) -> Iterator[Series]:
    """Give the series, which begins with a shift as they mostly are: programs measure the others by it.

    What comes before stands by itself.
    """
    closed = {shift.id for shift in shifts if rota.is_closed(shift.date)}
    usual = (not (_odd(shift) or shift.skipped or shift.id in closed) for shift in shifts)
    begins = next((number for number, is_usual in enumerate(usual) if is_usual), len(shifts))
    for shift in shifts[:begins]:
        if shift.id not in closed:
            yield Series(uid=_uid(rota, shift.id), first=shift)
    if begins < len(shifts):
        first, *more = shifts[begins:]
        yield Series(
            uid=_uid(rota, pattern.number),
            recurrence=pattern.recurrence,
            first=first,
            more=tuple(more),
            last=None if pattern.last is None else shifts[-1],
            closed=tuple(shift for shift in more if shift.id in closed),
            different=tuple(shift for shift in more if shift.id not in closed and _odd(shift)),
        )


def _odd(shift: Shift) -> bool:
    """Whether the clocks change in it, so that it is longer or shorter than its times on the wall say."""
    return shift.length != shift.pattern.length


def _uid(rota: Rota, what: ShiftId | int) -> str:
    return hashlib.blake2s(f"{rota.id} {what}".encode(), digest_size=16, person=b"line").hexdigest()


def table(sheets: Iterable[Sheet], now: Instant) -> str:
    """Return the coming shifts as CSV (RFC 4180), as far ahead as each rota opens; times are on its own wall.

    "on" is how many are on the shift, or on a part of it.
    """
    written = io.StringIO()
    csv.writer(written).writerows(chain((HEADS,), *(_rows(sheet, now) for sheet in sheets)))
    return written.getvalue()


def _rows(sheet: Sheet, now: Instant) -> Iterator[tuple[str | int, ...]]:
    rota = sheet.rota
    for shift in sheet.within_horizon(now):
        starts, ends = shift.starts, shift.ends.to_tz(rota.zone)
        times = (starts.date().format_iso(), *(each.time().format_iso(unit="minute") for each in (starts, ends)))
        numbers = (shift.pattern.fewest, shift.pattern.most, len(sheet.on(shift)))
        yield (_no_formula(rota.name), *times, rota.zone, *numbers)


def _no_formula(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
