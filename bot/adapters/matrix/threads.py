"""Which thread a command was typed in, so that its answer goes there too. In memory: after a restart it may be lost."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MOST_THREADS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """Where something was typed: the room, the first message of the thread, and the message itself."""

    room_id: str
    root: str
    event_id: str

    @property
    def relation(self) -> Mapping[str, Any]:
        """What ties an answer to it (https://spec.matrix.org/latest/client-server-api/#threading).

        Apps that know no threads show it as a reply to the message.
        """
        return {
            "rel_type": "m.thread",
            "event_id": self.root,
            "is_falling_back": True,
            "m.in_reply_to": {"event_id": self.event_id},
        }


class Threads:
    """Remembers, by the key of what was typed, the last few hundred lines typed in threads."""

    def __init__(self) -> None:
        self._threads: OrderedDict[str, Thread] = OrderedDict()

    def note(self, key: str, thread: Thread) -> None:
        """Remember one."""
        self._threads[key] = thread
        if len(self._threads) > MOST_THREADS:
            self._threads.popitem(last=False)

    def of(self, key: str, room_id: str) -> Thread | None:
        """Return the thread for an answer to that key in this room, or None."""
        thread = self._threads.get(key)
        return thread if thread is not None and thread.room_id == room_id else None


def root_in(content: Mapping[str, Any]) -> str | None:
    """Return the first message of the thread that this content was typed in, or None."""
    relation = content.get("m.relates_to")
    if not isinstance(relation, dict) or relation.get("rel_type") != "m.thread":
        return None
    root = relation.get("event_id")
    return root if isinstance(root, str) else None
