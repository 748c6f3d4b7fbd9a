"""A group's server as the bot sees it: from memory, or asked for when another process has its shard."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import discord

from bot.adapters.discord.reaching import reaching
from bot.domain.ids import GroupId, PlaceId
from bot.ports.chat import ChatError

# An id has 64 bits: https://discord.com/developers/docs/reference#snowflakes.
_LONGEST_ID = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """One server, its text channels from the top, and the bot as a member of it."""

    guild: discord.Guild
    channels: Sequence[discord.TextChannel]
    me: discord.Member

    def channel(self, place: PlaceId | None) -> discord.TextChannel | None:
        """Return the text channel of that id, or None."""
        return next((channel for channel in self.channels if place and str(channel.id) == place.native), None)


class Servers:
    """Finds servers."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    def known(self, group: GroupId) -> discord.Guild | None:
        """Return the server if this process has it in memory."""
        return self._client.get_guild(int(group.native))

    async def guild(self, group: GroupId) -> discord.Guild | None:
        """Return the server, without its channels if it had to be asked for; None for one that the bot is not in."""
        if (known := self.known(group)) is not None:
            return known
        try:
            with reaching():
                return await self._client.fetch_guild(int(group.native), with_counts=False)
        except ChatError as error:
            if error.permanent:
                return None
            raise

    def at_hand(self, group: GroupId) -> Server | None:
        """Return the server with its channels, if this process has all of that in memory."""
        guild = self.known(group)
        if guild is None or guild.unavailable:
            return None
        return Server(guild=guild, channels=_in_order(guild.text_channels), me=guild.me)

    async def find(self, group: GroupId) -> Server | None:
        """Return the server; None for one that the bot is not in. Raises `ChatError`."""
        if (at_hand := self.at_hand(group)) is not None:
            return at_hand
        guild = await self.guild(group)
        if guild is None:
            return None
        with reaching():
            channels = await guild.fetch_channels()
            me = await guild.fetch_member(self._client.application_id or 0)
        text = [channel for channel in channels if isinstance(channel, discord.TextChannel)]
        return Server(guild=guild, channels=_in_order(text), me=me)


def places_of(
    world: str,
    guild: discord.Guild | None,
    used: discord.abc.Snowflake | None,
    chosen: PlaceId | None,
    options: Mapping[str, str],
) -> Mapping[str, PlaceId]:
    """Return the places a person may name: the group's channel first, where it was used, and channels they picked.

    In a thread, that is the channel that the thread is in. Where nothing is known of any, it is the server itself.
    """
    if isinstance(used, discord.Thread):
        used = used.parent or used
    usual = guild.system_channel if guild is not None and used is None else None
    native = None if chosen is None else int(chosen.native)
    ids = [native, *(channel.id for channel in (used, usual) if channel is not None)]
    numbers = [int(value) for value in options.values() if value.isdecimal() and len(value) <= _LONGEST_ID]
    picked = [id_ for id_ in numbers if guild and guild.get_channel(id_)]
    named = {_name(guild, id_): PlaceId.of(world, str(id_)) for id_ in ids if id_ is not None}
    return named | {str(id_): PlaceId.of(world, str(id_)) for id_ in picked}


def _name(guild: discord.Guild | None, id_: int) -> str:
    channel = None if guild is None else guild.get_channel(id_)
    return str(id_) if channel is None else channel.name


def _in_order(channels: Sequence[discord.TextChannel]) -> Sequence[discord.TextChannel]:
    return sorted(channels, key=lambda channel: (channel.position, channel.id))
