"""Work that goes on to its end, also when whoever asked for it goes away."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

_LONGEST_WAIT_SECONDS = 20


class Unbroken:
    """Runs such work, and can wait for it."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()

    async def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Do the work and return what it gives."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._over)
        return await asyncio.shield(task)

    async def rest(self) -> None:
        """Wait until all work is done, or for as long as a patient person would."""
        if self._running:
            await asyncio.wait(self._running, timeout=_LONGEST_WAIT_SECONDS)

    def _over(self, task: "asyncio.Task[Any]") -> None:
        self._running.discard(task)
        if not task.cancelled():
            task.exception()  # Seen here, for when nobody waits any more.
