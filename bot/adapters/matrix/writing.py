"""The sign that the bot is writing: shown in a direct chat when an answer takes longer than a second, then taken away.

The server lets it go by itself after half a minute, so none stays when the bot dies.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from bot.adapters.matrix.wire import Wire, route
from bot.ports.chat import ChatError

SHOWN_AFTER_SECONDS = 1.0
_SHOWN_FOR_MILLISECONDS = 30_000
_SHOWN_AGAIN_AFTER_SECONDS = 20.0
_LONGEST_WAIT_SECONDS = 5.0


class Writing:
    """Shows the sign for one account; what goes wrong with it is of no account."""

    def __init__(self, *, wire: Wire, user_id: str) -> None:
        self._wire = wire
        self._user_id = user_id
        self._showing: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def shown(self, room_id: str | None) -> AsyncIterator[None]:
        """Show the sign in the room while the block takes longer than a second; None shows it nowhere."""
        if room_id is None:
            yield
            return
        over = asyncio.Event()
        soon = asyncio.get_running_loop().call_later(SHOWN_AFTER_SECONDS, self._begin, room_id, over)
        try:
            yield
        finally:
            soon.cancel()
            over.set()

    async def rest(self) -> None:
        """Wait until every sign was taken away."""
        if self._showing:
            await asyncio.wait(self._showing, timeout=_LONGEST_WAIT_SECONDS)

    def _begin(self, room_id: str, over: asyncio.Event) -> None:
        showing = asyncio.create_task(self._show(room_id, over))
        self._showing.add(showing)
        showing.add_done_callback(self._showing.discard)

    async def _show(self, room_id: str, over: asyncio.Event) -> None:
        """Show it until it is over. Never cancelled half-way: a sign that arrives late would stay."""
        with suppress(ChatError):
            await self._put(room_id, {"typing": True, "timeout": _SHOWN_FOR_MILLISECONDS})
            while not await _happens(over, _SHOWN_AGAIN_AFTER_SECONDS):
                await self._put(room_id, {"typing": True, "timeout": _SHOWN_FOR_MILLISECONDS})
        with suppress(ChatError):
            await self._put(room_id, {"typing": False})

    async def _put(self, room_id: str, sign: dict[str, object]) -> None:
        await self._wire.ask("PUT", route("rooms", room_id, "typing", self._user_id), sign)


async def _happens(event: asyncio.Event, within_seconds: float) -> bool:
    with suppress(TimeoutError):
        async with asyncio.timeout(within_seconds):
            await event.wait()
    return event.is_set()
