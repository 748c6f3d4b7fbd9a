"""Sending: one message at a time in each room, with an id that makes a resend harmless.

A send that has begun is never cancelled: nio would hold that room's lock for ever.
"""

import asyncio
from collections import defaultdict
from contextlib import suppress
from typing import Any, Protocol

from nio import AsyncClient

from bot.adapters.matrix.keys import Keys
from bot.adapters.matrix.marks import Marks
from bot.adapters.matrix.quiet import Quiet
from bot.adapters.matrix.sharing import Sharing
from bot.adapters.matrix.trust import Trust
from bot.adapters.matrix.unbroken import Unbroken
from bot.adapters.matrix.wire import reaching, settled
from bot.ports.chat import ChatError

_LONGEST_WAIT_SECONDS = 5


class Content(Protocol):
    """What can be sent."""

    @property
    def content(self) -> dict[str, Any]:
        """The content of an `m.room.message`."""


class Speaking:
    """Sends messages into rooms. Raises `ChatError`."""

    def __init__(self, *, client: AsyncClient, keys: Keys, marks: Marks, trust: Trust, sharing: Sharing) -> None:
        self._client = client
        self._trust = trust
        self._keys = keys
        self._marks = marks
        self._sharing = sharing
        self._unbroken = Unbroken()
        self._quiet = Quiet()
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._arrived: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self._gone: set[str] = set()

    async def send(self, room_id: str, message: Content, key: str, *, meet: bool = False, to_all: bool = False) -> str:
        """Send it, encrypted where the room is, and return the event's id. `meet` looks up everybody's devices first.

        `to_all` lets devices read it that are not verified, whatever the group asks for.
        """
        return await self._unbroken.run(self._send(room_id, message, key, meet=meet, to_all=to_all))

    async def is_sealed(self, room_id: str) -> bool:
        """Return whether what is sent there goes encrypted; no room that is becomes one that is not."""
        await self._known(room_id)
        return bool(self._client.rooms[room_id].encrypted)

    async def rest(self) -> None:
        """Wait for what was begun."""
        await self._unbroken.rest()

    def arrived(self, room_id: str) -> None:
        """Take note that all is known of a room: who is in it, and whether it is encrypted."""
        self._gone.discard(room_id)
        self._arrived[room_id].set()

    def gone(self, room_id: str) -> None:
        """Let go of a room that was left."""
        self._gone.add(room_id)
        self._arrived.pop(room_id, None)
        self._trust.gone(room_id)
        if not self._locks[room_id].locked():
            del self._locks[room_id]

    async def _send(self, room_id: str, message: Content, key: str, *, meet: bool, to_all: bool) -> str:
        async with self._locks[room_id]:
            await self._known(room_id)
            if meet:
                if not self._client.rooms[room_id].encrypted:
                    raise ChatError("not-encrypted", permanent=False)
                await self._keys.meet(set(self._client.rooms[room_id].users))
            with self._quiet.kept():
                await self._sharing.learn(room_id)
                await self._trust.look(room_id, to_all=to_all)
                await self._sharing.share(room_id)
                return await self._sent(room_id, message, self._marks.of(key))

    async def _known(self, room_id: str) -> None:
        """Wait a little for a room that was just made: before all of it is known, words might go in clear."""
        if room_id in self._gone:
            raise ChatError("room-left", permanent=True)
        with suppress(TimeoutError):
            async with asyncio.timeout(_LONGEST_WAIT_SECONDS):
                await self._arrived[room_id].wait()
        if room_id not in self._client.rooms or not self._arrived[room_id].is_set():
            raise ChatError("room-unknown", permanent=False)

    async def _sent(self, room_id: str, message: Content, transaction: str) -> str:
        try:
            with reaching():
                response = await self._client.room_send(
                    room_id, "m.room.message", message.content, tx_id=transaction, ignore_unverified_devices=True
                )
        finally:
            # Left behind when the keys could not be claimed, and then every later send would wait for it.
            self._client.sharing_session.pop(room_id, None)
        settled(response)
        return str(response.event_id)
