"""Everything that is kept of a group, found through the schema: a table made later is not forgotten.

A table is a group's when it has the column `group_id`, or a key to one that has; ids of people and places are found
by their types.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    PrimaryKeyConstraint,
    Select,
    Table,
    UniqueConstraint,
    and_,
    delete,
    false,
    func,
    or_,
    select,
    union,
    update,
)
from whenever import Instant

from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.ports.groups import Tombstones
from bot.store.database import Database
from bot.store.naming import SayingsStore
from bot.store.tables.apart import apart
from bot.store.tables.base import Id, metadata
from bot.store.tables.group import group_rooms
from bot.store.tables.house import dues, outbox, pauses, wishes
from bot.store.tables.rota import rota_numbers, rota_single, rota_standing, rotas
from bot.store.tables.together import open_hours

Predicate = ColumnElement[bool]

_GROUP = "group_id"
# How what is to be done begins when it is packed: bot.store.sayings.
_MEETING, _DEPARTURE = '{"people":', '{"room":'
_LONG_AGO = Instant.from_timestamp(0)


class BelongingsStore:
    """Implements the ports `Belongings` and `Removals`."""

    def __init__(self, database: Database, tombstones: Tombstones) -> None:
        self._database = database
        self._sayings = SayingsStore(database)
        self._tombstones = tombstones

    async def worlds(self) -> frozenset[str]:
        """Return every world that anything is kept of a group of."""
        groups = await self._found(select(table.c[_GROUP]) for table in _tables(_GROUP))
        return frozenset(GroupId(group).world for group in groups)

    async def known(self, world: str) -> Mapping[GroupId, frozenset[PlaceId]]:
        """Return every group of a world that anything is kept of, with the places named in it."""
        found: dict[GroupId, set[PlaceId]] = {}
        for group in await self._found(select(table.c[_GROUP]) for table in _tables(_GROUP)):
            if GroupId(group).world == world:
                found.setdefault(GroupId(group), set())
        pairs = (
            select(table.c[_GROUP].label(_GROUP), place.label("place"))
            for table in _tables(_GROUP)
            for place in columns_of(table, PlaceId)
        )
        rows = await self._database.execute(union(*pairs))
        for row in rows.mappings():
            if row["place"] is not None and row[_GROUP] in found:
                found[row[_GROUP]].add(PlaceId(row["place"]))
        return {group: frozenset(places) for group, places in found.items()}

    async def people(self, group: GroupId) -> frozenset[PersonId]:
        """Return everybody of whom anything is kept in the group."""
        named = [
            select(person).where(within(table, group), person.is_not(None))
            for table in metadata.sorted_tables
            for person in columns_that_go(table)
            if _is_of_groups(table)
        ]
        return frozenset(PersonId(person) for person in await self._found(named))

    async def part(self, group: GroupId, person: PersonId, now: Instant) -> None:
        """Let go of what is kept of one person in one group; what others are still to hear names them no more."""
        await self._database.hold(group)
        await self._tombstones.lay(group, person, now)
        for table in reversed(metadata.sorted_tables):
            for theirs in columns_that_go(table):
                await self._database.execute(delete(table).where(within(table, group), theirs == str(person)))
        await self._sayings.unname(person, now, outbox.c[_GROUP] == group)
        self._database.wipe_after(person)

    async def forget(self, group: GroupId, now: Instant) -> None:
        """Let go of all of it.

        A room that is open for two is closed first, and both are told; the bot's going from one is gone on with.
        """
        await self._database.hold(group)
        await self._tombstones.lay(group, None, now)
        for table in reversed(metadata.sorted_tables):
            if _is_of_groups(table):
                kept = _in_a_room() if table is outbox else false()
                await self._database.execute(delete(table).where(within(table, group), ~kept))
        over = {"not_before": _LONG_AGO, "expires_at": _LONG_AGO}
        meetings = outbox.c[_GROUP] == group, outbox.c.body.startswith(_MEETING, autoescape=True)
        await self._database.execute(update(outbox).where(*meetings).values(over))
        self._database.wipe_after(group)
        self._database.stir()

    async def forget_place(self, place: PlaceId) -> None:
        """Let go of whatever is bound to a place, in any group."""
        for table in (rotas, open_hours):
            there = select(table.c.id).where(table.c.place == place)
            await self._database.execute(delete(dues).where(dues.c.about.in_(there)))
        await self._database.execute(delete(outbox).where(_says_in(place)))
        for table in reversed(metadata.sorted_tables):
            for here in columns_of(table, PlaceId):
                let_go = update(table).values({here.name: None}) if here.nullable else delete(table)
                await self._database.execute(let_go.where(here == place))

    async def rename(self, old: PlaceId, new: PlaceId) -> None:
        """Put the new place wherever the old one stands."""
        for table in metadata.sorted_tables:
            await self._clear_the_way(table, PlaceId, old, new)
            for place in columns_of(table, PlaceId):
                await self._database.execute(update(table).where(place == old).values({place.name: new}))
        packed = func.replace(outbox.c.body, f'"{old}"', f'"{new}"')
        await self._database.execute(update(outbox).where(_says_in(old)).values(body=packed))

    async def move(self, old: GroupId, new: GroupId) -> None:
        """Give all of one group to another; where both have the same thing, the other's stands."""
        for group in sorted((old, new)):
            await self._database.hold(group)
        await self._renumber(old, new)
        for table in _tables(_GROUP):
            await self._clear_the_way(table, GroupId, old, new)
            moved = update(table).where(table.c[_GROUP] == old).values({_GROUP: new})
            await self._database.execute(moved)
        self._database.stir()

    async def carry(self, place: PlaceId, old: GroupId, new: GroupId) -> None:
        """Give what is bound to one place to another group: the rotas there, and how those on them want things."""
        for group in sorted((old, new)):
            await self._database.hold(group)
        here = and_(rotas.c[_GROUP] == old, rotas.c.place == place)
        await self._copy_wishes(here, old, new)
        ids = (await self._database.execute(select(rotas.c.id).where(here).order_by(rotas.c.number))).scalars().all()
        for id_ in ids:
            await self._carry_rota(id_, old, new)
        hours = select(open_hours.c.id).where(open_hours.c[_GROUP] == old, open_hours.c.place == place)
        await self._database.execute(update(dues).where(dues.c.about.in_(hours)).values(group_id=new))
        said = and_(outbox.c[_GROUP] == old, _says_in(place))
        await self._database.execute(update(outbox).where(said).values(group_id=new))
        for table in _tables(_GROUP):
            for where in columns_of(table, PlaceId):
                theirs = and_(table.c[_GROUP] == old, where == place)
                await self._database.execute(update(table).where(theirs).values({_GROUP: new}))

    async def homes(self, world: str) -> Mapping[PlaceId, GroupId]:
        """Return the rooms of groups that have several."""
        rows = (await self._database.execute(select(group_rooms))).mappings().all()
        return {row["place"]: row[_GROUP] for row in rows if row["place"].world == world}

    async def house(self, world: str, homes: Mapping[PlaceId, GroupId]) -> None:
        """Keep these as all the rooms of groups that have several; write only what is new."""
        kept = await self.homes(world)
        for place in kept.keys() - homes.keys():
            await self._database.execute(delete(group_rooms).where(group_rooms.c.place == place))
        for place, group in homes.items():
            if kept.get(place) != group:
                insert = self._database.insert(group_rooms).values(place=place, group_id=group)
                kept_now = insert.on_conflict_do_update(index_elements=["place"], set_={_GROUP: group})
                await self._database.execute(kept_now)

    async def _found(self, selects: Iterable[Select[Any]]) -> list[str]:
        return list((await self._database.execute(union(*selects))).scalars())

    async def _clear_the_way(self, table: Table, kind: Callable[[str], str], old: str, new: str) -> None:
        """Let go of the old one's rows that would stand twice under the new id."""
        for unique in _unique_with(table, kind):
            [moving] = [column for column in unique if _is(column, kind)]
            other = table.alias()
            same = [other.c[column.name] == column for column in unique if column is not moving]
            twice = select(other.c[moving.name]).where(other.c[moving.name] == new, *same).exists()
            await self._database.execute(delete(table).where(moving == old, twice))

    async def _renumber(self, old: GroupId, new: GroupId) -> None:
        """Give rotas that come into a group which had rotas numbers that neither has given before."""
        lasts = {group: await self._last_number(group) for group in (old, new)}
        if not all(lasts.values()):
            return
        further = lasts[old] + lasts[new]
        moved = update(rotas).where(rotas.c[_GROUP] == old).values(number=rotas.c.number + further)
        await self._database.execute(moved)
        last = update(rota_numbers).where(rota_numbers.c[_GROUP] == new).values(last=further + lasts[old])
        await self._database.execute(last)

    async def _last_number(self, group: GroupId) -> int:
        last = select(rota_numbers.c.last).where(rota_numbers.c[_GROUP] == group)
        return int((await self._database.execute(last)).scalar() or 0)

    async def _carry_rota(self, id_: str, old: GroupId, new: GroupId) -> None:
        number = await self._last_number(new) + 1
        insert = self._database.insert(rota_numbers).values(group_id=new, last=number)
        await self._database.execute(insert.on_conflict_do_update(index_elements=[_GROUP], set_={"last": number}))
        this = update(rotas).where(rotas.c.id == id_).values(group_id=new, number=number)
        await self._database.execute(this)
        await self._database.execute(update(dues).where(dues.c.about == id_).values(group_id=new))
        pings = and_(outbox.c[_GROUP] == old, outbox.c.key.startswith(f"rota:{id_}:", autoescape=True))
        await self._database.execute(update(outbox).where(pings).values(group_id=new))

    async def _copy_wishes(self, here: Predicate, old: GroupId, new: GroupId) -> None:
        ids = select(rotas.c.id).where(here)
        on = union(*(select(table.c.person).where(table.c.rota.in_(ids)) for table in (rota_standing, rota_single)))
        for table in (wishes, pauses, apart):
            theirs = select(table).where(table.c[_GROUP] == old, table.c.person.in_(on))
            rows = [dict(row) | {_GROUP: new} for row in (await self._database.execute(theirs)).mappings()]
            if rows:
                await self._database.execute(self._database.insert(table).values(rows).on_conflict_do_nothing())


def within(table: Table, group: GroupId) -> Predicate:
    """Return what holds for the rows of a table that are a group's: itself, through a key, or as the place it is."""
    if _GROUP in table.c:
        return table.c[_GROUP] == group
    if not keys_of(table):
        return or_(false(), *(place == str(group) for place in columns_of(table, PlaceId)))
    keys = [select(key.column).where(within(key.column.table, group)) for key in keys_of(table)]
    named = [key.parent.in_(found) for key, found in zip(keys_of(table), keys, strict=True)]
    return or_(false(), *named)


def keys_of(table: Table) -> list[Any]:
    """Return the keys to tables that are of groups."""
    return [key for key in table.foreign_keys if _is_of_groups(key.column.table)]


def _is_of_groups(table: Table) -> bool:
    return _GROUP in table.c or bool(keys_of(table))


def _tables(name: str) -> Iterator[Table]:
    return (table for table in metadata.sorted_tables if name in table.c)


def _is(column: Column[Any], kind: Callable[[str], str]) -> bool:
    return (kind is GroupId and column.name == _GROUP) or (isinstance(column.type, Id) and column.type.made is kind)


def columns_of(table: Table, kind: Callable[[str], str]) -> Iterator[Column[Any]]:
    """Give the columns that hold ids of that kind."""
    return (column for column in table.columns if _is(column, kind))


def columns_that_go(table: Table) -> Iterator[Column[Any]]:
    """Give the columns of people with whom a row goes when they go, whoever sees it."""
    return (column for column in columns_of(table, PersonId) if not column.info["stays"])


def columns_of_their_own(table: Table) -> Iterator[Column[Any]]:
    """Give the columns of people whose row it is: they see it, and it goes when they go."""
    return (column for column in columns_of(table, PersonId) if not column.info["is_another"])


def _unique_with(table: Table, kind: Callable[[str], str]) -> Iterator[list[Column[Any]]]:
    """Give each set of columns that may stand once together, if an id of that kind is among them."""
    for constraint in table.constraints:
        columns = list(constraint.columns) if isinstance(constraint, PrimaryKeyConstraint | UniqueConstraint) else []
        if any(_is(column, kind) for column in columns):
            yield columns


def _in_a_room() -> Predicate:
    """Return whether it is about a room for two, and not done yet."""
    body = func.coalesce(outbox.c.body, "")
    return or_(*(body.startswith(kind, autoescape=True) for kind in (_MEETING, _DEPARTURE)))


def _says_in(place: PlaceId) -> Predicate:
    """Return what holds for what is to be said in a place, or names it."""
    return outbox.c.body.contains(f'"{place}"', autoescape=True)
