"""Sit with me: someone asks for company, someone willing says yes, they meet; nothing of it remains."""

from bot.cogs.sit.feature import Sits

__all__ = ["Sits"]
