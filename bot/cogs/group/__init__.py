"""A group's own ways, set by any of its members in the open; and what becomes of groups as the bot comes and goes."""

from bot.cogs.group.cog import Group
from bot.cogs.group.goings import Goings
from bot.cogs.group.telling import Telling

__all__ = ["Goings", "Group", "Telling"]
