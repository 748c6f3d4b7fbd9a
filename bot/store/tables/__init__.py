"""Tables. Each column says what it is for and when it ends; the data map is made from that."""

from bot.store.tables import asking, group, house, lists, rota, sit
from bot.store.tables.base import metadata

__all__ = ["asking", "group", "house", "lists", "metadata", "rota", "sit"]
