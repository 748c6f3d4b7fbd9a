"""What is kept of a person, in their own hands."""

from bot.cogs.mydata.cog import MyData

__all__ = ["MyData"]
