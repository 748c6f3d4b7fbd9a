"""The pace of what is sent by itself: as fast as Discord lets one bot, and no faster.

Whoever asks more often is refused, and whoever is refused too often is shut out for a while.
https://discord.com/developers/docs/topics/rate-limits#global-rate-limit
"""

import asyncio

# Discord says fifty; the one left over is for what does not wait here.
MOST_A_SECOND = 49


class Pace:
    """Gives out turns, in the order they were asked for. Whoever comes alone does not wait.

    When all stood still for a while, the turns of that while are not made up for at once, but for one.
    """

    def __init__(self, a_second: float = MOST_A_SECOND) -> None:
        self._apart = 1 / a_second
        self._next = 0.0
        self._first = asyncio.Lock()

    async def turn(self) -> None:
        """Return when it is time for one more request."""
        loop = asyncio.get_running_loop()
        async with self._first:
            late = 0.0
            # The next turn is never further off than that: not even where the clock was another one meanwhile.
            if (wait := min(self._next - loop.time(), self._apart)) > 0:
                await asyncio.sleep(wait)
                late = self._apart
            self._next = max(self._next, loop.time() - late) + self._apart
