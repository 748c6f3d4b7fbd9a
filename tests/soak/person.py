"""A person of the soak: types with an id that makes trying again harmless, and listens all the time."""

import asyncio
import contextlib
import secrets
from collections import deque
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from random import Random
from typing import Any, Self

from aiohttp import ClientError
from nio import (
    AsyncClient,
    AsyncClientConfig,
    Event,
    LoginError,
    MatrixRoom,
    MegolmEvent,
    RoomMessageText,
    RoomSendError,
)
from nio.store import SqliteMemoryStore

from tests.soak.book import Ask, Book
from tests.soak.typing import Pace
from tests.synapse.homeserver import Homeserver, Person
from tests.synapse.peer import Peer

_LISTENS_SECONDS = 8
_BREATH_SECONDS = 0.15
AWAY = (ClientError, TimeoutError, TypeError, OSError)


class Gate:
    """Lets people write while the server is up; closing it waits for those who are writing.

    Their clients would take a key for sent that a dying server never got, and the soak is not about them.
    """

    def __init__(self) -> None:
        self._inside = 0
        self._open = asyncio.Event()
        self._empty = asyncio.Event()
        self._open.set()
        self._empty.set()

    @contextlib.asynccontextmanager
    async def through(self) -> AsyncIterator[None]:
        """Wait until it is open, and hold it so."""
        while not self._open.is_set():
            await self._open.wait()
        self._inside += 1
        self._empty.clear()
        try:
            yield
        finally:
            self._inside -= 1
            if not self._inside:
                self._empty.set()

    @contextlib.asynccontextmanager
    async def closed(self) -> AsyncIterator[None]:
        """Hold it closed."""
        self._open.clear()
        await self._empty.wait()
        try:
            yield
        finally:
            self._open.set()


class Soaker(Peer):
    """One person on one device, keys in memory alone. `room` is the group's, `chat` one they made with the bot."""

    room = ""
    chat: str | None = None
    book: Book
    gate: Gate
    bot = ""
    not_before_ms = 0

    def __init__(self, client: AsyncClient, person: Person) -> None:
        super().__init__(client, person)
        self._pace = Pace()
        self._listening: asyncio.Task[None] | None = None
        self._stirred = asyncio.Condition()
        self.todo: deque[Ask] = deque()
        client.add_event_callback(self._on_unread, MegolmEvent)  # type: ignore[arg-type]  # As in `Peer`.

    @classmethod
    async def arrive(
        cls, homeserver: Homeserver, person: Person, folder: Path, book: Book, gate: Gate, bot: str
    ) -> Self:
        """Log in on a new device."""
        config = AsyncClientConfig(store=SqliteMemoryStore, encryption_enabled=True, request_timeout=30)
        client = AsyncClient(homeserver.url, person.user_id, secrets.token_hex(5).upper(), str(folder), config)
        answer = await client.login(person.password)
        if isinstance(answer, LoginError):
            raise TypeError(answer)
        soaker = cls(client, person)
        soaker.book, soaker.gate, soaker.bot = book, gate, bot
        await soaker.sync()
        return soaker

    def listen(self) -> None:
        """Begin to listen."""
        self._listening = asyncio.create_task(self._listen())

    async def until(self, is_so: Callable[[], bool], patience_seconds: float) -> bool:
        """Wait until it is so, while somebody listens; return whether it came to be."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience_seconds):
                async with self._stirred:
                    await self._stirred.wait_for(is_so)
        return is_so()

    async def type(self, ask: Ask, random: Random) -> None:
        """Type it in the group's room or in the direct chat."""
        await self._pace.keep()
        asked = self.book.type(self.user_id, ask)
        in_chat = self.chat is not None and random.random() < 0.5
        room, text = (self.chat or "", ask.text) if in_chat else (self.room, f"!{ask.text}")
        async with self.gate.through():
            event = await self._say(room, text)
        asked.typed.append((event, self.book.now()))

    async def go(self) -> None:
        if self._listening is not None:
            self._listening.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._listening
        await super().go()

    def device_of(self, user_id: str) -> Any:  # noqa: ANN401  nio's own.
        """Return the one device of someone, or None while it is not known."""
        return (
            next(iter(self.client.device_store[user_id].values()), None)
            if user_id in self.client.device_store.users
            else None
        )

    async def _say(self, room_id: str, text: str) -> str:
        transaction, content = secrets.token_hex(8), {"msgtype": "m.text", "body": text}
        while True:
            with contextlib.suppress(ClientError, TimeoutError):
                answer = await self.client.room_send(
                    room_id, "m.room.message", content, tx_id=transaction, ignore_unverified_devices=True
                )
                if not isinstance(answer, RoomSendError):
                    return str(answer.event_id)
            await asyncio.sleep(0.5)

    async def _listen(self) -> None:
        while True:
            try:
                await self.sync(_LISTENS_SECONDS)
            except AWAY:
                await asyncio.sleep(0.5)
            async with self._stirred:
                self._stirred.notify_all()
            await asyncio.sleep(_BREATH_SECONDS)

    async def _accept(self) -> None:
        """Accept each invitation, again if the server was away."""
        waiting, self.invites = self.invites, []
        for room_id in dict.fromkeys(waiting):
            try:
                failed = not hasattr(await self.client.join(room_id), "room_id")
            except AWAY:
                failed = True
            if failed:
                self.invites.append(room_id)

    async def _on_text(self, room: MatrixRoom, event: RoomMessageText) -> None:
        if self._is_for(room, event):
            self.book.heard(self.user_id, event.event_id, event.body)

    async def _on_unread(self, room: MatrixRoom, event: MegolmEvent) -> None:
        if self._is_for(room, event):
            self.book.could_not_read(self.user_id, event.event_id, self._kind(room))

    def _kind(self, room: MatrixRoom) -> str:
        kinds = {self.room: "the group's room", self.chat: "a chat that they made"}
        return kinds.get(room.room_id, "a chat that the bot made")

    def _is_for(self, room: MatrixRoom, event: Event) -> bool:
        """Whether the bot said it, and not into the group's room before it could know that this person came in."""
        return event.sender == self.bot and (room.room_id != self.room or event.server_timestamp >= self.not_before_ms)
