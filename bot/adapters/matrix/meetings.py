"""Meeting rooms: encrypted, invite-only, with a neutral name; the bot leaves them once the people are there.

A room's address is made from the core's key, so asking for it again finds the same room. The address is also
what tells a meeting room from a group's, and it goes when the bot goes.
"""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from nio import AsyncClient

from bot.adapters.matrix.directs import ENCRYPTED, NO_GUESTS
from bot.adapters.matrix.marks import Marks
from bot.adapters.matrix.ratchets import Ratchets
from bot.adapters.matrix.wire import FORBIDDEN, NOT_FOUND, ROOM_IN_USE, Wire, route, settled
from bot.domain.ids import PersonId, PlaceId
from bot.ports.chat import ChatError

_ADDRESS = "alongside-"
_JOINED_HISTORY = {
    "type": "m.room.history_visibility",
    "state_key": "",
    "content": {"history_visibility": "joined"},
}
_OWNER = 100


class Meetings:
    """Opens, watches and leaves meeting rooms. Raises `ChatError`."""

    def __init__(
        self, *, client: AsyncClient, wire: Wire, ratchets: Ratchets, world: str, marks: Marks, room_name: str
    ) -> None:
        self._client = client
        self._wire = wire
        self._ratchets = ratchets
        self._world = world
        self._marks = marks
        self._room_name = room_name
        self._opened: dict[str, str] = {}
        self._opening: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def is_meeting(self, room_id: str) -> bool:
        """Whether the bot made the room for people to meet."""
        room = self._client.rooms.get(room_id)
        address = room.canonical_alias if room is not None else None
        return room_id in self._opened.values() or (address or "").startswith(f"#{_ADDRESS}")

    async def open(self, people: Sequence[PersonId], key: str) -> PlaceId:
        """Make the room and invite these people; the same key gives the same room."""
        address = _ADDRESS + self._marks.of(f"meeting:{key}")
        async with self._opening[address]:
            if address not in self._opened:
                self._opened[address] = await self._made(address, people)
        return PlaceId.of(self._world, self._opened[address])

    async def present(self, place: PlaceId) -> frozenset[PersonId]:
        """Return who is in the room by the server's own count, the bot left out."""
        answer = await self._wire.ask("GET", route("rooms", place.native, "joined_members"))
        people = set(answer["joined"]) - {self._client.user_id}
        return frozenset(PersonId.of(self._world, person) for person in people)

    async def leave(self, place: PlaceId, *, closing: bool) -> None:
        """Leave for good: the room is the people's own from then on, or is closed to all of them."""
        room_id = place.native
        try:
            people = await self._people(room_id)
        except ChatError as error:
            if error.kind not in {FORBIDDEN, NOT_FOUND}:
                raise
        else:
            await (self._put_out(room_id, people) if closing else self._hand_over(room_id, people))
            await self._take_address_away(room_id)
            settled(await self._client.room_leave(room_id))
        await self._forget(room_id)

    async def _made(self, address: str, people: Sequence[PersonId]) -> str:
        wanted = {
            "preset": "private_chat",
            "room_alias_name": address,
            "name": self._room_name,
            "invite": [person.native for person in people],
            "initial_state": [ENCRYPTED, NO_GUESTS, _JOINED_HISTORY],
        }
        try:
            made = await self._wire.ask("POST", "/createRoom", wanted)
        except ChatError as error:
            if error.kind != ROOM_IN_USE:
                raise
            made = await self._wire.ask("GET", route("directory", "room", f"#{address}:{self._server}"))
        return str(made["room_id"])

    @property
    def _server(self) -> str:
        return str(self._client.user_id).partition(":")[2]

    async def _people(self, room_id: str) -> list[str]:
        """Return who is in the room or invited, the bot left out."""
        answer = await self._wire.ask("GET", route("rooms", room_id, "members"))
        return [
            event["state_key"]
            for event in answer["chunk"]
            if event["content"].get("membership") in {"join", "invite"} and event["state_key"] != self._client.user_id
        ]

    async def _hand_over(self, room_id: str, people: Sequence[str]) -> None:
        """Make the people its owners: without any, nobody could so much as invite once the bot is gone."""
        path = route("rooms", room_id, "state", "m.room.power_levels", "")
        levels = await self._wire.ask("GET", path)
        users = levels.get("users", {}) | dict.fromkeys(people, _OWNER)
        await self._wire.ask("PUT", path, {**levels, "users": users})

    async def _put_out(self, room_id: str, people: Sequence[str]) -> None:
        for person in people:
            await self._wire.ask("POST", route("rooms", room_id, "kick"), {"user_id": person})

    async def _take_address_away(self, room_id: str) -> None:
        path = route("rooms", room_id, "state", "m.room.canonical_alias", "")
        address = (await self._found("GET", path)).get("alias")
        if address:
            await self._wire.ask("PUT", path, {})
            await self._found("DELETE", route("directory", "room", address))

    async def _found(self, method: str, path: str) -> dict[str, Any]:
        """Ask for what may be gone already."""
        try:
            return await self._wire.ask(method, path)
        except ChatError as error:
            if error.kind != NOT_FOUND:
                raise
            return {}

    async def _forget(self, room_id: str) -> None:
        settled(await self._client.room_forget(room_id))
        self._client.rooms.pop(room_id, None)
        self._ratchets.forget(room_id)
        self._opened = {address: opened for address, opened in self._opened.items() if opened != room_id}
