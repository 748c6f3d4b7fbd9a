"""What anybody is to the soak, on whichever platform: somebody with things to ask, at a pace the bot can bear."""

import asyncio
from collections import deque
from collections.abc import Callable
from random import Random
from typing import Protocol

from whenever import Instant, TimeDelta

from tests.soak.book import Ask

# The bot hears thirty things a minute from one person; what waited while it was away comes on top.
MOST_A_MINUTE = 18
_MINUTE = TimeDelta(minutes=1)


class Typist(Protocol):
    """One person. `todo` is what they mean to ask next."""

    todo: deque[Ask]

    @property
    def user_id(self) -> str:
        """Who they are on their platform."""

    async def type(self, ask: Ask, random: Random) -> None:
        """Ask it in one of the ways there are."""

    async def until(self, is_so: Callable[[], bool], patience_seconds: float) -> bool:
        """Wait until it is so; return whether it came to be."""


class Pace:
    """Keeps one person to a pace that the bot can never find too fast."""

    def __init__(self) -> None:
        self._times: deque[Instant] = deque()

    async def keep(self) -> None:
        """Return when one more may be asked."""
        while True:
            now = Instant.now()
            while self._times and self._times[0] <= now - _MINUTE:
                self._times.popleft()
            if len(self._times) < MOST_A_MINUTE:
                break
            await asyncio.sleep(0.5)
        self._times.append(Instant.now())
