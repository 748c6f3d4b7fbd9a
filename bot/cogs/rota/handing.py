"""What is said when shifts are handed over. To whom an offer was made is told to nobody else."""

from collections.abc import Collection, Sequence

from whenever import Date, TimeDelta

from bot.cogs.rota import telling
from bot.cogs.rota.replies import pings
from bot.cogs.rota.wanting import Wanted
from bot.domain.ids import PersonId
from bot.domain.rota.covers import Offer
from bot.domain.rota.naming import typed
from bot.domain.rota.parts import Part, without
from bot.domain.rota.rota import Shift
from bot.domain.rota.said_person import ANYONE
from bot.domain.rota.sheet import Sheet
from bot.domain.rota.signing import Signing
from bot.domain.saying import Arg, Choice, Line, Say, line, say


def which_to_offer(signing: Signing) -> Say:
    """Return their shifts, to pick the one that another may have."""
    rota, theirs = signing.sheet.rota, signing.theirs()
    if not theirs:
        return say("rota-leave-none", name=rota.name)
    choices = (telling.offer_choice(rota, shift, signing.zone) for shift in theirs[: telling.MOST_CHOICES])
    return say("rota-offer-which", name=rota.name).offering(*choices)


def offer_whom(wanted: Wanted, until: Date | None, but: Collection[PersonId] = ()) -> Say:
    """Return whom a shift could be offered to: anyone, or one of those on the rota, `but` not these."""
    signing, shift = wanted.signing, wanted.shift
    if shift is None:
        return which_to_offer(signing)
    options = _options(wanted, shift) | ({} if until is None else {"until": until.format_iso()})
    others = [person for person in signing.sheet.roster.people if person not in {signing.person, *but}]
    choices = [Choice(label=line("rota-offer-anyone"), command="rota offer", options={**options, "to": ANYONE})]
    choices += [
        _to(person, "rota offer", {**options, "to": person.mark}) for person in others[: telling.MOST_CHOICES - 1]
    ]
    told = say("rota-offer-whom", name=wanted.rota.name, when=telling.when(shift, wanted.part, signing.zone))
    return told.offering(*(each.undone_by(line("rota-offer-undo")) for each in choices))


def swap_which(wanted: Wanted) -> Say:
    """Return the shifts of others that theirs could be swapped for."""
    signing, mine = wanted.signing, wanted.shift
    if mine is None:
        return which_to_offer(signing)
    ahead = signing.sheet.within_horizon(signing.now)
    free = [each for each in ahead if signing.sheet.on(each) and signing.person not in signing.sheet.on(each)]
    if not free:
        return say("rota-swap-none", name=wanted.rota.name)
    choices = (
        Choice(
            label=line("rota-swap-this", when=each.starts.to_tz(signing.zone)),
            command="rota swap",
            options=_options(wanted, mine) | {"theirs": typed(wanted.rota, each)},
            undo=line("rota-offer-undo"),
        )
        for each in free[: telling.MOST_CHOICES]
    )
    return say("rota-swap-which", when=mine.starts.to_tz(signing.zone)).offering(*choices)


def swap_whom(wanted: Wanted, theirs: Shift) -> Say:
    """Return those on another shift, to pick with whom to swap."""
    signing, mine = wanted.signing, wanted.shift
    if mine is None:
        return which_to_offer(signing)
    options = _options(wanted, mine) | {"theirs": typed(wanted.rota, theirs)}
    others = [person for person in signing.sheet.on(theirs) if person != signing.person]
    choices = (_to(person, "rota swap", {**options, "person": person.mark}) for person in others)
    return say("rota-swap-whom", when=theirs.starts.to_tz(signing.zone)).offering(
        *(each.undone_by(line("rota-offer-undo")) for each in choices)
    )


def put_up(signing: Signing, offer: Offer, shifts: Sequence[Shift], theirs: Shift | None) -> Say:
    """Return that it is on offer, that they are on until somebody takes it, and how to keep it after all."""
    when = _when(offer, shifts, signing.zone)
    name = signing.sheet.rota.name
    if theirs is not None and offer.to is not None:
        told = say("rota-swap-asked", name=name, when=when, back=theirs.starts.to_tz(signing.zone), person=offer.to)
    elif offer.to is not None:
        told = say("rota-offered-to", name=name, when=when, person=offer.to)
    else:
        told = say("rota-offered", name=name, when=when)
    keep = Choice(label=line("rota-keep-it"), command="rota keep", options={"code": offer.code})
    return told.then(line("rota-offered-still-on")).offering(keep.undone_by(line("rota-offer-undo")))


def offered(sheet: Sheet, offer: Offer, shifts: Sequence[Shift], theirs: Shift | None, zone: str) -> Say:
    """Return what those hear that an offer is for, and how to say yes. A no needs nothing."""
    when, name = _when(offer, shifts, zone), sheet.rota.name
    if theirs is not None:
        told = say("rota-swap-to-you", name=name, when=when, back=theirs.starts.to_tz(zone), person=offer.person)
    elif offer.to is not None:
        told = say("rota-offer-to-you", name=name, when=when, person=offer.person)
    else:
        told = say("rota-offer-room", name=name, when=when)
    label = "rota-take-it" if theirs is None else "rota-swap-yes"
    take = Choice(label=line(label), command="rota take", options={"code": offer.code})
    return told.offering(take.undone_by(line("rota-take-undo", name=name)))


def took(after: Signing, before: Sheet, shifts: Sequence[Shift], offer: Offer, leads: tuple[TimeDelta, ...]) -> Say:
    """Return what they are on now, and how to give it back to whom they have it from."""
    rota, zone = before.rota, after.zone
    lines: list[Line] = []
    for shift in shifts:
        parts = taken_of(before, after.sheet, shift, after.person)
        lines += [line("rota-joined", name=rota.name, when=telling.when(shift, part, zone)) for part in parts]
    back = [
        Choice(
            label=line("rota-give-back", person=offer.person),
            command="rota offer",
            options={"rota": str(rota.number), "date": typed(rota, shift), "to": offer.person.mark},
            undo=line("rota-offer-undo"),
        )
        for shift in shifts[:1]
        if offer.back is None
    ]
    leave = [telling.leave_choice(rota, shift, zone) for shift in shifts[:1]]
    return Say(lines=(*lines, pings(leads), line("rota-change-mind")), choices=(*leave, *back))


def was_taken(sheet: Sheet, shift: Shift, parts: Sequence[Part], taker: PersonId, zone: str) -> Say:
    """Return what whoever offered a shift hears: who has it now."""
    lines = (
        line("rota-taken", name=sheet.rota.name, when=telling.when(shift, part, zone), person=taker) for part in parts
    )
    return Say(lines=tuple(lines))


def swapped_line(sheet: Sheet, back: Shift, zone: str) -> Line:
    """Return that they are on the shift they have in return."""
    return line("rota-joined", name=sheet.rota.name, when=back.starts.to_tz(zone))


def kept(sheet: Sheet) -> Say:
    """Return that it is not on offer any more."""
    return say("rota-kept-it", name=sheet.rota.name)


def taken_of(before: Sheet, after: Sheet, shift: Shift, person: PersonId) -> tuple[Part, ...]:
    """Return the parts of a shift that somebody is on now and was not before."""
    return without(after.roster.parts(person, shift), before.roster.parts(person, shift))


def _options(wanted: Wanted, shift: Shift) -> dict[str, str]:
    options = {"rota": str(wanted.rota.number), "date": typed(wanted.rota, shift)}
    return options if wanted.said is None else options | {"part": str(wanted.said)}


def _to(person: PersonId, command: str, options: dict[str, str]) -> Choice:
    return Choice(label=line("rota-offer-person", person=person), command=command, options=options)


def _when(offer: Offer, shifts: Sequence[Shift], zone: str) -> Arg:
    if len(shifts) == 1:
        return telling.when(shifts[0], offer.part, zone)
    return tuple(shift.starts.to_tz(zone) for shift in shifts)
