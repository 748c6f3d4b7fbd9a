"""A first step: what a group asks for before somebody offers company, and members' welcome of each other."""

from bot.cogs.welcome.cog import Welcomes
from bot.cogs.welcome.steps import FirstSteps

__all__ = ["FirstSteps", "Welcomes"]
