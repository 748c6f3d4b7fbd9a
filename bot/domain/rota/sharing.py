"""Sharing open shifts out: which places there are, who may be offered one, and what of it is true still. Pure.

Nobody is on anything by this. Who may be asked is as `asking` has it: only who said so, not in a pause, once a day.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

from whenever import Instant, TimeDelta

from bot.domain.apart import Pairs
from bot.domain.ids import PersonId
from bot.domain.rota.asking import BETWEEN_ASKS, Candidate, Gap
from bot.domain.rota.asks import AROUND, Asked, Asks, on_between
from bot.domain.rota.breaches import Breach, Kind, check
from bot.domain.rota.fairness import Opening, Problem, Suggestion, Willing
from bot.domain.rota.parts import WHOLE, Part, shared
from bot.domain.rota.rota import Shift
from bot.domain.rota.sheet import Sheet
from bot.domain.rota.stretch import NO_TIME, Stretch

# Two short lists to read at most. Who is offered more at once is handed a rota, and not asked.
MOST_EACH = 10

Offer: TypeAlias = tuple[str, PersonId]
NOBODY_APART: Pairs = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A shift, or a part of one, on which at least one more could be."""

    sheet: Sheet
    shift: Shift
    part: Part

    @property
    def key(self) -> str:
        """What names it for as long as nobody takes a part of it."""
        return f"{self.sheet.rota.id}:{self.shift.id}:{self.part.starts}-{self.part.ends}"

    @property
    def stretch(self) -> Stretch:
        """When it is."""
        return Stretch(begins=self.shift.at(self.part.starts), ends=self.shift.at(self.part.ends))

    @property
    def gap(self) -> Gap:
        """Return it as the rules of asking have it, as far as its times go."""
        return Gap(key=self.key, stretch=self.stretch)

    @property
    def opening(self) -> Opening:
        """Return it as the rules of what is fair have it."""
        room, pattern, stretch = self.sheet.room(self.shift, self.part), self.shift.pattern, self.stretch
        stints = self.sheet.stints(self.shift)
        return Opening(
            key=self.key,
            begins=stretch.begins,
            ends=stretch.ends,
            wanted=room,
            short=max(0, room - (pattern.most - pattern.fewest)),
            with_=frozenset(stint.person for stint in stints if shared((stint.part,), (self.part,))),
        )


def places(sheet: Sheet, asks: Asks, at: Instant, ahead: TimeDelta) -> Iterator[Place]:
    """Give what is open on a rota from `at`, as far `ahead` as single shifts can be taken: gaps, or else whole shifts.

    A shift with a reserve list is not among it: those on the list are asked first, and one by one.
    """
    reserved = {each.shift for each in asks.reserve}
    for shift in sheet.rota.coming(at, at + min(ahead, sheet.rota.opens)):
        if shift.id not in reserved:
            for part in sheet.gaps(shift) or (WHOLE,):
                place = Place(sheet=sheet, shift=shift, part=part)
                if sheet.room(shift, part) and place.gap.latest >= at:
                    yield place


Offers: TypeAlias = Mapping[PersonId, tuple[Place, ...]]


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """All that a suggestion goes by, as it is when people are asked, `at` a moment.

    `sheets` are all of the group's, and `places` some of theirs; `asks` are by the id of the rota. Of `people`, what
    they are `on` is not gone by: that is worked out from the sheets.
    """

    at: Instant
    ahead: TimeDelta
    sheets: tuple[Sheet, ...]
    places: tuple[Place, ...]
    asks: Mapping[str, Asks]
    people: tuple[Candidate, ...]

    @cached_property
    def asked_at(self) -> Mapping[PersonId, Instant]:
        """When each would be asked: at once, or when their quiet hours end. Nobody who was asked within a day."""
        return {who.person: at for who in self.people if (at := _asked_at(who, self.at)) is not None}

    @cached_property
    def _openings(self) -> Mapping[str, Opening]:
        return {place.key: place.opening for place in self.places}

    def problem(self, apart: Pairs = NOBODY_APART) -> Problem:
        """Return what is to be shared out; `apart` are pairs who are never on one shift, or on two at one time."""
        held = on_between(self.sheets, self.at - self.ahead - AROUND, self.at + self.ahead + AROUND)
        free = self._free(apart, held)
        return Problem(
            openings=tuple(self._openings.values()),
            people=tuple(
                self._willing(who, free[who.person], held.get(who.person, ()))
                for who in self.people
                if who.person in free
            ),
            apart=apart,
        )

    def still(self, offers: Iterable[Offer], apart: Pairs = NOBODY_APART) -> Suggestion:
        """Return what may still be offered of what was worked out when things may have been otherwise."""
        problem, pairs = self.problem(apart), list(offers)
        while True:
            left = Suggestion.of(problem, pairs)
            wrong = check(problem, left)
            if not wrong:
                return left
            pairs = [pair for pair in pairs if not any(_is_of(breach, pair, left) for breach in wrong)]

    def offers(self, suggestion: Suggestion) -> Offers:
        """Return what each is offered, soonest first, and not more than `MOST_EACH`."""
        by_key = {place.key: place for place in self.places}
        found: dict[PersonId, list[Place]] = {}
        for key, person in suggestion.pairs:
            found.setdefault(person, []).append(by_key[key])
        return {person: _soonest(each) for person, each in found.items()}

    def unfilled(self, offers: Offers) -> int:
        """Return how many places that are needed nobody is offered."""
        left = {key: opening.short for key, opening in self._openings.items()}
        for each in offers.values():
            for place in each:
                left[place.key] -= 1
        return sum(max(0, short) for short in left.values())

    def _willing(self, who: Candidate, free: frozenset[str], on: Iterable[Stretch]) -> Willing:
        already, ways = tuple(on), who.ways
        first, last = self.at - self.ahead, self.at + self.ahead
        return Willing(
            person=who.person,
            free=free,
            already=already,
            most_a_week=ways.weekly,
            zone=ways.zone,
            rest=ways.rest or NO_TIME,
            load=sum(first <= stretch.begins <= last for stretch in already),
        )

    def _free(self, apart: Pairs, held: Mapping[PersonId, Iterable[Stretch]]) -> Mapping[PersonId, frozenset[str]]:
        """Return what each could be offered: nothing that they are on, left, were asked for, or are away from.

        Nothing either that somebody is on, or on something else meanwhile, with whom they are never brought together.
        """
        shut = [
            (place.key, place.gap.latest, self._shut(place) | _not_with(place, apart, held)) for place in self.places
        ]
        return {
            person: frozenset(key for key, latest, people in shut if at <= latest and person not in people)
            for person, at in self.asked_at.items()
        }

    def _shut(self, place: Place) -> frozenset[PersonId]:
        shift, date = place.shift.id, place.shift.date
        asked = self._asked.get((place.sheet.rota.id, shift), frozenset())
        left = {no.person for no in place.sheet.roster.away if no.shift == shift}
        absent = {no.person for sheet in self.sheets for no in sheet.roster.absent if no.first <= date <= no.last}
        return asked | left | absent | frozenset(place.sheet.on(place.shift))

    @cached_property
    def _asked(self) -> Mapping[tuple[str, object], frozenset[PersonId]]:
        found: dict[tuple[str, object], set[PersonId]] = {}
        for rota, asks in self.asks.items():
            for each in asks.asked:
                found.setdefault((rota, each.shift), set()).add(each.person)
        return {key: frozenset(people) for key, people in found.items()}


def asked_for(person: PersonId, offered: Iterable[Place], at: Instant) -> Iterator[tuple[str, Asked]]:
    """Give what is kept of what somebody is asked `at` a moment, as for any ask; each by the id of its rota."""
    for place in offered:
        yield place.sheet.rota.id, Asked(shift=place.shift.id, person=person, until=place.gap.answered_by(at))


def without(asks: Asks, people: Collection[PersonId], at: Instant) -> Asks:
    """Return the asks of a rota without what these people are asked for `at` a moment."""
    return replace(asks, asked=asks.asked - _asked_then(asks, people, at))


def meant_for(
    people: Collection[PersonId], asks: Mapping[str, Asks], open_: Iterable[Place], at: Instant
) -> Iterator[Offer]:
    """Give what these people are asked for `at` a moment, of what is open."""
    asked = {(rota, one.shift, one.person) for rota, each in asks.items() for one in _asked_then(each, people, at)}
    for place in open_:
        for person in people:
            if (place.sheet.rota.id, place.shift.id, person) in asked:
                yield place.key, person


def _not_with(place: Place, apart: Pairs, held: Mapping[PersonId, Iterable[Stretch]]) -> frozenset[PersonId]:
    """Return who is kept apart from somebody who is on the shift already, or on another at that time."""
    there = frozenset(place.sheet.on(place.shift)) if apart else frozenset()
    there |= {who for pair in apart for who in pair if any(map(place.stretch.meets, held.get(who, ())))}
    return frozenset(who for pair in apart if pair & there for who in pair if pair - {who} <= there)


def _asked_then(asks: Asks, people: Collection[PersonId], at: Instant) -> frozenset[Asked]:
    """Return what they have time to answer from then on; for what they were asked a day before, it is over."""
    return frozenset(one for one in asks.asked if one.person in people and one.until is not None and one.until > at)


def _asked_at(who: Candidate, at: Instant) -> Instant | None:
    """Return when they would be asked; None when they may not be, or would have to wait for longer than quiet hours."""
    lately = who.last_asked is not None and at < who.last_asked + BETWEEN_ASKS
    paused = who.ways.pause is not None and who.ways.pause.holds(at)
    return None if lately or paused or not who.ways.gaps else who.ways.asked_from(at)


def _is_of(breach: Breach, pair: Offer, suggestion: Suggestion) -> bool:
    """Whether a breach is of an offer; where there are too many on one opening, it is the last who gives way."""
    key, person = pair
    if breach.opening != key:
        return False
    if breach.kind is Kind.TOO_MANY:
        return person == suggestion.given[key][-1]
    return breach.person == person


def _soonest(offered: Iterable[Place]) -> tuple[Place, ...]:
    return tuple(sorted(offered, key=lambda place: (place.stretch.begins, place.key))[:MOST_EACH])
