"""The database's part of the data map, made from the tables themselves."""

from collections.abc import Sequence

from sqlalchemy import Table
from whenever import TimeDelta

from bot.ports.datamap import Field, Part
from bot.store.tables import metadata
from bot.store.tables.base import Limit, limit_of
from bot.store.uses import UNUSED_LASTS_MONTHS


def parts() -> Sequence[Part]:
    """Return every table with all its columns."""
    return [_part(table) for table in metadata.sorted_tables]


def topics() -> Sequence[str]:
    """Return what the tables are about, each once; the sentence `about-data-<topic>` tells of it in chat."""
    return tuple(dict.fromkeys(table.info["topic"] for table in metadata.tables.values()))


def _part(table: Table) -> Part:
    fields = [
        Field(
            name=column.name,
            holds=column.info["holds"],
            purpose=column.info["purpose"],
            ends=table.info["ends"],
            seen=(table.info | column.info)["seen"],
        )
        for column in table.columns
    ]
    return Part(name=table.name, where="database", latest=_latest(table), fields=fields)


def _latest(table: Table) -> str:
    """Return the latest that a row goes, whatever else ends it before."""
    limit = limit_of(table)
    if table.info["latest"]:
        return str(table.info["latest"])
    if limit is not None:
        return f"{_after(limit)}, with the purge of that day"
    if table.foreign_keys:
        above = sorted({key.column.table.name for key in table.foreign_keys})
        return f"with its row in {' and '.join(above)}"
    return f"{UNUSED_LASTS_MONTHS} months after the group last used anything"


def _after(limit: Limit) -> str:
    when = limit.columns[0] if len(limit.columns) == 1 else f"the last of {' and '.join(limit.columns)}"
    days = limit.after // TimeDelta(hours=24)
    return f"{days} {'day' if days == 1 else 'days'} after {when}" if days else f"at {when}"
