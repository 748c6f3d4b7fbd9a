"""Which rotas, and which of their shifts, a few typed letters may come to mean."""

import re
from collections.abc import Iterable, Sequence

from whenever import Date

from bot.domain.reading.near import names
from bot.domain.reading.plain import plain
from bot.domain.rota.rota import Shift
from bot.domain.rota.sheet import Sheet

_FILLERS = frozenset({"at", "of", "on", "the", "this"})
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


def sheets_near(sheets: Sequence[Sheet], text: str) -> tuple[Sheet, ...]:
    """Return the rotas whose number begins with what was typed, or whose name holds it; all when nothing was."""
    words = plain(text).casefold()
    return tuple(
        sheet
        for sheet in sheets
        if str(sheet.rota.number).startswith(words) or words in plain(sheet.rota.name).casefold()
    )


def shifts_near(shifts: Iterable[Shift], text: str, zone: str, today: Date) -> tuple[Shift, ...]:
    """Return the shifts that every word typed begins to tell of, as they are in `zone`; all when nothing was typed."""
    words = [_ORDINAL.sub(r"\1", word) for word in plain(text).casefold().split() if word not in _FILLERS]
    return tuple(shift for shift in shifts if all(_tells(word, shift, zone, today) for word in words))


def _tells(word: str, shift: Shift, zone: str, today: Date) -> bool:
    here = shift.starts.to_tz(zone)
    date, time = here.date(), here.time()
    told = (
        *names(date, today),
        _MONTHS[date.month - 1],
        str(date.day),
        f"{date.day:02}/{date.month:02}",
        f"{date.day}/{date.month}",
        f"{time.hour:02}:{time.minute:02}",
        shift.date.format_iso(),
    )
    return any(one.startswith(word) for one in told)
