"""A bot that ends once all is said, and begins again when whatever has an end is over."""

import signal
from collections.abc import Awaitable, Callable

from bot.operator.canaries.child import Child

_A_WEEK_SECONDS = 8 * 24 * 3600


async def a_week_later(child: Child, begin: Callable[[], Awaitable[None]]) -> None:
    """Let it say what it has to say, and begin again with a clock that is a week ahead; wait until it let go."""
    await child.until_sent()
    written = child.written()
    await child.send(signal.SIGTERM)
    child.environment["SOAK_AHEAD"] = str(_A_WEEK_SECONDS)
    await begin()
    await child.until_purged(written)
