"""Taking away what the bot said: the event is redacted, which leaves nothing of it to be read or answered.

Nothing can be put in its place there: an edit leaves what stood before on the server, for apps to show. A redaction
names an event and says nothing, so it goes in clear, also in an encrypted room.
https://spec.matrix.org/latest/client-server-api/#redactions
"""

from collections.abc import Iterable, Sequence

from bot.adapters.matrix.marks import Marks
from bot.adapters.matrix.wire import FORBIDDEN, NOT_FOUND, Wire, route
from bot.ports.chat import ChatError

_TAKEN_AWAY = "redacted_because"


class Unsaying:
    """Takes away events of the bot's own. Raises `ChatError`."""

    def __init__(self, *, wire: Wire, marks: Marks) -> None:
        self._wire = wire
        self._marks = marks

    async def unsay(self, rooms: Iterable[str], events: Sequence[str], key: str) -> None:
        """Take away those of the events that still stand in one of the rooms."""
        for room_id in rooms:
            for number, event_id in enumerate(events):
                if await self._stands(room_id, event_id):
                    path = route("rooms", room_id, "redact", event_id, self._marks.of(f"{key}:{number}"))
                    await self._wire.ask("PUT", path, {})

    async def _stands(self, room_id: str, event_id: str) -> bool:
        """Whether it stands there: a server may take a redaction of what is in another room, and then nothing goes."""
        try:
            event = await self._wire.ask("GET", route("rooms", room_id, "event", event_id))
        except ChatError as error:
            if error.kind not in {FORBIDDEN, NOT_FOUND}:
                raise
            return False
        return _TAKEN_AWAY not in event.get("unsigned", {})
