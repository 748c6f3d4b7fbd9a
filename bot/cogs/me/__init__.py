"""A person's own ways: time zone and nation, told once if they like, taken back with one word."""

from bot.cogs.me.cog import Me

__all__ = ["Me"]
