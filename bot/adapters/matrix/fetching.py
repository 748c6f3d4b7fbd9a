"""What is new on the server, fetched whole: a room's news that came shortened is filled back to the last place."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from bot.adapters.matrix.wire import Wire, route
from bot.ports.inbox import Received

MOST_EVENTS = 100
MOST_PAGES = 50
_WAIT_SECONDS = 30
_PATIENCE_SECONDS = 15
_FIRST_PATIENCE_SECONDS = 180

_FILTER = json.dumps(
    {
        "room": {
            "timeline": {"limit": MOST_EVENTS},
            "state": {"lazy_load_members": False},
            "ephemeral": {"not_types": ["*"]},
            "account_data": {"not_types": ["*"]},
        },
        "presence": {"not_types": ["*"]},
        "account_data": {"not_types": ["*"]},
    }
)
_WORDS = frozenset({"m.room.message", "m.room.encrypted", "m.reaction", "m.room.redaction"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomNews:
    """What is new in one room, in order, still as the server wrote it."""

    room_id: str
    state: Sequence[Any]
    timeline: Sequence[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One answer of the server. `matters` says that something in it must not be missed after a restart."""

    raw: Mapping[str, Any]
    rooms: Sequence[RoomNews]
    matters: bool

    @property
    def next_batch(self) -> str:
        """The place to go on from."""
        return str(self.raw["next_batch"])

    @property
    def to_device(self) -> Sequence[Any]:
        """Messages to this device alone."""
        return _events(self.raw, "to_device")

    @property
    def invites(self) -> Mapping[str, list[Any]]:
        """Rooms the bot is invited to, and what is shown of them."""
        return {room_id: _events(room, "invite_state") for room_id, room in _rooms(self.raw, "invite").items()}

    @property
    def left(self) -> Sequence[str]:
        """Rooms the bot is no longer in, of its own will or not."""
        return list(_rooms(self.raw, "leave"))

    @property
    def device_lists(self) -> Mapping[str, Any]:
        """Whose devices changed."""
        return dict(self.raw.get("device_lists") or {})


async def fetched(wire: Wire, me: str, since: str | None, *, first: bool) -> News:
    """Return what is new since that place, the bot's own words left out; None means from the beginning.

    Raises `ChatError`. The first answer after a start holds the full state of every room, for nio keeps none.
    """
    query = {
        "filter": _FILTER,
        "timeout": "0" if first else str(_WAIT_SECONDS * 1000),
        "full_state": str(first).lower(),
    }
    patience = _FIRST_PATIENCE_SECONDS if first else _WAIT_SECONDS + _PATIENCE_SECONDS
    if since is not None:
        query["since"] = since
    raw = await wire.ask("GET", f"/sync?{urlencode(query)}", wait_seconds=patience)
    rooms = [await _filled(wire, me, since, room_id, room) for room_id, room in _rooms(raw, "join").items()]
    return News(raw=raw, rooms=rooms, matters=_matters(raw, rooms, me))


async def event_in(wire: Wire, received: Received) -> dict[str, Any]:
    """Return one event as the server has it. Raises `ChatError`, permanent when the bot may not see it any more."""
    return await wire.ask("GET", route("rooms", received.room, "event", received.event))


async def _filled(wire: Wire, me: str, since: str | None, room_id: str, room: Mapping[str, Any]) -> RoomNews:
    timeline = room.get("timeline", {})
    events = since_entering(timeline.get("events", []), me)
    entered = any(is_entering(event, me) for event in events)
    if since is not None and timeline.get("limited") and not entered:
        events = [*await _missed(wire, me, since, room_id, timeline["prev_batch"]), *events]
    events = [event for event in events if event.get("sender") != me or "state_key" in event]
    return RoomNews(room_id=room_id, state=_events(room, "state"), timeline=events)


async def _missed(wire: Wire, me: str, since: str, room_id: str, start: str) -> list[Any]:
    """Return what was written between `since` and `start`; the net effect of other events is in the state."""
    missed: list[Any] = []
    for _ in range(MOST_PAGES):
        query = {"dir": "b", "from": start, "to": since, "limit": str(MOST_EVENTS)}
        page = await wire.ask("GET", f"{route('rooms', room_id, 'messages')}?{urlencode(query)}")
        missed = [*reversed(page.get("chunk", [])), *missed]
        start = page.get("end", "")
        if not start or not page.get("chunk") or any(is_entering(event, me) for event in missed):
            break
    return [event for event in since_entering(missed, me) if event.get("type") in _WORDS]


def since_entering(events: Sequence[Any], me: str) -> list[Any]:
    """Return what happened, without what was said before the bot came in: that is not for it.

    What made the room what it is stays: that it is encrypted, above all.
    """
    entered = max((index for index, event in enumerate(events) if is_entering(event, me)), default=0)
    return [event for index, event in enumerate(events) if index >= entered or "state_key" in event]


def is_entering(event: Mapping[str, Any], me: str) -> bool:
    """Whether with this event the bot came in; a change of its name is written almost the same."""
    if event.get("type") != "m.room.member" or event.get("state_key") != me:
        return False
    before = event.get("unsigned", {}).get("prev_content", {}).get("membership")
    return bool(event.get("content", {}).get("membership") == "join" and before != "join")


def _matters(raw: Mapping[str, Any], rooms: Sequence[RoomNews], me: str) -> bool:
    """Whether anything but the bot's own echo is in it."""
    others = any(event.get("sender") != me for room in rooms for event in room.timeline)
    return others or any((_events(raw, "to_device"), _rooms(raw, "invite"), _rooms(raw, "leave")))


def _rooms(raw: Mapping[str, Any], membership: str) -> dict[str, Any]:
    return dict(raw.get("rooms", {}).get(membership, {}))


def _events(part: Mapping[str, Any], name: str) -> list[Any]:
    return list(part.get(name, {}).get("events", []))
