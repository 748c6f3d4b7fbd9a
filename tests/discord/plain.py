"""The least that can ask anything of Discord: no library, and so nothing that makes up for what Discord does."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

from tests.discord.gateway import until
from tests.discord.loopback import Loopback
from tests.discord.permissions import Json
from tests.discord.pointing import VERSION

_AGENT = "DiscordBot (https://example.org, 1)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What was answered. `body` is None where nothing was said, and text where it is no JSON."""

    status: int
    body: Any
    headers: Mapping[str, str]

    @property
    def refusal(self) -> tuple[int, int]:
        """The status and the code of a refusal."""
        return self.status, self.body["code"]


@dataclass(kw_only=True)
class Listener:
    """One shard at the gateway, and the frames that it was sent."""

    socket: ClientWebSocketResponse
    frames: list[Json] = field(default_factory=list)

    async def listen(self) -> None:
        """Take what is sent until the end."""
        async for message in self.socket:
            if message.type is WSMsgType.TEXT:
                self.frames.append(json.loads(message.data))

    async def send(self, op: int, data: Any) -> None:  # noqa: ANN401  JSON.
        """Send a frame."""
        await self.socket.send_json({"op": op, "d": data})

    async def next(self, name: str) -> Json:
        """Wait for an event of that name, and return what it says."""
        await until(lambda: name in self.names)
        return next(frame["d"] for frame in self.frames if frame.get("t") == name)

    async def op(self, op: int) -> Json:
        """Wait for a frame with that opcode."""
        await until(lambda: any(frame["op"] == op for frame in self.frames))
        return next(frame for frame in self.frames if frame["op"] == op)

    @property
    def names(self) -> list[str]:
        """The names of the events so far."""
        return [frame["t"] for frame in self.frames if frame.get("t")]


class Plain:
    """Asks the loopback Discord, as its bot unless told otherwise."""

    def __init__(self, loopback: Loopback, session: ClientSession) -> None:
        self._loopback = loopback
        self._session = session

    async def ask(self, route: str, body: Any = None, *, token: str | None = None) -> Reply:  # noqa: ANN401  JSON.
        """Ask for such as `GET /users/@me`. An empty token is none."""
        sent = None if body is None else json.dumps(body).encode()
        return await self.send(route, sent, None if body is None else "application/json", token=token)

    async def send(
        self,
        route: str,
        sent: Any,  # noqa: ANN401  Whatever aiohttp can send.
        kind: str | None,
        *,
        token: str | None = None,
    ) -> Reply:
        """Ask with a body as it stands."""
        method, path = route.split(" ", 1)
        says = self._loopback.token if token is None else token
        headers = {"User-Agent": _AGENT} | ({"Authorization": f"Bot {says}"} if says else {})
        headers |= {"Content-Type": kind} if kind else {}
        url = self._loopback.url + VERSION + path
        async with self._session.request(method, url, data=sent, headers=headers) as response:
            text = await response.text()
            is_json = response.content_type == "application/json"
            read = json.loads(text) if text and is_json else text or None
            return Reply(status=response.status, body=read, headers=response.headers)

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[Listener]:
        """Connect to the gateway, and say nothing yet."""
        async with self._session.ws_connect(self._loopback.gateway.url) as socket:
            listener = Listener(socket=socket)
            task = asyncio.create_task(listener.listen())
            try:
                yield listener
            finally:
                task.cancel()

    @asynccontextmanager
    async def shard(
        self, shard: tuple[int, int] = (0, 1), *, intents: int = 1, token: str | None = None
    ) -> AsyncIterator[Listener]:
        """Connect to the gateway as one shard."""
        async with self.listening() as listener:
            await listener.send(2, identity(token or self._loopback.token, shard, intents))
            yield listener


def identity(token: str, shard: tuple[int, int] = (0, 1), intents: int = 1) -> Json:
    """Return what a shard says of itself."""
    properties = {"os": "linux", "browser": "plain", "device": "plain"}
    return {"token": token, "intents": intents, "shard": list(shard), "properties": properties}
