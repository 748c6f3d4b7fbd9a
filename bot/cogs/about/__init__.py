"""Help, and the truth about what this is: who can read what, and what is kept."""

from bot.cogs.about.cog import About

__all__ = ["About"]
