"""Never paired: one word keeps two people from being brought together, and the other cannot see it."""

from bot.cogs.apart.cog import NeverPaired

__all__ = ["NeverPaired"]
