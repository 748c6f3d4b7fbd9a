"""What a person hears who joins or leaves: where they stand now, and no more than that."""

from whenever import TimeDelta, Weekday

from bot.cogs.rota import telling
from bot.domain.rota.pattern import in_order
from bot.domain.rota.rota import Shift
from bot.domain.rota.signing import Signing
from bot.domain.saying import Line, Say, line, say

NEXT_DATES = 3


def joined(signing: Signing, shift: Shift, leads: tuple[TimeDelta, ...]) -> Say:
    """Return that they are on one shift, when they are pinged, and the way out."""
    when, rota = shift.starts.to_tz(signing.zone), signing.sheet.rota
    told = say("rota-joined", name=rota.name, when=when).then(*telling.clock_changes((shift,)), _pings(leads))
    return told.then(line("rota-change-mind")).offering(telling.leave_choice(rota, shift, signing.zone))


def on_already(signing: Signing, shift: Shift) -> Say:
    """Return that nothing changed: they are on it."""
    return say("rota-join-already", name=signing.sheet.rota.name, when=shift.starts.to_tz(signing.zone))


def joined_weekly(signing: Signing, days: frozenset[Weekday], leads: tuple[TimeDelta, ...]) -> Say:
    """Return that they have a weekly place, and the next dates; `signing` holds the sheet as it is now."""
    rota, next_ = signing.sheet.rota, telling.dates(signing.theirs()[:NEXT_DATES], signing.zone)
    told = say("rota-joined-weekly", name=rota.name, days=telling.days(in_order(days)), dates=next_)
    return told.then(_pings(leads), line("rota-change-mind-weekly", number=rota.number))


def left(signing: Signing, shift: Shift) -> Say:
    """Return that they are off one shift."""
    return say("rota-left", name=signing.sheet.rota.name, when=shift.starts.to_tz(signing.zone))


def left_weekly(signing: Signing) -> Say:
    """Return that the weekly place has ended, and the dates they are still on, by the sheet as it is now."""
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


def _pings(leads: tuple[TimeDelta, ...]) -> Line:
    return line("rota-pings", leads=leads) if leads else line("rota-pings-none")
