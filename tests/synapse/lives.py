"""A bot as a process of its own that is killed at named steps of its work, and started again each time."""

import asyncio
import contextlib
import re
import signal
import sqlite3
import sys
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from pathlib import Path

from bot.domain.outgoing import Sending
from bot.store.database import Database
from bot.store.migrating import migrate
from bot.store.outbox import OutboxShelf
from tests.synapse.between import Between, Reply, Request, between, forever
from tests.synapse.homeserver import Homeserver, Person
from tests.synapse.test_run import add_world

WORLD = "mx"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A request at which the process dies: before the server hears of it, or after, its answer then being lost."""

    method: str
    path: str
    heard: bool = False

    def is_it(self, request: Request) -> bool:
        return request.method == self.method and re.search(self.path, request.path) is not None


def before(method: str, path: str) -> Step:
    """Return a step that the server does not hear of."""
    return Step(method=method, path=path)


def after(method: str, path: str) -> Step:
    """Return a step whose answer is lost."""
    return Step(method=method, path=path, heard=True)


@dataclass(kw_only=True)
class Lives:
    """One account's process after another, on one data folder."""

    folder: Path
    between: Between
    dies_at: Step | None = None
    made: list[bytes] = field(default_factory=list)
    process: asyncio.subprocess.Process | None = None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def is_dead(self) -> bool:
        return self.dies_at is None

    async def begin(self, dies_at: Step | None = None) -> None:
        """Start a process, to be killed at that step."""
        self.dies_at = dies_at
        command = ("-m", "bot", "run", "--config", str(self.folder / "alongside.toml"))
        log = await asyncio.to_thread((self.folder / "log").open, "ab")
        self.process = await asyncio.create_subprocess_exec(sys.executable, *command, stderr=log)
        log.close()

    async def end(self) -> None:
        """Wait until the process is gone; one that was not killed is asked to stop."""
        if self.process is not None and self.process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self.process.send_signal(signal.SIGTERM)
        if self.process is not None:
            await self.process.wait()

    async def put(self, *sendings: Sending) -> None:
        """Put it into the outbox, as a feature would have."""
        database = Database.at(f"sqlite+aiosqlite:///{self.data / 'alongside.db'}")
        await migrate(database)
        async with database.transaction():
            for sending in sendings:
                await OutboxShelf(database).put(sending)
        await database.close()

    def open_rows(self) -> int:
        """Return how much of the outbox is still to be done."""
        return self._count("alongside.db", "SELECT count(*) FROM outbox WHERE done_at IS NULL")

    def standing(self) -> int:
        """Return of how much that was said it is kept where it stands."""
        return self._count("alongside.db", "SELECT count(*) FROM outbox WHERE stands IS NOT NULL")

    def keys(self, room_id: str) -> int:
        """Return how many rows about the room are kept with the keys."""
        inbound = self._count(
            f"{WORLD}/keys.db", "SELECT count(*) FROM megolminboundsessions WHERE room_id = ?", room_id
        )
        encrypted = self._count(f"{WORLD}/keys.db", "SELECT count(*) FROM encryptedrooms WHERE room_id = ?", room_id)
        return inbound + encrypted

    def _count(self, file: str, query: str, *about: str) -> int:
        with contextlib.closing(sqlite3.connect(self.data / file)) as database:
            return int(database.execute(query, about).fetchone()[0])

    async def before(self, request: Request) -> Reply | None:
        if self.dies_at is not None and not self.dies_at.heard and self.dies_at.is_it(request):
            await self._die()
        return None

    async def after(self, request: Request, reply: Reply) -> None:
        if request.path == "/createRoom" and reply.status == 200:
            self.made.append(request.body)
        if self.dies_at is not None and self.dies_at.heard and self.dies_at.is_it(request):
            await self._die()

    async def _die(self) -> None:
        assert self.process is not None
        self.dies_at = None
        self.process.kill()
        await self.process.wait()
        await forever()


@contextlib.asynccontextmanager
async def lives(homeserver: Homeserver, account: Person, folder: Path) -> AsyncGenerator[Lives]:
    """Make everything ready for an account's first life, and end the last one."""
    async with between(homeserver.url) as passage:
        made = Lives(folder=folder, between=passage)
        passage.before, passage.after = made.before, made.after
        add_world(folder, WORLD, passage.url, account, "england")
        try:
            yield made
        finally:
            await made.end()
