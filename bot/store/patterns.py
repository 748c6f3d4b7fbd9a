"""A line of a rota in columns, wherever one is kept."""

from typing import Any

from sqlalchemy import RowMapping
from whenever import Time

from bot.domain.rota.pattern import Pattern
from bot.domain.rota.recurrence import recurrence


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
