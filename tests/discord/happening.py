"""What other people do on the loopback Discord, and the bot is told of: servers change, and members come and go.

https://discord.com/developers/docs/events/gateway-events
"""

from datetime import UTC, datetime
from typing import Any

from tests.discord import making
from tests.discord.making import DIRECT, PUBLIC_THREAD, THREADS
from tests.discord.permissions import Json, May, overwrite
from tests.discord.sessions import CONTENT
from tests.discord.world import GRANTED, World


class Happening:
    """Changes the world, and tells whoever listens at the gateway."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def permission_taken(self, guild: Json, taken: May, role_id: str | None = None) -> None:
        """Take permissions from every role of the bot and from everybody, or from one role."""
        for role in guild["roles"]:
            if role_id is None or role["id"] == role_id:
                await self.role_changed(guild, role, May(int(role["permissions"])) & ~taken)

    async def permission_given(self, guild: Json, given: May, role_id: str | None = None) -> None:
        """Give permissions to the bot's own role, or to another."""
        wanted = role_id or self._own_role(guild)
        role = next(each for each in guild["roles"] if each["id"] == wanted)
        await self.role_changed(guild, role, May(int(role["permissions"])) | given)

    async def role_changed(self, guild: Json, role: Json, granted: May) -> None:
        """Let a role mean something else."""
        before = self._seen(guild)
        role["permissions"] = str(int(granted))
        await self._tell("GUILD_ROLE_UPDATE", {"guild_id": guild["id"], "role": role}, guild)
        await self._synced(guild, before)

    async def overwritten(
        self, channel: Json, target: Json, *, allow: May = May.NOTHING, deny: May = May.NOTHING
    ) -> None:
        """Let a role, or a person, do more or less in one channel than in the server."""
        guild = self._world.guilds[channel["guild_id"]]
        is_role = any(role["id"] == target["id"] for role in guild["roles"])
        before = self._seen(guild)
        others = [each for each in channel["permission_overwrites"] if each["id"] != target["id"]]
        channel["permission_overwrites"] = [*others, overwrite(target, is_role=is_role, allow=allow, deny=deny)]
        await self._tell("CHANNEL_UPDATE", channel, guild)
        await self._synced(guild, before)

    async def channel_made(self, guild: Json, name: str, kind: int = making.TEXT) -> Json:
        """Make a channel."""
        made = self._world.channel(guild, name, kind)
        await self._tell("CHANNEL_CREATE", made, guild)
        return made

    async def channel_deleted(self, channel: Json) -> None:
        """Delete a channel or a thread; threads in it go with it, and are not told of apart."""
        guild = self._world.guilds[channel["guild_id"]]
        is_thread, is_seen = channel["type"] in THREADS, bool(self._world.may(channel) & May.VIEW_CHANNEL)
        self._world.forget(channel)
        if not is_thread:
            await self._tell("CHANNEL_DELETE", channel, guild)
        elif is_seen:
            told = {key: channel[key] for key in ("id", "guild_id", "parent_id", "type")}
            await self._tell("THREAD_DELETE", told, guild)

    async def thread_opened(self, parent: Json, user: Json, name: str, kind: int = PUBLIC_THREAD) -> Json:
        """Let a person open a thread, or a post in a forum; the bot hears of what it may see."""
        made = self._world.thread(parent, user, {"name": name, "type": kind})
        await self.told_of_thread("THREAD_CREATE", made, newly_created=True)
        return made

    async def thread_archived(self, thread: Json, *, locked: bool = False) -> None:
        """Let a thread be archived: by somebody, or because nothing was said there."""
        thread["thread_metadata"] |= {"archived": True, "locked": locked, "archive_timestamp": self._now()}
        await self.told_of_thread("THREAD_UPDATE", thread)

    async def told_of_thread(self, name: str, thread: Json, **more: Any) -> None:  # noqa: ANN401  JSON.
        """Tell of a thread, if the bot may see it."""
        if self._world.may(thread) & May.VIEW_CHANNEL:
            guild = self._world.guilds[thread["guild_id"]]
            await self._tell(name, self._world.shown(thread) | more, guild)

    async def member_joined(self, guild: Json, user: Json, *roles: str) -> Json:
        """Let somebody into a server."""
        member = self._world.join(guild, user, *roles)
        await self._tell("GUILD_MEMBER_ADD", member | {"guild_id": guild["id"]}, guild)
        return member

    async def member_left(self, guild: Json, user: Json) -> None:
        """Let somebody leave a server, and every thread in it."""
        self._world.members[guild["id"]].pop(user["id"], None)
        self._world.gone.add((guild["id"], user["id"]))
        guild["member_count"] = len(self._world.members[guild["id"]])
        for thread in guild["threads"]:
            self._world.out_of(thread, user["id"])
        await self._tell("GUILD_MEMBER_REMOVE", {"guild_id": guild["id"], "user": user}, guild)

    async def timed_out(self, guild: Json, user: Json, seconds: float) -> None:
        """Let somebody only watch for a while."""
        until = datetime.fromtimestamp(self._world.clock.now() + seconds, UTC).isoformat()
        member = self._world.members[guild["id"]][user["id"]]
        member["communication_disabled_until"] = until
        await self._tell("GUILD_MEMBER_UPDATE", member | {"guild_id": guild["id"]}, guild)

    async def bot_removed(self, guild: Json) -> None:
        """Remove the bot from a server."""
        for thread in guild["threads"]:
            self._world.out_of(thread, self._world.me["id"])
        own = self._own_role(guild)
        guild["roles"][:] = [role for role in guild["roles"] if role["id"] != own]
        del self._world.members[guild["id"]][self._world.me["id"]]
        await self._tell("GUILD_DELETE", {"id": guild["id"]}, guild)

    async def bot_added(self, guild: Json, granted: May = GRANTED) -> None:
        """Ask the bot into a server."""
        own = self._world.role(guild, "alongside", granted)
        own |= {"managed": True, "tags": {"bot_id": self._world.me["id"]}}
        self._world.join(guild, self._world.me, own["id"])
        await self._tell("GUILD_CREATE", self._world.told(guild), guild)

    async def outage(self, guild: Json) -> None:
        """Let a server be out of reach."""
        guild["unavailable"] = True
        await self._tell("GUILD_DELETE", {"id": guild["id"], "unavailable": True}, guild)

    async def outage_over(self, guild: Json) -> None:
        """Let it be there again."""
        del guild["unavailable"]
        await self._tell("GUILD_CREATE", self._world.told(guild), guild)

    def direct_messages_closed(self, user: Json) -> None:
        """Let somebody take no messages from the bot any more; nobody is told."""
        self._world.closed_to_me.add(user["id"])

    def direct_messages_opened(self, user: Json) -> None:
        """Let somebody take them again."""
        self._world.closed_to_me.discard(user["id"])

    async def said(self, channel: Json, user: Json, content: str) -> Json:
        """Let a person say something; its words are told as the bot's intents have it."""
        made = self._world.say(channel, user, {"content": content})
        guild_id = channel.get("guild_id")
        if self._world.may(channel) & May.VIEW_CHANNEL:
            more = {"guild_id": guild_id} if guild_id else {}
            await self._world.gateway.tell("MESSAGE_CREATE", self._heard(channel, made) | more, guild_id)
        return made

    def _seen(self, guild: Json) -> set[str]:
        """Return the channels of a server that the bot may see."""
        return {each["id"] for each in guild["channels"] if self._world.may(each) & May.VIEW_CHANNEL}

    async def _synced(self, guild: Json, before: set[str]) -> None:
        """Tell of the threads in channels that the bot could not see before.

        https://discord.com/developers/docs/topics/threads#gaining-access-to-channels
        """
        gained = self._seen(guild) - before
        if gained:
            threads = [each for each in self._world.told(guild)["threads"] if each["parent_id"] in gained]
            members = [each["member"] for each in threads if "member" in each]
            told = {"guild_id": guild["id"], "channel_ids": sorted(gained), "threads": threads, "members": members}
            await self._tell("THREAD_LIST_SYNC", told, guild)

    def _heard(self, channel: Json, message: Json) -> Json:
        """https://discord.com/developers/docs/events/gateway#message-content-intent."""
        is_for_me = channel["type"] == DIRECT or self._world.me in message["mentions"]
        return message if is_for_me or self._world.gateway.intents_allowed & CONTENT else message | {"content": ""}

    def _own_role(self, guild: Json) -> str:
        mine = self._world.me["id"]
        return str(next(role["id"] for role in guild["roles"] if role.get("tags", {}).get("bot_id") == mine))

    def _now(self) -> str:
        return self._world.clock.written()

    async def _tell(self, name: str, data: Json, guild: Json) -> None:
        await self._world.gateway.tell(name, data, guild["id"])
