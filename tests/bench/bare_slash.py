"""The bare bot that ours is held against on Discord: discord.py as its own documentation shows it, answering in place.

`python -m tests.bench.bare_slash`, with the loopback Discord and the token in its environment.
"""

import asyncio
import os

import discord
from discord import app_commands

from tests.discord.bare import TOKEN
from tests.discord.pointing import WHERE, point

# As much as ours says, so that both have the same to send.
READ = "These lines answer day and night. " * 30
KEPT = "Kept: Wales."


class Bare(discord.Client):
    """Answers `/now` and `/me nation`, and keeps nothing."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True))
        self.tree = app_commands.CommandTree(self)

    async def setup_hook(self) -> None:
        """Tell Discord of both commands."""

        async def now(interaction: discord.Interaction, nation: str) -> None:
            del nation
            await interaction.response.send_message(READ, ephemeral=True)

        async def nation_is(interaction: discord.Interaction, nation: str) -> None:
            del nation
            await interaction.response.send_message(KEPT, ephemeral=True)

        self.tree.add_command(app_commands.Command(name="now", description="Read", callback=now))
        me = app_commands.Group(name="me", description="Me")
        me.add_command(app_commands.Command(name="nation", description="Keep", callback=nation_is))
        self.tree.add_command(me)
        await self.tree.sync()

    async def on_ready(self) -> None:
        """Say that it serves."""
        print("serving", flush=True)


async def serve() -> None:
    """Serve until stopped."""
    point(os.environ[WHERE])
    async with Bare() as client:
        await client.start(os.environ[TOKEN])


if __name__ == "__main__":
    asyncio.run(serve())
