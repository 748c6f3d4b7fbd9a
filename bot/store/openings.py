"""How people are open to being asked for a sit: rows and values. Whoever said nothing of it has no row."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import RowMapping, Table, delete, select
from whenever import Instant, Time

from bot.domain.ids import GroupId, PersonId
from bot.domain.rota.pattern import Pattern
from bot.domain.rota.recurrence import recurrence
from bot.domain.sit.opening import Opening, RatherNot
from bot.store.database import Database
from bot.store.tables.openings import opening_asked, opening_times, opening_ways, openings

_BETWEEN = ","


class OpeningsShelf:
    """Implements the port `Openings`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._remember = database.upsert(opening_asked)

    async def one(self, group: GroupId, person: PersonId) -> Opening:
        """Return how that person is open; an empty one when they said nothing of it."""
        return (await self._read(group, person)).get(person, Opening())

    async def held(self, group: GroupId, person: PersonId) -> Opening:
        """Return the same, the group held."""
        await self._database.hold(group)
        return await self.one(group, person)

    async def all(self, group: GroupId) -> Mapping[PersonId, Opening]:
        """Return how each is open who said anything of it, or was asked within seven days."""
        return await self._read(group)

    async def keep(self, group: GroupId, person: PersonId, before: Opening, after: Opening) -> None:
        """Keep how they are open as it is in `after`; of what is as before, nothing is written."""
        theirs = {"group_id": group, "person": person}
        for table, was, now in zip((openings, opening_times, opening_ways), _rows(before), _rows(after), strict=True):
            if was == now:
                continue
            if was:
                here = table.c.group_id == group, table.c.person == person
                await self._database.execute(delete(table).where(*here))
            if now:
                await self._database.execute(self._database.insert(table), [theirs | row for row in now])

    async def remember(self, group: GroupId, people: Collection[PersonId], at: Instant) -> None:
        """Keep that these were asked then. Rounded up, so that no limit is undercut by what a row does not hold."""
        kept_at = at.round("millisecond", mode="ceil")
        rows = [{"group_id": group, "person": person, "at": kept_at} for person in sorted(people)]
        if rows:
            await self._database.execute(self._remember, rows)

    async def _read(self, group: GroupId, person: PersonId | None = None) -> Mapping[PersonId, Opening]:
        """Read everybody, or one; in four statements."""
        found: dict[PersonId, Opening] = {}
        for row in await self._of(openings, group, person):
            opened = replace(found.get(row["person"], Opening()), always=row["until"] is None, until=row["until"])
            found[row["person"]] = opened
        for row in await self._of(opening_ways, group, person):
            found[row["person"]] = _with_ways(found.get(row["person"], Opening()), row)
        for row in await self._of(opening_times, group, person):
            opening = found.get(row["person"], Opening())
            found[row["person"]] = replace(opening, times=(*opening.times, _line(row)))
        for row in await self._of(opening_asked, group, person):
            found[row["person"]] = replace(found.get(row["person"], Opening()), last_asked=row["at"])
        return found

    async def _of(self, table: Table, group: GroupId, person: PersonId | None) -> Collection[RowMapping]:
        these = select(table).where(table.c.group_id == group).order_by(*table.primary_key.columns)
        if person is not None:
            these = these.where(table.c.person == person)
        return (await self._database.execute(these)).mappings().all()


def _with_ways(opening: Opening, row: RowMapping) -> Opening:
    rather_not = frozenset(RatherNot(each) for each in row["rather_not"].split(_BETWEEN) if each)
    return replace(opening, on_shifts=row["on_shifts"], weekly=row["sits_weekly"], rather_not=rather_not)


def _line(row: RowMapping) -> Pattern:
    return Pattern(
        number=row["number"],
        recurrence=recurrence(row["rule"]),
        starts=row["since"],
        last=row["last_date"],
        time=Time.parse_iso(row["wall_time"]),
        ends=Time.parse_iso(row["wall_ends"]),
    )


def _rows(opening: Opening) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the rows of one person's opening, in the order of their tables."""
    is_open = opening.always or opening.until is not None
    has_ways = opening.on_shifts or opening.weekly is not None or opening.rather_not
    ways = {
        "on_shifts": opening.on_shifts,
        "sits_weekly": opening.weekly,
        "rather_not": _BETWEEN.join(sorted(opening.rather_not)),
    }
    return (
        [{"until": opening.until}] if is_open else [],
        [_row(line) for line in opening.times],
        [ways] if has_ways else [],
    )


def _row(line: Pattern) -> dict[str, Any]:
    return {
        "number": line.number,
        "rule": str(line.recurrence),
        "wall_time": line.time.format_iso(),
        "wall_ends": line.ends.format_iso(),
        "since": line.starts,
        "last_date": line.last,
    }
