"""Any database there could be: rows for every table that lasts, each fitting the ones it has keys to."""

from typing import Any

from hypothesis.strategies import (
    DrawFn,
    SearchStrategy,
    booleans,
    characters,
    composite,
    dates,
    integers,
    none,
    sampled_from,
    text,
)
from sqlalchemy import BigInteger, Boolean, Column, Integer, Table, delete, select
from whenever import Date, Instant

from bot.domain.ids import GroupId, PersonId
from bot.store.database import Database
from bot.store.dumping import lasting
from bot.store.tables import metadata
from bot.store.tables.base import Id, LocalDate, Moment

Everything = dict[str, list[dict[str, Any]]]

GROUPS = [GroupId.of(world, name) for world in ("fake", "mx") for name in ("room", "!space:example.org")]
PEOPLE = [PersonId.of(world, name) for world in ("fake", "mx") for name in ("ash", "@bea:example.org", "cai")]

words = text(characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)  # As PostgreSQL takes them.
moments = integers(0, 4_000_000_000_000).map(lambda number: Instant.from_timestamp(number, unit="millisecond"))


def values(column: Column[Any]) -> SearchStrategy[Any]:
    """Return what may stand in a column."""
    kind: SearchStrategy[Any] = words
    if isinstance(column.type, Id):
        kind = sampled_from(PEOPLE if column.type.made is PersonId else GROUPS).map(column.type.made)
    elif isinstance(column.type, Moment):
        kind = moments
    elif isinstance(column.type, LocalDate):
        kind = dates().map(Date)
    elif isinstance(column.type, Boolean):
        kind = booleans()
    elif isinstance(column.type, Integer | BigInteger):
        kind = integers(0, 2**31 - 1)
    return none() | kind if column.nullable else kind


@composite
def everything(draw: DrawFn) -> Everything:
    """Draw up to three rows for each table."""
    found: Everything = {}
    for table in lasting():
        rows = [_row(draw, table, found) for _ in range(draw(integers(0, 3)))]
        found[table.name] = [row for row in rows if row is not None]
    return found


def _row(draw: DrawFn, table: Table, found: Everything) -> dict[str, Any] | None:
    row = {}
    for column in table.columns:
        if column.foreign_keys:
            (key,) = column.foreign_keys
            there = [parent[key.column.name] for parent in found[key.column.table.name]]
            if not there:
                return None
            row[column.name] = draw(sampled_from(there))
        else:
            row[column.name] = draw(values(column))
    return row


async def put(database: Database, rows: Everything) -> None:
    """Empty every table that lasts and put these there; of rows that would stand twice, one."""
    async with database.transaction():
        for table in reversed(lasting()):
            await database.execute(delete(table))
        for table in lasting():
            for row in rows[table.name]:
                if all([await _is_there(database, column, row) for column in table.columns if column.foreign_keys]):
                    await database.execute(database.insert(table).on_conflict_do_nothing(), row)


async def _is_there(database: Database, column: Column[Any], row: dict[str, Any]) -> bool:
    """Whether the row that this one has a key to was not left out as standing twice."""
    (key,) = column.foreign_keys
    found = await database.execute(select(key.column).where(key.column == row[column.name]))
    return found.first() is not None


async def contents(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table, in an order of its own."""
    async with database.transaction():
        return {
            table.name: sorted((tuple(row) for row in await database.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
        }
