"""All that is kept of a person as one JSON document, a line each, so that any world can show it and cut it.

Its shape: {"made", "person", "groups": [{"group", "tables": {<table>: [<row>]}}], "cannot_reach": [<name>]}. Moments
are UTC and days are local, both as in ISO 8601; what a table and a column mean is in the data map.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from whenever import Date, Instant

from bot.domain.commands import Asked
from bot.domain.ids import GroupId
from bot.domain.saying import Line, Look, line
from bot.ports.mydata import Kept


def document(asked: Asked, kept: Mapping[GroupId, Sequence[Kept]], cannot_reach: Sequence[str]) -> Iterator[Line]:
    """Yield the document's lines."""
    whole = {
        "made": asked.at,
        "person": asked.person,
        "groups": [{"group": group, "tables": _tables(rows)} for group, rows in kept.items()],
        "cannot_reach": cannot_reach,
    }
    text = json.dumps(whole, default=_plain, ensure_ascii=False, indent=1)
    return (line("mydata-code", Look.CODE, text=each) for each in text.split("\n"))


def _tables(kept: Sequence[Kept]) -> Mapping[str, Sequence[Mapping[str, object]]]:
    return {table: [row.facts for row in rows] for table, rows in groupby(kept, key=lambda one: one.table)}


def _plain(value: object) -> str:
    match value:
        case Instant() | Date():
            return value.format_iso()
        case _:
            raise TypeError(type(value))
