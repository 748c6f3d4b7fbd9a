"""All that is kept of a person, to be taken along: as one JSON document, and as a page to read.

The document's shape: {"made", "person", "groups": [{"group", "tables": {<table>: [<row>]}}], "cannot_reach": [<name>]}.
Moments are UTC and days are local, both as in ISO 8601; what a table and a column mean is in the data map.
"""

import json
from collections.abc import Mapping, Sequence
from itertools import groupby

from whenever import Date, Instant

from bot.domain.commands import Asked
from bot.domain.ids import GroupId
from bot.domain.saying import File, Handed, Line, Look, line, say
from bot.ports.mydata import Kept

DOCUMENT, PAGE = "mydata.json", "mydata.html"
TOLD = say("mydata-export-files", page=PAGE, document=DOCUMENT)

_LATER = (line("mydata-export-later"),)


def document(asked: Asked, kept: Mapping[GroupId, Sequence[Kept]], cannot_reach: Sequence[str]) -> str:
    """Return the document, which ends with a line break as text files do."""
    whole = {
        "made": asked.at,
        "person": asked.person,
        "groups": [{"group": group, "tables": _tables(rows)} for group, rows in kept.items()],
        "cannot_reach": cannot_reach,
    }
    return json.dumps(whole, default=_plain, ensure_ascii=False, indent=1) + "\n"


def handed(document: str, page: str, unreached: Sequence[Line]) -> Handed:
    """Return both as files; where none can be sent the document is shown, a line each, so that it can be cut."""
    shown = (line("mydata-code", Look.CODE, text=each) for each in document.splitlines())
    return Handed(
        files=(
            File(name=PAGE, kind="text/html", content=page.encode()),
            File(name=DOCUMENT, kind="application/json", content=document.encode()),
        ),
        in_text=(line("mydata-export-intro"), *shown, *unreached),
        later=_LATER,
    )


def _tables(kept: Sequence[Kept]) -> Mapping[str, Sequence[Mapping[str, object]]]:
    return {table: [row.facts for row in rows] for table, rows in groupby(kept, key=lambda one: one.table)}


def _plain(value: object) -> str:
    match value:
        case Instant() | Date():
            return value.format_iso()
        case _:
            raise TypeError(type(value))
