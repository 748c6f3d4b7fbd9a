"""Tables. Each column says what it is for and when it ends; the data map is made from that."""

from bot.store.tables.base import column, metadata
from bot.store.tables.house import bookmarks, dues, outbox, wishes

__all__ = ["bookmarks", "column", "dues", "metadata", "outbox", "wishes"]
