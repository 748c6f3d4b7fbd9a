"""What there is on the loopback Discord, who may do what there, and how it looks to the bot."""

import itertools
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from tests.discord import making, permissions, refusing
from tests.discord.clock import Clock
from tests.discord.gateway import Gateway
from tests.discord.making import DIRECT, PRIVATE_THREAD, TEXT, THREADS
from tests.discord.permissions import IN_A_DIRECT_MESSAGE, USUAL, Json, May
from tests.discord.refusing import refuse

# What a bot for meetings is asked in with.
GRANTED = USUAL | May.MANAGE_THREADS
_FIRST = 1_000_000_000_000_000_000
_APART = 1_500_007
# https://discord.com/developers/docs/reference#snowflakes
_EPOCH_SECONDS, _BELOW_TIME = 1_420_070_400, 22


class World:
    """Servers, channels, people and messages. Nothing of it is told to anybody: `Happening` does that."""

    def __init__(self, clock: Clock, token: str) -> None:
        self.clock = clock
        # Far enough apart that servers are not all one shard's.
        self._ids = itertools.count(_FIRST, _APART)
        self._spoken = itertools.count()
        self.me = making.user(self.id(), "alongside") | {"bot": True}
        self.users: dict[str, Json] = {self.me["id"]: self.me}
        self.guilds: dict[str, Json] = {}
        self.members: dict[str, dict[str, Json]] = {}
        self.channels: dict[str, Json] = {}
        self.thread_members: dict[str, dict[str, Json]] = {}
        self.messages: dict[str, list[Json]] = {}
        self.nonces: dict[tuple[str, str], tuple[float, Json]] = {}
        self.commands: list[Json] = []
        self.gone: set[tuple[str, str]] = set()
        self.closed_to_me: set[str] = set()
        self.installed_for: set[str] = set()
        self.locales: dict[str, str] = {}
        self.most_active_threads = 1000
        self.uploads: dict[str, bytes] = {}
        # https://discord.com/developers/docs/reference#uploading-files
        self.largest_file = 10 * 1024 * 1024
        self._direct: dict[str, str] = {}
        self.gateway = Gateway(token=token, me=self.me, clock=clock, guilds=lambda: map(self.told, self.mine()))

    def id(self) -> str:
        """Return a new id, greater than all before."""
        return str(next(self._ids))

    def message_id(self) -> str:
        """Return the id of a message, which tells when it was said, as Discord's do."""
        milliseconds = int((self.clock.now() - _EPOCH_SECONDS) * 1000)
        return str(milliseconds << _BELOW_TIME | next(self._spoken) % (1 << _BELOW_TIME))

    def user(self, name: str, user_id: str | int | None = None) -> Json:
        """Make a person."""
        made = making.user(str(user_id or self.id()), name)
        return self.users.setdefault(made["id"], made)

    def guild(self, name: str = "peers", *, granted: May | None = GRANTED, everyone: May = USUAL) -> Json:
        """Make a server with one text channel; the bot is in it, with a role of its own, unless `granted` is None."""
        owner = self.user(f"owner of {name}")
        made = making.guild(self.id(), name, owner["id"], self.clock.written())
        self.guilds[made["id"]], self.members[made["id"]] = made, {}
        made["roles"].append(making.role(made["id"], "@everyone", everyone))
        self.join(made, owner)
        if granted is not None:
            own = self.role(made, "alongside", granted) | {"managed": True, "tags": {"bot_id": self.me["id"]}}
            made["roles"][-1] = own
            made["members"].append(self.join(made, self.me, own["id"]))
        self.channel(made, "general")
        return made

    def channel(self, guild: Json, name: str, kind: int = TEXT, **more: Any) -> Json:  # noqa: ANN401  JSON.
        """Make a channel in a server."""
        made = making.channel(self.id(), guild["id"], name, kind) | more
        self.channels[made["id"]] = made
        guild["channels"].append(made)
        return made

    def role(self, guild: Json, name: str, granted: May = May.NOTHING) -> Json:
        """Make a role in a server."""
        made = making.role(self.id(), name, granted, len(guild["roles"]))
        guild["roles"].append(made)
        return made

    def join(self, guild: Json, user: Json, *roles: str) -> Json:
        """Let somebody into a server who is not there yet."""
        there = self.members[guild["id"]]
        self.gone.discard((guild["id"], user["id"]))
        self.users.setdefault(user["id"], user)
        if user["id"] not in there:
            there[user["id"]] = making.member(user, self.clock.written(), roles)
            guild["member_count"] = len(there)
        return there[user["id"]]

    def thread(self, parent: Json, owner: Json, asked: Mapping[str, Any]) -> Json:
        """Make a thread; who makes it is in it."""
        made = making.thread(self.id(), parent, owner["id"], self.clock.written(), asked)
        self.channels[made["id"]] = made
        self.guilds[made["guild_id"]]["threads"].append(made)
        self.thread_members[made["id"]] = {}
        self.into(made, owner["id"])
        return made

    def into(self, thread: Json, user_id: str) -> None:
        """Put somebody into a thread."""
        there = self.thread_members[thread["id"]]
        there.setdefault(user_id, making.thread_member(thread["id"], user_id, self.clock.written()))
        thread["member_count"] = len(there)

    def out_of(self, thread: Json, user_id: str) -> None:
        """Take somebody out of a thread."""
        self.thread_members[thread["id"]].pop(user_id, None)
        thread["member_count"] = len(self.thread_members[thread["id"]])

    def direct(self, user_id: str) -> Json:
        """Return the channel between the bot and a person, which there is only one of."""
        if user_id not in self._direct:
            made = making.direct(self.id(), self.users[user_id])
            self.channels[made["id"]] = made
            self._direct[user_id] = made["id"]
        return self.channels[self._direct[user_id]]

    def say(self, channel: Json, author: Json, asked: Mapping[str, Any], *, is_kept: bool = True) -> Json:
        """Make a message, and keep it in its channel unless it is for one person's eyes."""
        made = making.message(self.message_id(), channel["id"], author, self.clock.written(), asked)
        called = making.rung(made["content"], made["allowed_mentions"])
        made["mentions"] = [self.users[each] for each in called if each in self.users]
        if is_kept:
            self.messages.setdefault(channel["id"], []).append(made)
            channel["last_message_id"] = made["id"]
            if channel["type"] in THREADS:
                channel["message_count"] += 1
                channel["total_message_sent"] += 1
        return made

    def forget(self, channel: Json) -> None:
        """Take away a channel, and the threads in it."""
        for each in [one for one in self.channels.values() if one.get("parent_id") == channel["id"]]:
            if each["type"] in THREADS:
                self.forget(each)
        del self.channels[channel["id"]]
        self.messages.pop(channel["id"], None)
        guild = self.guilds[channel["guild_id"]]
        for listed in (guild["channels"], guild["threads"]):
            listed[:] = [each for each in listed if each["id"] != channel["id"]]

    def mine(self) -> Iterator[Json]:
        """Return the servers that the bot is in."""
        return (guild for guild in self.guilds.values() if self.me["id"] in self.members[guild["id"]])

    def told(self, guild: Json) -> Json:
        """Return a server as the bot is told of it over the gateway."""
        if guild.get("unavailable"):
            return {"id": guild["id"], "unavailable": True}
        active = [each for each in guild["threads"] if not each["thread_metadata"]["archived"]]
        seen = [self.shown(each) for each in active if self.may(each) & May.VIEW_CHANNEL]
        return guild | {"threads": seen, "members": [self.members[guild["id"]][self.me["id"]]]}

    def shown(self, channel: Json) -> Json:
        """Return a channel as the bot sees it: in a thread that it is in, with when it came in."""
        mine = self.thread_members.get(channel["id"], {}).get(self.me["id"])
        return channel | ({"member": mine} if mine else {})

    def may(self, channel: Json, user_id: str | None = None) -> May:
        """Return what somebody may do in a channel; nobody given, what the bot may."""
        user_id = user_id or self.me["id"]
        if channel["type"] == DIRECT:
            return IN_A_DIRECT_MESSAGE | May.VIEW_CHANNEL | May.SEND_MESSAGES | May.READ_MESSAGE_HISTORY
        member = self.members[channel["guild_id"]].get(user_id)
        if member is None:
            return May.NOTHING
        is_thread = channel["type"] in THREADS
        parent = self.channels[channel["parent_id"]] if is_thread else channel
        timed_out = self.is_timed_out(member)
        allowed = permissions.in_channel(self.guilds[channel["guild_id"]], member, parent, timed_out=timed_out)
        if channel["type"] == PRIVATE_THREAD and not allowed & May.MANAGE_THREADS:
            return allowed if user_id in self.thread_members[channel["id"]] else May.NOTHING
        return allowed

    def is_timed_out(self, member: Json) -> bool:
        """Whether somebody may only watch for the time being."""
        until = member["communication_disabled_until"]
        return until is not None and datetime.fromisoformat(until).timestamp() > self.clock.now()

    def guild_named(self, guild_id: str) -> Json:
        """Return a server that the bot is in. Refuses."""
        guild = self.guilds.get(guild_id) or refuse(refusing.UNKNOWN_GUILD)
        if self.me["id"] not in self.members[guild_id]:
            refuse(refusing.MISSING_ACCESS)
        return guild

    def channel_named(self, channel_id: str, *needed: May) -> Json:
        """Return a channel where the bot may do that much. Refuses."""
        channel = self.channels.get(channel_id) or refuse(refusing.UNKNOWN_CHANNEL)
        allowed = self.may(channel)
        if not allowed & May.VIEW_CHANNEL:
            refuse(refusing.MISSING_ACCESS)
        if any(not allowed & each for each in needed):
            refuse(refusing.MISSING_PERMISSIONS)
        return channel

    def message_named(self, channel: Json, message_id: str) -> Json:
        """Return a message of a channel. Refuses."""
        found = [each for each in self.messages.get(channel["id"], []) if each["id"] == message_id]
        return found[0] if found else refuse(refusing.UNKNOWN_MESSAGE)

    def shares_a_guild(self, user_id: str) -> bool:
        """Whether somebody is in a server that the bot is in too, or has it for themselves."""
        return user_id in self.installed_for or any(user_id in self.members[guild["id"]] for guild in self.mine())
