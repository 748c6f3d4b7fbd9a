"""Being away from standing places for some dates, and coming back: to a shift that is full, only when it has room."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.domain.rota.closing import Closure
from bot.domain.rota.parts import without
from bot.domain.rota.roster import Absence, Roster
from bot.domain.rota.rota import Shift
from bot.domain.rota.signing import LOOKED_AHEAD, Signing


def away(signing: Signing, days: Iterable[Closure]) -> Roster:
    """Return the roster with the person away from their standing places on those dates of the rota's own."""
    absent = {Absence(person=signing.person, first=each.first, last=each.last) for each in days}
    return replace(signing.sheet.roster, absent=signing.sheet.roster.absent | absent)


def back(signing: Signing) -> Roster:
    """Return the roster with the person back, but on shifts that are full, or at a time at which they are elsewhere."""
    roster, person = signing.sheet.roster, signing.person
    mine = frozenset(each for each in roster.absent if each.person == person)
    here = replace(roster, absent=roster.absent - mine)
    for shift in _missed(signing, mine):
        again = without(here.parts(person, shift), roster.parts(person, shift))
        if any(signing.sheet.room(shift, part) < 1 for part in again) or signing.clash(shift, again):
            for part in again:
                here = here.without_part(person, shift, part)
    return here


def missed(signing: Signing, days: Iterable[Closure]) -> tuple[Shift, ...]:
    """Return the shifts of their standing places that fall on those dates, as far ahead as the rota opens."""
    dates = tuple(days)
    return tuple(
        shift
        for shift in signing.sheet.within_horizon(signing.now)
        if any(each.holds(shift.date) for each in dates) and signing.sheet.roster.stands(signing.person, shift)
    )


def _missed(signing: Signing, absent: Iterable[Absence]) -> Iterator[Shift]:
    away_on = tuple(absent)
    for shift in signing.sheet.rota.coming(signing.now, signing.now + LOOKED_AHEAD):
        if any(each.first <= shift.date <= each.last for each in away_on):
            yield shift
