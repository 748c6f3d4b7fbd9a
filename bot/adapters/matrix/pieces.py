"""Long work on keys, done in pieces: one a turn of the loop, so that nobody waits for more than one.

nio does such work in one go, and writes to its file for every device: in a room of 62 devices, 300 ms of silence.
"""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from nio import AsyncClient

T = TypeVar("T")

# Work on one takes about a millisecond; each piece ends with a write to the disk, which takes as long as several.
DEVICES_IN_A_PIECE = 8


class Pieces:
    """Does the pieces of everybody's long work by turns."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client
        self._turn = asyncio.Lock()

    async def do(self, piece: Callable[[], T]) -> T:
        """Do one piece, all that it writes in one transaction, and give the loop back before the next one."""
        async with self._turn:
            done = self._at_once(piece)
            # Still in turn, or the pieces of ten rooms would run one after another before anything else does.
            await asyncio.sleep(0)
        return done

    def _at_once(self, piece: Callable[[], T]) -> T:
        if self._client.store is None:
            return piece()
        with self._client.store.database.atomic():
            return piece()
