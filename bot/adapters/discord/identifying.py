"""When a shard may identify: one in five seconds for each bucket, whichever process it is in.

https://discord.com/developers/docs/events/gateway#rate-limiting
"""

import asyncio

from whenever import TimeDelta

from bot.ports.keeping import Turns
from bot.ports.timing import Clock

# Discord says five seconds; the rest is for clocks that differ a little, and for a process that is slow at its start.
EVERY = TimeDelta(seconds=6)


class Identifying:
    """Gives out the turns of one bot, kept where every process of it finds them. `at_once` is how many buckets."""

    def __init__(self, *, world: str, turns: Turns, clock: Clock) -> None:
        self._world = world
        self._turns = turns
        self._clock = clock
        self.at_once = 1

    async def wait(self, shard_id: int) -> None:
        """Return when it is this shard's turn."""
        turn = await self._turns.turn(self._world, f"identify:{shard_id % self.at_once}", self._clock, EVERY)
        await asyncio.sleep(max(0.0, (turn - self._clock.now()).total("seconds")))
