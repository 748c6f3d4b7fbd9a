"""The bot as a process of its own, whose every word is written to files, and which has hard luck."""

import asyncio
import contextlib
import itertools
import os
import resource
import signal
import sqlite3
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import bot
from bot.operator.canaries.begin import LOUDNESS

_HERE = Path(bot.__file__).parent.parent
_PATIENCE_SECONDS = 60.0
_LOOKS_EVERY_SECONDS = 0.02
_SENT_WITHIN_SECONDS = 2.0
_PURGED_WITHIN_SECONDS = 60.0
# How much more a file may grow on the disk that is full: a page or two.
_ROOM = 8192


class Child:
    """One bot in a folder: `data`, `temporary`, `home` and `work` are its own, and `told` is what it writes.

    `environment` is what it is given besides the next time that it starts.
    """

    def __init__(
        self, folder: Path, module: str, words: Sequence[str], environment: Mapping[str, str] | None = None
    ) -> None:
        self.folder = folder
        self._module = module
        self._words = words
        self.environment = dict(environment or {})
        self._numbers = itertools.count()
        self._process: asyncio.subprocess.Process | None = None
        self._told = folder / "told"
        self.database = folder / "data" / "alongside.db"
        for name in ("data", "temporary", "home", "work", "told"):
            (folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)

    @property
    def is_there(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.returncode is None

    async def start(self, until: bytes) -> str:
        """Start it, every other time at its loudest; return what it had told when it told of `until`.

        Raises `RuntimeError` when it ends before.
        """
        number = next(self._numbers)
        out, error = (self._told / f"{number}.{name}" for name in ("out", "err"))
        environment = {
            **os.environ,
            **self.environment,
            "TMPDIR": str(self.folder / "temporary"),
            "HOME": str(self.folder / "home"),
            # It is the bot that runs here, wherever it stands.
            "PYTHONPATH": os.pathsep.join((str(_HERE), os.environ.get("PYTHONPATH", ""))),
            LOUDNESS: str(number % 2),
            "PYTHONASYNCIODEBUG": "1" if number % 2 else "",
        }
        flags = ("-W", "default") if number % 2 else ()
        with out.open("wb") as to_out, error.open("wb") as to_error:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                *(*flags, "-m", "bot.operator.canaries.begin", self._module, *self._words),
                cwd=self.folder / "work",
                env=environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=to_out,
                stderr=to_error,
            )
        return await self._heard(out, error, until)

    async def send(self, number: signal.Signals) -> int:
        """End it by a signal, if it runs; return how it ended."""
        assert self._process is not None  # noqa: S101  It was started.
        if self.is_there:
            with contextlib.suppress(ProcessLookupError):
                self._process.send_signal(number)
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                return await self._process.wait()
        except TimeoutError:
            self._process.kill()
            return await self._process.wait()

    def kept(self, asked: str) -> Sequence[Any]:
        """Return the first value of each row that a statement gives; none while there is no database."""
        if not self.database.exists():
            return ()
        with contextlib.closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=10)) as reading:
            return [row[0] for row in reading.execute(asked)]

    async def until_sent(self) -> None:
        """Wait a little, until everything is said that can be said now."""
        waiting = "SELECT id FROM outbox WHERE done_at IS NULL AND failures = 0"
        await until(lambda: not self.kept(waiting), _SENT_WITHIN_SECONDS)

    def written(self) -> int:
        """Return a number that grows each time the database file is written anew.

        https://sqlite.org/pragma.html#pragma_schema_version
        """
        return int(self.kept("PRAGMA schema_version")[0])

    async def until_purged(self, written: int) -> None:
        """Wait until nothing is left of what was to be said, as the clock went on a week, and the file is another one.

        `written` is what that was when all had been said: until then, copies of what is gone may lie about in it. The
        keys of what was said only now stay for another week, and say nothing.
        """
        left = "SELECT id FROM outbox WHERE body IS NOT NULL"
        await until(lambda: not self.kept(left) and self.written() > written, _PURGED_WITHIN_SECONDS)

    def fill_disk(self) -> None:
        """Let no file of the bot's grow any more: what SQLite is told is what a full disk tells it."""
        files = [file for file in (self.folder / "data").rglob("*") if file.is_file()]
        self._limit(max((file.stat().st_size for file in files), default=0) + _ROOM)

    def make_room(self) -> None:
        """Let files grow again."""
        self._limit(resource.RLIM_INFINITY)

    def _limit(self, most: int) -> None:
        if self._process is not None and self.is_there:
            with contextlib.suppress(ProcessLookupError):
                resource.prlimit(self._process.pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))

    async def _heard(self, out: Path, error: Path, until: bytes) -> str:
        assert self._process is not None  # noqa: S101  As above.
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while True:
                ended = self._process.returncode is not None
                told = _read(out) + _read(error)
                if until in told:
                    return told.decode(errors="replace")
                if ended:
                    raise RuntimeError(f"it ended with {self._process.returncode} before it served")
                await asyncio.sleep(_LOOKS_EVERY_SECONDS)


async def until(is_so: Callable[[], bool], patience_seconds: float) -> bool:
    """Look again and again whether it is so; return whether it came to be."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(patience_seconds):
            while not is_so():  # noqa: ASYNC110  Another process has no event.
                await asyncio.sleep(_LOOKS_EVERY_SECONDS)
    return is_so()


def _read(file: Path) -> bytes:
    return file.read_bytes()
