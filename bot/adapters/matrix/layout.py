"""How rooms hang together, as their own state says: what a space lists, what a room was upgraded to, who may say so.

It is learned anew at each start, from the full state of every room, and read with care: anybody can write state in a
room of their own.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

CREATORS_RULE_FROM = 12
_NEEDED = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """The end of a room that goes on in another. `sender` had the power to say so: the server sees to that."""

    replacement: str
    sender: str
    event_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listing:
    sender: str
    at: int


@dataclass(slots=True, kw_only=True)
class _Plan:
    """What one room's state says. `creators` have power without end from room version 12 on, else 100 by default."""

    known: bool = False
    creators: frozenset[str] = frozenset()
    boundless: bool = False
    predecessor: str | None = None
    tombstone: Tombstone | None = None
    parents: set[str] = field(default_factory=set)
    children: dict[str, _Listing] = field(default_factory=dict)
    levels: Mapping[str, Any] | None = None


class Layout:
    """Keeps the plans of all rooms the bot is in."""

    def __init__(self) -> None:
        self._plans: dict[str, _Plan] = {}

    def noticed(self, room_id: str, events: Iterable[Any]) -> bool:
        """Take note of a room's state events; return whether anything of interest here was among them."""
        taken = [self._take(self._plans.setdefault(room_id, _Plan()), event) for event in events if _is_state(event)]
        return any(taken)

    def gone(self, room_id: str) -> None:
        """Let go of a room."""
        self._plans.pop(room_id, None)

    def knows(self, room_id: str) -> bool:
        """Whether the room's state has come, and not only that the bot was let in."""
        return room_id in self._plans and self._plans[room_id].known

    def listing(self, room_id: str) -> list[str]:
        """Return what lists the room as its own, the first to do so first, by the server's own time."""
        found = [(plan.children[room_id].at, space) for space, plan in self._plans.items() if room_id in plan.children]
        return [space for _, space in sorted(found)]

    def lister(self, room_id: str, space: str) -> str:
        """Return who put the room on the space's list."""
        return self._plans[space].children[room_id].sender

    def names_parent(self, room_id: str, space: str) -> bool:
        """Whether the room itself says that it belongs there."""
        return room_id in self._plans and space in self._plans[room_id].parents

    def may_name_parent(self, room_id: str, user_id: str) -> bool:
        """Whether the person has the power to let the room say so."""
        plan = self._plans.get(room_id, _Plan())
        if user_id in plan.creators and (plan.boundless or plan.levels is None):
            return True
        levels = plan.levels or {}
        needed = _number(_map(levels, "events").get("m.space.parent"), _number(levels.get("state_default"), _NEEDED))
        return _number(_map(levels, "users").get(user_id), _number(levels.get("users_default"), 0)) >= needed

    def tombstones(self) -> Iterator[tuple[str, Tombstone]]:
        """Give every room that has ended, with where it goes on."""
        return iter([(room_id, plan.tombstone) for room_id, plan in self._plans.items() if plan.tombstone])

    def has_ended(self, room_id: str) -> bool:
        """Whether the room goes on in another."""
        return room_id in self._plans and self._plans[room_id].tombstone is not None

    def follows(self, new: str, old: str) -> bool:
        """Whether a room was made to take the old one's place: it says so at its beginning."""
        return self.knows(new) and self._plans[new].predecessor == old

    def has_predecessor(self, room_id: str) -> bool:
        """Whether the room was made to take another's place."""
        return room_id in self._plans and self._plans[room_id].predecessor is not None

    def _take(self, plan: _Plan, event: Mapping[str, Any]) -> bool:
        content = _map(event, "content")
        match event["type"]:
            case "m.room.create":
                _begin(plan, str(event.get("sender")), content)
            case "m.room.tombstone":
                plan.tombstone = _tombstone(event, content)
            case "m.room.power_levels":
                # Also for a room whose first event was lost: they come together.
                plan.levels, plan.known = content, True
            case "m.space.child":
                plan.children.pop(event["state_key"], None)
                if _via(content):
                    at = _number(event.get("origin_server_ts"), 0)
                    plan.children[event["state_key"]] = _Listing(sender=str(event.get("sender")), at=at)
            case "m.space.parent":
                (plan.parents.add if _via(content) else plan.parents.discard)(event["state_key"])
            case _:
                return False
        return True


def _begin(plan: _Plan, sender: str, content: Mapping[str, Any]) -> None:
    others = content.get("additional_creators")
    plan.known = True
    plan.creators = frozenset([sender, *(others if isinstance(others, list) else ())])
    version = str(content.get("room_version", "1"))
    plan.boundless = version.isdecimal() and int(version) >= CREATORS_RULE_FROM
    before = _map(content, "predecessor").get("room_id")
    plan.predecessor = before if isinstance(before, str) else None


def _tombstone(event: Mapping[str, Any], content: Mapping[str, Any]) -> Tombstone | None:
    replacement = content.get("replacement_room")
    if not isinstance(replacement, str) or not replacement:
        return None
    return Tombstone(replacement=replacement, sender=str(event.get("sender")), event_id=str(event.get("event_id")))


def _is_state(event: object) -> bool:
    return isinstance(event, dict) and isinstance(event.get("type"), str) and isinstance(event.get("state_key"), str)


def _via(content: Mapping[str, Any]) -> bool:
    """Whether it holds: taken back, it stands there without servers to go by."""
    via = content.get("via")
    return isinstance(via, list) and bool(via)


def _map(outer: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    inner = outer.get(name)
    return inner if isinstance(inner, dict) else {}


def _number(value: object, otherwise: int) -> int:
    return value if isinstance(value, int) else otherwise
