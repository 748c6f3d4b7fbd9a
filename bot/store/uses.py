"""In which month each group last used anything, so that what nobody uses any more has an end too."""

from sqlalchemy import ColumnElement, Subquery, delete, exists, literal, or_, select, union, update
from whenever import Date, Instant

from bot.domain.ids import GroupId
from bot.store.database import Database
from bot.store.tables import metadata
from bot.store.tables.group import uses
from bot.store.tables.house import dues, outbox
from bot.store.tables.rota import rota_single, rota_standing, rotas

UNUSED_LASTS_MONTHS = 13

# These end by themselves, and hang on what the others hold.
_PASSING = {outbox, dues, uses}


class UsesShelf:
    """Implements the port `Uses`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._noted: set[GroupId] = set()
        self._month = Date.MIN

    async def used(self, group: GroupId, now: Instant) -> None:
        """Note that the group used something this month, if anything is kept of it. A transaction of its own."""
        month = month_of(now)
        if month != self._month:
            self._month, self._noted = month, set()
        if group in self._noted:
            return
        async with self._database.transaction():
            earlier = update(uses).where(uses.c.group_id == group, uses.c.month < month)
            await self._database.execute(earlier.values(month=month))
        self._noted.add(group)

    async def unused(self, now: Instant) -> tuple[GroupId, ...]:
        """Return the groups that used nothing for thirteen months; inside a transaction.

        A rota with somebody on it is in use. A group of which something is kept without a month gets this one.
        """
        month, kept = month_of(now), _kept()
        # Without a condition, SQLite would take what follows for one of a join: sqlite.org/lang_upsert.html, 2.2.
        all_of_them = select(kept.c.group_id, literal(month, uses.c.month.type)).where(kept.c.group_id.is_not(None))
        new = self._database.insert(uses).from_select(["group_id", "month"], all_of_them)
        await self._database.execute(new.on_conflict_do_nothing())
        await self._database.execute(delete(uses).where(uses.c.group_id.not_in(select(kept.c.group_id))))
        earlier = update(uses).where(uses.c.month < month, _is_on_a_rota())
        await self._database.execute(earlier.values(month=month))
        last = month.subtract(months=UNUSED_LASTS_MONTHS)
        long_ago = select(uses.c.group_id).where(uses.c.month <= last).order_by(uses.c.group_id)
        return tuple((await self._database.execute(long_ago)).scalars())


def month_of(now: Instant) -> Date:
    """Return the first day of the month that it is in UTC."""
    return now.to_tz("UTC").date().replace(day=1)


def _kept() -> Subquery:
    """Return every group that anything is kept of."""
    tables = [table for table in metadata.sorted_tables if "group_id" in table.c and table not in _PASSING]
    return union(*(select(table.c.group_id) for table in tables)).subquery()


def _is_on_a_rota() -> ColumnElement[bool]:
    """Return what holds for groups of which somebody is on a rota."""
    somebody = or_(*(exists().where(table.c.rota == rotas.c.id) for table in (rota_standing, rota_single)))
    return exists().where(rotas.c.group_id == uses.c.group_id, somebody)
