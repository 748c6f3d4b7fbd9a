"""How an account stands on its server, asked without changing anything: no keys, no place in the news, no room.

A bot that runs on the same account notices nothing of it.
"""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode

from nio import AsyncClient, AsyncClientConfig
from whenever import Instant, TimeDelta

from bot.adapters.matrix.crosssigning import CrossSigning, Standing
from bot.adapters.matrix.folder import Folder, Session
from bot.adapters.matrix.limits import ROOM_TYPE, Limit, clear_away, measured
from bot.adapters.matrix.seeds import Seeds
from bot.adapters.matrix.session import is_same, keys_on_server
from bot.adapters.matrix.wire import Wire, reaching
from bot.ports.chat import ChatError
from bot.ports.journal import Journal

_PATIENCE_SECONDS = 120
_KEY_KIND = "signed_curve25519"
_SHOWS_THE_PAST = frozenset({"shared", "world_readable"})
_LISTED = {"types": ["m.room.create", "m.room.encryption", "m.room.history_visibility", "m.room.power_levels"]}
_NOTHING = {"not_types": ["*"]}
_FILTER = {
    "room": {
        "state": {**_LISTED, "lazy_load_members": True},
        "timeline": {"limit": 1, **_NOTHING},
        "ephemeral": _NOTHING,
        "account_data": _NOTHING,
    },
    "presence": _NOTHING,
    "account_data": _NOTHING,
}
# From this version on a room's makers have no level; they may do everything (MSC4289).
_MAKERS_RULE = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A room the bot is in. `shows_past` says that who comes later reads what was said before."""

    room_id: str
    encrypted: bool
    shows_past: bool
    may_speak: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rooms:
    """The rooms the bot is in, and the number of those it is invited to."""

    joined: Sequence[Room]
    invited: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Greeting:
    """What the server says of itself; `ahead` is how far its clock is before ours."""

    versions: Sequence[str]
    ahead: TimeDelta


class Looking:
    """Looks as one device. Every method raises `ChatError`."""

    def __init__(self, client: AsyncClient, session: Session, journal: Journal) -> None:
        self._client = client
        self._journal = journal
        self._wire = Wire(client)
        self._session = session

    async def greeting(self, now: Instant) -> Greeting:
        """Ask what needs no token."""
        with reaching():
            async with await self._client.send("GET", "/_matrix/client/versions") as response:
                answer = await response.json(content_type=None)
            there = Instant(parsedate_to_datetime(response.headers["Date"]))
            return Greeting(versions=[str(version) for version in answer["versions"]], ahead=there - now)

    async def is_ours(self) -> bool:
        """Whether the token is good, and for this account and device."""
        me = await self._wire.ask("GET", "/account/whoami")
        return (me.get("user_id"), me.get("device_id")) == (self._session.user_id, self._session.device_id)

    async def has_our_keys(self, folder: Folder) -> bool:
        """Whether this device's keys are on the server and the same as in the folder."""
        ours, theirs = folder.own_keys(self._session), await keys_on_server(self._wire, self._session)
        return ours is not None and theirs is not None and is_same(ours, theirs, self._session.device_id)

    async def standing(self, folder: Folder) -> Standing:
        """Return how the device stands with apps that trust only what its owner signed."""
        seeds = Seeds(folder.path, folder.secret, self._session.user_id)
        own = CrossSigning(client=self._client, wire=self._wire, seeds=seeds, password=None, journal=self._journal)
        return await own.standing()

    async def one_time_keys(self) -> int:
        """Return how many new devices can still reach the bot without the last-resort key."""
        answer = await self._wire.ask("POST", "/keys/upload", {})
        return int(answer.get("one_time_key_counts", {}).get(_KEY_KIND, 0))

    async def rooms(self) -> Rooms:
        """Return the rooms; asked from the beginning of all news, so that no message to the device counts as taken."""
        query = urlencode({"filter": json.dumps(_FILTER), "timeout": "0", "set_presence": "offline"})
        raw = (await self._wire.ask("GET", f"/sync?{query}", wait_seconds=_PATIENCE_SECONDS)).get("rooms", {})
        joined = []
        for room_id, news in raw.get("join", {}).items():
            state = {event["type"]: event for event in news.get("state", {}).get("events", [])}
            if _content(state, "m.room.create").get("type") == ROOM_TYPE:
                await clear_away(self._wire, room_id)
            else:
                joined.append(_room(room_id, state, self._session.user_id))
        return Rooms(joined=joined, invited=len(raw.get("invite", {})))

    async def limit(self) -> Limit:
        """Find out how many messages the server takes; the one thing that is done, in a room of its own."""
        return await measured(self._client, self._wire)


@asynccontextmanager
async def looking(homeserver: str, session: Session, journal: Journal) -> AsyncIterator[Looking]:
    """Look as this device, with no keys loaded."""
    config = AsyncClientConfig(encryption_enabled=False, store=None, max_limit_exceeded=3, max_timeouts=1)
    client = AsyncClient(homeserver, session.user_id, config=config)
    client.user_id, client.device_id = session.user_id, session.device_id
    client.access_token = session.access_token
    try:
        yield Looking(client, session, journal)
    finally:
        await client.close()


def session_in(folder: Folder, user_id: str, device_id: str | None, token: str | None) -> Session:
    """Return the device that the bot comes in as. Raises `ChatError` when it has not done so yet."""
    kept = folder.session(user_id) or Session(user_id=user_id, device_id="")
    session = replace(kept, device_id=device_id or kept.device_id, access_token=token or kept.access_token)
    if not session.device_id or not session.access_token:
        raise ChatError("never-started", permanent=True)
    return session


def _room(room_id: str, state: Mapping[str, Mapping[str, Any]], me: str) -> Room:
    encrypted = "m.room.encryption" in state
    shown = _content(state, "m.room.history_visibility").get("history_visibility", "shared")
    return Room(
        room_id=room_id,
        encrypted=encrypted,
        shows_past=shown in _SHOWS_THE_PAST,
        may_speak=_may_speak(state, me, "m.room.encrypted" if encrypted else "m.room.message"),
    )


def _may_speak(state: Mapping[str, Mapping[str, Any]], me: str, kind: str) -> bool:
    """Whether the bot's level is enough to send (https://spec.matrix.org/latest/client-server-api/#mroompower_levels)."""
    levels, create = _content(state, "m.room.power_levels"), _content(state, "m.room.create")
    makers = {state.get("m.room.create", {}).get("sender"), *create.get("additional_creators", [])}
    version = str(create.get("room_version", "1"))
    if me in makers and version.isdecimal() and int(version) >= _MAKERS_RULE:
        return True
    mine = levels.get("users", {}).get(me, levels.get("users_default", 0))
    return bool(int(mine) >= int(levels.get("events", {}).get(kind, levels.get("events_default", 0))))


def _content(state: Mapping[str, Mapping[str, Any]], kind: str) -> Mapping[str, Any]:
    content = state.get(kind, {}).get("content", {})
    return content if isinstance(content, dict) else {}
