"""The pace of what is sent by itself: as fast as Discord lets one bot, and no faster.

Whoever asks more often is refused, and whoever is refused too often is shut out for a while.
https://discord.com/developers/docs/topics/rate-limits#global-rate-limit
"""

import asyncio

# Discord says fifty; the one left over is for what does not wait here.
MOST_A_SECOND = 49


class Pace:
    """Gives out turns. Whoever comes alone does not wait."""

    def __init__(self, a_second: float = MOST_A_SECOND) -> None:
        self._apart = 1 / a_second
        self._next = 0.0

    async def turn(self) -> None:
        """Return when it is time for one more request."""
        now = asyncio.get_running_loop().time()
        at = max(self._next, now)
        self._next = at + self._apart
        if at > now:
            await asyncio.sleep(at - now)
