"""What can be there and need not be: a line for each, so that nobody looks for what is only not set up."""

from collections.abc import Sequence

from bot.operator.report import Found, fine, note
from bot.settings import Calendar
from bot.solving.solver import HighsSolver


def extra_lines(calendar: Calendar) -> Sequence[Found]:
    """Return whether calendars can fetch shifts, and whether open shifts can be shared out."""
    return [_feeds(calendar), _suggestions()]


def _feeds(calendar: Calendar) -> Found:
    if calendar.address is None:
        return note("calendar", "calendars are given files and no address to fetch from: [calendar] sets one up")
    return fine("calendar", f"calendars fetch from {calendar.address}, which is to lead to port {calendar.port} here")


def _suggestions() -> Found:
    if HighsSolver().installed:
        return fine("suggestions", "rota suggest works")
    return note("suggestions", "rota suggest does not work: pip install 'alongside[suggest]' brings what it needs")
