"""discord.py's client with the least it can do with: one intent, no members kept, nobody rung unless told."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import discord
from discord import app_commands
from discord.app_commands import Choice

from bot.adapters.discord.buttons import Pressed
from bot.adapters.discord.slash import Heard, Suggest, Translating, slashes
from bot.domain.commands import Command
from bot.ports.words import Words


class Using(Protocol):
    """Takes what people use."""

    @property
    def used(self) -> Heard:
        """Answer a slash command."""

    async def pressed(self, interaction: discord.Interaction, custom_id: str) -> None:
        """Answer a button."""


class Suggesting(Protocol):
    """Knows what an option could be."""

    @property
    def suggested(self) -> Suggest:
        """Suggest, while it is typed."""


class Client(discord.AutoShardedClient):
    """One bot. Commands are given to Discord at each start, all at once, which changes nothing where they are there."""

    def __init__(self, *, commands: Sequence[Command], words: Words, locales: Sequence[str], locale: str) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            allowed_mentions=discord.AllowedMentions.none(),
        )
        self.using: Using | None = None
        self.suggesting: Suggesting | None = None
        self.tree = app_commands.CommandTree(self, fallback_to_global=True)
        for slash in slashes(commands, words, locale, self._used, self._suggested):
            self.tree.add_command(slash)
        self._translating = Translating(words, locales)

    async def setup_hook(self) -> None:
        """Make old buttons work, and tell Discord of the commands."""
        self.add_dynamic_items(Pressed)
        await self.tree.set_translator(self._translating)
        await self.tree.sync()

    async def pressed(self, interaction: discord.Interaction, custom_id: str) -> None:
        """Hand a press on."""
        if self.using is not None:
            await self.using.pressed(interaction, custom_id)

    async def _used(self, interaction: discord.Interaction, command: str, options: Mapping[str, str]) -> None:
        if self.using is not None:
            await self.using.used(interaction, command, options)

    async def _suggested(
        self, interaction: discord.Interaction, command: str, option: str, text: str
    ) -> list[Choice[str]]:
        return [] if self.suggesting is None else await self.suggesting.suggested(interaction, command, option, text)
