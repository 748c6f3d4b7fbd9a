"""Hello for me: said hello to at times that a person chose, by the bot, whoever is on shift, or a buddy who agreed."""

from bot.cogs.hello.feature import Hellos

__all__ = ["Hellos"]
