"""Who is where, as the server told it: which rooms are groups, who has come in, what people and rooms are called.

A room is a group, unless a space that the bot is in lists it: then it is one of that group's rooms. Anybody can make a
space that lists anybody's room, so the room must agree: it names the space itself, or whoever listed it could make it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import unquote

from nio import AsyncClient, MatrixRoom

from bot.adapters.matrix.layout import Layout
from bot.adapters.matrix.wire import Wire, route
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.reading.plain import plain
from bot.ports.chat import ChatError

LONGEST_NAME = 60
LONGEST_ID = 255
HERE = "here"
SPACE = "m.space"
_USER_ID = re.compile(r"@[!-9;-~]+:[A-Za-z0-9.\-\[\]:]+")
_LINK = re.compile(r"https://matrix\.to/#/([^/?#\s]+)")
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})


class Company:
    """Reads nio's picture of the rooms the bot is in. `is_set_apart` knows direct chats and meeting rooms."""

    def __init__(
        self, *, client: AsyncClient, wire: Wire, world: str, layout: Layout, is_set_apart: Callable[[str], bool]
    ) -> None:
        self._client = client
        self._wire = wire
        self._world = world
        self._layout = layout
        self._is_set_apart = is_set_apart
        self._settled: Mapping[PlaceId, GroupId] = {}
        self._looked_for: set[str] = set()

    def settled(self, homes: Mapping[PlaceId, GroupId]) -> None:
        """Take note of where rooms belong; they stay there for as long as they are listed there."""
        self._settled = homes

    def settled_home(self, room_id: str) -> GroupId | None:
        """Return the space that the room was last known to belong to, or None."""
        return self._settled.get(PlaceId.of(self._world, room_id))

    def settled_spaces(self) -> frozenset[str]:
        """Return every space that rooms were last known to belong to."""
        return frozenset(group.native for group in self._settled.values())

    def is_group(self, room_id: str) -> bool:
        """Whether it is a peer group's room: one the bot is in that is no direct chat, meeting room or space."""
        room = self._client.rooms.get(room_id)
        return room is not None and not room.room_type and not self._is_set_apart(room_id)

    def is_space(self, room_id: str) -> bool:
        """Whether it is a space: a group that may have several rooms."""
        room = self._client.rooms.get(room_id)
        return room is not None and room.room_type == SPACE

    def group_of(self, room_id: str) -> GroupId:
        """Return the group that a group's room, or a space, belongs to."""
        return GroupId.of(self._world, self._home(room_id))

    def homes(self) -> Mapping[PlaceId, GroupId]:
        """Return every group's room, and every space, with the group it belongs to."""
        return {PlaceId.of(self._world, room_id): self.group_of(room_id) for room_id in self._rooms()}

    def places_of(self, group: GroupId, here: str | None = None) -> Mapping[str, PlaceId]:
        """Return the group's rooms by the names that people may type, the one they are in first, as "here"."""
        rooms = sorted(
            (room_id for room_id in self._rooms() if self.is_group(room_id) and self.group_of(room_id) == group),
            key=lambda room_id: (room_id != here, self._room_name(room_id), room_id),
        )
        places = {HERE: PlaceId.of(self._world, rooms[0] if rooms else group.native)}
        for room_id in rooms if len(rooms) > 1 else ():
            places[_unlike(places, self._room_name(room_id))] = PlaceId.of(self._world, room_id)
        return places

    def rooms_of(self, group: GroupId) -> Sequence[str]:
        """Return the rooms of the group that the bot is in, and the space, if it is one."""
        return [room_id for room_id in self._rooms() if self.group_of(room_id) == group]

    def groups_of(self, user_id: str) -> list[GroupId]:
        """Return the groups that this person shares with the bot: they are in any of its rooms, or in the space."""
        return list(dict.fromkeys(self.group_of(room_id) for room_id in self._rooms_of(user_id)))

    async def is_here(self, person: PersonId, group: GroupId) -> bool:
        """Return whether the person came into any of the group's rooms, or into its space."""
        await self.look_for(person.native)
        return group in self.groups_of(person.native)

    async def look_for(self, user_id: str) -> None:
        """Ask the server, once in a process, which groups' rooms somebody is in who seems to be in none.

        What a server tells of a room at the start is its state after one event, and where two people came in at the
        same moment, the other of them may not be there yet.
        """
        if user_id in self._looked_for or any(self._rooms_of(user_id)):
            return
        with suppress(ChatError):
            for room_id in list(self._rooms()):
                member = await self._wire.found("GET", route("rooms", room_id, "state", "m.room.member", user_id))
                if member.get("membership") == "join" and room_id in self._client.rooms:
                    _let_in(self._client.rooms[room_id], user_id, member)
            self._looked_for.add(user_id)

    def _rooms_of(self, user_id: str) -> Iterator[str]:
        return (room_id for room_id in self._rooms() if has_joined(self._client.rooms[room_id], user_id))

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

    def meant(self, text: str, group: GroupId) -> PersonId | None:
        """Return the person of that id, of that link to one, or who alone is called so in the group's rooms."""
        if (user_id := user_in(text)) is not None:
            return PersonId.of(self._world, user_id)
        name = _folded(text)
        rooms = (self._client.rooms[room_id] for room_id in self._rooms() if self.group_of(room_id) == group)
        found = {user_id for room in rooms for user_id, user in room.users.items() if _folded(user.name or "") == name}
        return PersonId.of(self._world, found.pop()) if name and len(found) == 1 else None

    def group_called(self, group: GroupId) -> str | None:
        """Return the name that its room, or its space, was given, without what cannot be seen; None without one."""
        room = self._client.rooms.get(group.native)
        return None if room is None else seen(room.name or "") or None

    def _rooms(self) -> Iterator[str]:
        return (room_id for room_id in self._client.rooms if self.is_group(room_id) or self.is_space(room_id))

    def _home(self, room_id: str) -> str:
        if self.is_space(room_id):
            return room_id
        listing = [space for space in self._layout.listing(room_id) if self.is_space(space)]
        settled = self.settled_home(room_id)
        if settled is not None and settled.native in listing:
            return settled.native
        return next((space for space in listing if self._agrees(room_id, space)), room_id)

    def _agrees(self, room_id: str, space: str) -> bool:
        lister = self._layout.lister(room_id, space)
        by_power = self._layout.may_name_parent(room_id, lister) and has_joined(self._client.rooms[room_id], lister)
        return by_power or self._layout.names_parent(room_id, space)

    def _room_name(self, room_id: str) -> str:
        room = self._client.rooms[room_id]
        alias = (room.canonical_alias or "").removeprefix("#").partition(":")[0]
        return plain(seen(room.name or "") or seen(alias) or "room").casefold()


def user_in(text: str) -> str | None:
    """Return the id of a person that a text is, or that it links to; None when it is neither.

    https://spec.matrix.org/latest/appendices/#user-identifiers, and #matrixto-navigation there.
    """
    link = _LINK.match(text)
    words = unquote(link[1]) if link else text
    return words if _USER_ID.fullmatch(words) and len(words.encode()) <= LONGEST_ID else None


def _folded(name: str) -> str:
    return plain(seen(name)).casefold().removeprefix("@").rstrip(":")


def has_joined(room: MatrixRoom | None, user_id: str) -> bool:
    """Whether the person is in the room; someone invited is not yet."""
    return room is not None and user_id in room.users and not room.users[user_id].invited


def _let_in(room: MatrixRoom, user_id: str, member: Mapping[str, Any]) -> None:
    """Put right what nio thinks of somebody: they are in the room."""
    room.remove_member(user_id)
    room.add_member(user_id, member.get("displayname"), member.get("avatar_url"))


def seen(name: str) -> str:
    """Return the name without what cannot be seen, direction marks among it, and not too long."""
    kept = "".join(char for char in name if char.isspace() or unicodedata.category(char) not in _UNSEEN)
    return " ".join(kept.split())[:LONGEST_NAME]


def _unlike(names: Mapping[str, PlaceId], name: str) -> str:
    """Return the name, with a number after it where another room has it already."""
    numbered = (f"{name} {number}" for number in range(2, len(names) + 2))
    return name if name not in names else next(other for other in numbered if other not in names)


def _name_in(room: MatrixRoom, user_id: str) -> str:
    name = seen(room.users[user_id].name or "")
    if not name:
        return user_id
    others = (user for other, user in room.users.items() if other != user_id)
    return f"{name} ({user_id})" if any(seen(user.name or "") == name for user in others) else name
