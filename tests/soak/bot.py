"""`python -m tests.soak.bot run --config FILE`: the real bot, that kills itself at one named moment.

`SOAK_STEP` names the moment, `SOAK_PASSAGE` says which time it is passed, `SOAK_HIT` is the file that gets its name,
and `SOAK_AHEAD` is by how many seconds the bot's clock is ahead of the machine's.
"""

import os
import signal
from itertools import count
from pathlib import Path

from whenever import Instant, TimeDelta

import bot.__main__
from bot.clockwork.clock import RealClock
from bot.operator import serving
from tests.soak.steps import named, watch


class AheadClock:
    """Implements `ports.timing.Clock`: the machine's clock and a while more, as if the bot had been down for it."""

    def __init__(self) -> None:
        self._ahead = TimeDelta(seconds=float(os.environ.get("SOAK_AHEAD", "0")))

    def now(self) -> Instant:
        return Instant.now() + self._ahead


def main() -> None:
    """Run the command line."""
    # Were it made elsewhere, the bot's clock would stand where the machine's does, and nobody would notice.
    assert vars(serving)["RealClock"] is RealClock
    vars(serving)["RealClock"] = AheadClock
    if name := os.environ.get("SOAK_STEP"):
        passages, last = count(1), int(os.environ["SOAK_PASSAGE"])
        hit = Path(os.environ["SOAK_HIT"])

        def passed() -> None:
            if next(passages) == last:
                hit.write_text(name)
                os.kill(os.getpid(), signal.SIGKILL)

        watch(named(name), passed)
    bot.__main__.main()


if __name__ == "__main__":
    main()
