"""Calendars: files written as RFC 5545 has them, and the small server that people's calendars fetch theirs from.

It listens where the settings say, and calls nobody.
"""

from bot.feeds.own import OwnFeed
from bot.feeds.written import Written, lines

__all__ = ["OwnFeed", "Written", "lines"]
