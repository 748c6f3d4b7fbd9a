"""Calendars: files written and read as RFC 5545 has them, and the small server that calendars fetch theirs from.

It listens where the settings say, and calls nobody.
"""

from bot.feeds.own import OwnFeed
from bot.feeds.read import ReadCalendars
from bot.feeds.written import Written, lines

__all__ = ["OwnFeed", "ReadCalendars", "Written", "lines"]
