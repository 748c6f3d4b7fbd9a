"""Rows for every table there is, made from what the tables say of themselves."""

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import BigInteger, Boolean, Column, Integer, Select, Table, func, insert, select
from whenever import Date, Instant

from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.store.database import Database
from bot.store.tables import metadata
from bot.store.tables.base import Id, LocalDate, Moment

NOON = Instant.from_utc(2026, 11, 23, 12)
ASH = PersonId.of("fake", "ash")
NOTHING_TOLD: Mapping[str, Mapping[str, object]] = MappingProxyType({})


def value(column: Column[object], group: str, person: PersonId, keys: dict[str, str]) -> object:
    """Return something that fits a column of any table, keys to other tables among them."""
    for key in column.foreign_keys:
        return keys[str(key.column)]
    if isinstance(column.type, Id):
        kinds: dict[object, object] = {GroupId: GroupId(group), PlaceId: PlaceId(group), PersonId: person}
        return kinds[column.type.made]
    if isinstance(column.type, Moment):
        return NOON
    if isinstance(column.type, LocalDate):
        return Date(2026, 11, 24)
    if isinstance(column.type, Boolean):
        return False
    return 1 if isinstance(column.type, Integer | BigInteger) else f"{group} {person}"


async def fill(
    database: Database, group: str, person: PersonId = ASH, told: Mapping[str, Mapping[str, object]] = NOTHING_TOLD
) -> None:
    """Put a row of one group and one person into every table there is; `told` are columns to fill so, by table."""
    keys: dict[str, str] = {}
    async with database.transaction():
        for table in metadata.sorted_tables:
            columns = [column for column in table.columns if column is not table.autoincrement_column]
            row = {column.name: value(column, group, person, keys) for column in columns}
            row |= told.get(table.name, {})
            keys |= {str(column): str(row[column.name]) for column in columns}
            await database.execute(insert(table).values(row))


async def filled(database: Database) -> dict[str, int]:
    counts = {}
    async with database.transaction():
        for table in metadata.sorted_tables:
            counts[table.name] = int((await database.execute(_count(table))).scalar_one())
    return counts


def _count(table: Table) -> Select[int]:
    return select(func.count()).select_from(table)
