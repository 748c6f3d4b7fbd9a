"""The bot as its operator has it on the loopback Discord: commands, a settings file, a process that runs."""

import asyncio
import contextlib
import json
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.discord.loopback import Loopback
from tests.discord.pointing import environment

LONGEST_SECONDS = 60


@dataclass(kw_only=True)
class Operator:
    """One operator with a folder of their own. `told` is everything that was ever written to a terminal."""

    loopback: Loopback
    folder: Path
    told: str = ""
    config: Path = field(init=False)

    def __post_init__(self) -> None:
        self.config = self.folder / "alongside.toml"

    @property
    def token_file(self) -> Path:
        return self.folder / "secrets" / "discord-token.secret"

    async def init(self, token: str | None = None, *more: str) -> tuple[int, str]:
        """Set a bot up, its token piped in."""
        piped = self.loopback.token if token is None else token
        return await self.does("init", "discord", "--data", "data", "--token-file", "-", *more, piped=piped)

    async def does(self, *words: str, piped: str = "") -> tuple[int, str]:
        """Run a command to its end; return its status and all it wrote."""
        process = await self.starts(*words)
        async with asyncio.timeout(LONGEST_SECONDS):
            told, _ = await process.communicate(piped.encode() + b"\n")
        self.told += told.decode()
        return process.returncode or 0, told.decode()

    async def starts(self, *words: str) -> asyncio.subprocess.Process:
        """Start a command."""
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.discord.pointing", *words, "--config", str(self.config)),
            env=environment(self.loopback.url),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )

    async def checks(self) -> tuple[int, dict[str, tuple[str, str]]]:
        """Return the status of a check, and what it found: state and sentence by what it is about."""
        status, told = await self.does("check", "--json")
        return status, {found["about"]: (found["state"], found["text"]) for found in json.loads(told)["found"]}

    @contextlib.asynccontextmanager
    async def running(self, end: signal.Signals = signal.SIGTERM) -> AsyncIterator[asyncio.subprocess.Process]:
        """Run the bot; the block begins when it serves, and at the block's end it is ended."""
        process = await self.starts("run")
        try:
            async with asyncio.timeout(LONGEST_SECONDS):
                await self._serving(process)
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(end)
            told, _ = await process.communicate()
            self.told += told.decode()

    async def _serving(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        async for line in process.stdout:
            self.told += line.decode()
            if b"serving" in line:
                return
        raise AssertionError(self.told)
