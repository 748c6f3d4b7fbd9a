"""A table of shifts as spreadsheets write it (RFC 4180, or with semicolons or tabs): a row for each, below its heads.

The heads may stand in any order, with others between them that are never looked at, such as who is on.
"""

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from whenever import Date, Time

from bot.domain.commands import Reading
from bot.domain.reading import Zone
from bot.domain.rota.importing import (
    LINE_ENDS,
    MOST_ENTRIES,
    Hours,
    Single,
    Taken,
    Unread,
    Unreadable,
    Wanted,
    in_zone,
    named,
    shift_of,
)
from bot.domain.rota.importing_cells import date_in, has_month_first, hours_in, people_in, tidy
from bot.domain.saying import Refused, line

# What people write above a column, the likeliest first; the house's own heads (`exporting.HEADS`) are among them.
_HEADS: Mapping[str, Sequence[str]] = {
    "date": ("date", "start date", "day", "dates"),
    "start": ("start", "start time", "starts", "from", "begin", "begins", "time", "times", "hours"),
    "end": ("end", "end time", "ends", "to", "until", "finish", "finishes"),
    "end date": ("end date",),
    "needed": ("needed", "people needed", "people", "how many", "number of people"),
    "room": ("room",),
    "zone": ("zone", "time zone", "timezone"),
    "rota": ("rota",),
}
_BETWEEN = ",;\t"
# A title may stand above the heads.
_ROWS_ABOVE, _TOP = 10, 20 * 1024
_MOST_COLUMNS = 100

_Row: TypeAlias = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """What stands between the columns, which is which, and how many rows stand above."""

    between: str
    columns: Mapping[str, int]
    above: int


def is_table(text: str) -> bool:
    """Return whether heads of dates and of times are near the top."""
    return _found(text) is not None


def taken(text: str, wanted: Wanted) -> Taken:
    """Return what a table holds. Refuses one without heads, with too many rows, or with the month before the day."""
    table = _found(text)
    if table is None:
        raise Refused("rota-file-unlike")
    rows, broken = _rows(text, table)
    if len(rows) > MOST_ENTRIES:
        raise Refused("rota-file-many", most=MOST_ENTRIES)
    if any(has_month_first(row["date"]) for _, row in rows):
        raise Refused("rota-file-month-first")
    one = named((_name(row) for _, row in rows), wanted)
    rows = [(number, row) for number, row in rows if one in {None, _name(row)}]
    into = Taken(zone=_zone([row for _, row in rows], wanted), unread=broken)
    for number, row in rows:
        try:
            into.singles.append(_single(number, row, into.zone, wanted))
        except Unreadable as unreadable:
            into.unread.append(Unread(number=number, why=unreadable.why))
    return into


def _found(text: str) -> _Table | None:
    top = "\n".join(LINE_ENDS.split(text[:_TOP])[:_ROWS_ABOVE])
    for between in _BETWEEN:
        try:
            rows = list(csv.reader(io.StringIO(top, newline=""), delimiter=between))
        except csv.Error:
            continue
        for above, row in enumerate(rows):
            columns = _columns(row)
            if {"date", "start"} <= columns.keys():
                return _Table(between=between, columns=columns, above=above)
    return None


def _columns(row: Sequence[str]) -> dict[str, int]:
    heads = [tidy(head).strip(" :*") for head in row[:_MOST_COLUMNS]]
    found = {what: next((name for name in names if name in heads), None) for what, names in _HEADS.items()}
    return {what: heads.index(name) for what, name in found.items() if name is not None}


def _rows(text: str, table: _Table) -> tuple[list[tuple[int, _Row]], list[Unread]]:
    """Return the rows below the heads, each with the line it begins on; some more than are taken at most.

    What cannot be told apart as rows is noted, and nothing is read after it.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=table.between)
    rows, broken, begins = list[tuple[int, _Row]](), list[Unread](), 1
    try:
        for number, cells in enumerate(reader):
            if number > table.above and any(map(str.strip, cells)):
                row = {what: cells[at] for what, at in table.columns.items() if at < len(cells)}
                rows.append((begins, {what: row.get(what, "") for what in _HEADS}))
            if len(rows) > MOST_ENTRIES:
                break
            begins = reader.line_num + 1
    except csv.Error:
        broken.append(Unread(number=begins, why=line("rota-file-row")))
    return rows, broken


def _name(row: _Row) -> str:
    """Return the rota's name, without the mark that keeps spreadsheets from taking it for a formula."""
    return row["rota"].strip().removeprefix("'")


def _zone(rows: Sequence[_Row], wanted: Wanted) -> str:
    if wanted.zone is not None:
        return wanted.zone
    found = Counter(zone for row in rows if (zone := _zone_in(row, wanted)) is not None)
    return found.most_common(1)[0][0] if found else wanted.own


def _zone_in(row: _Row, wanted: Wanted) -> str | None:
    try:
        return Zone().read(row["zone"], Reading(now=wanted.now, zone=wanted.own))
    except Refused:
        return None


def _single(number: int, row: _Row, zone: str, wanted: Wanted) -> Single:
    date = date_in(row["date"], wanted.now.to_tz(zone).date())
    time, ends = hours_in(row["start"], row["end"])
    if row["end date"].strip() and date_in(row["end date"], date) != _last(date, time, ends):
        raise Unreadable(line("rota-file-long"))
    fewest, most = people_in(row["needed"], row["room"], wanted.people)
    hours = Hours(time=time, ends=ends, fewest=fewest, most=most)
    there = _zone_in(row, wanted)
    if there is None and row["zone"].strip():
        raise Unreadable(line("rota-file-zone"))
    if there in {None, zone}:
        return Single(number=number, date=date, hours=hours)
    shift = shift_of(hours, date, there or zone)
    found = in_zone((shift.begins, shift.ends), (fewest, most), zone)
    if found is None:
        raise Unreadable(line("rota-file-twice"))
    return Single(number=number, date=found[0], hours=found[1])


def _last(date: Date, time: Time, ends: Time) -> Date:
    """Return the date on which it ends."""
    return date if ends > time else date.add(days=1)
