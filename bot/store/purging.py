"""Lets go of every row that is past its limit, in whatever table: what a table says of itself is what is done."""

from collections.abc import Iterator

from sqlalchemy import Column, ColumnElement, Delete, and_, delete, or_
from whenever import Instant

from bot.store.database import Database
from bot.store.tables.base import Limit, LocalDate, limit_of, metadata


class Purge:
    """Called with the moment it is, inside a transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def __call__(self, now: Instant) -> None:
        """Let go of it."""
        for past in _past(now):
            await self._database.execute(past)


def _past(now: Instant) -> Iterator[Delete]:
    for table in metadata.sorted_tables:
        if (limit := limit_of(table)) is not None:
            yield delete(table).where(_is_past([table.c[name] for name in limit.columns], limit, now))


def _is_past(columns: list[Column[object]], limit: Limit, now: Instant) -> ColumnElement[bool]:
    """Return what holds for rows whose limit is over: none of the columns is later, and not all of them are empty."""
    over = [or_(column.is_(None), _is_over(column, limit, now)) for column in columns]
    return and_(or_(*(column.is_not(None) for column in columns)), *over)


def _is_over(column: Column[object], limit: Limit, now: Instant) -> ColumnElement[bool]:
    """Return what holds for a moment that is so long ago; for a date, one that is over wherever people live."""
    last = now - limit.after
    return column < last.to_tz("UTC").date() if isinstance(column.type, LocalDate) else column <= last
