"""Which rota and which shift a person means, among those of their own group; any other does not exist."""

from collections.abc import Sequence

from whenever import Instant

from bot.domain.rota.reading import Meant, SaidDay
from bot.domain.rota.roster import Sheet
from bot.domain.rota.rota import Rota, Shift
from bot.domain.saying import Line, Refused, line

_SHORTEST_PART = 3
_UNNAMED = (Meant(name=""),)


def sheet_meant(sheets: Sequence[Sheet], ways: tuple[Meant, ...] | None) -> tuple[Sheet, Meant]:
    """Return the rota meant, and the reading of the words that found it.

    A number or a whole name goes before a part of a name; with one rota, none need be named. Refuses otherwise,
    naming the rotas there are.
    """
    if not sheets:
        raise Refused("rota-none")
    for find in (_by_name, _by_part):
        for meant in ways or _UNNAMED:
            if sheet := find(sheets, meant.name.casefold()):
                return sheet, meant
    unnamed = any(not meant.name for meant in ways or _UNNAMED)
    raise Refused("rota-which" if unnamed else "rota-unknown", rotas=names(sheets))


def names(sheets: Sequence[Sheet]) -> tuple[Line, ...]:
    """Return the number and name of each rota."""
    return tuple(line("rota-numbered", number=sheet.rota.number, name=sheet.rota.name) for sheet in sheets)


def _by_name(sheets: Sequence[Sheet], name: str) -> Sheet | None:
    numbered = (sheet for sheet in sheets if str(sheet.rota.number) == name)
    named = (sheet for sheet in sheets if sheet.rota.name.casefold() == name)
    return next(numbered, None) or next(named, None)


def _by_part(sheets: Sequence[Sheet], name: str) -> Sheet | None:
    if not name:
        return sheets[0] if len(sheets) == 1 else None
    found = [sheet for sheet in sheets if name in sheet.rota.name.casefold()]
    return found[0] if len(found) == 1 and len(name) >= _SHORTEST_PART else None


def shift_meant(rota: Rota, said: SaidDay, zone: str, now: Instant) -> Shift:
    """Return the shift on the day a person said, in their `zone`; the first that is not over.

    Refuses a day without one, with the next shifts there are.
    """
    for date in said.dates:
        near = (rota.shift(date.add(days=days)) for days in ((0,) if said.own else (-1, 0, 1)))
        for shift in near:
            if shift and shift.ends > now and (said.own or shift.starts.to_tz(zone).date() == date):
                return shift
    ahead = (shift for shift, _ in zip(rota.coming(now, now.add(hours=24 * 21)), range(3), strict=False))
    raise Refused("rota-no-shift", name=rota.name, dates=tuple(shift.starts.to_tz(zone).date() for shift in ahead))


def held_sheet(sheet: Sheet | None) -> Sheet:
    """Return the sheet that was held. Refuses when the rota has ended in between."""
    if sheet is None:
        raise Refused("rota-gone")
    return sheet
