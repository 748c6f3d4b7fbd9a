"""Discord: a world that hears commands, buttons and forms alone, and asks for one intent."""

from bot.adapters.discord.world import DiscordWorld

__all__ = ["DiscordWorld"]
