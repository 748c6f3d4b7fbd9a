"""Who is where, as the server told it: which rooms are groups, who has come in, what people are called."""

import unicodedata
from collections.abc import Callable

from nio import AsyncClient, MatrixRoom

from bot.domain.ids import GroupId, PersonId

LONGEST_NAME = 60
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})


class Company:
    """Reads nio's picture of the rooms the bot is in. `is_set_apart` knows direct chats and meeting rooms."""

    def __init__(self, *, client: AsyncClient, world: str, is_set_apart: Callable[[str], bool]) -> None:
        self._client = client
        self._world = world
        self._is_set_apart = is_set_apart

    def is_group(self, room_id: str) -> bool:
        """Whether it is a peer group's room: one the bot is in that is no direct chat, meeting room or space."""
        room = self._client.rooms.get(room_id)
        return room is not None and not room.room_type and not self._is_set_apart(room_id)

    def groups_of(self, user_id: str) -> list[GroupId]:
        """Return the groups that this person shares with the bot."""
        return [
            GroupId.of(self._world, room_id)
            for room_id, room in self._client.rooms.items()
            if has_joined(room, user_id) and self.is_group(room_id)
        ]

    def groups_in(self, room_id: str) -> list[GroupId]:
        """Return the groups a room is about: itself, or those that everybody in a chat or a meeting shares."""
        if self.is_group(room_id):
            return [GroupId.of(self._world, room_id)]
        room = self._client.rooms.get(room_id)
        people = set(room.users) - {self._client.user_id} if room is not None else set()
        shared = [set(self.groups_of(person)) for person in people]
        return sorted(set.intersection(*shared)) if shared else []

    def name_of(self, person: PersonId, room_id: str) -> str:
        """Return what the person is called in that room, or in another one; the id too where two share a name."""
        rooms = [self._client.rooms.get(room_id), *self._client.rooms.values()]
        for room in rooms:
            if room is not None and person.native in room.users:
                return _name_in(room, person.native)
        return person.native.partition(":")[0].removeprefix("@")


def has_joined(room: MatrixRoom | None, user_id: str) -> bool:
    """Whether the person is in the room; someone invited is not yet."""
    return room is not None and user_id in room.users and not room.users[user_id].invited


def seen(name: str) -> str:
    """Return the name without what cannot be seen, direction marks among it, and not too long."""
    kept = "".join(char for char in name if char.isspace() or unicodedata.category(char) not in _UNSEEN)
    return " ".join(kept.split())[:LONGEST_NAME]


def _name_in(room: MatrixRoom, user_id: str) -> str:
    name = seen(room.users[user_id].name or "")
    if not name:
        return user_id
    others = (user for other, user in room.users.items() if other != user_id)
    return f"{name} ({user_id})" if any(seen(user.name or "") == name for user in others) else name
