"""One ask, from its start to its end: values in, values out. It holds choices and ids, and no word that was typed.

What happens once they are together is in `sitting`.
"""

from dataclasses import dataclass, replace
from typing import Self

from whenever import Instant, TimeDelta

from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.saying import Refused
from bot.domain.sit.table import ENDS, LOOKING, MEETS, STILL_ASKED, Event, Stage, after
from bot.domain.sit.wishes import Hearing, Terms, Tick, Wanted

# An offer stands for the asker to see and answer at least this long, even when the time they set runs out before.
OFFER_STANDS = TimeDelta(minutes=30)
# So long the asker may still say what is to become of an ask that nobody answered; then it ends without a word.
SILENT_AFTER = TimeDelta(hours=1)
# So long after the agreed time they are left in peace: nobody is cut short in the middle of a sentence.
LINGERS = TimeDelta(minutes=15)
# So long at least they may come together from the moment that it could begin.
OPENS_WITHIN = TimeDelta(minutes=30)
# So long after that the platform's word for it is waited for, before the ask ends without.
MINDED = TimeDelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One person's yes. Its number is what the asker types to pick it."""

    number: int
    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change to the card that one of them would like; None in it is as it was. `yes` are those who agreed so far."""

    by: PersonId
    wanted: Wanted | None = None
    length: TimeDelta | None = None
    ticks: frozenset[Tick] | None = None
    yes: frozenset[PersonId] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Someone asked for company. `starts_at` of None means now.

    `answer_by` is when the asker hears how it stands. `named` are people it is to be put to by name, `invited` those it
    was put to, and `everyone` says that the room heard of it, at `place`. `noted` says that the asker wrote a line of
    their own, which stands in memory alone. `unheard` said yes and are kept apart from the asker, so that it counts for
    nothing and they hear what all hear who are not picked. `sitters` are those picked.

    Once they are together, or the room for it is being made, `ends_at` is when that is over by what they agreed; `room`
    is where they are, None in direct messages and where the bot is not. `longer` are those who would like longer, and
    `change` what one of them would like changed. `after` is the code by which each of them may say, alone, that they
    are open to sitting again.
    """

    id: str
    group: GroupId
    asker: PersonId
    place: PlaceId | None
    terms: Terms
    hearing: Hearing
    asked_at: Instant
    starts_at: Instant | None
    answer_by: Instant
    widens_at: Instant | None = None
    stage: Stage = Stage.ASKED
    named: frozenset[PersonId] = frozenset()
    invited: frozenset[PersonId] = frozenset()
    noted: bool = False
    everyone: bool = False
    offers: tuple[Offer, ...] = ()
    unheard: frozenset[PersonId] = frozenset()
    sitters: tuple[PersonId, ...] = ()
    ends_at: Instant | None = None
    room: PlaceId | None = None
    change: Change | None = None
    longer: frozenset[PersonId] = frozenset()
    after: str | None = None

    @property
    def members(self) -> tuple[PersonId, ...]:
        """Those who meet: whoever asks and those picked."""
        return (self.asker, *self.sitters)

    @property
    def over(self) -> bool:
        """Whether it has ended, so that no row of it stays."""
        return self.stage in ENDS

    @property
    def still_asked(self) -> bool:
        """Whether nobody is being brought together yet."""
        return self.stage in STILL_ASKED

    def meets(self, person: PersonId) -> bool:
        """Whether that person is in it: they are together, or just about to be."""
        return self.stage in MEETS and person in self.members

    @property
    def looking(self) -> bool:
        """Whether someone may still offer."""
        return self.stage in LOOKING

    @property
    def wakes_at(self) -> Instant:
        """When something is due about it next."""
        match self.stage:
            case Stage.WIDENING if self.widens_at is not None:
                return min(self.widens_at, self.answer_by)
            case Stage.UNANSWERED:
                return self.answer_by + SILENT_AFTER
            case Stage.PICKED if self.starts_at is not None:
                return self.starts_at
            case Stage.OPENING | Stage.OPEN if self.ends_at is not None:
                return self.ends_at
            case Stage.ENDING if self.ends_at is not None:
                return self.ends_at + LINGERS
            case _:
                return self.answer_by

    def past(self, now: Instant) -> bool:
        """Whether the time agreed for the sit itself is over."""
        return self.starts_at is not None and self.starts_at + self.terms.length <= now

    def inviting(self, people: frozenset[PersonId]) -> Self:
        """Put it to more people; the asker is never among them."""
        return replace(self, invited=(self.invited | people) - {self.asker})

    def widened(self, now: Instant) -> Self:
        """Return it once the next circle hears of it: the time to the one after begins now."""
        hearing = self.hearing.widened()
        widens_at = now + hearing.every if hearing.ahead else None
        return replace(self, hearing=hearing, widens_at=widens_at).looking_on()

    def looking_on(self) -> Self:
        """Return it, while nobody offers, in the stage that says whether others are still to hear of it."""
        if self.stage is Stage.ASKED and self.hearing.ahead:
            return self.having(Event.MORE_TO_HEAR)
        if self.stage is Stage.WIDENING:
            return self.having(Event.WIDEN if self.hearing.ahead else Event.ALL_HEARD)
        return self

    def waiting_on(self, wait: TimeDelta, now: Instant) -> Self:
        """Return it waiting for so long from now, but not past a time agreed that is to come. Raises `Refused`."""
        to_come = self.starts_at if self.starts_at is not None and self.starts_at > now else now + wait
        answer_by = min(now + wait, to_come)
        widens_at = max(self.widens_at, now) if self.widens_at is not None else None
        return replace(self.having(Event.WAIT_ON), answer_by=answer_by, widens_at=widens_at).looking_on()

    def offered_by(self, person: PersonId, now: Instant) -> Self:
        """Take one person's yes; a second yes of the same person changes nothing."""
        if not self.is_put_to(person):
            raise Refused("sit-over")
        if self.offer_of(person):
            return self
        number = max((offer.number for offer in self.offers), default=0) + 1
        return replace(
            self.having(Event.OFFER),
            offers=(*self.offers, Offer(number=number, person=person)),
            answer_by=max(self.answer_by, now + OFFER_STANDS),
        )

    def is_put_to(self, person: PersonId) -> bool:
        """Whether that person may answer it."""
        return person != self.asker and (self.everyone or person in self.invited)

    def has_yes_of(self, person: PersonId) -> bool:
        """Whether that person said yes and did not take it back, whoever hears of it."""
        return person in self.unheard or self.offer_of(person) is not None

    def offer_of(self, person: PersonId) -> Offer | None:
        """Return that person's offer, or None."""
        return next((offer for offer in self.offers if offer.person == person), None)

    def without_offers_of(self, people: frozenset[PersonId]) -> Self:
        """Return it as it is to be shown to the asker, or picked from, without the yes of these people."""
        return replace(self, offers=tuple(offer for offer in self.offers if offer.person not in people))

    def unheard_from(self, person: PersonId) -> Self:
        """Take the yes of somebody who is kept apart from the asker: it changes nothing. Raises `Refused` when over."""
        if not self.is_put_to(person):
            raise Refused("sit-over")
        self.having(Event.OFFER)
        return replace(self, unheard=self.unheard | {person})

    @property
    def not_picked(self) -> tuple[PersonId, ...]:
        """Everybody who said yes and was not picked, in no order that tells anything."""
        offered = {offer.person for offer in self.offers} - set(self.sitters)
        return tuple(sorted(offered | self.unheard))

    @property
    def to_pick(self) -> tuple[Offer, ...]:
        """The offers that were not picked yet."""
        return tuple(offer for offer in self.offers if offer.person not in self.sitters)

    def taken_back_by(self, person: PersonId, now: Instant) -> Self:
        """Let someone's yes go, before they were picked or after; no reason is asked."""
        offers = tuple(offer for offer in self.offers if offer.person != person)
        if person in self.unheard:
            return replace(self, unheard=self.unheard - {person})
        if person in self.sitters:
            return self._without_sitter(person, offers, now)
        if offers == self.offers:
            raise Refused("sit-over")
        less = replace(self, offers=offers)
        return less if offers else less.having(Event.LAST_OFFER_BACK).looking_on()

    def _without_sitter(self, person: PersonId, offers: tuple[Offer, ...], now: Instant) -> Self:
        """Look for somebody else where nobody is left: a while longer, but not past the time agreed."""
        sitters = tuple(sitter for sitter in self.sitters if sitter != person)
        less = replace(self, sitters=sitters, offers=offers)
        if sitters:
            return less.having(Event.SITTER_CANNOT)
        again = now + OFFER_STANDS
        answer_by = max(self.answer_by, min(again, self.starts_at or again))
        less = replace(less.having(Event.LAST_SITTER_CANNOT), answer_by=answer_by)
        return less.having(Event.OFFER) if offers else less.looking_on()

    def picked(self, number: int | None, after: str, now: Instant) -> Self:
        """Pick an offer by number, or the only one. Raises `Refused` when it is not there.

        As long as there is room for more, the other offers stand; with the last, they are let go. `after` is the code
        that those who meet may say afterwards.
        """
        chosen = [offer for offer in self.to_pick if number in {None, offer.number}]
        if not chosen:
            raise Refused("sit-no-such-offer")
        if len(chosen) > 1:
            raise Refused("sit-pick-which")
        more = replace(self, sitters=(*self.sitters, chosen[0].person), after=self.after or after)
        if len(more.sitters) < self.terms.sitters:
            return more.having(Event.PICK_ONE)
        return more.enough(now)

    def enough(self, now: Instant) -> Self:
        """Meet with those picked, and let the others go. Raises `Refused` when nobody is."""
        later = self.starts_at is not None and self.starts_at > now
        picked = tuple(offer for offer in self.offers if offer.person in self.sitters)
        met = replace(self, offers=picked, unheard=frozenset())
        return met.having(Event.MEET_LATER) if later else met.opening(Event.MEET_NOW, now)

    def started(self, now: Instant) -> Self:
        """Return it at the time agreed: they are brought together, or that time went by while the bot was away."""
        return self.having(Event.TOO_LATE) if self.past(now) else self.opening(Event.START, now)

    def opens_by(self, now: Instant) -> Instant:
        """Return until when they may still be brought together: for the time they agreed, or a while from now."""
        end = now if self.starts_at is None else self.starts_at + self.terms.length
        return max(end, now + OPENS_WITHIN)

    def opening(self, event: Event, now: Instant) -> Self:
        """Return it while a room is made. Whoever makes it says how that went; if nobody ever does, it ends so."""
        return replace(self.having(event), ends_at=self.opens_by(now) + MINDED)

    def having(self, event: Event) -> Self:
        """Return the ask after an event that changes nothing else. Raises `Refused` when it is past it."""
        return replace(self, stage=after(self.stage, event))
