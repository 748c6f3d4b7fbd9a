"""Which rota and which shift a person means, among those of their own group; any other does not exist."""

from collections.abc import Sequence

from whenever import Date, Instant, TimeDelta

from bot.domain.rota.reading import Meant, SaidDay
from bot.domain.rota.rota import Rota, Shift, ShiftId
from bot.domain.rota.sheet import Sheet
from bot.domain.saying import Line, Refused, line

_SHORTEST_PART = 3
# Far enough for the next shifts of all but the rarest rules.
_LOOKED_AHEAD = TimeDelta(hours=24 * 100)
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

    Refuses a day without one, with the next shifts there are, and a day with several of which none was said.
    """
    for date in said.dates:
        found = [shift for shift in _on(rota, said, date, zone) if shift.ends > now]
        if len(found) > 1:
            raise Refused("rota-which-shift", times=tuple(shift.starts.to_tz(zone) for shift in found))
        if found:
            return found[0]
    ahead = (shift for shift, _ in zip(rota.coming(now, now + _LOOKED_AHEAD), range(3), strict=False))
    dates = tuple(shift.starts.to_tz(zone).date() for shift in ahead)
    raise Refused("rota-no-shift", name=rota.name, dates=dates) if dates else Refused("rota-no-more", name=rota.name)


def typed(rota: Rota, shift: Shift) -> str:
    """Return what to type for a shift: its date, and which line of the rota where there is another that day."""
    date = shift.date.format_iso()
    others = (each for each in rota.patterns if each.number != shift.id.pattern)
    return f"{date}/{shift.id.pattern}" if any(each.falls_on(shift.date) for each in others) else date


def _on(rota: Rota, said: SaidDay, date: Date, zone: str) -> list[Shift]:
    """Return the shifts that may be meant by a date of the rota's own, or of the person's."""
    if said.own and said.pattern is not None:
        shift = rota.shift(ShiftId(date=date, pattern=said.pattern))
        return [shift] if shift else []
    if said.own:
        return list(rota.on_date(date))
    near = [shift for days in (-1, 0, 1) for shift in rota.on_date(date.add(days=days))]
    here = [(shift, shift.starts.to_tz(zone)) for shift in near]
    return [shift for shift, starts in here if starts.date() == date and said.time in {None, starts.time()}]


def held_sheet(sheet: Sheet | None) -> Sheet:
    """Return the sheet that was held. Refuses when the rota has ended in between."""
    if sheet is None:
        raise Refused("rota-gone")
    return sheet
