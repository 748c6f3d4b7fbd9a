"""Rows to who is asked and back. Only what changed is written."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import RowMapping, Select, Table, delete, select
from whenever import Instant

from bot.domain.ids import GroupId, PersonId
from bot.domain.rota.asks import Asked, Asks, Waiting
from bot.domain.rota.rota import ShiftId
from bot.store.database import Database
from bot.store.tables.asking import asked_last, rota_asked, rota_reserve
from bot.store.tables.house import wishes
from bot.store.tables.rota import rotas

Rows: TypeAlias = frozenset[tuple[Any, ...]]

_NAMES = ("date", "pattern", "person")


class AskingStore:
    """Implements the port `AskingShelf`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._remember = database.upsert(asked_last)

    async def willing(self, group: GroupId) -> Sequence[PersonId]:
        """Return those who said that they may be asked when a shift needs people."""
        who = (
            select(wishes.c.person).where(wishes.c.group_id == group, wishes.c.gaps.is_(True)).order_by(wishes.c.person)
        )
        return (await self._database.execute(who)).scalars().all()

    async def last_asked(self, group: GroupId) -> Mapping[PersonId, Instant]:
        """Return when a rota last asked them."""
        rows = await self._database.execute(select(asked_last).where(asked_last.c.group_id == group))
        return {row["person"]: row["at"] for row in rows.mappings()}

    async def remember(self, group: GroupId, person: PersonId, at: Instant) -> None:
        """Keep that a rota asked somebody then."""
        await self._database.execute(self._remember, {"group_id": group, "person": person, "at": at})

    async def of(self, group: GroupId, rota: str) -> Asks:
        """Return who was asked for which shifts of a rota, and who would like to be."""
        asked = (await self._database.execute(_of(rota_asked, group, rota))).mappings().all()
        reserve = (await self._database.execute(_of(rota_reserve, group, rota))).mappings().all()
        return Asks(
            asked=frozenset(Asked(shift=_shift(row), person=row["person"], until=row["until"]) for row in asked),
            reserve=frozenset(Waiting(shift=_shift(row), person=row["person"], since=row["since"]) for row in reserve),
        )

    async def keep(self, group: GroupId, rota: str, before: Asks, after: Asks) -> None:
        """Keep what is in `after`."""
        here = select(rotas.c.id).where(rotas.c.group_id == group, rotas.c.id == rota)
        if (await self._database.execute(here)).first() is None:
            return
        await self._write(rota_asked, rota, _asked(before), _asked(after))
        await self._write(rota_reserve, rota, _reserve(before), _reserve(after))

    async def _write(self, table: Table, rota: str, was: Rows, now: Rows) -> None:
        for gone in was - now:
            this = [table.c[name] == value for name, value in zip(_NAMES, gone, strict=False)]
            await self._database.execute(delete(table).where(table.c.rota == rota, *this))
        last = next(column.name for column in table.columns if not column.primary_key)
        rows = [{"rota": rota, **dict(zip((*_NAMES, last), come, strict=True))} for come in now - was]
        if rows:
            await self._database.execute(self._database.insert(table).values(rows).on_conflict_do_nothing())


def _of(table: Table, group: GroupId, rota: str) -> Select[Any]:
    return select(table).join(rotas, rotas.c.id == table.c.rota).where(rotas.c.group_id == group, rotas.c.id == rota)


def _shift(row: RowMapping) -> ShiftId:
    return ShiftId(date=row["date"], pattern=row["pattern"])


def _asked(asks: Asks) -> Rows:
    return frozenset((each.shift.date, each.shift.pattern, each.person, each.until) for each in asks.asked)


def _reserve(asks: Asks) -> Rows:
    return frozenset((each.shift.date, each.shift.pattern, each.person, each.since) for each in asks.reserve)
