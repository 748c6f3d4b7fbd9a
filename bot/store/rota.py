"""Rows to rotas and back. A roster is read whole, and only what changed in it is written."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    RowMapping,
    Select,
    Table,
    bindparam,
    cast,
    delete,
    literal,
    null,
    select,
    union_all,
    update,
)
from whenever import Date, TimeDelta, Weekday

from bot.domain.ids import GroupId
from bot.domain.people import Nation
from bot.domain.rota.closing import Closure
from bot.domain.rota.covers import Offer
from bot.domain.rota.parts import Part
from bot.domain.rota.pattern import Pattern
from bot.domain.rota.roster import Absence, Once, Roster, Standing
from bot.domain.rota.rota import Rota, ShiftId
from bot.domain.rota.sheet import Sheet
from bot.store.database import Database
from bot.store.patterns import columns_of, line_of
from bot.store.tables.rota import (
    rota_absent,
    rota_away,
    rota_closed,
    rota_numbers,
    rota_offers,
    rota_patterns,
    rota_single,
    rota_standing,
    rota_told,
    rotas,
)

Row: TypeAlias = Mapping[str, Any]
Rows: TypeAlias = frozenset[tuple[Any, ...]]

_LINES = (rota_patterns, rota_closed)
_ROSTER = (rota_standing, rota_single, rota_away, rota_absent, rota_offers, rota_told)
_ANY_DAY = 0
_HOURS_A_DAY = 24

# Named one by one, and not by what they are of: so any database goes to each table by its index.
_THESE: BindParameter[str] = bindparam("these", expanding=True)


def _hanging() -> CompoundSelect[Any]:
    """Return the one statement that reads what hangs on `these` rotas: a row for each row there is, `of` which table.

    It has the columns of them all; those that a table has not are empty.
    """
    tables = (*_LINES, *_ROSTER)
    columns = {column.name: column for table in tables for column in table.columns}

    def of(table: Table) -> Select[Any]:
        empty = {name: cast(null(), column.type).label(name) for name, column in columns.items()}
        here = (table.c.get(name, nothing) for name, nothing in empty.items())
        return select(literal(table.name).label("of"), *here).where(table.c.rota.in_(_THESE))

    return union_all(*(of(table) for table in tables))


_HANGING = _hanging()
_OF_GROUP = rotas.c.group_id == bindparam("of_group")
_THIS_ONE = _OF_GROUP & (rotas.c.id == bindparam("this_one"))
_SHEETS = select(rotas).where(_OF_GROUP).order_by(rotas.c.number)
_SHEET = select(rotas).where(_THIS_ONE)
_KEEP = update(rotas).where(_THIS_ONE)


class RotaStore:
    """Implements the port `RotaShelf`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def sheets(self, group: GroupId) -> Sequence[Sheet]:
        """Return the group's rotas with who is on them, by number."""
        return await self._read(_SHEETS, {"of_group": group})

    async def held(self, group: GroupId) -> Sequence[Sheet]:
        """Return the same, the group held."""
        await self._database.hold(group)
        return await self.sheets(group)

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
        await self._database.execute(self._database.insert(rotas).values({"id": rota.id, **_row(rota)}))
        for table in _LINES:
            await self._write(table, rota.id, frozenset(), _of_rota(rota)[table])

    async def end(self, group: GroupId, rota: str) -> None:
        """Let go of a rota and everything said yes to on it."""
        await self._database.execute(delete(rotas).where(rotas.c.group_id == group, rotas.c.id == rota))

    async def hold(self, group: GroupId, rota: str) -> Sheet | None:
        """Return the rota of that id, its group held; None when the group has no such one."""
        await self._database.hold(group)
        return next(iter(await self._read(_SHEET, {"of_group": group, "this_one": rota})), None)

    async def keep(self, before: Sheet, after: Sheet) -> None:
        """Keep the rota and its roster as they are in `after`."""
        rota = after.rota
        await self._database.execute(_KEEP, {"of_group": rota.group, "this_one": rota.id, **_row(rota)})
        was = {**_of_rota(before.rota), **_of_roster(before.roster)}
        now = {**_of_rota(rota), **_of_roster(after.roster)}
        for table in (*_LINES, *_ROSTER):
            await self._write(table, rota.id, was[table], now[table])

    async def _write(self, table: Table, rota: str, was: Rows, now: Rows) -> None:
        names = [column.name for column in table.columns if column.name != "rota"]
        keys = [name for name in names if table.c[name].primary_key]
        for gone in was - now:
            row = dict(zip(names, gone, strict=True))
            this = [table.c[name] == row[name] for name in keys]
            await self._database.execute(delete(table).where(table.c.rota == rota, *this))
        rows = [{"rota": rota, **dict(zip(names, come, strict=True))} for come in now - was]
        if rows:
            await self._database.execute(self._database.insert(table).values(rows).on_conflict_do_nothing())

    async def _read(self, chosen: Select[Any], which: Row) -> list[Sheet]:
        rows = (await self._database.execute(chosen, which)).mappings().all()
        these = {"these": [row["id"] for row in rows]}
        found: dict[tuple[str, str], list[RowMapping]] = {}
        for row in (await self._database.execute(_HANGING, these)).mappings() if rows else ():
            found.setdefault((row["rota"], row["of"]), []).append(row)
        mine = ({table: found.get((row["id"], table.name), []) for table in (*_LINES, *_ROSTER)} for row in rows)
        return [Sheet(rota=_rota(row, of), roster=_roster(of)) for row, of in zip(rows, mine, strict=True)]


def _of_rota(rota: Rota) -> Mapping[Table, Rows]:
    """Return the rows of a rota, each in the order of its table's columns after the rota's id."""
    return {
        rota_patterns: frozenset(_of_pattern(pattern) for pattern in rota.patterns),
        rota_closed: frozenset((closure.first, closure.last) for closure in rota.closed),
    }


def _of_pattern(pattern: Pattern) -> tuple[Any, ...]:
    row = {"starts": pattern.starts, "last": pattern.last, **columns_of(pattern)}
    return tuple(row[column.name] for column in rota_patterns.columns if column.name != "rota")


def _of_roster(roster: Roster) -> Mapping[Table, Rows]:
    """Return the rows of a roster, as above."""
    return {
        rota_standing: frozenset(
            (yes.person, yes.pattern, yes.day.value if yes.day else _ANY_DAY, yes.since, yes.every)
            for yes in roster.standing
        ),
        rota_single: frozenset(_of_once(yes) for yes in roster.single),
        rota_away: frozenset(_of_once(no) for no in roster.away),
        rota_absent: frozenset((no.person, no.first, no.last) for no in roster.absent),
        rota_offers: frozenset(row for offer in roster.offers for row in _of_offer(offer)),
        rota_told: frozenset((shift.date, shift.pattern) for shift in roster.told),
    }


def _of_once(once: Once) -> tuple[Any, ...]:
    return (once.person, once.shift.date, once.shift.pattern, once.part.starts, once.part.ends)


def _of_offer(offer: Offer) -> list[tuple[Any, ...]]:
    back = (None, None) if offer.back is None else (offer.back.date, offer.back.pattern)
    last = (offer.person, offer.part.starts, offer.part.ends, offer.to, *back)
    return [(offer.code, shift.date, shift.pattern, *last) for shift in offer.shifts]


def _row(rota: Rota) -> Row:
    return {
        "group_id": rota.group,
        "number": rota.number,
        "name": rota.name,
        "lines": rota.lines,
        "zone": rota.zone,
        "holidays": rota.holidays,
        "opens_days": round(rota.opens.total("hours") / _HOURS_A_DAY),
        "place": rota.place,
        "words": rota.words,
        "watermark": rota.watermark,
    }


def _rota(row: RowMapping, of: Mapping[Table, Sequence[RowMapping]]) -> Rota:
    lines = sorted(of[rota_patterns], key=lambda line: int(line["number"]))
    return Rota(
        id=row["id"],
        group=row["group_id"],
        number=row["number"],
        name=row["name"],
        patterns=tuple(line_of(line, "starts", "last") for line in lines),
        lines=row["lines"],
        zone=row["zone"],
        closed=tuple(sorted(_closures(of[rota_closed]), key=lambda closure: closure.first)),
        holidays=None if row["holidays"] is None else Nation(row["holidays"]),
        opens=TimeDelta(hours=_HOURS_A_DAY * row["opens_days"]),
        place=row["place"],
        words=row["words"],
        watermark=row["watermark"],
    )


def _closures(rows: Sequence[RowMapping]) -> list[Closure]:
    return [Closure(first=row["first"], last=row["last"]) for row in rows]


def _roster(of: Mapping[Table, Sequence[RowMapping]]) -> Roster:
    return Roster(
        standing=frozenset(_standing(row) for row in of[rota_standing]),
        single=frozenset(_once(row) for row in of[rota_single]),
        away=frozenset(_once(row) for row in of[rota_away]),
        absent=frozenset(
            Absence(person=row["person"], first=row["first"], last=row["last"]) for row in of[rota_absent]
        ),
        offers=_offers(of[rota_offers]),
        told=frozenset(_shift(row["date"], row["pattern"]) for row in of[rota_told]),
    )


def _standing(row: RowMapping) -> Standing:
    day = None if row["weekday"] == _ANY_DAY else Weekday(row["weekday"])
    return Standing(person=row["person"], pattern=row["pattern"], day=day, since=row["since"], every=row["every"])


def _once(row: RowMapping) -> Once:
    return Once(person=row["person"], shift=_shift(row["date"], row["pattern"]), part=_part(row))


def _offers(rows: Sequence[RowMapping]) -> frozenset[Offer]:
    by_code: dict[str, list[RowMapping]] = {}
    for row in rows:
        by_code.setdefault(row["code"], []).append(row)
    return frozenset(_offer(code, of) for code, of in by_code.items())


def _offer(code: str, rows: Sequence[RowMapping]) -> Offer:
    row = rows[0]
    return Offer(
        code=code,
        person=row["person"],
        shifts=tuple(sorted(_shift(each["date"], each["pattern"]) for each in rows)),
        part=_part(row),
        to=row["only_for"],
        back=None if row["back_date"] is None else _shift(row["back_date"], row["back_pattern"]),
    )


def _part(row: RowMapping) -> Part:
    return Part(starts=row["part_starts"], ends=row["part_ends"])


def _shift(date: Date, pattern: int) -> ShiftId:
    return ShiftId(date=date, pattern=pattern)
