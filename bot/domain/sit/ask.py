"""One ask, from its start to its end: values in, values out. It holds choices and ids, and no word that was typed."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from whenever import Instant, TimeDelta

from bot.domain.ids import GroupId, PersonId
from bot.domain.saying import Refused
from bot.domain.sit.table import ENDS, Event, Stage, after

# An offer stands for the asker to see and answer at least this long, even when the time they set runs out before.
OFFER_STANDS = TimeDelta(minutes=30)


class Wanted(StrEnum):
    """What kind of company. Sitting quietly together is as much as talking."""

    QUIET = "quiet"
    TALK = "talk"
    EITHER = "either"


class Where(StrEnum):
    """Where the two meet: in a private room that the bot opens, or in each other's direct messages."""

    ROOM = "room"
    DIRECT = "direct"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One person's yes. Its number is what the asker types to pick it."""

    number: int
    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Someone asked for company. `starts_at` of None means now.

    `answer_by` is when the asker hears how it stands; `invited` are those it was put to, `sitter` the one picked.
    """

    id: str
    group: GroupId
    asker: PersonId
    wanted: Wanted
    length: TimeDelta
    asked_at: Instant
    starts_at: Instant | None
    answer_by: Instant
    where: Where = Where.ROOM
    stage: Stage = Stage.ASKED
    invited: frozenset[PersonId] = frozenset()
    offers: tuple[Offer, ...] = ()
    sitter: PersonId | None = None

    @property
    def picked_person(self) -> PersonId:
        """Who was picked. Raises `LookupError` when nobody was: that is a bug."""
        if self.sitter is None:
            raise LookupError(self.stage)
        return self.sitter

    @property
    def over(self) -> bool:
        """Whether it has ended, so that no row of it stays."""
        return self.stage in ENDS

    @property
    def waiting(self) -> bool:
        """Whether someone is still looked for."""
        return self.stage in {Stage.ASKED, Stage.OFFERED}

    @property
    def wakes_at(self) -> Instant:
        """When something is due about it next."""
        return self.starts_at if self.stage is Stage.PICKED and self.starts_at else self.answer_by

    def past(self, now: Instant) -> bool:
        """Whether the time agreed for the sit itself is over."""
        return self.starts_at is not None and self.starts_at + self.length <= now

    def inviting(self, people: frozenset[PersonId]) -> Self:
        """Put it to more people; the asker is never among them."""
        return replace(self, invited=(self.invited | people) - {self.asker})

    def offered_by(self, person: PersonId, now: Instant) -> Self:
        """Take one person's yes; a second yes of the same person changes nothing."""
        if person not in self.invited:
            raise Refused("sit-over")
        if self.offer_of(person):
            return self
        number = max((offer.number for offer in self.offers), default=0) + 1
        return replace(
            self,
            stage=after(self.stage, Event.OFFER),
            offers=(*self.offers, Offer(number=number, person=person)),
            answer_by=max(self.answer_by, now + OFFER_STANDS),
        )

    def offer_of(self, person: PersonId) -> Offer | None:
        """Return that person's offer, or None."""
        return next((offer for offer in self.offers if offer.person == person), None)

    def without_offers_of(self, people: frozenset[PersonId]) -> Self:
        """Return it as it is to be shown to the asker, or picked from, without the yes of these people."""
        return replace(self, offers=tuple(offer for offer in self.offers if offer.person not in people))

    def taken_back_by(self, person: PersonId, now: Instant) -> Self:
        """Let someone's yes go, before they were picked or after; no reason is asked."""
        if self.sitter == person:
            return self._waiting_again(now)
        offers = tuple(offer for offer in self.offers if offer.person != person)
        if offers == self.offers:
            raise Refused("sit-over")
        stage = self.stage if offers else after(self.stage, Event.LAST_OFFER_BACK)
        return replace(self, stage=stage, offers=offers)

    def _waiting_again(self, now: Instant) -> Self:
        """Look for somebody else: a while longer, but not past the time agreed."""
        stage = after(self.stage, Event.SITTER_CANNOT)
        again = now + OFFER_STANDS
        answer_by = max(self.answer_by, min(again, self.starts_at or again))
        return replace(self, stage=stage, sitter=None, offers=(), answer_by=answer_by)

    def picked(self, number: int | None, now: Instant) -> Self:
        """Pick an offer by number, or the only one, and let the others go. Raises `Refused` when it is not there."""
        chosen = [offer for offer in self.offers if number in {None, offer.number}]
        if not chosen:
            raise Refused("sit-no-such-offer")
        if len(chosen) > 1:
            raise Refused("sit-pick-which")
        later = self.starts_at is not None and self.starts_at > now
        event = Event.PICK_FOR_LATER if later else Event.PICK_FOR_NOW
        return replace(self, stage=after(self.stage, event), sitter=chosen[0].person, offers=tuple(chosen))

    def having(self, event: Event) -> Self:
        """Return the ask after an event that concerns nobody else."""
        return replace(self, stage=after(self.stage, event))
