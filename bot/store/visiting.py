"""SQLite's own thread, visited once for each statement.

A statement of SQLAlchemy's makes three or four visits, to make a cursor, to execute, to fetch and to close, and each
of them costs more than what is done there. Here all of it is done in one, and a transaction begins on the way.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from threading import Thread
from typing import Any, Self, cast

import aiosqlite

_LONGEST_CHUNK = 64

_PATIENCE = "PRAGMA busy_timeout = 10000"
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA synchronous = FULL",
    _PATIENCE,
    # What it needs for a while stands in memory, and not in files that nobody wipes.
    "PRAGMA temp_store = MEMORY",
)

_CUT_LOG = "PRAGMA wal_checkpoint(TRUNCATE)"

Values = Sequence[Any]


class _Answer(list[Any]):
    """The rows that a statement gave, and what its cursor knew of them."""

    def __init__(self, cursor: sqlite3.Cursor, rows: Iterable[Any]) -> None:
        super().__init__(rows)
        self.description = cursor.description
        self.rowcount = cursor.rowcount
        self.lastrowid = cursor.lastrowid


class _Fetching:
    """In the thread, beside a cursor: fetches all there is, and lets go of the statement."""

    def fetchall(self) -> _Answer:
        cursor: Any = super()
        answer = _Answer(cast("sqlite3.Cursor", self), cursor.fetchall())
        cursor.close()
        return answer


class _Cursor(_Fetching, sqlite3.Cursor):
    """That of a file in clear."""


class _Beginning:
    """In the thread, beside a connection: begins a transaction with the first statement that is no pragma.

    As a writer: begun as a reader, it could not become one while another writes.
    """

    cursors: type = _Cursor
    begin = "BEGIN IMMEDIATE"

    def execute(self, sql: str, parameters: Any = (), /) -> Any:  # noqa: ANN401  A cursor of either driver.
        connection: Any = self
        if not sql.startswith("PRAGMA"):
            self._begin()
        return connection.cursor(self.cursors).execute(sql, parameters)

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> Any:  # noqa: ANN401  As above.
        connection: Any = super()
        self._begin()
        cursor = connection.executemany(sql, parameters)
        cursor.close()
        return cursor

    def _begin(self) -> None:
        connection: Any = super()
        if not connection.in_transaction:
            connection.execute(self.begin)


class _File(_Beginning, sqlite3.Connection):
    """A file in clear."""


class _Read(_File):
    """One that only reads, and holds nobody up who writes."""

    begin = "BEGIN"


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

    async def wipe(self) -> bool:
        """Write the file anew, without what is gone, and cut the log; return False while somebody else reads there.

        Nobody is waited for. Raises `sqlite3.Error` inside a transaction.
        """
        return await self._without_waiting("VACUUM", _CUT_LOG)

    async def cut_log(self) -> bool:
        """Bring all that was written into the file, and cut the log; otherwise as above."""
        return await self._without_waiting(_CUT_LOG)

    async def _without_waiting(self, *statements: str) -> bool:
        await self.execute_fetchall("PRAGMA busy_timeout = 0")
        try:
            for statement in statements[:-1]:
                await self.executescript(statement)
            [(busy, *_)] = await self.execute_fetchall(statements[-1])
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            return False
        else:
            return not busy
        finally:
            await self.execute_fetchall(_PATIENCE)

    async def commit(self) -> None:
        """Keep what was written, where anything was begun."""
        if self.in_transaction:
            await super().commit()

    async def rollback(self) -> None:
        """Undo what was written, where anything was begun."""
        if self.in_transaction:
            await super().rollback()


async def visiting(file: str, key: str | None = None, *, reads: bool = False) -> VisitingConnection:
    """Open a SQLite file, as every connection of ours is opened; with a key, one that is encrypted under it.

    One that `reads` sees it as it is at one moment.
    """
    made: list[VisitingConnection] = []
    # A thread that is made by a daemon is one too: it keeps no process alive that ended without closing its database.
    maker = Thread(
        target=lambda: made.append(VisitingConnection(lambda: _opened(file, key, reads=reads), _LONGEST_CHUNK)),
        daemon=True,
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


def _opened(file: str, key: str | None, *, reads: bool) -> sqlite3.Connection:
    if key is not None:
        from bot.store.encrypted import opened  # noqa: PLC0415  An extra that few have.

        return opened(file, key, _Beginning, _Fetching, begin="BEGIN" if reads else _File.begin)
    return sqlite3.connect(file, factory=_Read if reads else _File, isolation_level=None)
