"""Sit with me: someone asks for company, someone willing says yes, they meet; nothing of it remains."""

from bot.cogs.sit.before import Before, Stance
from bot.cogs.sit.feature import Sits

__all__ = ["Before", "Sits", "Stance"]
