"""What is kept of people, by table, as the store gives it: made from the tables themselves."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Boolean, Column, Integer, Table
from whenever import Date

from bot.cogs.mydata.page import LEFT_OUT
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.ports.mydata import Kept
from bot.store.belongings import columns_of, keys_of
from bot.store.tables.base import Id, LocalDate, Moment
from bot.store.tables.house import outbox
from bot.store.traces import PACKED, tables_of_people
from tests.store.rows import ASH, NOON

GROUP = GroupId.of("fake", "group")
_PLAIN: Mapping[str, object] = {
    "leads": "PT24H PT15M",
    "wall_time": "20:00:00",
    "zone": "Asia/Kolkata",
    "quiet_from": "22:00:00",
    "wall_ends": "21:00",
    "quiet_to": "08:00:00",
}


def kept(*, empty: bool = False, words: str = "words") -> Sequence[Kept]:
    """Return a row of each table; what may be empty is, if wanted."""
    return [
        Kept(table=table.name, facts=_facts(table, empty=empty, words=words)) for table in (*tables_of_people(), outbox)
    ]


def columns_of_people() -> Sequence[str]:
    """Return every column that is shown: ids of the person and the group stand above."""
    facts = {name: value for each in kept() for name, value in each.facts.items()}
    return [name for name, value in facts.items() if not isinstance(value, PersonId | GroupId) and name not in LEFT_OUT]


def _facts(table: Table, *, empty: bool, words: str) -> Mapping[str, object]:
    if table is outbox:
        return {"not_before": NOON, "expires_at": NOON}
    facts = {
        column.name: fact(column, empty=empty, words=words) for column in table.columns if column.name not in PACKED
    }
    for key in keys_of(table):
        other = key.column.table
        if not list(columns_of(other, PersonId)):
            facts |= {f"{other.name}_{each.name}": fact(each, empty=empty, words=words) for each in other.columns}
    return facts


def fact(column: Column[object], *, empty: bool, words: str = "words") -> object:
    """Return something that stands in such a column, or nothing where nothing may."""
    if empty and column.nullable:
        return None
    if isinstance(column.type, Id):
        kinds: Mapping[object, object] = {GroupId: GROUP, PlaceId: PlaceId.of("fake", "room"), PersonId: ASH}
        return kinds[column.type.made]
    if isinstance(column.type, Moment):
        return NOON
    if isinstance(column.type, LocalDate):
        return Date(2026, 11, 24)
    if isinstance(column.type, Boolean):
        return True
    return 1 if isinstance(column.type, Integer) else _PLAIN.get(column.name, words)
