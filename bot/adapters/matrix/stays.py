"""Since when people are in a group's rooms, as the rooms themselves say it; held in memory, and kept nowhere.

The state of a room names only somebody's last change there, which may be a new name or picture. So it is followed back
to their coming in, as far as the bot may see. A time in an event is what the server of whoever sent it wrote there.
"""

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from nio import AsyncClient
from whenever import Instant

from bot.adapters.matrix.company import Company, has_joined
from bot.adapters.matrix.layout import Layout
from bot.adapters.matrix.wire import Wire, route
from bot.domain.firststep import Stay
from bot.domain.ids import GroupId, PersonId
from bot.ports.chat import ChatError

MOST_KNOWN = 2000
# So many changes of somebody's name or picture are gone past to find when they came.
MOST_CHANGES = 20
# Moments beyond the year 9999, in milliseconds, are none.
_END_OF_TIME = 253_402_300_800_000
_JOIN = "join"
_GONE = Stay(here=False)


class Stays:
    """Asks the server about one person at a time."""

    def __init__(self, *, client: AsyncClient, wire: Wire, company: Company, layout: Layout) -> None:
        self._client = client
        self._wire = wire
        self._company = company
        self._layout = layout
        self._known: OrderedDict[tuple[str, str], Stay] = OrderedDict()

    async def stay(self, person: PersonId, group: GroupId) -> Stay:
        """Return whether the person is in any room of the group, and since when in the first of them.

        In a room that took another's place they may have been before: that is not followed, and said to be unsure.
        Raises `ChatError`.
        """
        user_id = person.native
        rooms = [room_id for room_id in self._company.rooms_of(group) if self._is_in(room_id, user_id)]
        if not rooms or user_id == self._client.user_id:
            return _GONE
        found = [await self._in_room(room_id, user_id) for room_id in rooms]
        since = min((stay.since for stay in found if stay.since is not None), default=None)
        return Stay(here=True, since=since, exact=all(stay.exact for stay in found))

    def forget(self, room_id: str, user_id: str) -> None:
        """Let go of what is known of somebody who left a room."""
        self._known.pop((room_id, user_id), None)

    def _is_in(self, room_id: str, user_id: str) -> bool:
        return has_joined(self._client.rooms.get(room_id), user_id)

    async def _in_room(self, room_id: str, user_id: str) -> Stay:
        known = self._known.get((room_id, user_id))
        if known is None:
            known = await self._looked_up(room_id, user_id)
            if known.since is None:
                return known
            self._known[room_id, user_id] = known
            if len(self._known) > MOST_KNOWN:
                self._known.popitem(last=False)
        return known

    async def _looked_up(self, room_id: str, user_id: str) -> Stay:
        path = f"{route('rooms', room_id, 'state', 'm.room.member', user_id)}?format=event"
        event, since = await self._wire.ask("GET", path), None
        for _ in range(MOST_CHANGES):
            if _membership(event) != _JOIN or event.get("state_key") != user_id:
                return Stay(here=True, since=since, exact=since is not None and self._is_first(room_id))
            since = _at(event) or since
            before = _before(event)
            if before is None:
                return Stay(here=True, since=since, exact=since is not None and self._is_first(room_id))
            try:
                event = await self._wire.ask("GET", route("rooms", room_id, "event", before))
            except ChatError as error:
                if not error.permanent:
                    raise
                break
        return Stay(here=True, since=since)

    def _is_first(self, room_id: str) -> bool:
        return not self._layout.has_predecessor(room_id)


def _membership(event: Mapping[str, Any]) -> object:
    content = event.get("content")
    return content.get("membership") if isinstance(content, dict) else None


def _at(event: Mapping[str, Any]) -> Instant | None:
    at = event.get("origin_server_ts")
    return Instant.from_timestamp(at, unit="millisecond") if isinstance(at, int) and 0 < at < _END_OF_TIME else None


def _before(event: Mapping[str, Any]) -> str | None:
    """Return the event that this one took the place of, unless the person was not in the room by it.

    https://spec.matrix.org/latest/client-server-api/#definition-clientevent_unsigneddata
    """
    unsigned = event.get("unsigned")
    about = unsigned if isinstance(unsigned, dict) else {}
    content, before = about.get("prev_content"), about.get("replaces_state")
    was_elsewhere = isinstance(content, dict) and content.get("membership") != _JOIN
    return None if was_elsewhere or not isinstance(before, str) else before
