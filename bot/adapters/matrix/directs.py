"""Direct chats: one encrypted room for the bot and one person. The server's `m.direct` is where they are kept.

Nothing is sent before the person has come in, for what is said earlier they could not read; and nobody is
invited twice, unless they ask for something again.
"""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from nio import AsyncClient

from bot.adapters.matrix.company import has_joined
from bot.adapters.matrix.wire import NOT_FOUND, Wire, route
from bot.ports.chat import ChatError, ClosedError

NOT_JOINED = "not-joined-yet"
LEFT = "direct-chat-left"

ENCRYPTED = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
NO_GUESTS = {"type": "m.room.guest_access", "state_key": "", "content": {"guest_access": "forbidden"}}

_THE_TWO = 2
_OUT, _IN = frozenset({"leave", "ban"}), frozenset({"invite", "join"})


class Directs:
    """Finds and opens direct chats. Raises `ChatError`."""

    def __init__(self, *, client: AsyncClient, wire: Wire) -> None:
        self._client = client
        self._wire = wire
        self._rooms: dict[str, list[str]] = {}
        self._unseen: set[str] = set()
        self._own: set[str] = set()
        self._opening: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._keeping = asyncio.Lock()

    async def load(self) -> None:
        """Read which rooms are direct chats."""
        try:
            self._rooms = _by_person(await self._wire.ask("GET", self._account_data()))
        except ChatError as error:
            if error.kind != NOT_FOUND:
                raise

    def is_direct(self, room_id: str) -> bool:
        """Whether it is a direct chat: kept as one, and nobody else is in it or invited."""
        room = self._client.rooms.get(room_id)
        return self.keeps(room_id) and (room is None or len(room.users) <= _THE_TWO)

    def keeps(self, room_id: str) -> bool:
        """Whether it is kept as a direct chat, whoever is in it by now."""
        return room_id in self._unseen or any(room_id in rooms for rooms in self._rooms.values())

    def own(self, room_id: str) -> None:
        """Take note that the bot made this room."""
        self._own.add(room_id)

    def disown(self, room_id: str) -> None:
        """Take note that the bot has nothing more to do with a room it made."""
        self._own.discard(room_id)

    def is_own(self, room_id: str) -> bool:
        """Whether the bot made this room: a direct chat, or one for people to meet."""
        return room_id in self._own

    def joined(self, user_id: str) -> str | None:
        """Return the direct chat that the person has come into, or None."""
        rooms = [room_id for room_id in self._rooms.get(user_id, ()) if self.is_direct(room_id)]
        return next((room_id for room_id in rooms if has_joined(self._client.rooms.get(room_id), user_id)), None)

    async def with_(self, user_id: str, *, asked: bool) -> str:
        """Return the chat the person is in. Raises `ChatError` while they are not.

        `asked` says that they want something just now, so one who left before is invited again.
        """
        async with self._opening[user_id]:
            if (room_id := self.joined(user_id)) is not None:
                return room_id
            await self._invite(user_id, asked=asked)
            if (room_id := self.joined(user_id)) is not None:
                return room_id
        raise ChatError(NOT_JOINED, permanent=False)

    async def remember(self, user_id: str, room_id: str) -> None:
        """Keep a room as the direct chat with this person, before any other."""
        self.prefer(user_id, room_id)
        await self._keep()

    def rooms_of(self, user_id: str) -> Collection[str]:
        """Return the rooms that are kept as direct chats with this person."""
        return tuple(self._rooms.get(user_id, ()))

    def person_of(self, room_id: str) -> str | None:
        """Return whose direct chat a room is kept as, or None."""
        return next((person for person, rooms in self._rooms.items() if room_id in rooms), None)

    @property
    def out_of_reach(self) -> Collection[str]:
        """Those with whom no chat is left that the bot is in."""
        return [person for person, rooms in self._rooms.items() if not any(map(self._still_there, rooms))]

    async def forget(self, people: Collection[str]) -> None:
        """Let the server keep no direct chat with these people any more."""
        self._rooms = {person: rooms for person, rooms in self._rooms.items() if person not in people}
        await self._keep()

    async def move(self, old: str, new: str) -> None:
        """Let a room's successor be the direct chat that it was."""
        self._rooms = {
            person: list(dict.fromkeys(new if room_id == old else room_id for room_id in rooms))
            for person, rooms in self._rooms.items()
        }
        await self._keep()

    def prefer(self, user_id: str, room_id: str) -> None:
        """Say what comes next for this person in this chat: they wrote there last."""
        others = [other for other in self._rooms.get(user_id, ()) if other != room_id]
        self._rooms[user_id] = [room_id, *others]

    def seen(self, room_id: str) -> None:
        """Take note that the server has told of a room that was just made."""
        self._unseen.discard(room_id)

    async def _keep(self) -> None:
        async with self._keeping:
            await self._wire.ask("PUT", self._account_data(), self._rooms)

    async def _invite(self, user_id: str, *, asked: bool) -> None:
        kept = [room_id for room_id in self._rooms.get(user_id, ()) if self._still_there(room_id)]
        if not kept:
            await self._open_or_adopt(user_id)
        elif not any(self._is_invited(room_id, user_id) for room_id in kept):
            membership = await self._membership(kept[0], user_id)
            if asked and membership not in _IN:
                await self._wire.ask("POST", route("rooms", kept[0], "invite"), {"user_id": user_id})
            elif membership in _OUT:
                raise ClosedError(LEFT)

    async def _membership(self, room_id: str, user_id: str) -> str | None:
        """Ask the server: of a room that was just made it may have told the beginning, and not who is invited.

        Whoever is in it or invited cannot be invited again: it would say that this is forbidden.
        """
        member = await self._wire.found("GET", route("rooms", room_id, "state", "m.room.member", user_id))
        membership = member.get("membership")
        return membership if isinstance(membership, str) else None

    def _still_there(self, room_id: str) -> bool:
        return room_id in self._unseen or (room_id in self._client.rooms and self.is_direct(room_id))

    def _is_invited(self, room_id: str, user_id: str) -> bool:
        room = self._client.rooms.get(room_id)
        return room_id in self._unseen or (room is not None and user_id in room.users)

    async def _open_or_adopt(self, user_id: str) -> None:
        """Open a chat, unless one was opened and the bot's process ended before it was kept as one."""
        orphan = next((room_id for room_id in self._own if self._is_orphan(room_id, user_id)), None)
        await (self._open(user_id) if orphan is None else self.remember(user_id, orphan))

    def _is_orphan(self, room_id: str, user_id: str) -> bool:
        """Whether it is a room for the two that is not kept; those for people to meet have a name."""
        room = self._client.rooms.get(room_id)
        if room is None or room.name or self.keeps(room_id):
            return False
        return set(room.users) == {self._client.user_id, user_id}

    async def _open(self, user_id: str) -> None:
        wanted = {
            "preset": "trusted_private_chat",
            "is_direct": True,
            "invite": [user_id],
            "initial_state": [ENCRYPTED, NO_GUESTS],
        }
        made = await self._wire.ask("POST", "/createRoom", wanted)
        self._unseen.add(made["room_id"])
        await self.remember(user_id, made["room_id"])

    def _account_data(self) -> str:
        return route("user", self._client.user_id, "account_data", "m.direct")


def _by_person(content: Mapping[str, Any]) -> dict[str, list[str]]:
    """Read what any app of the account may have written."""
    lists = ((person, rooms) for person, rooms in content.items() if isinstance(rooms, list))
    return {person: [room_id for room_id in rooms if isinstance(room_id, str)] for person, rooms in lists}
