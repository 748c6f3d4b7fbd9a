"""The diary, people's wishes, and the worlds' bookmarks."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    RowMapping,
    Select,
    Table,
    and_,
    bindparam,
    delete,
    func,
    literal,
    select,
    true,
    union,
)
from sqlalchemy.sql.dml import ReturningDelete
from whenever import Instant, Time, TimeDelta

from bot.domain.ids import GroupId, PersonId
from bot.domain.outgoing import Due
from bot.domain.people import Nation, Pause, Reach, Ways, Wish
from bot.domain.quiet import Quiet
from bot.ports.timing import Clock
from bot.store.database import Database
from bot.store.tables.base import Id
from bot.store.tables.group import groups
from bot.store.tables.house import bookmarks, dues, pauses, wishes

_GROUP, _PERSON = bindparam("group", type_=Id(GroupId)), bindparam("person", type_=Id(PersonId))
_PEOPLE = bindparam("people", type_=Id(PersonId), expanding=True)


def _ways_beside(whom: FromClause, person: ColumnElement[Any]) -> Select[Any]:
    """Return the statement that reads, of each person of `whom`, their ways and pause beside their group's ways.

    It gives one row at least, so that the group's are told of where there is nobody.
    """
    beside = whom.outerjoin(groups, groups.c.group_id == _GROUP)
    for table in (wishes, pauses):
        beside = beside.outerjoin(table, and_(table.c.group_id == _GROUP, table.c.person == person))
    told = (column for column in wishes.c if column.name not in {"group_id", "person"})
    paused = pauses.c.person.is_not(None).label("paused"), pauses.c.until.label("paused_until")
    own = person.label("person"), groups.c.zone.label("own_zone"), groups.c.nation.label("own_nation")
    return select(*own, *told, *paused).select_from(beside)


def _who_told(table: Table) -> Select[Any]:
    return select(table.c.person).where(table.c.group_id == _GROUP, table.c.person.in_(_PEOPLE))


_ONE = select(literal(1).label("one")).subquery()
_TOLD = union(_who_told(wishes), _who_told(pauses)).subquery()
_WAYS = _ways_beside(_ONE, _PERSON)
_WAYS_OF = _ways_beside(_ONE.outerjoin(_TOLD, true()), _TOLD.c.person)

_IS_DUE = dues.c.at <= bindparam("now")
_LONGEST = select(dues.c.key).where(_IS_DUE).order_by(dues.c.at, dues.c.key).limit(1)
_LONGEST_BUT = _LONGEST.add_columns(dues.c.group_id).where(dues.c.group_id.not_in(bindparam("busy", expanding=True)))
_TAKE = delete(dues).where(dues.c.key == bindparam("longest"), _IS_DUE).returning(dues)
_TAKE_LONGEST = delete(dues).where(dues.c.key == _LONGEST.scalar_subquery()).returning(dues)

MOST_TURNS = 100


class DiaryShelf:
    """Implements the ports `Diary` and `Dues`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._mark = database.upsert(dues)

    async def mark(self, due: Due) -> None:
        """Keep the moment, in place of an earlier one with the same key."""
        row = {
            "key": due.key,
            "kind": due.kind,
            "group_id": due.group,
            "about": due.about,
            "at": due.at,
            "failures": due.failures,
        }
        await self._database.execute(self._mark, row)
        self._database.stir()

    async def strike(self, key: str) -> None:
        """Forget the moment."""
        await self._database.execute(delete(dues).where(dues.c.key == key))

    async def kept(self, key: str) -> Due | None:
        """Return the moment that is kept under the key, or None."""
        row = (await self._database.execute(select(dues).where(dues.c.key == key))).mappings().first()
        return None if row is None else _due(row)

    async def take(self, now: Instant) -> Due | None:
        """Take out the longest due moment of a group that nobody else holds; it is back when this is undone."""
        if self._database.alone:
            return await self._taken(_TAKE_LONGEST, {"now": now})
        busy: set[GroupId] = set()
        while first := await self._longest(now, busy):
            if not await self._database.hold_if_free(first["group_id"]):
                busy.add(first["group_id"])
            elif due := await self._taken(_TAKE, {"now": now, "longest": first["key"]}):
                return due
        return None

    async def _longest(self, now: Instant, busy: Collection[GroupId]) -> RowMapping | None:
        return (await self._database.execute(_LONGEST_BUT, {"now": now, "busy": sorted(busy)})).mappings().first()

    async def _taken(self, taking: ReturningDelete[Any], which: Mapping[str, Any]) -> Due | None:
        row = (await self._database.execute(taking, which)).mappings().first()
        return None if row is None else _due(row)

    async def next_at(self) -> Instant | None:
        """Return the next moment, or None."""
        moment: Instant | None = (await self._database.execute(select(func.min(dues.c.at)))).scalar()
        return moment


class PeopleShelf:
    """Implements the port `People`. `usual` gives the ways that hold in a group which has set none of its own."""

    def __init__(self, database: Database, usual: Callable[[GroupId], Ways]) -> None:
        self._database = database
        self._usual = usual
        self._keep = database.upsert(wishes)
        self._pause = database.upsert(pauses)

    async def ways(self, group: GroupId, person: PersonId) -> Ways:
        """Return their own ways, laid over the group's, laid over the usual ones; one statement reads all."""
        row = await self._read(group, person)
        return self._of_group(group, row).wishing(_wish(row))

    async def ways_of(self, group: GroupId, people: Collection[PersonId]) -> Mapping[PersonId, Ways]:
        """Return the same of each of these people, read at once."""
        which = {"group": group, "people": list(people)}
        rows = (await self._database.execute(_WAYS_OF, which)).mappings().all()
        theirs = self._of_group(group, rows[0])
        told = {row["person"]: theirs.wishing(_wish(row)) for row in rows}
        return {person: told.get(person, theirs) for person in people}

    async def wish(self, group: GroupId, person: PersonId) -> Wish:
        """Return just what they told themselves."""
        return _wish(await self._read(group, person))

    async def keep(self, group: GroupId, person: PersonId, wish: Wish) -> None:
        """Keep what they told in place of what was there; an empty wish leaves no row."""
        theirs, told = {"group_id": group, "person": person}, _told(wish)
        if all(value is None for value in told.values()):
            await self._let_go(wishes, group, person)
        else:
            await self._database.execute(self._keep, theirs | told)
        if wish.pause is None:
            await self._let_go(pauses, group, person)
        else:
            await self._database.execute(self._pause, theirs | {"until": wish.pause.until})

    async def _read(self, group: GroupId, person: PersonId) -> RowMapping:
        return (await self._database.execute(_WAYS, {"group": group, "person": person})).mappings().one()

    def _of_group(self, group: GroupId, row: RowMapping) -> Ways:
        own = Wish(zone=row["own_zone"], nation=_nation(row["own_nation"]))
        return self._usual(group).wishing(own)

    async def _let_go(self, table: Table, group: GroupId, person: PersonId) -> None:
        await self._database.execute(delete(table).where(table.c.group_id == group, table.c.person == person))


class BookmarkShelf:
    """Implements the port `Bookmarks`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._keep = database.upsert(bookmarks)

    async def read(self, world: str, name: str) -> str | None:
        """Return the mark, or None."""
        here = select(bookmarks.c.mark).where(bookmarks.c.world == world, bookmarks.c.name == name)
        mark: str | None = (await self._database.execute(here)).scalar()
        return mark

    async def keep(self, world: str, name: str, mark: str) -> None:
        """Keep the mark in place of the earlier one."""
        await self._database.execute(self._keep, {"world": world, "name": name, "mark": mark})


class TurnsShelf:
    """Implements the port `Turns`. The next turn that is free stands among the world's bookmarks."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._bookmarks = BookmarkShelf(database)

    async def turn(self, world: str, name: str, clock: Clock, every: TimeDelta) -> Instant:
        """Return when the next turn is. One that is very far off was given by a clock that went wrong."""
        async with self._database.transaction():
            await self._database.hold(f"turn:{world}:{name}")
            now = clock.now()
            mark = await self._bookmarks.read(world, name)
            free = now if mark is None else Instant.parse_iso(mark)
            turn = free if now < free <= now + MOST_TURNS * every else now
            await self._bookmarks.keep(world, name, (turn + every).format_iso())
        return turn


def _due(row: RowMapping) -> Due:
    return Due(
        key=row["key"],
        kind=row["kind"],
        group=row["group_id"],
        about=row["about"],
        at=row["at"],
        failures=row["failures"],
    )


def _wish(row: RowMapping) -> Wish:
    rest = row["rest_minutes"]
    return Wish(
        zone=row["zone"],
        nation=_nation(row["nation"]),
        leads=_read_leads(row["leads"]),
        reach=None if row["reach"] is None else Reach(row["reach"]),
        quiet=_quiet(row["quiet_from"], row["quiet_to"]),
        weekly=row["weekly"],
        rest=None if rest is None else TimeDelta(minutes=rest),
        gaps=row["gaps"],
        pause=Pause(until=row["paused_until"]) if row["paused"] else None,
    )


def _told(wish: Wish) -> dict[str, object]:
    """Return a wish as its columns; a pause has a row of its own."""
    return {
        "zone": wish.zone,
        "nation": wish.nation,
        "leads": _leads(wish.leads),
        "reach": wish.reach,
        "quiet_from": None if wish.quiet is None else wish.quiet.starts.format_iso(),
        "quiet_to": None if wish.quiet is None else wish.quiet.ends.format_iso(),
        "weekly": wish.weekly,
        "rest_minutes": None if wish.rest is None else round(wish.rest.total("minutes")),
        "gaps": wish.gaps,
    }


def _quiet(starts: str | None, ends: str | None) -> Quiet | None:
    if starts is None or ends is None:
        return None
    return Quiet(starts=Time.parse_iso(starts), ends=Time.parse_iso(ends))


def _nation(text: str | None) -> Nation | None:
    return None if text is None else Nation(text)


def _leads(leads: tuple[TimeDelta, ...] | None) -> str | None:
    return None if leads is None else " ".join(lead.format_iso() for lead in leads)


def _read_leads(text: str | None) -> tuple[TimeDelta, ...] | None:
    return None if text is None else tuple(TimeDelta.parse_iso(lead) for lead in text.split())
