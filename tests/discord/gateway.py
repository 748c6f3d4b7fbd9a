"""The gateway of the loopback Discord: what bots connect to, and what they are told there."""

import asyncio
import itertools
import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.discord.described import frame_faults

# https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-opcodes
_DISPATCH, _HEARTBEAT, _IDENTIFY, _RESUME, _INVALID, _HELLO, _ACK = 0, 1, 2, 6, 9, 10, 11
_WRONG_TOKEN, _FORBIDDEN_INTENTS = 4004, 4014
_BEATS_EVERY_MILLISECONDS = 20_000
Frame = dict[str, Any]


@dataclass(kw_only=True)
class Session:
    """What one shard was told, so that it can be told again when it resumes."""

    session_id: str
    intents: int
    told: list[Frame] = field(default_factory=list)
    socket: web.WebSocketResponse | None = None

    async def tell(self, name: str, data: Any) -> None:  # noqa: ANN401  JSON.
        """Dispatch an event; one that cannot be told now is told when the shard is back."""
        frame = {"op": _DISPATCH, "t": name, "s": len(self.told) + 1, "d": data}
        self.told.append(frame)
        if self.socket is not None and not self.socket.closed:
            await self.socket.send_json(frame)


@dataclass(kw_only=True)
class Gateway:
    """Takes bots in. `intents_allowed` are bits; a new session begins with the `guilds`."""

    token: str
    me: Frame
    url: str = ""
    intents_allowed: int = 1
    guilds: list[Frame] = field(default_factory=list)
    sessions: dict[str, Session] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    resumed: int = 0
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Talk with one shard until it goes."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": _HELLO, "d": {"heartbeat_interval": _BEATS_EVERY_MILLISECONDS}})
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                break
            frame = json.loads(message.data)
            self.faults += frame_faults(frame)
            await self._take(socket, frame)
        return socket

    async def tell(self, name: str, data: Any) -> None:  # noqa: ANN401  JSON.
        """Tell every session."""
        for session in list(self.sessions.values()):
            await session.tell(name, data)

    async def drop(self) -> None:
        """Cut every connection, as a network does."""
        for session in self.sessions.values():
            if session.socket is not None and session.socket._req is not None:  # noqa: SLF001  No goodbye is said.
                transport = session.socket._req.transport  # noqa: SLF001  As above.
                if transport is not None:
                    transport.abort()
                session.socket = None

    async def _take(self, socket: web.WebSocketResponse, frame: Frame) -> None:
        if frame["op"] == _HEARTBEAT:
            await socket.send_json({"op": _ACK})
        elif frame["op"] == _IDENTIFY:
            await self._identify(socket, frame["d"])
        elif frame["op"] == _RESUME:
            await self._resume(socket, frame["d"])

    async def _identify(self, socket: web.WebSocketResponse, asked: Frame) -> None:
        if asked["token"] != self.token:
            await socket.close(code=_WRONG_TOKEN, message=b"Authentication failed.")
            return
        if asked["intents"] & ~self.intents_allowed:
            await socket.close(code=_FORBIDDEN_INTENTS, message=b"Disallowed intent(s).")
            return
        name = f"session{next(self._numbers)}"
        session = self.sessions[name] = Session(session_id=name, intents=asked["intents"], socket=socket)
        ready = {
            "v": 10,
            "user": self.me,
            "session_id": name,
            "resume_gateway_url": self.url,
            "shard": asked.get("shard", [0, 1]),
            "guilds": [{"id": guild["id"], "unavailable": True} for guild in self.guilds],
            "application": {"id": self.me["id"], "flags": 0},
        }
        await session.tell("READY", ready)
        for guild in self.guilds:
            await session.tell("GUILD_CREATE", guild)

    async def _resume(self, socket: web.WebSocketResponse, asked: Frame) -> None:
        session = self.sessions.get(asked["session_id"])
        if session is None:
            await socket.send_json({"op": _INVALID, "d": False})
            return
        self.resumed += 1
        session.socket = socket
        for frame in session.told[asked["seq"] :]:
            await socket.send_json(frame)
        await session.tell("RESUMED", {})


async def until(found: Any, seconds: float = 10) -> None:  # noqa: ANN401  Anything to call.
    """Wait until it is true."""
    async with asyncio.timeout(seconds):
        while not found():  # noqa: ASYNC110  Two programs, and no event between them.
            await asyncio.sleep(0.01)
