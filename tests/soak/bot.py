"""`python -m tests.soak.bot run --config FILE`: the real bot, that kills itself at one named moment.

`SOAK_STEP` names the moment, `SOAK_PASSAGE` says which time it is passed, `SOAK_HIT` is the file that gets its name,
and `SOAK_AHEAD` is by how many seconds the bot's clock is ahead of the machine's. Where the environment names a
loopback Discord, that is the Discord there is.
"""

import os
import signal
from itertools import count
from pathlib import Path

from whenever import Instant, TimeDelta

import bot.__main__
from bot.clockwork.clock import RealClock
from bot.operator import serving
from tests.soak import steps_on_discord, steps_on_matrix
from tests.soak.steps import named, watch

_DISCORD = "DISCORD_ON_LOOPBACK"


class AheadClock:
    """Implements `ports.timing.Clock`: the machine's clock and a while more, as if the bot had been down for it."""

    def __init__(self) -> None:
        self._ahead = TimeDelta(seconds=float(os.environ.get("SOAK_AHEAD", "0")))

    def now(self) -> Instant:
        return Instant.now() + self._ahead


def _point() -> None:
    """Find Discord on loopback, which lets bots identify oftener than the real one, so that one can die often."""
    from bot.adapters.discord import identifying  # noqa: PLC0415  The soak on Matrix loads none of it.
    from tests.discord.pointing import point  # noqa: PLC0415  As above.

    point(os.environ[_DISCORD])
    vars(identifying)["EVERY"] = TimeDelta(seconds=1)


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

        watch(named(name, (*steps_on_matrix.STEPS, *steps_on_discord.STEPS)), passed)
    if _DISCORD in os.environ:
        _point()
    bot.__main__.main()


if __name__ == "__main__":
    main()
