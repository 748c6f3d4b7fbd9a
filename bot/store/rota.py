"""Rows to rotas and back. A roster is read whole, and only what changed in it is written."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import RowMapping, Select, Table, delete, select, update
from whenever import Time, TimeDelta, Weekday

from bot.domain.ids import GroupId
from bot.domain.rota.pattern import Pattern
from bot.domain.rota.roster import Once, Roster, Sheet, Standing
from bot.domain.rota.rota import Rota
from bot.store.database import Database
from bot.store.tables.rota import rota_away, rota_numbers, rota_single, rota_standing, rota_told, rotas

Entries: TypeAlias = frozenset[tuple[Any, ...]]

# The columns that, with the rota's id, make up each row of a roster.
_NAMES: Mapping[Table, tuple[str, ...]] = {
    rota_standing: ("person", "weekday"),
    rota_single: ("person", "date"),
    rota_away: ("person", "date"),
    rota_told: ("date",),
}


class RotaStore:
    """Implements the port `RotaShelf`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def sheets(self, group: GroupId) -> Sequence[Sheet]:
        """Return the group's rotas with who is on them, by number."""
        return await self._read(select(rotas).where(rotas.c.group_id == group).order_by(rotas.c.number))

    async def groups(self, world: str) -> Sequence[GroupId]:
        """Return the groups of a world that have a rota."""
        found = (await self._database.execute(select(rotas.c.group_id).distinct())).scalars()
        return sorted(group for group in found if group.world == world)

    async def next_number(self, group: GroupId) -> int:
        """Return a number that no rota of the group has had; the group is held."""
        await self._database.hold(group)
        first = self._database.insert(rota_numbers).values(group_id=group, last=1)
        following = first.on_conflict_do_update(index_elements=["group_id"], set_={"last": rota_numbers.c.last + 1})
        return int((await self._database.execute(following.returning(rota_numbers.c.last))).scalar_one())

    async def begin(self, rota: Rota) -> None:
        """Keep a new rota."""
        await self._database.execute(self._database.insert(rotas).values(_row(rota)))

    async def end(self, group: GroupId, rota: str) -> None:
        """Let go of a rota and everything said yes to on it."""
        await self._database.execute(delete(rotas).where(rotas.c.group_id == group, rotas.c.id == rota))

    async def hold(self, group: GroupId, rota: str) -> Sheet | None:
        """Return the rota of that id, its group held; None when the group has no such one."""
        await self._database.hold(group)
        held = select(rotas).where(rotas.c.group_id == group, rotas.c.id == rota)
        return next(iter(await self._read(held)), None)

    async def keep(self, before: Sheet, after: Sheet) -> None:
        """Keep the roster and the watermark of `after`."""
        rota = after.rota
        here = update(rotas).where(rotas.c.group_id == rota.group, rotas.c.id == rota.id)
        await self._database.execute(here.values(watermark=rota.watermark))
        was, now = _entries(before.roster), _entries(after.roster)
        for table in _NAMES:
            await self._write(table, rota.id, was[table], now[table])

    async def _write(self, table: Table, rota: str, was: Entries, now: Entries) -> None:
        names = _NAMES[table]
        for gone in was - now:
            this = [table.c[name] == value for name, value in zip(names, gone, strict=True)]
            await self._database.execute(delete(table).where(table.c.rota == rota, *this))
        rows = [{"rota": rota, **dict(zip(names, come, strict=True))} for come in now - was]
        if rows:
            await self._database.execute(self._database.insert(table).values(rows).on_conflict_do_nothing())

    async def _read(self, chosen: Select[Any]) -> list[Sheet]:
        rows = (await self._database.execute(chosen)).mappings().all()
        ids = [row["id"] for row in rows]
        found = {table: await self._found(table, ids) for table in _NAMES}
        return [Sheet(rota=_rota(row), roster=_roster(row["id"], found)) for row in rows]

    async def _found(self, table: Table, ids: Sequence[str]) -> Sequence[RowMapping]:
        if not ids:
            return ()
        return (await self._database.execute(select(table).where(table.c.rota.in_(ids)))).mappings().all()


def _entries(roster: Roster) -> Mapping[Table, Entries]:
    return {
        rota_standing: frozenset((yes.person, yes.day.value) for yes in roster.standing),
        rota_single: frozenset((yes.person, yes.date) for yes in roster.single),
        rota_away: frozenset((no.person, no.date) for no in roster.away),
        rota_told: frozenset((date,) for date in roster.told),
    }


def _roster(rota: str, found: Mapping[Table, Sequence[RowMapping]]) -> Roster:
    mine = {table: [row for row in rows if row["rota"] == rota] for table, rows in found.items()}
    return Roster(
        standing=frozenset(Standing(person=row["person"], day=Weekday(row["weekday"])) for row in mine[rota_standing]),
        single=frozenset(Once(person=row["person"], date=row["date"]) for row in mine[rota_single]),
        away=frozenset(Once(person=row["person"], date=row["date"]) for row in mine[rota_away]),
        told=frozenset(row["date"] for row in mine[rota_told]),
    )


def _row(rota: Rota) -> Mapping[str, Any]:
    return {
        "id": rota.id,
        "group_id": rota.group,
        "number": rota.number,
        "name": rota.name,
        "rule": rota.pattern.rule,
        "starts": rota.starts,
        "wall_time": rota.pattern.time.format_iso(),
        "zone": rota.zone,
        "length_seconds": round(rota.length.total("seconds")),
        "people": rota.people,
        "place": rota.place,
        "words": rota.words,
        "watermark": rota.watermark,
    }


def _rota(row: RowMapping) -> Rota:
    return Rota(
        id=row["id"],
        group=row["group_id"],
        number=row["number"],
        name=row["name"],
        pattern=Pattern.of_rule(row["rule"], Time.parse_iso(row["wall_time"])),
        starts=row["starts"],
        zone=row["zone"],
        length=TimeDelta(seconds=row["length_seconds"]),
        people=row["people"],
        place=row["place"],
        words=row["words"],
        watermark=row["watermark"],
    )
