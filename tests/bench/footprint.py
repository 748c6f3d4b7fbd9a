"""What it costs to start Alongside, until it serves, against merely loading the chat library that its world needs."""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench.bots import BotProcess, as_installed, our_bot, running
from tests.bench.result import Result, of_rounds
from tests.synapse.homeserver import Homeserver

ROUNDS = 5

Cost = tuple[float, float]

# The kernel's own peak of this process: what getrusage tells is inherited from the process that started it.
_TELL = """
import resource
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(*resource.getrusage(resource.RUSAGE_SELF)[:2], int(peak.split()[1]) / 1024)
"""


def run() -> Iterator[Result]:
    """Start each side in a fresh process, by turns; the first, which fills the caches, does not count."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "synapse").mkdir()
        homeserver = Homeserver(folder / "synapse")
        homeserver.start()
        try:
            yield from _compared("matrix", lambda: _matrix(homeserver, folder), "import nio")
        finally:
            homeserver.stop()
    yield from _compared("local", _local, "import aiohttp.web")


def _compared(world: str, ours: Callable[[], Cost], bare: str) -> Iterator[Result]:
    pairs = [(ours(), _loaded(bare)) for _ in range(ROUNDS + 1)][1:]
    seconds = [our[0] for our, _ in pairs], [their[0] for _, their in pairs]
    memory = [our[1] for our, _ in pairs], [their[1] for _, their in pairs]
    what = f"for `{bare}` alone"
    yield of_rounds(f"start-{world}", *seconds, aim=None, what=f"seconds of processor {what}")
    yield of_rounds(f"memory-{world}", *memory, aim=None, what=f"MB {what}")


def _matrix(homeserver: Homeserver, folder: Path) -> Cost:
    with our_bot(homeserver, folder / "ours") as bot:
        return _cost(bot)


def _local() -> Cost:
    with running(["bot", "try", "--port", "0"], "local", "Ctrl-C") as bot:
        return _cost(bot)


def _cost(bot: BotProcess) -> Cost:
    return bot.processor_seconds(), bot.resident_megabytes()


def _loaded(code: str) -> Cost:
    """Return the processor time in seconds and the memory in MB of a process that runs `code`."""
    command, env = [sys.executable, "-c", code + _TELL], as_installed()
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)  # noqa: S603  Our own command.
    user, system, megabytes = (float(word) for word in done.stdout.split())
    return user + system, megabytes
