"""The two bots as processes of their own, so that what each one costs can be read from the kernel."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.synapse.homeserver import SERVER_NAME, Homeserver

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

    def processor_seconds(self) -> float:
        """Return the processor time that all its threads took so far."""
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks) / _NANOSECONDS

    def resident_megabytes(self) -> float:
        """Return the memory it holds, as the kernel counts it."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024


@contextlib.contextmanager
def echo_bot(homeserver: Homeserver, folder: Path) -> Iterator[BotProcess]:
    """Run the bare bot."""
    person = homeserver.register("echo")
    folder.mkdir()
    secret = folder / "password.secret"
    secret.write_text(person.password)
    command = ["-m", "tests.bench.echo", homeserver.url, person.user_id, str(secret), str(folder)]
    with running(command, person.user_id, "serving") as bot:
        yield bot


@contextlib.contextmanager
def our_bot(homeserver: Homeserver, folder: Path) -> Iterator[BotProcess]:
    """Run Alongside, as an operator does; in a folder that is there already, the same bot again."""
    account, config = f"@alongside:{SERVER_NAME}", folder / "alongside.toml"
    if not folder.exists():
        folder.mkdir()
        secret = folder / "password.secret"
        secret.touch(mode=0o600)
        secret.write_text(homeserver.register("alongside").password)
        config.write_text(_CONFIG.format(url=homeserver.url, account=account))
    with running(["-m", "bot", "run", "--config", str(config)], account, "serving") as bot:
        yield bot


@contextlib.contextmanager
def running(command: list[str], account: str, ready: str) -> Iterator[BotProcess]:
    """Run a bot until the block ends; the block begins when the bot has written `ready`."""
    process = subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)  # noqa: S603  Our own command.
    assert process.stdout is not None
    try:
        for line in process.stdout:
            if ready in line:
                break
        else:
            raise RuntimeError(command)
        yield BotProcess(account=account, process=process)
    finally:
        process.terminate()
        process.wait(timeout=30)
        process.stdout.close()
