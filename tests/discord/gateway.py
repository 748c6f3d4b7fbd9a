"""The gateway of the loopback Discord: what bots connect to, and what they are told there."""

import asyncio
import itertools
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.discord.clock import Clock
from tests.discord.described import frame_faults, missing
from tests.discord.sessions import Frame, Session, shard_of

# https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-opcodes
_HEARTBEAT, _IDENTIFY, _RESUME, _RECONNECT, _INVALID, _HELLO, _ACK = 1, 2, 6, 7, 9, 10, 11
# https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
NOT_AUTHENTICATED, WRONG_TOKEN, TWICE, WRONG_SEQUENCE, WRONG_SHARD = 4003, 4004, 4005, 4007, 4010
FORBIDDEN_INTENTS = 4014
_SAID_GOODBYE = (1000, 1001)
_BEATS_EVERY_MILLISECONDS = 20_000


@dataclass(kw_only=True)
class Gateway:
    """Takes bots in. `intents_allowed` are bits; a new session begins with the `guilds` of its shard.

    Two IDENTIFYs of one bucket must be `identify_every` seconds apart, and `too_early` counts those that were not.
    The next `refuse_resumes` RESUMEs are refused, and the next `turns_away` connections get no further than HTTP.
    While `acknowledges` is false no heartbeat is answered.
    https://discord.com/developers/docs/events/gateway#session-start-limit-object
    """

    token: str
    me: Frame
    clock: Clock = field(default_factory=Clock)
    url: str = ""
    intents_allowed: int = 1
    shards: int = 1
    max_concurrency: int = 1
    identify_every: float = 5
    starts_in_all: int = 1000
    keeps_for: float = 120
    acknowledges: bool = True
    refuse_resumes: int = 0
    turns_away: int = 0
    guilds: Callable[[], Iterable[Frame]] = tuple
    sessions: dict[str, Session] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    identified: list[tuple[int, int]] = field(default_factory=list)
    too_early: int = 0
    resumed: int = 0
    _last: dict[int, float] = field(default_factory=dict)
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Talk with one shard until it goes."""
        if self.turns_away > 0:
            self.turns_away -= 1
            return web.Response(status=503)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": _HELLO, "d": {"heartbeat_interval": _BEATS_EVERY_MILLISECONDS}})
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                break
            frame = json.loads(message.data)
            if not missing():
                self.faults += frame_faults(frame)
            await self._take(socket, frame)
        self._gone(socket)
        return socket

    async def tell(self, name: str, data: Any, guild_id: str | None = None) -> None:  # noqa: ANN401  JSON.
        """Tell every session that it concerns; with no server it is for the first shard."""
        for session in list(self.sessions.values()):
            if session.lost_at is not None and session.lost_at + self.keeps_for < self.clock.now():
                del self.sessions[session.session_id]
            elif session.concerns(name, guild_id):
                await session.tell(name, data)

    async def drop(self, shard: int | None = None) -> None:
        """Cut every connection, or one shard's, as a network does."""
        for session in self._of(shard):
            # No goodbye is said.
            if session.socket is not None and session.socket._req is not None:  # noqa: SLF001  There is no other way.
                transport = session.socket._req.transport  # noqa: SLF001  As above.
                if transport is not None:
                    transport.abort()
                self._lose(session)

    async def close(self, code: int, shard: int | None = None) -> None:
        """Close every connection, or one shard's, with a code."""
        for session in self._of(shard):
            if session.socket is not None:
                socket = session.socket
                self._lose(session)
                await socket.close(code=code)

    async def ask_to_reconnect(self, shard: int | None = None) -> None:
        """Ask every shard, or one, to connect again and resume."""
        for session in self._of(shard):
            if session.socket is not None:
                await session.socket.send_json({"op": _RECONNECT, "d": None})

    async def invalidate(self, shard: int | None = None, *, resumable: bool = False) -> None:
        """Say that a session is not valid any more, or that it must be resumed."""
        for session in self._of(shard):
            if session.socket is not None:
                await session.socket.send_json({"op": _INVALID, "d": resumable})
            if not resumable:
                del self.sessions[session.session_id]

    @property
    def connected(self) -> list[tuple[int, int]]:
        """The shards that are there now, in order."""
        return sorted(session.shard for session in self.sessions.values() if session.socket is not None)

    def start_limit(self) -> Frame:
        """Return how many sessions may still be started, and how many at once."""
        left = max(0, self.starts_in_all - len(self.identified))
        limit = {"total": self.starts_in_all, "remaining": left, "reset_after": 86_400_000}
        return limit | {"max_concurrency": self.max_concurrency}

    def _of(self, shard: int | None) -> list[Session]:
        return [each for each in self.sessions.values() if shard is None or each.shard[0] == shard]

    def _lose(self, session: Session) -> None:
        session.socket, session.lost_at = None, self.clock.now()

    def _gone(self, socket: web.WebSocketResponse) -> None:
        for session in list(self.sessions.values()):
            if session.socket is socket:
                self._lose(session)
                if socket.close_code in _SAID_GOODBYE:
                    del self.sessions[session.session_id]

    async def _take(self, socket: web.WebSocketResponse, frame: Frame) -> None:
        known = [session for session in self.sessions.values() if session.socket is socket]
        if frame["op"] == _HEARTBEAT:
            if self.acknowledges:
                await socket.send_json({"op": _ACK})
        elif frame["op"] in {_IDENTIFY, _RESUME} and known:
            self._lose(known[0])
            await socket.close(code=TWICE, message=b"Already authenticated.")
        elif frame["op"] == _IDENTIFY:
            await self._identify(socket, frame["d"])
        elif frame["op"] == _RESUME:
            await self._resume(socket, frame["d"])
        elif not known:
            await socket.close(code=NOT_AUTHENTICATED, message=b"Not authenticated.")

    async def _identify(self, socket: web.WebSocketResponse, asked: Frame) -> None:
        shard, shards = asked.get("shard", [0, 1])
        refused = self._refusal(asked, shard, shards)
        if refused is not None:
            await socket.close(code=refused[0], message=refused[1])
            return
        if self._comes_too_early(shard):
            self.too_early += 1
            await socket.send_json({"op": _INVALID, "d": False})
            return
        self.identified.append((shard, shards))
        name = f"session{next(self._numbers)}"
        session = Session(session_id=name, intents=asked["intents"], shard=(shard, shards), socket=socket)
        self.sessions[name] = session
        guilds = [guild for guild in self.guilds() if shard_of(guild["id"], shards) == shard]
        ready = {
            "v": 10,
            "user": self.me,
            "session_id": name,
            "resume_gateway_url": self.url,
            "shard": [shard, shards],
            "guilds": [{"id": guild["id"], "unavailable": True} for guild in guilds],
            "application": {"id": self.me["id"], "flags": 0},
        }
        await session.tell("READY", ready)
        for guild in guilds:
            if not guild.get("unavailable") and session.concerns("GUILD_CREATE", guild["id"]):
                await session.tell("GUILD_CREATE", guild)

    def _refusal(self, asked: Frame, shard: int, shards: int) -> tuple[int, bytes] | None:
        if asked["token"] != self.token:
            return WRONG_TOKEN, b"Authentication failed."
        if not 0 <= shard < shards:
            return WRONG_SHARD, b"Invalid shard."
        if asked["intents"] & ~self.intents_allowed:
            return FORBIDDEN_INTENTS, b"Disallowed intent(s)."
        return None

    def _comes_too_early(self, shard: int) -> bool:
        """Whether another of its bucket came too short a while ago; if not, this one is the last that came."""
        bucket, now = shard % self.max_concurrency, self.clock.now()
        if now - self._last.get(bucket, 0) < self.identify_every:
            return True
        self._last[bucket] = now
        return False

    async def _resume(self, socket: web.WebSocketResponse, asked: Frame) -> None:
        session = self.sessions.get(asked["session_id"])
        if asked["token"] != self.token:
            await socket.close(code=WRONG_TOKEN, message=b"Authentication failed.")
        elif session is None or self.refuse_resumes > 0:
            self.refuse_resumes = max(0, self.refuse_resumes - 1)
            self.sessions.pop(asked["session_id"], None)
            await socket.send_json({"op": _INVALID, "d": False})
        elif asked["seq"] > len(session.told):
            await socket.close(code=WRONG_SEQUENCE, message=b"Invalid seq.")
        else:
            self.resumed += 1
            await session.take_up(socket, asked["seq"])
            await session.tell("RESUMED", {})


async def until(found: Callable[[], object], seconds: float = 10) -> None:
    """Wait until it is true."""
    async with asyncio.timeout(seconds):
        while not found():  # noqa: ASYNC110  Two programs, and no event between them.
            await asyncio.sleep(0.01)
