"""The local room: a web page on this machine alone, on which one person tries being several at once."""

from bot.adapters.local.clock import MovableClock
from bot.adapters.local.world import LocalWorld

__all__ = ["LocalWorld", "MovableClock"]
