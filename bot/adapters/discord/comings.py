"""Servers that the bot comes into and is taken out of, channels that go, people who leave: all of it is acted on once.

Discord tells the first three. What went while the bot was away is seen when it is back; that people left is learned by
asking.
"""

import asyncio

import discord

from bot.adapters.discord.members import Members
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.saying import Say, choice, line
from bot.ports.chat import ChatError
from bot.ports.groups import Choosing, Groups
from bot.ports.journal import Journal

LOOKED_EVERY_SECONDS = 24 * 60 * 60
# Nobody waits for it, and Discord's limits are for those who do.
_PAUSE_SECONDS = 1.0


class Comings:
    """Tells the house."""

    def __init__(
        self,
        *,
        client: discord.AutoShardedClient,
        world: str,
        groups: Groups,
        choosing: Choosing,
        members: Members,
        journal: Journal,
    ) -> None:
        self._client = client
        self._world = world
        self._groups = groups
        self._choosing = choosing
        self._members = members
        self._journal = journal

    async def joined(self, guild: discord.Guild) -> None:
        """Say hello where the server says hello to newcomers, if the bot may write there."""
        channel = guild.system_channel
        if channel is None or not channel.permissions_for(guild.me).send_messages:
            return
        place, group = PlaceId.of(self._world, str(channel.id)), GroupId.of(self._world, str(guild.id))
        hello = Say(
            lines=(line("discord-hello"), line("discord-hello-set-up")), choices=(choice("discord-set-up", "group"),)
        )
        # Nobody is told by name: Discord does not say who it was.
        await self._groups.invited(place, PersonId.of(self._world, str(guild.owner_id)))
        await self._groups.entered(place, group, hello, there=False)

    async def removed(self, id_: int) -> None:
        """Let go of all that is kept of a server or a channel."""
        await self._groups.gone(PlaceId.of(self._world, str(id_)))

    async def look_round(self) -> None:
        """Find out, now and then, what nobody told: servers and channels that are gone since, people who left."""
        while True:
            try:
                for group in await self._groups.known(self._world):
                    if self._is_ours(group):
                        await self._look_at(group)
            except Exception as error:  # noqa: BLE001  The next round does what this one could not.
                self._journal.fault("not-looked-round", error, world=self._world)
            await asyncio.sleep(LOOKED_EVERY_SECONDS)

    async def _look_at(self, group: GroupId) -> None:
        guild = self._client.get_guild(int(group.native))
        if guild is None:
            await self.removed(int(group.native))
            return
        if guild.unavailable:
            return
        chosen = await self._choosing.channel(group)
        if chosen is not None and guild.get_channel(int(chosen.native)) is None:
            await self._groups.gone(chosen)
        for person in sorted(await self._groups.people(group)):
            try:
                await self._members.is_there(person, group)
            except ChatError as error:
                self._journal.note("member-not-looked-up", why=error.kind)
            await asyncio.sleep(_PAUSE_SECONDS)

    def _is_ours(self, group: GroupId) -> bool:
        """Whether the server is on a shard of this process. https://discord.com/developers/docs/events/gateway#sharding."""
        count, shards = self._client.shard_count or 1, self._client.shard_ids
        return shards is None or (int(group.native) >> 22) % count in shards
