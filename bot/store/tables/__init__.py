"""Tables. Each column says what it is for and when it ends; the data map is made from that."""

from bot.store.tables import (
    apart,
    asking,
    feeds,
    group,
    hello,
    house,
    lists,
    openings,
    rota,
    rota_changes,
    sit,
    sit_again,
    together,
    welcomes,
)
from bot.store.tables.base import metadata

__all__ = [
    "apart",
    "asking",
    "feeds",
    "group",
    "hello",
    "house",
    "lists",
    "metadata",
    "openings",
    "rota",
    "rota_changes",
    "sit",
    "sit_again",
    "together",
    "welcomes",
]
