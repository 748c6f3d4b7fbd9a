"""The bot's way out of a meeting room, each step of which may be done again: what is done already is passed over."""

from collections.abc import Mapping

from nio import AsyncClient

from bot.adapters.matrix.ratchets import Ratchets
from bot.adapters.matrix.wire import FORBIDDEN, NOT_FOUND, Wire, reaching, route, settled
from bot.ports.chat import ChatError

_OWNER = 100
_LEVELS = ("ban", "invite", "kick", "redact", "state_default", "events_default", "users_default")


class Departing:
    """Leaves one room for good. Raises `ChatError`."""

    def __init__(self, *, client: AsyncClient, wire: Wire, ratchets: Ratchets) -> None:
        self._client = client
        self._wire = wire
        self._ratchets = ratchets

    async def depart(self, room_id: str, *, closing: bool) -> None:
        """Hand the room over, or put everybody out; leave it, forget it, and let its keys go."""
        found = await members(self._wire, room_id, self._client.user_id)
        if found is not None:
            people = [person for person, membership in found.items() if membership in {"join", "invite"}]
            await (self._put_out(room_id, people) if closing else self._hand_over(room_id, people))
            await self._take_address_out(room_id)
            with reaching():
                settled(await self._client.room_leave(room_id))
        await self._forget(room_id)

    async def _hand_over(self, room_id: str, people: list[str]) -> None:
        """Give each of them all the power that anything in the room asks for: nobody else will have any."""
        path = route("rooms", room_id, "state", "m.room.power_levels", "")
        levels = await self._wire.ask("GET", path)
        asked = [levels.get(level, 0) for level in _LEVELS] + list(levels.get("events", {}).values())
        owners = dict.fromkeys(people, max([_OWNER, *asked]))
        users = levels.get("users", {})
        if not owners.items() <= users.items():
            await self._wire.ask("PUT", path, {**levels, "users": users | owners})

    async def _put_out(self, room_id: str, people: list[str]) -> None:
        """Take back invitations, and let those out who came; one may have gone by themselves meanwhile."""
        for person in people:
            try:
                await self._wire.ask("POST", route("rooms", room_id, "kick"), {"user_id": person})
            except ChatError as error:
                if error.kind != FORBIDDEN:
                    raise

    async def _take_address_out(self, room_id: str) -> None:
        """Empty the room's own address, for a server that wrote one in though it was asked not to."""
        path = route("rooms", room_id, "state", "m.room.canonical_alias", "")
        if (await self._wire.found("GET", path)).get("alias"):
            await self._wire.ask("PUT", path, {})

    async def _forget(self, room_id: str) -> None:
        with reaching():
            settled(await self._client.room_forget(room_id))
        self._client.rooms.pop(room_id, None)
        self._client.encrypted_rooms.discard(room_id)
        self._ratchets.forget(room_id)


async def members(wire: Wire, room_id: str, me: str) -> Mapping[str, str] | None:
    """Return who is or was in a room, the bot left out, and what they are to it; None when the bot is not in it."""
    try:
        answer = await wire.ask("GET", route("rooms", room_id, "members"))
    except ChatError as error:
        if error.kind not in {FORBIDDEN, NOT_FOUND}:
            raise
        return None
    found = {event["state_key"]: str(event["content"].get("membership")) for event in answer["chunk"]}
    return found if found.pop(me, None) == "join" else None
