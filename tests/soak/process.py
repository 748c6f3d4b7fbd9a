"""The bot's process: started, killed at a moment that was chosen, and started again."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

from tests.synapse.homeserver import Person

SECRET = "a.secret"
ON_MATRIX = """
data = "data"
[[worlds.matrix]]
homeserver = "{url}"
account = "{account}"
password_file = "a.secret"
"""
ON_DISCORD = """
data = "data"
[[worlds.discord]]
token_file = "a.secret"
"""


@contextlib.asynccontextmanager
async def settled(folder: Path, url: str, person: Person) -> AsyncIterator["BotProcess"]:
    """Give a bot's process that has not begun, and see to its end."""
    process = BotProcess(folder)
    process.settle(ON_MATRIX.format(url=url, account=person.user_id), person.password)
    try:
        yield process
    finally:
        await process.kill()


class BotProcess:
    """The real `alongside run`, under the wrapper of `tests.soak.bot`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._hit = folder / "hit"
        self.log = folder / "log"
        self._process: asyncio.subprocess.Process | None = None
        self._served_before = 0
        self._environment: Mapping[str, str] = {}

    @property
    def database(self) -> Path:
        """Where the bot keeps its rows."""
        return self._folder / "data" / "alongside.db"

    def settle(self, config: str, secret: str, environment: Mapping[str, str] | None = None) -> None:
        """Write the settings and the secret they name; `environment` is what the process is given besides."""
        self._environment = environment or {}
        self._folder.mkdir(parents=True)
        kept = self._folder / SECRET
        kept.touch(mode=0o600)
        kept.write_text(secret)
        (self._folder / "alongside.toml").write_text(config)

    async def start(self, ahead_seconds: float, step: str | None = None, passage: int = 1) -> None:
        """Start it, with its clock ahead; `step` is where it kills itself."""
        self._hit.unlink(missing_ok=True)
        self._served_before = self._served()
        environment = {**os.environ, **self._environment, "SOAK_AHEAD": str(ahead_seconds), "SOAK_HIT": str(self._hit)}
        if step is not None:
            environment |= {"SOAK_STEP": step, "SOAK_PASSAGE": str(passage)}
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "tests.soak.bot",
                "run",
                "--config",
                str(self._folder / "alongside.toml"),
                env=environment,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=log,
            )

    async def ended(self, patience_seconds: float) -> int | None:
        """Wait for its end, and return the status; None when it goes on."""
        assert self._process is not None
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience_seconds):
                return await self._process.wait()
        return None

    async def kill(self) -> int:
        """Kill it, if it is there, and return how it ended."""
        assert self._process is not None
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.send_signal(signal.SIGKILL)
        return await self._process.wait()

    async def stop(self) -> int | None:
        """Ask it to end, as an operator does."""
        assert self._process is not None
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.terminate()
        status = await self.ended(30)
        return await self.kill() if status is None else status

    def hit(self) -> str | None:
        """Return the step at which it killed itself."""
        return self._hit.read_text() if self._hit.exists() else None

    async def serves(self, patience_seconds: float = 60) -> bool:
        """Wait until it serves, or ended."""
        assert self._process is not None
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience_seconds):
                while self._served() == self._served_before and self._process.returncode is None:  # noqa: ASYNC110  Another process's log has no event.
                    await asyncio.sleep(0.1)
                return True
        return False

    def _served(self) -> int:
        return self.log.read_bytes().count(b"serving") if self.log.exists() else 0
