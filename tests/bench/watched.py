"""Run a module as `python -m` does, and tell how long its event loop stood still, when asked with SIGUSR1.

`python -m tests.bench.watched FILE MODULE [ARG…]`: the longest stall since the last question, in seconds, is written
to FILE. The bots know nothing of it.
"""

import asyncio
import runpy
import signal
import sys
from pathlib import Path

EVERY_SECONDS = 0.005


class Watch:
    """Looks at the clock every few milliseconds; what comes later than it should have waited for something."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._longest = 0.0
        self._due = 0.0

    def begin(self, loop: asyncio.AbstractEventLoop) -> None:
        loop.add_signal_handler(signal.SIGUSR1, self._tell)
        self._due = loop.time()
        self._look(loop)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        self._longest = max(self._longest, loop.time() - self._due)
        self._due = loop.time() + EVERY_SECONDS
        loop.call_at(self._due, self._look, loop)

    def _tell(self) -> None:
        new = self._file.with_suffix(".new")
        new.write_text(str(self._longest))
        new.replace(self._file)
        self._longest = 0.0


class WatchedLoops(asyncio.DefaultEventLoopPolicy):
    """Gives out loops that are watched."""

    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch = watch

    def new_event_loop(self) -> asyncio.AbstractEventLoop:
        loop = super().new_event_loop()
        loop.call_soon(self._watch.begin, loop)
        return loop


if __name__ == "__main__":
    asyncio.set_event_loop_policy(WatchedLoops(Watch(Path(sys.argv[1]))))
    module = sys.argv[2]
    sys.argv = sys.argv[2:]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
