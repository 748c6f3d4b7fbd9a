"""Meeting rooms: encrypted, invite-only, with a neutral name; the bot leaves them once the people are there.

A room is found again by an address made from the core's key. It stands in the server's directory alone, never in
the room itself, and is taken away last of all: what a crash cut short can be gone on with.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from nio import AsyncClient

from bot.adapters.matrix.company import has_joined
from bot.adapters.matrix.departing import Departing, members
from bot.adapters.matrix.directs import ENCRYPTED, NO_GUESTS, Directs
from bot.adapters.matrix.marks import Marks
from bot.adapters.matrix.ratchets import Ratchets
from bot.adapters.matrix.wire import FORBIDDEN, ROOM_IN_USE, Wire, route
from bot.domain.ids import PersonId, PlaceId
from bot.ports.chat import Attendance, ChatError

_ADDRESS = "alongside-"
_JOINED_HISTORY = {
    "type": "m.room.history_visibility",
    "state_key": "",
    "content": {"history_visibility": "joined"},
}
# Given empty, the server does not write the room's address into the room.
_NO_ADDRESS: dict[str, Any] = {"type": "m.room.canonical_alias", "state_key": "", "content": {}}
# Until the bot leaves, only it may let somebody in.
_INVITING = {"invite": 100}
# A room that was left is remembered while a sync answer from before may still be on its way.
_MOST_LEFT = 200


class Meetings:
    """Opens, watches and leaves meeting rooms. Raises `ChatError`."""

    def __init__(  # noqa: PLR0913  The world hands in everything by name.
        self,
        *,
        client: AsyncClient,
        wire: Wire,
        ratchets: Ratchets,
        world: str,
        marks: Marks,
        room_name: str,
        directs: Directs,
    ) -> None:
        self._client = client
        self._wire = wire
        self._world = world
        self._marks = marks
        self._room_name = room_name
        self._directs = directs
        self._departing = Departing(client=client, wire=wire, ratchets=ratchets)
        self._opened: dict[str, str] = {}
        self._opening: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._left: dict[str, None] = {}

    def is_meeting(self, room_id: str) -> bool:
        """Whether the bot made the room for people to meet: it makes no others, but for direct chats."""
        made = self._directs.is_own(room_id) and not self._directs.keeps(room_id)
        return made or room_id in self._opened.values()

    def is_set_apart(self, room_id: str) -> bool:
        """Whether it is no group's room: a direct chat, or one for people to meet."""
        return self._directs.is_direct(room_id) or self.is_meeting(room_id)

    def is_over(self, room_id: str) -> bool:
        """Whether the bot left this meeting not long ago, so that late news of it are no news."""
        return room_id in self._left

    async def open(self, people: Sequence[PersonId], key: str) -> PlaceId:
        """Make the room and invite these people; the same key gives the same room."""
        address = self._address(key)
        async with self._opening[address]:
            if address not in self._opened:
                self._opened[address] = await self._made(address, people)
        return PlaceId.of(self._world, self._opened[address])

    async def find(self, key: str) -> PlaceId | None:
        """Return the room made for the key, if there is one."""
        room_id = await self._found(self._address(key))
        return None if room_id is None else PlaceId.of(self._world, room_id)

    async def attendance(self, place: PlaceId) -> Attendance:
        """Return who came and who will not.

        Someone is here when nio has heard of it too, for until then what is said is not encrypted for them.
        """
        found = await members(self._wire, place.native, self._client.user_id)
        if found is None:
            raise ChatError("room-left", permanent=True)
        room = self._client.rooms.get(place.native)
        here = (person for person, membership in found.items() if membership == "join" and has_joined(room, person))
        gone = (person for person, membership in found.items() if membership in {"leave", "ban"})
        return Attendance(here=self._ids(here), gone=self._ids(gone))

    async def leave(self, key: str, *, closing: bool) -> str | None:
        """Leave for good: the room is the people's own from then on, or is closed to all of them. Return which it was.

        All of it may be done again, and is when it was broken off.
        """
        address = self._address(key)
        room_id = await self._found(address)
        if room_id is not None:
            self._left = dict.fromkeys([*self._left, room_id][-_MOST_LEFT:])
            await self._departing.depart(room_id, closing=closing)
            self._directs.disown(room_id)
            await self._wire.found("DELETE", self._entry(address))
        self._opened.pop(address, None)
        self._opening.pop(address, None)
        return room_id

    async def _made(self, address: str, people: Sequence[PersonId]) -> str:
        wanted = {
            "preset": "private_chat",
            "room_alias_name": address,
            "name": self._room_name,
            "invite": [person.native for person in people],
            "initial_state": [ENCRYPTED, NO_GUESTS, _JOINED_HISTORY, _NO_ADDRESS],
            "power_level_content_override": _INVITING,
        }
        try:
            return str((await self._wire.ask("POST", "/createRoom", wanted))["room_id"])
        except ChatError as error:
            if error.kind != ROOM_IN_USE:
                raise
        return await self._found_whole(address, people)

    async def _found_whole(self, address: str, people: Sequence[PersonId]) -> str:
        """Return the room that is there already, with whatever a server in trouble left undone in it."""
        room_id = await self._found(address)
        if room_id is None:
            raise ChatError("room-unfinished", permanent=False)
        try:
            await self._make_whole(room_id, people)
        except ChatError as error:
            # The server may still be busy making it: it has the address before the bot is in it.
            raise ChatError("room-unfinished", permanent=False) if error.kind == FORBIDDEN else error from error
        return room_id

    async def _make_whole(self, room_id: str, people: Sequence[PersonId]) -> None:
        name = {"type": "m.room.name", "content": {"name": self._room_name}}
        for state in (ENCRYPTED, NO_GUESTS, _JOINED_HISTORY, name):
            path = route("rooms", room_id, "state", str(state["type"]), "")
            if not await self._wire.found("GET", path):
                await self._wire.ask("PUT", path, state["content"])  # type: ignore[arg-type]  # A dict in each of them.
        known = await members(self._wire, room_id, self._client.user_id) or {}
        for person in people:
            if person.native not in known:
                await self._wire.ask("POST", route("rooms", room_id, "invite"), {"user_id": person.native})

    async def _found(self, address: str) -> str | None:
        if address in self._opened:
            return self._opened[address]
        room_id = (await self._wire.found("GET", self._entry(address))).get("room_id")
        return None if room_id is None else str(room_id)

    def _address(self, key: str) -> str:
        return _ADDRESS + self._marks.of(f"meeting:{key}")

    def _entry(self, address: str) -> str:
        server = str(self._client.user_id).partition(":")[2]
        return route("directory", "room", f"#{address}:{server}")

    def _ids(self, people: Iterable[str]) -> frozenset[PersonId]:
        return frozenset(PersonId.of(self._world, person) for person in people)
