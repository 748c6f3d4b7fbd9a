"""A line of a rota in columns, and when it is closed in one, wherever they are kept."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import RowMapping
from whenever import Date, Time

from bot.domain.rota.closing import Closure
from bot.domain.rota.pattern import Pattern
from bot.domain.rota.recurrence import recurrence

_BETWEEN, _TO = ",", "/"


def columns_of(line: Pattern) -> dict[str, Any]:
    """Return a line but for its dates, whose columns each table names for itself."""
    return {
        "number": line.number,
        "rule": str(line.recurrence),
        "wall_time": line.time.format_iso(),
        "wall_ends": line.ends.format_iso(),
        "fewest": line.fewest,
        "most": line.most,
    }


def line_of(row: RowMapping, starts: str, last: str) -> Pattern:
    """Return the line of a row, its dates from the columns of those names."""
    return Pattern(
        number=row["number"],
        recurrence=recurrence(row["rule"]),
        starts=row[starts],
        last=row[last],
        time=Time.parse_iso(row["wall_time"]),
        ends=Time.parse_iso(row["wall_ends"]),
        fewest=row["fewest"],
        most=row["most"],
    )


def written(closed: Iterable[Closure]) -> str:
    """Return closures in one column."""
    return _BETWEEN.join(f"{each.first}{_TO}{each.last}" for each in closed)


def closed_in(text: str) -> tuple[Closure, ...]:
    """Return the closures of such a column."""
    dates = (each.split(_TO) for each in text.split(_BETWEEN) if each)
    return tuple(Closure(first=Date.parse_iso(first), last=Date.parse_iso(last)) for first, last in dates)
