"""What a person hears who joins or leaves: where they stand now, and no more than that."""

from collections.abc import Sequence

from whenever import TimeDelta

from bot.cogs.rota import telling
from bot.domain.rota.parts import Part
from bot.domain.rota.recurrence import in_order
from bot.domain.rota.roster import Standing
from bot.domain.rota.rota import Shift
from bot.domain.rota.signing import Signing
from bot.domain.saying import Line, Say, line, say

NEXT_DATES = 3


def joined(signing: Signing, shift: Shift, part: Part, leads: tuple[TimeDelta, ...]) -> Say:
    """Return that they are on one shift, or a part of it, when they are pinged, and the way out."""
    rota = signing.sheet.rota
    told = say("rota-joined", name=rota.name, when=telling.when(shift, part, signing.zone)).then(
        *telling.clock_changes((shift,)), pings(leads)
    )
    return told.then(line("rota-change-mind")).offering(telling.leave_choice(rota, shift, signing.zone))


def on_already(signing: Signing, shift: Shift) -> Say:
    """Return that nothing changed: they are on it."""
    return say("rota-join-already", name=signing.sheet.rota.name, when=shift.starts.to_tz(signing.zone))


def joined_standing(signing: Signing, places: Sequence[Standing], leads: tuple[TimeDelta, ...]) -> Say:
    """Return that they have a standing place, and the next dates; `signing` holds the sheet as it is now."""
    rota, next_ = signing.sheet.rota, telling.dates(signing.theirs()[:NEXT_DATES], signing.zone)
    days = in_order(place.day for place in places if place.day is not None)
    what = telling.days(days) if len(days) == len(places) else line("rota-any-shift")
    told = say("rota-joined-weekly", name=rota.name, every=places[0].every, days=what, dates=next_)
    return told.then(pings(leads), line("rota-change-mind-weekly", number=rota.number))


def left(signing: Signing, shift: Shift, part: Part) -> Say:
    """Return that they are off one shift, or a part of it."""
    return say("rota-left", name=signing.sheet.rota.name, when=telling.when(shift, part, signing.zone))


def left_standing(signing: Signing) -> Say:
    """Return that the standing place has ended, and the dates they are still on, by the sheet as it is now."""
    told, still = say("rota-left-weekly", name=signing.sheet.rota.name), signing.theirs()
    if not still:
        return told
    choices = (telling.leave_choice(signing.sheet.rota, shift, signing.zone) for shift in still[: telling.MOST_CHOICES])
    return told.then(line("rota-left-still", dates=telling.dates(still, signing.zone))).offering(*choices)


def which_to_join(signing: Signing) -> Say:
    """Return the open shifts ahead to pick from."""
    rota, shifts = signing.sheet.rota, signing.sheet.within_horizon(signing.now)
    choices = telling.join_choices(signing.sheet, shifts, signing.person, signing.zone)
    if not choices:
        return say("rota-join-none-open", name=rota.name)
    return say("rota-join-which", name=rota.name, number=rota.number).offering(*choices)


def which_to_leave(signing: Signing) -> Say:
    """Return the shifts they are on, to pick from."""
    rota, theirs = signing.sheet.rota, signing.theirs()
    if not theirs:
        return say("rota-leave-none", name=rota.name)
    choices = (telling.leave_choice(rota, shift, signing.zone) for shift in theirs[: telling.MOST_CHOICES])
    return say("rota-leave-which", name=rota.name, number=rota.number).offering(*choices)


def pings(leads: tuple[TimeDelta, ...]) -> Line:
    """Return how long before a shift they are pinged, as they chose."""
    return line("rota-pings", leads=leads) if leads else line("rota-pings-none")
