"""`python -m tests.discord.bare`: the least bot, in a process of its own, on the Discord that its environment names."""

import os

import discord

from tests.discord.pointing import WHERE, point

TOKEN = "DISCORD_TOKEN_ON_LOOPBACK"


class Least(discord.Client):
    """Says hello in the first channel that it sees, and goes."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True))

    async def on_ready(self) -> None:
        """Say hello."""
        await self.guilds[0].text_channels[0].send("hello")
        await self.close()


if __name__ == "__main__":
    point(os.environ[WHERE])
    Least().run(os.environ[TOKEN], log_handler=None)
