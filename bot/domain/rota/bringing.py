"""A rota out of a file that another program wrote, or the bot itself: a calendar, or a table of shifts."""

from bot.domain.rota import importing_calendar, importing_table
from bot.domain.rota.importing import Brought, ReadsCalendars, Wanted
from bot.domain.rota.importing_lines import brought


def fits(text: str) -> bool:
    """Return whether the text looks as if a rota could be read from it; only its beginning is looked at."""
    return importing_calendar.is_calendar(text) or importing_table.is_table(text)


def bring(text: str, wanted: Wanted, reads: ReadsCalendars) -> Brought:
    """Return the rota that a file makes, which may have no lines, and what of the file is not in it.

    Refuses a file that is more than a rota can be, or in which several are and none is meant.
    """
    if importing_calendar.is_calendar(text):
        return brought(importing_calendar.taken(text, wanted, reads), wanted)
    return brought(importing_table.taken(text, wanted), wanted)
