"""Events that were made to break whoever reads them, and how they get into what the server says is new."""

import itertools
from collections.abc import Callable, Iterator
from typing import Any

from tests.synapse.between import Reply, Request
from tests.synapse.deeds import bad_events, bad_messages

Event = dict[str, Any]
DEEP = 400
HUGE = 60_000

_numbers = itertools.count(1)


def nested(depth: int) -> Event:
    """Return a content that holds itself so often."""
    content: Event = {}
    for _ in range(depth):
        content = {"a": content}
    return content


def event(kind: str, content: Event, sender: str, **more: object) -> Event:
    """Return an event as a server hands it on."""
    id_ = f"$poison{next(_numbers)}"
    return {"type": kind, "content": content, "sender": sender, "event_id": id_, "origin_server_ts": 1, **more}


def spoiled(sender: str) -> Iterator[Event]:
    """Return what somebody may have put into a room: each is of another kind."""
    for kind, content in bad_events():
        yield event(kind, content, sender)
    text = {"msgtype": "m.text", "body": "!x"}
    yield event("m.room.message", {**text, "deep": nested(DEEP), "m.relates_to": nested(DEEP)}, sender)
    yield event("m.room.message", {"msgtype": ["m.text"], "body": {"!x": 1}, "format": 3}, sender)
    yield event("m.room.message", {"msgtype": "m.text", "body": "huge " * (HUGE // 5)}, sender)
    for content in ({}, {"membership": 5}, {"membership": "join", "displayname": {"a": 1}, "avatar_url": []}):
        yield event("m.room.member", content, sender, state_key=sender)
    yield event("m.room.member", {"membership": "join"}, sender, state_key="")
    yield event("m.room.canonical_alias", {"alias": 5, "alt_aliases": "x"}, sender, state_key="")
    yield event("m.room.power_levels", {"users": "everybody", "events": 3}, sender, state_key="")
    for relation in ("x", {"rel_type": "m.annotation"}, {"rel_type": "m.annotation", "event_id": 3, "key": {}}):
        yield event("m.reaction", {"m.relates_to": relation}, sender)
    yield event("m.room.redaction", {"redacts": 5}, sender)
    yield event("m.room.redaction", {}, sender, redacts=["$x"])
    yield event("m.room.tombstone", {"replacement_room": 3}, sender, state_key="")


def poisoning(room_id: str, sender: str, key: str) -> Callable[[Request, Reply], Any]:
    """Put all of it before and after what is new in one room, and malformed messages to the device beside it.

    What is kept about direct chats is spoiled too.
    """

    async def poison(request: Request, reply: Reply) -> None:
        if request.method == "GET" and request.path.endswith("/account_data/m.direct"):
            kept = {person: [5, None, {}, *rooms] for person, rooms in reply.content.items()}
            reply.content = {**kept, "@a:hs.test": "x", "@b:hs.test": None, "@c:hs.test": {"x": []}}
        room = reply.content.get("rooms", {}).get("join", {}).get(room_id)
        if not request.path.startswith("/sync") or room is None:
            return
        timeline = room.setdefault("timeline", {})
        timeline["events"] = [*spoiled(sender), *timeline.get("events", []), *spoiled(sender)]
        messages = [{"type": "m.room.encrypted", "sender": sender, "content": content} for content in bad_messages(key)]
        messages += [{"type": "m.room_key", "sender": sender, "content": nested(DEEP)}, {"type": "m.room.encrypted"}]
        to_device = reply.content.setdefault("to_device", {})
        to_device["events"] = [*messages, *to_device.get("events", [])]

    return poison


def crowding(room_id: str, people: int) -> Callable[[Request, Reply], Any]:
    """Put so many more people into a room whenever all of its state is told."""

    async def crowd(request: Request, reply: Reply) -> None:
        room = reply.content.get("rooms", {}).get("join", {}).get(room_id) if request.path.startswith("/sync") else None
        if room is None or not any(_is_create(event) for event in _all(room)):
            return
        names = (f"@person{number}:hs.test" for number in range(people))
        crowd = [
            event("m.room.member", {"membership": "join", "displayname": name[1:-8]}, name, state_key=name)
            for name in names
        ]
        state = room.setdefault("state", {})
        state["events"] = [*state.get("events", []), *crowd]

    return crowd


def creating(change: Callable[[Event], Event | None]) -> Callable[[Request, Reply], Any]:
    """Change the first event of every room, or leave it out."""

    async def create(request: Request, reply: Reply) -> None:
        if not request.path.startswith("/sync"):
            return
        for rooms in reply.content.get("rooms", {}).values():
            for part in (part for room in rooms.values() for part in room.values() if isinstance(part, dict)):
                if "events" in part:
                    changed = (change(event) if _is_create(event) else event for event in part["events"])
                    part["events"] = [event for event in changed if event is not None]

    return create


def unheard_of(event: Event) -> Event:
    """Return a room's first event as a version would have it that nobody here knows."""
    return {**event, "content": {**event["content"], "room_version": "org.example.unknown"}}


def _all(room: Event) -> list[Event]:
    return [event for part in ("state", "timeline") for event in room.get(part, {}).get("events", [])]


def _is_create(event: Event) -> bool:
    return event.get("type") == "m.room.create"
