"""One database, one transaction a step; shelves find the open one by themselves.

A transaction begins with its first statement and not before, so that commands which keep nothing cost nothing.
"""

import asyncio
import os
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import ColumnElement, CursorResult, Executable, Table, func, select, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool
from sqlalchemy.sql.dml import UpdateBase

from bot.files import held
from bot.store.visiting import VisitingConnection, visiting

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

# A machine that died without a word lets go of what it held within two minutes, and not after hours.
_NOTICED_SOON = (
    "SET tcp_keepalives_idle = 60",
    "SET tcp_keepalives_interval = 10",
    "SET tcp_keepalives_count = 6",
)

# How every SQLite file begins: sqlite.org/fileformat2.html, 1.3.
_SQLITE = b"SQLite format 3\0"
_IN_MEMORY = ":memory:"
# What is held by whoever serves from a PostgreSQL, whichever accounts those are.
_ALL = "alongside"

Row = Mapping[str, Any]
# A statement that is built once, its values handed over each time, takes half as long as one built with them in it.
Rows = Sequence[Row] | Row | None


class InClear(Exception):  # noqa: N818  What it is.
    """A file that is not encrypted, and a key to open it with."""


class Open:
    """The transaction of the step at hand: not begun until a statement needs it, and of the task that opened it alone.

    `written` are the tables that it wrote something into, `stirred` says that what it wrote is for the clockwork, and
    `held` are the groups that it holds.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._task = asyncio.current_task()
        self._connection: AsyncConnection | None = None
        self.stirred = False
        self.written: set[str] = set()
        self.held: set[str] = set()

    @property
    def is_ours(self) -> bool:
        """Whether it belongs to the running task; one begun inside it gets a copy of what its parent saw."""
        return self._task is asyncio.current_task()

    @property
    def kept(self) -> bool:
        """Whether it wrote anything."""
        return bool(self.written)

    @property
    def begun(self) -> bool:
        """Whether it ran any statement."""
        return self._connection is not None

    async def execute(self, statement: Executable, rows: Rows = None) -> CursorResult[Any]:
        """Run one statement, which begins the transaction if it is the first, and notice whether it wrote anything."""
        if self._connection is None:
            self._connection = await self._engine.connect()
        result = await self._connection.execute(statement, rows)
        if isinstance(statement, UpdateBase) and result.rowcount != 0:
            self.written.add(str(statement.entity_description["name"]))
        return result

    async def finish(self, *, keep: bool) -> None:
        """Keep what was written, or undo it; the connection goes back either way."""
        if self._connection is None:
            return
        try:
            await (self._connection.commit() if keep else self._connection.rollback())
        finally:
            await self._connection.close()


class Database:
    """Where rows are kept. `on_stirred` is called after every transaction that left the clockwork something to do."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self.on_stirred: Callable[[], None] = lambda: None
        self._open: ContextVar[Open | None] = ContextVar("open_transaction", default=None)
        self._kept: AsyncConnection | None = None
        self._lock: int | None = None
        self._times: Counter[str] = Counter()
        self.to_wipe: set[str] = set()
        # Whether the log may hold something: also what an earlier process wrote.
        self.has_log = True

    @classmethod
    def at(cls, url: str, key: str | None = None) -> Self:
        """Return the database of a SQLAlchemy URL; a SQLite file and its folder are made for their owner alone.

        With a key, the file is encrypted under it. Raises `InClear` when it is there and is not.
        """
        address = make_url(url)
        return cls(_sqlite(address, key) if address.get_backend_name() == "sqlite" else _postgresql(address))

    @classmethod
    def reading(cls, url: str, key: str | None = None) -> Self:
        """Return the database of a URL to be read as it is at one moment, while others go on writing."""
        address = make_url(url)
        sqlite_ = address.get_backend_name() == "sqlite"
        return cls(
            _sqlite(address, key, reads=True) if sqlite_ else _postgresql(address, isolation_level="REPEATABLE READ")
        )

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[Open]:
        """Open a transaction, or join the one that is open in this task."""
        joined = self._open.get()
        if joined is not None and joined.is_ours:
            yield joined
            return
        opened = Open(self.engine)
        token = self._open.set(opened)
        try:
            yield opened
        except BaseException:
            await opened.finish(keep=False)
            raise
        else:
            await opened.finish(keep=True)
        finally:
            self._open.reset(token)
        self._times.update(opened.written)
        self.has_log = self.has_log or opened.kept
        if opened.stirred:
            self.on_stirred()

    async def execute(self, statement: Executable, rows: Rows = None) -> CursorResult[Any]:
        """Run one statement in the open transaction. Raises `RuntimeError` when there is none: that is a bug."""
        return await self._opened().execute(statement, rows)

    async def hold(self, group: str) -> None:
        """Let nobody else who holds this group in until the transaction ends; SQLite lets only one in anyway.

        Whatever decides from rows and then writes holds its group first, commands and clockwork alike, so that no two
        of them can wait for each other.
        """
        if self.alone or group in self._opened().held:
            return
        await self.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(group, 0))))
        self._opened().held.add(group)

    async def hold_if_free(self, group: str) -> bool:
        """Hold a group as above if nobody else does; return whether it is held now."""
        if self.alone:
            return True
        asked = select(func.pg_try_advisory_xact_lock(func.hashtextextended(group, 0)))
        if is_held := bool((await self.execute(asked)).scalar()):
            self._opened().held.add(group)
        return is_held

    async def keep_alone(self, name: str) -> bool:
        """Hold a name until `close`, or until the process ends; return False when another process holds it.

        A SQLite file belongs to one house: there a name is always free, and the folder's lock tells of a second one.
        """
        if self.alone:
            return True
        return await self._keeps(func.pg_try_advisory_lock, name)

    async def take(self, *, alone: bool) -> bool:
        """Hold the whole database until `close`, together with others that serve from it or alone, as to restore it.

        Return whether it is held: somebody who holds it the other way is in the way.
        """
        if not self.alone:
            return await self._keeps(func.pg_try_advisory_lock if alone else func.pg_try_advisory_lock_shared, _ALL)
        file = self.engine.url.database
        if file and file != _IN_MEMORY:
            self._lock = held(Path(f"{file}.lock"), alone=alone)
            return self._lock is not None
        return True

    async def _keeps(self, lock: Callable[[Any], ColumnElement[Any]], name: str) -> bool:
        if self._kept is None:
            self._kept = await self.engine.connect()
            await self._kept.execution_options(isolation_level="AUTOCOMMIT")
            for setting in _NOTICED_SOON:
                await self._kept.execute(text(setting))
        return bool((await self._kept.execute(select(lock(func.hashtextextended(name, 0))))).scalar())

    def times_written(self, table: Table) -> int:
        """Return how often something was kept in a table by this process, so that what was read can be remembered."""
        return self._times[table.name]

    def wipe_after(self, id_: str) -> None:
        """Note that what was let go of here is to leave the files too, once nothing waits to be said to that id."""
        self.to_wipe.add(id_)
        self.stir()

    async def wipe(self) -> bool:
        """Let no byte of a row that is gone stay in the files; False if that has to wait. Outside a transaction.

        SQLite overwrites what is deleted, but not what it once copied to another page, nor its log before it is cut.
        PostgreSQL clears up by itself, in its own time.
        """
        return await self._files(VisitingConnection.wipe)

    async def cut_log(self) -> bool:
        """Let nothing that was let go of stay in the log; False if that has to wait. Outside a transaction."""
        return await self._files(VisitingConnection.cut_log)

    async def _files(self, doing: Callable[[VisitingConnection], Awaitable[bool]]) -> bool:
        if not self.alone:
            return True
        async with self.engine.connect() as connection:
            raw = await connection.get_raw_connection()
            driver: VisitingConnection = raw.driver_connection  # type: ignore[assignment]  # What `_sqlite` makes.
            done = await doing(driver)
        self.has_log = self.has_log and not done
        return done

    def stir(self) -> None:
        """Note that the open transaction leaves the clockwork something to do."""
        self._opened().stirred = True

    def _opened(self) -> Open:
        opened = self._open.get()
        if opened is None or not opened.is_ours:
            raise RuntimeError("no transaction is open")
        return opened

    def insert(self, table: Table) -> "sqlite.Insert | postgresql.Insert":
        """Return an insert for this database that knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
        if self.alone:
            return sqlite.insert(table)
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415  Takes 3 MB, which no house on SQLite needs.

        return postgresql.insert(table)

    def upsert(self, table: Table) -> "sqlite.Insert | postgresql.Insert":
        """Return an insert of whole rows, each in the place of the one with the same primary key."""
        insert, keys = self.insert(table), table.primary_key.columns
        told = {column.name: insert.excluded[column.name] for column in table.columns if column.name not in keys}
        return insert.on_conflict_do_update(index_elements=list(keys), set_=told)

    @property
    def alone(self) -> bool:
        """Whether no other process can be using it, as with a SQLite file of this house's own."""
        return self.engine.dialect.name == "sqlite"

    async def close(self) -> None:
        """Let go of every connection."""
        if self._kept is not None:
            await self._kept.close()
        await self.engine.dispose()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def is_there(url: str) -> bool:
    """Whether there is one to ask: looking at a SQLite file that is not there would make it."""
    address = make_url(url)
    file = Path(address.database or "")
    return address.get_backend_name() != "sqlite" or (file.exists() and file.stat().st_size > 0)


def is_encrypted(file: Path) -> bool:
    """Whether a file that is there is none of SQLite's in clear."""
    with file.open("rb") as opened:
        return opened.read(len(_SQLITE)) != _SQLITE


def _sqlite(address: URL, key: str | None, *, reads: bool = False) -> AsyncEngine:
    """One connection, taken in turns: SQLite has one writer anyway, and a fair queue beats waiting on its lock."""
    if address.database and address.database != _IN_MEMORY:
        _owned_file(Path(address.database), key)
    return create_async_engine(
        address.set(drivername="sqlite+aiosqlite"),
        async_creator=lambda: visiting(address.database or _IN_MEMORY, key, reads=reads),
        # Said, for SQLAlchemy gives what is in memory one pool and files another.
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=60,
    )


def _postgresql(address: URL, **options: Any) -> AsyncEngine:  # noqa: ANN401  SQLAlchemy's own.
    return create_async_engine(address.set(drivername="postgresql+asyncpg"), pool_pre_ping=True, **options)


def _owned_file(file: Path, key: str | None) -> None:
    """Make the file 0600 in a folder 0700; SQLite gives its WAL that mode too. One of another kind is left alone."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_CREAT | os.O_RDWR, 0o600), "rb") as opened:
        beginning = opened.read(len(_SQLITE))
        if beginning in {b"", _SQLITE}:
            os.fchmod(opened.fileno(), 0o600)
    if key is not None and beginning == _SQLITE:
        raise InClear
