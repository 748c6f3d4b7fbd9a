"""Who is on a shift at a moment: of any of a group's rotas, and any part of a shift."""

from collections.abc import Iterable

from whenever import Instant

from bot.domain.ids import PersonId
from bot.domain.rota.sheet import Sheet


def on_now(sheets: Iterable[Sheet], now: Instant) -> frozenset[PersonId]:
    """Return who is on any shift of these at `now`; whoever is on until then is not."""
    return frozenset(
        stint.person
        for sheet in sheets
        for shift in sheet.rota.coming(now, now)
        for stint in sheet.stints(shift)
        if shift.at(stint.part.starts) <= now < shift.at(stint.part.ends)
    )
