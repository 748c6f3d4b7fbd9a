"""A database as lines of JSON, the same for SQLite and PostgreSQL: a head, each table's columns and rows, a count.

Tables are taken as they stand in the database, whichever step of the migrations they are at. What passes within hours
stays out: an old mark or list would make the bot do things twice, or the wrong ones.
"""

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, MetaData, Table, insert, select
from whenever import Instant

from bot.store.database import Database
from bot.store.migrating import at_step, bring_to
from bot.store.tables import metadata

FORMAT = 1
_VERSIONS = "alembic_version"

Json = dict[str, Any]


class DumpError(Exception):
    """Lines that cannot be used; `kind` says why: broken, newer or empty."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands before the rows: when they were so, until when they may be kept, and the step of their tables."""

    at: Instant
    until: Instant
    step: str = ""


async def dumped(database: Database, head: Head) -> bytes:
    """Return the database, as it is at one moment. Raises `DumpError` when it has no tables."""
    async with database.engine.connect() as connection:
        lines = await connection.run_sync(lambda open_: [json.dumps(each) for each in _lines(open_, head)])
    return zlib.compress("\n".join(lines).encode(), level=9)


def read_head(dump: bytes) -> Head:
    """Return what stands before the rows. Raises `DumpError`."""
    return _head(_first(_unpacked(dump)))


async def load(dump: bytes, database: Database) -> None:
    """Make the tables of that step in an empty database, put the rows there, and bring all of it to the newest step.

    Raises `DumpError`; the database is of no use then.
    """
    lines = _unpacked(dump)
    head = _head(_first(lines))
    async with database.engine.begin() as connection:
        if not await connection.run_sync(bring_to, head.step):
            raise DumpError("newer")
        await connection.run_sync(_put, lines[1:])
        await connection.run_sync(bring_to, "head")


def lasting() -> list[Table]:
    """Return the tables that a backup holds, each after those it has keys to."""
    return [table for table in metadata.sorted_tables if not table.info.get("passing")]


def reset_numbers(table: Table) -> str | None:
    """Return the statement that lets PostgreSQL go on numbering after the rows there are, for a table that it numbers.

    SQLite finds the largest number by itself.
    """
    numbered = table.autoincrement_column
    if numbered is None or numbered.foreign_keys or len(table.primary_key.columns) > 1:
        return None
    sequence = f"pg_get_serial_sequence('{table.name}', '{numbered.name}')"
    # A sequence begins at 1, whatever numbers there are.
    last = f"coalesce(max({numbered.name}), 0)"
    return f"SELECT setval({sequence}, greatest({last}, 1), {last} > 0) FROM {table.name}"  # noqa: S608  Names of our own tables.


def _lines(connection: Connection, head: Head) -> Iterator[Json | list[Any]]:
    step = at_step(connection)
    if step is None:
        raise DumpError("empty")
    head = replace(head, step=step)
    yield {
        "alongside": FORMAT,
        "at": head.at.format_iso(),
        "until": head.until.format_iso(),
        "step": head.step,
    }
    count = 0
    passing = {table.name for table in metadata.tables.values() if table.info.get("passing")}
    for table in _standing(connection):
        if table.name in passing:
            continue
        yield {"table": table.name, "columns": [column.name for column in table.columns]}
        for row in connection.execute(select(table)):
            count += 1
            yield list(row)
    yield {"rows": count}


def _standing(connection: Connection) -> list[Table]:
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != _VERSIONS]


def _put(connection: Connection, lines: list[str]) -> None:
    tables = {table.name: table for table in _standing(connection)}
    try:
        last = _object(lines[-1])
        count = 0
        for name, rows in _by_table(lines[:-1]):
            count += len(rows)
            if rows:
                connection.execute(insert(tables[name]), rows)
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise DumpError("broken") from error
    if last.get("rows") != count:
        raise DumpError("broken")


def _by_table(lines: Iterable[str]) -> Iterator[tuple[str, list[Json]]]:
    """Give each table's name and rows."""
    name, columns, rows = "", list[str](), list[Json]()
    for line in lines:
        read = json.loads(line)
        if isinstance(read, Mapping):
            if name:
                yield name, rows
            name, columns, rows = read["table"], read["columns"], []
        else:
            rows.append(dict(zip(columns, read, strict=True)))
    if name:
        yield name, rows


def _unpacked(dump: bytes) -> list[str]:
    try:
        return zlib.decompress(dump).decode().split("\n")
    except (zlib.error, UnicodeDecodeError) as error:
        raise DumpError("broken") from error


def _first(lines: list[str]) -> Json:
    return _object(lines[0])


def _object(line: str) -> Json:
    try:
        read = json.loads(line)
    except ValueError as error:
        raise DumpError("broken") from error
    if not isinstance(read, dict):
        raise DumpError("broken")
    return read


def _head(read: Json) -> Head:
    form = read.get("alongside")
    if not isinstance(form, int):
        raise DumpError("broken")
    if form > FORMAT:
        raise DumpError("newer")
    try:
        return Head(at=Instant.parse_iso(read["at"]), until=Instant.parse_iso(read["until"]), step=str(read["step"]))
    except (KeyError, TypeError, ValueError) as error:
        raise DumpError("broken") from error
