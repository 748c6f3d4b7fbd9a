"""A person's own ways: time zone, nation and how pings reach them, told once if they like, taken back with one word."""

from bot.cogs.me.cog import Me

__all__ = ["Me"]
