"""discord.py's client with the least it can do with: one intent, no members kept, nobody rung unless told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import discord
from discord import app_commands
from discord.app_commands import Choice

from bot.adapters.discord.buttons import Chosen, Pressed
from bot.adapters.discord.identifying import Identifying
from bot.adapters.discord.localising import Translating
from bot.adapters.discord.slash import Files, Heard, Suggest, slashes
from bot.domain.commands import Command
from bot.ports.words import Words

# Whoever has to wait longer waits in the outbox, and nobody behind them. Cut off while it waits for all routes at once,
# discord.py never sends again; so this has to be well below the patience of the pump.
LONGEST_WAIT_SECONDS = 5.0


class Using(Protocol):
    """Takes what people use."""

    @property
    def used(self) -> Heard:
        """Answer a slash command."""

    async def pressed(self, interaction: discord.Interaction, custom_id: str) -> None:
        """Answer a button."""

    async def sent(self, interaction: discord.Interaction) -> None:
        """Answer a form."""


class Happening(Protocol):
    """Is told what becomes of servers and their channels."""

    async def joined(self, guild: discord.Guild) -> None:
        """Hear that the bot was added to a server."""

    async def removed(self, id_: int) -> None:
        """Hear that a server is gone, or the bot was taken out of it; or that a channel is gone."""


class Suggesting(Protocol):
    """Knows what an option could be."""

    @property
    def suggested(self) -> Suggest:
        """Suggest, while it is typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """The words there are, the languages they are in, and the one that commands are described in by default."""

    words: Words
    locales: Sequence[str]
    locale: str


class Client(discord.AutoShardedClient):
    """One bot. Commands are given to Discord at each start, all at once, which changes nothing where they are there."""

    def __init__(
        self,
        *,
        commands: Sequence[Command],
        speech: Speech,
        shard_count: int | None = None,
        shard_ids: Sequence[int] | None = None,
    ) -> None:
        super().__init__(
            shard_count=shard_count,
            shard_ids=None if shard_ids is None else list(shard_ids),  # type: ignore[arg-type]  # None is all of them.
            intents=discord.Intents(guilds=True),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            allowed_mentions=discord.AllowedMentions.none(),
        )
        # Less than discord.py takes above: it is enough for the usual waits.
        self.http.max_ratelimit_timeout = LONGEST_WAIT_SECONDS
        self.using: Using | None = None
        self.happening: Happening | None = None
        self.identifying: Identifying | None = None
        self.ids: dict[str, int] = {}
        self.suggesting: Suggesting | None = None
        self.tree = app_commands.CommandTree(self, fallback_to_global=True)
        for slash in slashes(commands, speech.words, speech.locale, self._used, self._suggested):
            self.tree.add_command(slash)
        self._translating = Translating(speech.words, speech.locales)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait for the shard's turn."""
        if self.identifying is None:
            await super().before_identify_hook(shard_id, initial=initial)
        else:
            await self.identifying.wait(shard_id or 0)

    async def setup_hook(self) -> None:
        """Make old buttons work, and tell Discord of the commands."""
        self.add_dynamic_items(Pressed, Chosen)
        await self.tree.set_translator(self._translating)
        self.ids.update({command.name: command.id for command in await self.tree.sync()})

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Hand a form on: discord.py itself knows only those of its own life."""
        if interaction.type is discord.InteractionType.modal_submit and self.using is not None:
            await self.using.sent(interaction)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Say that the bot was added to a server."""
        if self.happening is not None:
            await self.happening.joined(guild)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Say that the bot is out of a server."""
        if self.happening is not None:
            await self.happening.removed(guild.id)

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Say that a channel is gone."""
        if self.happening is not None:
            await self.happening.removed(channel.id)

    async def pressed(self, interaction: discord.Interaction, custom_id: str) -> None:
        """Hand a press on."""
        if self.using is not None:
            await self.using.pressed(interaction, custom_id)

    async def _used(
        self, interaction: discord.Interaction, command: str, options: Mapping[str, str], files: Files
    ) -> None:
        if self.using is not None:
            await self.using.used(interaction, command, options, files)

    async def _suggested(
        self, interaction: discord.Interaction, command: str, option: str, text: str
    ) -> list[Choice[str]]:
        return [] if self.suggesting is None else await self.suggesting.suggested(interaction, command, option, text)
