"""The two bots as processes of their own, so that what each one costs can be read from the kernel."""

import asyncio
import collections
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from tests.synapse.homeserver import SERVER_NAME, Homeserver

OUR_ACCOUNT, OUR_WORLD = f"@alongside:{SERVER_NAME}", "matrix"

_NANOSECONDS = 1e9
_CONFIG = """
data = "data"
[[worlds.matrix]]
homeserver = "{url}"
account = "{account}"
password_file = "password.secret"
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class BotProcess:
    """A bot that runs: its account and its process."""

    account: str
    process: subprocess.Popen[str]
    watch: Path | None = None

    def processor_seconds(self) -> float:
        """Return the processor time that all its threads took so far."""
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks) / _NANOSECONDS

    def resident_megabytes(self) -> float:
        """Return the memory it holds, as the kernel counts it."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    async def longest_stall(self) -> float:
        """Return how long its event loop stood still at most since this was asked before, in seconds."""
        assert self.watch is not None
        self.watch.unlink(missing_ok=True)
        self.process.send_signal(signal.SIGUSR1)
        while not self.watch.exists():  # noqa: ASYNC110  Another process writes it.
            await asyncio.sleep(0.01)
        return float(self.watch.read_text())


@contextlib.contextmanager
def echo_bot(homeserver: Homeserver, folder: Path, *, watch: Path | None = None) -> Iterator[BotProcess]:
    """Run the bare bot; with `watch`, so that its loop's stalls can be asked for."""
    person = homeserver.register("echo")
    folder.mkdir()
    secret = folder / "password.secret"
    secret.write_text(person.password)
    command = ["tests.bench.echo", homeserver.url, person.user_id, str(secret), str(folder)]
    with running(command, person.user_id, "serving", watch=watch) as bot:
        yield bot


@contextlib.contextmanager
def our_bot(homeserver: Homeserver, folder: Path, *, watch: Path | None = None) -> Iterator[BotProcess]:
    """Run Alongside, as an operator does; in a folder that is there already, the same bot again. `watch` as above."""
    config = folder / "alongside.toml"
    if not folder.exists():
        folder.mkdir()
        secret = folder / "password.secret"
        secret.touch(mode=0o600)
        secret.write_text(homeserver.register("alongside").password)
        config.write_text(_CONFIG.format(url=homeserver.url, account=OUR_ACCOUNT))
    with running(["bot", "run", "--config", str(config)], OUR_ACCOUNT, "serving", watch=watch) as bot:
        yield bot


def as_installed() -> dict[str, str]:
    """Return an environment in which Python keeps its bytecode, as after any installation: compiling takes memory."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def our_database(folder: Path) -> str:
    """Return where Alongside keeps its rows, for when it does not run."""
    return f"sqlite+aiosqlite:///{folder / 'data' / 'alongside.db'}"


@contextlib.contextmanager
def running(
    command: list[str],
    account: str,
    ready: str,
    *,
    watch: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Iterator[BotProcess]:
    """Run a bot's module until the block ends; the block begins when the bot has written `ready`."""
    watched = ["tests.bench.watched", str(watch)] if watch else []
    command = ["-m", *watched, *command]
    process = subprocess.Popen(  # noqa: S603  Our own command.
        [sys.executable, *command],
        env=as_installed() | dict(environment or {}),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    reading: Thread | None = None
    try:
        for line in process.stdout:
            if ready in line:
                break
        else:
            raise RuntimeError(command)
        # Read on, or a bot with much to say would stand still once the pipe is full.
        reading = Thread(target=collections.deque, args=(process.stdout, 0), daemon=True)
        reading.start()
        yield BotProcess(account=account, process=process, watch=watch)
    finally:
        process.terminate()
        process.wait(timeout=30)
        if reading is not None:
            reading.join()
        process.stdout.close()
