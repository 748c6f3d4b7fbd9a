"""Sitting together as a group: an open hour that anybody can start, or that a rota holds; nobody lists who comes."""

from bot.cogs.together.feature import Together

__all__ = ["Together"]
