"""Meeting rooms: private threads with a neutral name, found again by a mark in it, and deleted when it is over.

Making a thread has no nonce, so after a lost reply, or a kill, the mark is looked for among the active threads first.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import Literal

import discord

from bot.adapters.discord.members import Members
from bot.adapters.discord.reaching import reaching
from bot.adapters.discord.servers import Server, Servers
from bot.adapters.discord.surveying import can_hold_rooms, lacking, meeting_readers, readers
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.saying import Line, line
from bot.ports.chat import Attendance, ChatError
from bot.ports.groups import Choosing

# A thread that nobody writes in is archived after so long, and is then not among the active ones: a week, in minutes.
ARCHIVED_AFTER: Literal[10080] = 10080
_MARK_LENGTH = 8
_FORBIDDEN, _NOT_FOUND = 403, 404


class Rooms:
    """Makes, finds and deletes them. `name` is what each is called before its mark. Raises `ChatError`."""

    def __init__(
        self,
        *,
        client: discord.Client,
        world: str,
        name: str,
        servers: Servers,
        members: Members,
        choosing: Choosing,
    ) -> None:
        self._client = client
        self._world = world
        self._name = name
        self._servers = servers
        self._members = members
        self._choosing = choosing
        # Each room of this life, by its key.
        self._made_here: dict[str, int] = {}

    async def open(self, people: Sequence[PersonId], key: str, group: GroupId) -> PlaceId:
        """Make a room for these people, or find the one that was made for the key, and let them in."""
        active = await self._active(key, group)
        thread = None if active else await self._archived(key)
        if thread is None:
            thread = await self._only(active or await self._newly(people, key, group), key)
        for person in people:
            await self._let_in(thread, person, group)
        return PlaceId.of(self._world, str(thread.id))

    async def find(self, key: str, group: GroupId) -> PlaceId | None:
        """Return the room that was made for the key, or None."""
        thread = await self._found(key, group)
        return None if thread is None else PlaceId.of(self._world, str(thread.id))

    async def attendance(self, place: PlaceId, people: Sequence[PersonId]) -> Attendance:
        """Return who of these is in the room. Whoever is not has left it, or could not be let in."""
        here = {person for person in people if await self._is_in(place, person)}
        return Attendance(here=frozenset(here), gone=frozenset(people) - here)

    async def leave(self, key: str, group: GroupId, *, closing: bool) -> None:
        """Delete the room, or go from it; where the bot may not delete it, archive it."""
        thread = await self._found(key, group)
        if thread is None:
            return
        try:
            with reaching():
                await (thread.delete() if closing else thread.leave())
        except ChatError as error:
            if error.kind.startswith(f"discord-{_NOT_FOUND}"):
                return
            if not error.kind.startswith(f"discord-{_FORBIDDEN}"):
                raise
            with reaching():
                await thread.edit(archived=True)
        self._made_here.pop(key, None)

    async def let_out(self, key: str, group: GroupId, person: PersonId) -> None:
        """Take somebody out of the room; nothing happens when they are in it no more."""
        thread = await self._found(key, group)
        if thread is None:
            return
        try:
            with reaching():
                await thread.remove_user(discord.Object(int(person.native)))
        except ChatError as error:
            if not error.kind.startswith(f"discord-{_NOT_FOUND}"):
                raise

    async def readers(self, place: PlaceId) -> tuple[Line, ...]:
        """Return who else can read what is said in a room, or in a channel's private threads."""
        found = await self._channel_of(place)
        return () if found is None else readers(*found, self._world)

    async def meeting_readers(self, group: GroupId) -> tuple[Line, ...]:
        """Return who could read a room of the group's; in general, where it depends on who meets, or is not known here.

        Nothing is asked of Discord for it.
        """
        server = self._servers.at_hand(group)
        chosen = None if server is None else server.channel(await self._choosing.channel(group))
        if server is None or chosen is None or not can_hold_rooms(server, chosen):
            return (line("discord-meeting-general"),)
        return meeting_readers(server, chosen, self._world)

    async def lacking(self, place: PlaceId) -> tuple[Line, ...]:
        """Return what the bot may not do in a channel."""
        found = await self._channel_of(place)
        return () if found is None else lacking(*found, self._world)

    async def _newly(self, people: Sequence[PersonId], key: str, group: GroupId) -> Sequence[discord.Thread]:
        """Make a room; return every one that there is of the key then: discord.py asks again after Discord's faults."""
        made = await self._made(people, key, group)
        return await self._active(key, group) or (made,)

    async def _made(self, people: Sequence[PersonId], key: str, group: GroupId) -> discord.Thread:
        server = await self._servers.find(group)
        if server is None:
            raise ChatError("not-in-the-server", permanent=True)
        channel = await self._best(server, people, group)
        if channel is None:
            raise ChatError("no-channel-for-rooms", permanent=True)
        with reaching():
            thread = await channel.create_thread(
                name=self._titled(key),
                type=discord.ChannelType.private_thread,
                invitable=False,
                auto_archive_duration=ARCHIVED_AFTER,
            )
        self._made_here[key] = thread.id
        return thread

    async def _best(self, server: Server, people: Sequence[PersonId], group: GroupId) -> discord.TextChannel | None:
        """Return the channel that the group chose, or the first that works and that all of them can see."""
        chosen = server.channel(await self._choosing.channel(group))
        if chosen is not None and can_hold_rooms(server, chosen):
            return chosen
        members = [member for person in people if (member := await self._members.find(person, group))]
        fitting = (channel for channel in server.channels if can_hold_rooms(server, channel))
        return next((channel for channel in fitting if _all_see(channel, members)), None)

    async def _found(self, key: str, group: GroupId) -> discord.Thread | None:
        active = await self._active(key, group)
        if not active:
            return await self._archived(key)
        self._made_here[key] = active[0].id
        return active[0]

    async def _active(self, key: str, group: GroupId) -> Sequence[discord.Thread]:
        """Return the threads with the mark of that key, the first that was made before all others."""
        server = await self._servers.find(group)
        if server is None:
            return ()
        with reaching():
            active = await server.guild.active_threads()
        mark = _mark(key)
        ours = (thread for thread in active if thread.owner_id == server.me.id and thread.name.endswith(mark))
        return sorted(ours, key=lambda thread: thread.id)

    async def _only(self, rooms: Sequence[discord.Thread], key: str) -> discord.Thread:
        """Return the first of a key's rooms and take the others away, into which nobody was let."""
        first, *others = rooms
        for other in others:
            with reaching():
                await other.delete()
        self._made_here[key] = first.id
        return first

    async def _archived(self, key: str) -> discord.Thread | None:
        """Return a room that somebody archived by hand. To look for it, the bot would have to read what was said."""
        if key not in self._made_here:
            return None
        try:
            with reaching():
                thread = await self._client.fetch_channel(self._made_here[key])
        except ChatError as error:
            if not error.permanent:
                raise
            del self._made_here[key]
            return None
        return thread if isinstance(thread, discord.Thread) else None

    async def _let_in(self, thread: discord.Thread, person: PersonId, group: GroupId) -> None:
        """Let somebody in; who cannot be let in will not come, and is told of if they left the server."""
        try:
            with reaching():
                await thread.add_user(discord.Object(int(person.native)))
        except ChatError as error:
            if not error.permanent:
                raise
            await self._members.is_there(person, group)

    async def _is_in(self, place: PlaceId, person: PersonId) -> bool:
        try:
            with reaching():
                await self._client.http.request(_membership(place, person))
        except ChatError as error:
            if error.kind.startswith(f"discord-{_NOT_FOUND}"):
                return False
            raise
        return True

    async def _channel_of(self, place: PlaceId) -> tuple[Server, discord.TextChannel] | None:
        """Return the text channel that a place is, or is a thread of, and its server."""
        found = self._client.get_channel(int(place.native))
        if found is None:
            with reaching():
                found = await self._client.fetch_channel(int(place.native))
        if not isinstance(found, discord.Thread | discord.TextChannel):
            return None
        server = await self._servers.find(GroupId.of(self._world, str(found.guild.id)))
        parent = found.parent_id if isinstance(found, discord.Thread) else found.id
        channel = None if server is None else server.channel(PlaceId.of(self._world, str(parent)))
        return None if server is None or channel is None else (server, channel)

    def _titled(self, key: str) -> str:
        return f"{self._name} {_mark(key)}"


def _mark(key: str) -> str:
    """Return what tells a room from all others, and nothing else."""
    return sha256(key.encode()).hexdigest()[:_MARK_LENGTH]


def _membership(place: PlaceId, person: PersonId) -> discord.http.Route:
    """Return where one member of a thread is asked for: listing them all takes an intent, and this does not."""
    path = "/channels/{channel_id}/thread-members/{user_id}"
    return discord.http.Route("GET", path, channel_id=int(place.native), user_id=int(person.native))


def _all_see(channel: discord.TextChannel, members: Sequence[discord.Member]) -> bool:
    return all(channel.permissions_for(member).view_channel for member in members)
