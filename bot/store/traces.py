"""Everything that is kept of one person, in all groups of their world: found through the schema, as belongings are.

A table made later is shown, handed over and let go of by itself. What others are in it is never told.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, Table, delete, or_, select, true, union
from whenever import Instant

from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.ports.groups import Tombstones
from bot.ports.mydata import Kept
from bot.store.belongings import BelongingsStore, columns_of, columns_of_their_own, columns_that_go, keys_of, within
from bot.store.database import Database
from bot.store.naming import SayingsStore, names
from bot.store.tables.base import metadata
from bot.store.tables.house import outbox

Predicate = ColumnElement[bool]

_GROUP = "group_id"
PACKED = {"choices"}


class TraceStore:
    """Implements the port `Traces`."""

    def __init__(self, database: Database, tombstones: Tombstones) -> None:
        self._database = database
        self._belongings = BelongingsStore(database, tombstones)
        self._sayings = SayingsStore(database)

    async def groups(self, person: PersonId) -> Sequence[GroupId]:
        """Return every group in which anything names the person, and hold them all."""
        selects = [found for table, theirs in _named(person) for found in _groups(table, theirs)]
        groups = sorted({GroupId(group) for group in (await self._database.execute(union(*selects))).scalars()})
        for group in groups:
            await self._database.hold(group)
        return groups

    async def kept(self, group: GroupId, person: PersonId) -> Sequence[Kept]:
        """Return each row of theirs in the group."""
        return [
            Kept(table=table.name, facts=_facts(table, row, person))
            for table, theirs in _named(person)
            for row in (await self._database.execute(_whole(table).where(within(table, group), theirs))).mappings()
        ]

    async def erase(self, person: PersonId, now: Instant) -> None:
        """Let go of all of it, in every group; what others are still to hear names them no more."""
        for group in await self.groups(person):
            await self._belongings.part(group, person, now)
        for table in metadata.sorted_tables:
            # Also in groups where nothing is theirs: what others hold with them is not among what they are shown.
            for named in columns_that_go(table):
                await self._database.execute(delete(table).where(named == str(person)))
        # Keys of what was said to them may be all that is left in a group.
        await self._sayings.unname(person, now, true())
        self._database.wipe_after(person)


def tables_of_people() -> Sequence[Table]:
    """Return every table with rows that are people's own."""
    return [table for table in metadata.sorted_tables if list(columns_of_their_own(table))]


def _named(person: PersonId) -> Iterator[tuple[Table, Predicate]]:
    """Give each table that may name people, with what holds for the rows that name this one."""
    for table in tables_of_people():
        yield table, or_(*(column == str(person) for column in columns_of_their_own(table)))
    yield outbox, names(person)


def _groups(table: Table, which: Predicate) -> Iterator[Select[Any]]:
    """Give what selects the groups of these rows: their own, that of what they hang on, or the place itself."""
    if _GROUP in table.c:
        yield select(table.c[_GROUP]).where(which)
        return
    for key in keys_of(table):
        yield from _groups(key.column.table, key.column.in_(select(key.parent).where(which)))
    if not keys_of(table):
        yield from (select(place).where(which) for place in columns_of(table, PlaceId))


def _whole(table: Table) -> Select[Any]:
    """Select the rows together with what they hang on, if that is nobody's; its columns are called after its table."""
    whole = select(*(column.label(column.name) for column in table.columns))
    for key in keys_of(table):
        other = key.column.table
        if list(columns_of(other, PersonId)):
            continue
        whole = whole.join_from(table, other, key.parent == key.column)
        whole = whole.add_columns(*(column.label(f"{other.name}_{column.name}") for column in other.columns))
    return whole


def _facts(table: Table, row: RowMapping, person: PersonId) -> Mapping[str, object]:
    """Return the row without anybody else, and without what is packed: that is for the house alone."""
    if table is outbox:
        return {name: row[name] for name in ("not_before", "expires_at")}
    hidden = {name for name, value in row.items() if isinstance(value, PersonId) and value != person} | PACKED
    return {name: value for name, value in row.items() if name not in hidden}
