"""What it costs to load Alongside, against loading just the chat library that its worlds need."""

import subprocess
import sys
from collections.abc import Iterator

from tests.bench.result import Result, of_rounds

ROUNDS = 5

# The kernel's own peak of this process: what getrusage tells is inherited from the process that started it.
_TELL = """
import resource
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(int(peak.split()[1]) / 1024, *resource.getrusage(resource.RUSAGE_SELF)[:2])
"""
_BARE = {"matrix": "import nio", "local": "import aiohttp.web"}
_OURS = {
    "matrix": "import bot.__main__, bot.adapters.matrix",
    "local": "import bot.__main__, bot.adapters.local",
}


def run() -> Iterator[Result]:
    """Load each side in a fresh process, by turns; the first, which fills the caches, does not count."""
    for world, bare in _BARE.items():
        ours = _OURS[world]
        pairs = [(_loaded(ours), _loaded(bare)) for _ in range(ROUNDS + 1)][1:]
        seconds = [our[1] for our, _ in pairs], [their[1] for _, their in pairs]
        memory = [our[0] for our, _ in pairs], [their[0] for _, their in pairs]
        what = f"against `{bare}`"
        yield of_rounds(f"load-{world}", *seconds, aim=None, what=f"seconds of processor, {what}")
        yield of_rounds(f"memory-loaded-{world}", *memory, aim=None, what=f"MB, {what}")


def _loaded(code: str) -> tuple[float, float]:
    """Return the memory in MB and the processor time in seconds of a process that runs `code`."""
    done = subprocess.run([sys.executable, "-c", code + _TELL], capture_output=True, text=True, check=True)  # noqa: S603  Our own command.
    megabytes, user, system = (float(word) for word in done.stdout.split())
    return megabytes, user + system
