"""What becomes of the groups' rooms: the bot is put out, a room is upgraded, put into a space, emptied, left by people.

Looked at as a whole, after each answer of the server and at each start, and compared with what is kept: so nothing
hangs on an event that a crash may have lost. Only what the server says counts: a room missing from one answer is asked
for before anything of it is let go.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

from nio import AsyncClient, MatrixRoom

from bot.adapters.matrix.company import Company
from bot.adapters.matrix.departing import members
from bot.adapters.matrix.directs import Directs
from bot.adapters.matrix.layout import Layout, Tombstone
from bot.adapters.matrix.ratchets import Ratchets
from bot.adapters.matrix.speaking import Speaking
from bot.adapters.matrix.wire import FORBIDDEN, Wire, reaching, route, settled
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.saying import say
from bot.ports.chat import ChatError
from bot.ports.groups import Gatherings, Leaving
from bot.ports.journal import Journal

_OUT = frozenset({"leave", "ban"})
_MOST_SERVERS = 3


class Upheavals:
    """Brings what is kept of groups in line with the rooms that there are."""

    def __init__(  # noqa: PLR0913  The world hands in everything by name.
        self,
        *,
        client: AsyncClient,
        wire: Wire,
        world: str,
        layout: Layout,
        company: Company,
        directs: Directs,
        speaking: Speaking,
        ratchets: Ratchets,
        groups: Gatherings,
        leaving: Leaving,
        journal: Journal,
    ) -> None:
        self._client = client
        self._wire = wire
        self._world = world
        self._layout = layout
        self._company = company
        self._directs = directs
        self._speaking = speaking
        self._ratchets = ratchets
        self._groups = groups
        self._leaving = leaving
        self._journal = journal
        self._is_first = True
        self._unsettled = True
        self._gone: dict[str, GroupId | None] = {}
        self._left: set[tuple[str, str]] = set()
        self._thinned: set[str] = set()
        self._tried: set[str] = set()
        self._joined: set[str] = set()
        self._still_in: set[str] = set()

    def noticed(self, room_id: str, events: Sequence[Any]) -> None:
        """Take note of a room's news."""
        self._unsettled = self._layout.noticed(room_id, events) or self._unsettled
        leavers = {user_id for user_id in _leavers(events) if user_id != self._client.user_id}
        self._left |= {(room_id, user_id) for user_id in leavers}
        for leaver in leavers:
            self._thinned |= {room_id, *self._directs.rooms_of(leaver)}

    def gone(self, room_id: str) -> None:
        """Take note that the bot is out of a group's room, by the server's own word or its own will."""
        self._layout.gone(room_id)
        self._gone[room_id] = self._company.settled_home(room_id)
        self._unsettled = True

    def begins_anew(self, room_id: str) -> None:
        """Take note that what was kept of a room has gone, and that the bot comes into it again."""
        self._gone.pop(room_id, None)

    async def deal(self) -> None:
        """Deal with all that was noticed; what the server cannot say now is asked with the next news."""
        if self._is_first:
            self._company.settled(await self._groups.homes(self._world))
            self._thinned |= set(self._client.rooms)
            self._is_first = False
        await self._follow()
        await self._leave_empty()
        await self._settle()
        await self._forget()
        await self._part()

    async def _follow(self) -> None:
        """Go where rooms that were upgraded go on, and let what is kept of them go along."""
        for old, tombstone in self._layout.tombstones():
            with self._alone():
                await self._follow_one(old, tombstone)

    async def _follow_one(self, old: str, tombstone: Tombstone) -> None:
        new = tombstone.replacement
        if new not in self._client.rooms:
            await self._reach(old, tombstone)
        elif self._layout.follows(new, old):
            await self._move(old, new)
        elif self._layout.knows(new) and new in self._joined:
            self._journal.note("not-a-successor")
            self._joined.discard(new)
            await self._leave(new)

    async def _reach(self, old: str, tombstone: Tombstone) -> None:
        """Join a room's successor; where that takes an invitation, say so once and wait for it."""
        new, kept = tombstone.replacement, self._company.is_group(old) or self._company.is_space(old)
        if new in self._tried or old not in self._client.rooms or not (kept or self._directs.is_direct(old)):
            return
        try:
            await self._wire.ask("POST", f"{route('join', new)}?{_via(tombstone.sender, self._client.rooms[old])}", {})
            self._joined.add(new)
        except ChatError as error:
            if not error.permanent:
                raise
            self._journal.note("successor-closed", why=error.kind)
            if kept:
                await self._say_shut_out(old, tombstone)
        self._tried.add(new)

    async def _say_shut_out(self, old: str, tombstone: Tombstone) -> None:
        """Say it in the old room, where mostly nobody may speak any more, and in private to whoever ended it."""
        place, ender = PlaceId.of(self._world, old), PersonId.of(self._world, tombstone.sender)
        to = (place, ender) if self._company.is_group(old) else (ender,)
        await self._groups.shut_out(place, to, say("matrix-shut-out"))

    async def _move(self, old: str, new: str) -> None:
        """Let what is kept go along first and leave the old room then: after a crash between, it is done again."""
        if self._directs.is_direct(old):
            await self._directs.move(old, new)
        elif self._company.is_group(old) or self._company.is_space(old):
            await self._groups.upgraded(PlaceId.of(self._world, old), PlaceId.of(self._world, new))
            self._company.settled(await self._groups.homes(self._world))
        else:
            return
        self._journal.note("followed-room")
        await self._leave(old)

    async def _leave_empty(self) -> None:
        """Leave rooms that everybody else has left; who is invited may still come."""
        looked_at = bool(self._thinned)
        for room_id in sorted(self._thinned):
            with self._alone():
                await self._leave_if_empty(room_id)
        self._thinned.clear()
        if looked_at:
            with self._alone():
                await self._forget_strangers()

    async def _forget_strangers(self) -> None:
        """Let nothing be kept on the server of chats with those who share neither a chat nor a group with the bot."""
        gone = [person for person in self._directs.out_of_reach if not self._company.groups_of(person)]
        if gone:
            await self._directs.forget(gone)

    async def _leave_if_empty(self, room_id: str) -> None:
        room = self._client.rooms.get(room_id)
        ours = self._company.is_group(room_id) or self._company.is_space(room_id) or self._is_with_a_stranger(room_id)
        if room is None or not ours or not self._layout.knows(room_id) or self._layout.has_ended(room_id):
            return
        if set(room.users) <= {self._client.user_id} and await self._is_empty(room_id):
            self._journal.note("left-empty-room")
            await self._leave(room_id)

    def _is_with_a_stranger(self, room_id: str) -> bool:
        """Whether it is a direct chat with somebody who is in no group with the bot any more."""
        person = self._directs.person_of(room_id)
        return person is not None and not self._company.groups_of(person)

    async def _is_empty(self, room_id: str) -> bool:
        """Ask the server, for everything that is kept of the group goes with it. Raises `ChatError`."""
        found = await members(self._wire, room_id, self._client.user_id)
        return found is not None and not {"join", "invite"} & set(found.values())

    async def _settle(self) -> None:
        """Let everything belong to the group that its room is in now, and look for rooms that are missing."""
        if not self._unsettled:
            return
        with self._alone():
            if not await self._spaces_are_sure():
                return
            homes = self._company.homes()
            strays = await self._groups.settle(self._world, homes)
            self._company.settled({place: group for place, group in homes.items() if PlaceId(group) != place})
            for place in strays:
                if place.native not in self._gone and await self._is_out(place.native):
                    self._gone[place.native] = None
            self._unsettled = False

    async def _spaces_are_sure(self) -> bool:
        """Whether each space that is missing is one the bot is out of: else its rooms would be torn from it."""
        for space in self._company.settled_spaces():
            if space not in self._gone and space not in self._client.rooms:
                if not await self._is_out(space):
                    return False
                self._gone[space] = None
        return True

    async def _is_out(self, room_id: str) -> bool:
        """Ask the server whether the bot is out of a room that it did not list. Raises `ChatError`."""
        if room_id in self._client.rooms or room_id in self._still_in:
            return False
        path = route("rooms", room_id, "state", "m.room.member", self._client.user_id)
        try:
            if (await self._wire.ask("GET", path)).get("membership") in _OUT:
                return True
        except ChatError as error:
            if error.kind == FORBIDDEN:
                return True
            raise
        self._still_in.add(room_id)
        return False

    async def _forget(self) -> None:
        """Let go of what is kept of rooms the bot is out of, keys and all, and of people who were in no other."""
        if self._unsettled:
            return
        for room_id, group in list(self._gone.items()):
            await self._groups.gone(PlaceId.of(self._world, room_id))
            self._ratchets.forget(room_id)
            del self._gone[room_id]
            if group is not None and group.native in self._client.rooms:
                await self._let_go(group, await self._leaving.people(group))

    async def _part(self) -> None:
        """Let go of what is kept of people who left a group with all its rooms."""
        left: dict[GroupId, set[PersonId]] = {}
        for room_id, user_id in self._left:
            if room_id in self._client.rooms and self._goes_on(room_id):
                people = left.setdefault(self._company.group_of(room_id), set())
                people.add(PersonId.of(self._world, user_id))
        for group, people in left.items():
            await self._let_go(group, people & await self._leaving.people(group))
        self._left.clear()

    def _goes_on(self, room_id: str) -> bool:
        ours = self._company.is_group(room_id) or self._company.is_space(room_id)
        return ours and not self._layout.has_ended(room_id)

    async def _let_go(self, group: GroupId, people: Collection[PersonId]) -> None:
        for person in sorted(people):
            if group not in self._company.groups_of(person.native):
                await self._leaving.left(group, person)

    async def _leave(self, room_id: str) -> None:
        with reaching():
            settled(await self._client.room_leave(room_id))
        self._client.rooms.pop(room_id, None)
        self._speaking.gone(room_id)
        self.gone(room_id)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Let one thing fail without the others."""
        try:
            yield
        except ChatError as error:
            self._journal.note("groups-not-settled", why=error.kind)


def _leavers(events: Iterable[Any]) -> Iterator[str]:
    members = (event for event in events if isinstance(event, dict) and event.get("type") == "m.room.member")
    for event in members:
        content, user_id = event.get("content"), event.get("state_key")
        if isinstance(content, dict) and content.get("membership") in _OUT and isinstance(user_id, str):
            yield user_id


def _via(sender: str, room: MatrixRoom) -> str:
    """Return the servers to ask for a room whose id may name none: those of people who are in the old one."""
    servers = list(dict.fromkeys(user_id.partition(":")[2] for user_id in (sender, *room.users)))[:_MOST_SERVERS]
    return urlencode([(name, server) for server in servers for name in ("via", "server_name")])
