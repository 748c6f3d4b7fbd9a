"""SQLite's own thread, visited once for each statement.

A statement of SQLAlchemy's makes three or four visits, to make a cursor, to execute, to fetch and to close, and each
of them costs more than what is done there. Here all of it is done in one, and a transaction begins on the way.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from threading import Thread
from typing import Any, Self

import aiosqlite

_LONGEST_CHUNK = 64

_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA synchronous = FULL",
    "PRAGMA busy_timeout = 10000",
)

Values = Sequence[Any]


class _Answer(list[Any]):
    """The rows that a statement gave, and what its cursor knew of them."""

    def __init__(self, cursor: sqlite3.Cursor, rows: Iterable[Any]) -> None:
        super().__init__(rows)
        self.description = cursor.description
        self.rowcount = cursor.rowcount
        self.lastrowid = cursor.lastrowid


class _Cursor(sqlite3.Cursor):
    """In the thread: fetches all there is, and lets go of the statement."""

    def fetchall(self) -> _Answer:
        rows = super().fetchall()
        answer = _Answer(self, rows)
        self.close()
        return answer


class _File(sqlite3.Connection):
    """In the thread: begins a transaction with the first statement that is no pragma, and as a writer.

    Begun as a reader, it could not become one while another writes.
    """

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:  # noqa: ANN401  As the driver has it.
        if not sql.startswith("PRAGMA"):
            self._begin()
        return self.cursor(_Cursor).execute(sql, parameters)

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> sqlite3.Cursor:
        self._begin()
        cursor = super().executemany(sql, parameters)
        cursor.close()
        return cursor

    def _begin(self) -> None:
        if not self.in_transaction:
            super().execute("BEGIN IMMEDIATE")


class _Read(_File):
    """In the thread: one that only reads, and holds nobody up who writes."""

    def _begin(self) -> None:
        if not self.in_transaction:
            sqlite3.Connection.execute(self, "BEGIN")


class VisitingCursor:
    """What SQLAlchemy asks of a driver's cursor, with nothing to make and nothing to close."""

    def __init__(self, connection: "VisitingConnection") -> None:
        self._connection = connection
        self._rows: Sequence[Any] = ()
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, values: Values = ()) -> None:
        """Run it and fetch what it gives."""
        answer = await self._connection.answer(sql, values)
        self._rows, self.description = answer, answer.description
        self.rowcount, self.lastrowid = answer.rowcount, answer.lastrowid

    async def executemany(self, sql: str, rows: Iterable[Values]) -> None:
        """Run it for each of the rows."""
        self.rowcount = (await self._connection.executemany(sql, rows)).rowcount

    async def fetchall(self) -> Sequence[Any]:
        """Return the rows."""
        return self._rows

    async def close(self) -> None:
        """Do nothing: it was closed in the thread."""


class VisitingConnection(aiosqlite.Connection):
    """A connection whose cursors are those, and which does not visit the thread to end what never began."""

    def cursor(self) -> VisitingCursor:  # type: ignore[override]  # SQLAlchemy enters it, which is all that it is for.
        """Return a cursor."""
        return VisitingCursor(self)

    async def answer(self, sql: str, values: Values) -> _Answer:
        """Run a statement in one visit."""
        # What the file's own cursor gives out.
        return await self.execute_fetchall(sql, values)  # type: ignore[return-value]

    async def commit(self) -> None:
        """Keep what was written, where anything was begun."""
        if self.in_transaction:
            await super().commit()

    async def rollback(self) -> None:
        """Undo what was written, where anything was begun."""
        if self.in_transaction:
            await super().rollback()


async def visiting(file: str, *, reads: bool = False) -> VisitingConnection:
    """Open a SQLite file, as every connection of ours is opened. One that `reads` sees it as it is at one moment."""
    made: list[VisitingConnection] = []
    factory = _Read if reads else _File
    # A thread that is made by a daemon is one too: it keeps no process alive that ended without closing its database.
    maker = Thread(
        target=lambda: made.append(VisitingConnection(lambda: _opened(file, factory), _LONGEST_CHUNK)), daemon=True
    )
    maker.start()
    maker.join()
    connection = made[0]
    await connection
    try:
        for pragma in _PRAGMAS:
            await connection.execute(pragma)
    except sqlite3.Error:
        # Closed here, or its thread would speak up after the loop is gone.
        await connection.close()
        raise
    return connection


def _opened(file: str, factory: type[_File]) -> sqlite3.Connection:
    return sqlite3.connect(file, factory=factory, isolation_level=None)
