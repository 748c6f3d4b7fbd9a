"""Handing shifts over. Nobody is off but by another's yes or their own no, and nobody is on but by their own yes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from whenever import Instant

from bot.domain.ids import PersonId
from bot.domain.rota.covers import Offer
from bot.domain.rota.parts import WHOLE, Part, Parts, shared
from bot.domain.rota.roster import Roster
from bot.domain.rota.rota import Shift, ShiftId
from bot.domain.rota.sheet import Sheet
from bot.domain.rota.signing import Signing
from bot.domain.saying import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Covering:
    """One person who offers or takes, at one rota's sheet. Each method returns the roster after it."""

    signing: Signing

    @property
    def sheet(self) -> Sheet:
        """The sheet as it is."""
        return self.signing.sheet

    @property
    def person(self) -> PersonId:
        """Who offers or takes."""
        return self.signing.person

    def offer(self, offer: Offer) -> Roster:
        """Put an offer of theirs up, in place of any of theirs that shares a shift with it.

        Refuses a shift they are not on, or that is over, themselves as the one who may take it, and a swap for a shift
        that the other is not on.
        """
        if offer.to == self.person:
            raise Refused("rota-offer-self")
        for shift in self._shifts(offer):
            if not self._held(self.person, shift.id, offer.part):
                raise Refused(
                    "rota-leave-not-on", when=shift.starts.to_tz(self.signing.zone), name=self.sheet.rota.name
                )
        if offer.back is not None and not (offer.to and self._held(offer.to, offer.back)):
            raise Refused("rota-swap-not-theirs")
        mine = {each for each in self.sheet.roster.offers if each.person == self.person}
        shared_with = {each for each in mine if not set(each.shifts).isdisjoint(offer.shifts)}
        return replace(self.sheet.roster, offers=self.sheet.roster.offers - shared_with | {offer})

    def withdraw(self, code: str) -> Roster:
        """Take an offer of theirs back. Refuses one that is not there any more."""
        offer = next((each for each in self.sheet.roster.offers if each.code == code), None)
        if offer is None or offer.person != self.person:
            raise Refused("rota-offer-gone")
        return replace(self.sheet.roster, offers=self.sheet.roster.offers - {offer})

    def offered(self, code: str) -> Offer:
        """Return the offer of that code that they may take. Refuses what is not there, or is not for them."""
        offer = next((each for each in self.sheet.roster.offers if each.code == code), None)
        if offer is None or not offer.is_for(self.person):
            raise Refused("rota-offer-gone")
        return offer

    def take(self, code: str, part: Part = WHOLE, only: ShiftId | None = None) -> Roster:
        """Put them on what is offered, or on a part of it, and take off whoever offered it.

        With `only`, on that one of several shifts. Refuses what is gone or over, and a time at which they are on
        already; for a swap, also a time at which the other is on already. Of an offer, what was not taken stays.
        """
        offer = self.offered(code)
        chosen = offer.shifts if only is None else tuple(each for each in offer.shifts if each == only)
        if not chosen:
            raise Refused("rota-offer-gone")
        if offer.back is not None:
            return self._swap(offer)
        roster = self.sheet.roster
        for shift in self._shifts(offer.of(chosen)):
            taken = self._to_take(offer, shift, part)
            self._refuse_twice(shift, taken)
            roster = self._handed(roster, shift, taken, offer.person, self.person)
        return settled(self.sheet.with_roster(roster), self.signing.now)

    def _swap(self, offer: Offer) -> Roster:
        [mine], theirs = self._shifts(offer), self._shift(offer.back)
        back = self._held(self.person, theirs.id)
        if not back:
            raise Refused("rota-offer-gone")
        taken = self._to_take(offer, mine, WHOLE)
        self._refuse_twice(mine, taken, leaving=theirs)
        other = replace(self.signing, person=offer.person)
        if shared(self.sheet.roster.parts(offer.person, theirs), back) or other.clash(theirs, back, leaving=mine):
            raise Refused("rota-swap-they-are-busy")
        roster = self._handed(self.sheet.roster, mine, taken, offer.person, self.person)
        roster = self._handed(roster, theirs, back, self.person, offer.person)
        return settled(self.sheet.with_roster(roster), self.signing.now)

    def _to_take(self, offer: Offer, shift: Shift, part: Part) -> Parts:
        """Return what of an offered shift can still be taken and is wanted. Refuses when that is nothing."""
        taken = shared(self._held(offer.person, shift.id, offer.part), (part,))
        if not taken:
            raise Refused("rota-offer-gone")
        return taken

    def _refuse_twice(self, shift: Shift, parts: Parts, leaving: Shift | None = None) -> None:
        if shared(self.sheet.roster.parts(self.person, shift), parts):
            raise Refused("rota-join-already", name=self.sheet.rota.name, when=shift.starts.to_tz(self.signing.zone))
        self.signing.refuse_two_at_a_time(shift, parts, leaving)

    def _held(self, person: PersonId, shift: ShiftId, part: Part = WHOLE) -> Parts:
        return _held(self.sheet, person, shift, part, self.signing.now)

    def _shifts(self, offer: Offer) -> Sequence[Shift]:
        return [self._shift(each) for each in offer.shifts]

    def _shift(self, id_: ShiftId | None) -> Shift:
        found = None if id_ is None else self.sheet.rota.shift(id_)
        if found is None:
            raise Refused("rota-offer-gone")
        return found

    def _handed(self, roster: Roster, shift: Shift, parts: Parts, giver: PersonId, taker: PersonId) -> Roster:
        for part in parts:
            roster = roster.without_part(giver, shift, part).with_part(taker, shift, part)
        return roster


def settled(sheet: Sheet, now: Instant) -> Roster:
    """Return the roster with just the offers that somebody could still take, each of what is left of it."""
    left = (_left(sheet, offer, now) for offer in sheet.roster.offers)
    return replace(sheet.roster, offers=frozenset(offer for offer in left if offer is not None))


def _left(sheet: Sheet, offer: Offer, now: Instant) -> Offer | None:
    """Return the offer of those of its shifts of which something is left, or None."""
    if offer.back is not None and not (offer.to and _held(sheet, offer.to, offer.back, WHOLE, now)):
        return None
    shifts = tuple(each for each in offer.shifts if _held(sheet, offer.person, each, offer.part, now))
    return offer.of(shifts) if shifts else None


def _held(sheet: Sheet, person: PersonId, id_: ShiftId, part: Part, now: Instant) -> Parts:
    """Return what of a part of a shift that person is still to be on."""
    shift = sheet.rota.shift(id_)
    if shift is None or shift.ends <= now:
        return ()
    ahead = shared((part,), (Part(starts=shift.minutes_by(now)),))
    return shared(sheet.roster.parts(person, shift), ahead)
