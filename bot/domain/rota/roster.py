"""Who said yes to what. Nobody stands here but by their own yes, and nobody's no leaves a trace past its date."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self, TypeAlias, TypeVar

from whenever import Date, Weekday

from bot.domain.ids import PersonId
from bot.domain.rota.covers import Offer
from bot.domain.rota.parts import WHOLE, Part, Parts, joined, without
from bot.domain.rota.rota import Shift, ShiftId

T = TypeVar("T", "Standing", "Once", "Absence")
Index: TypeAlias = Mapping[tuple[ShiftId, PersonId], Parts]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A yes to the shifts of one line of the rota, from the date `since` on, until it is taken back.

    To those of one weekday, the rota's own, or to all of them when `day` is None. To every one with `every` of 1; to
    every other week with 2 (or day, or month, or date, as the line counts), beginning with that of `since`.
    """

    person: PersonId
    pattern: int = 1
    day: Weekday | None
    since: Date
    every: int = 1

    def holds(self, shift: Shift) -> bool:
        """Return whether the shift is one of them."""
        if shift.id.pattern != self.pattern or shift.date < self.since:
            return False
        if self.day is not None and shift.date.day_of_week() is not self.day:
            return False
        if self.every == 1:
            return True
        turn = shift.pattern.recurrence.turn
        return (turn(shift.date) - turn(self.since)) % self.every == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Once:
    """One person and one shift, or a part of it."""

    person: PersonId
    shift: ShiftId
    part: Part = WHOLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """A person's standing places are not theirs from one date of the rota's own to another, both counted."""

    person: PersonId
    first: Date
    last: Date


@dataclass(frozen=True, slots=True, kw_only=True)
class Stint:
    """A person on a part of a shift, by their own yes."""

    person: PersonId
    part: Part


@dataclass(frozen=True, kw_only=True)
class Roster:
    """Standing places, single shifts, shifts and dates that somebody with a standing place is away from, offers.

    `told` are the shifts whose gap the room was told of.
    """

    standing: frozenset[Standing] = frozenset()
    single: frozenset[Once] = frozenset()
    away: frozenset[Once] = frozenset()
    absent: frozenset[Absence] = frozenset()
    offers: frozenset[Offer] = frozenset()
    told: frozenset[ShiftId] = frozenset()

    @property
    def people(self) -> tuple[PersonId, ...]:
        """Everybody who has a place, standing or single."""
        return tuple(sorted({yes.person for yes in self.standing} | {yes.person for yes in self.single}))

    def parts(self, person: PersonId, shift: Shift) -> Parts:
        """Return the parts of a shift that the person is on, in order."""
        single = self._singles.get((shift.id, person), ())
        if not self.stands(person, shift):
            return single
        away = self._aways.get((shift.id, person), ())
        return joined((*without((WHOLE,), away), *single)) if away else (WHOLE,)

    def stints(self, shift: Shift) -> tuple[Stint, ...]:
        """Return who is on a shift, and which parts of it, in order of people and time."""
        standing = {yes.person for yes in self.standing if yes.holds(shift)}
        people = standing | self._singly.get(shift.id, frozenset())
        return tuple(Stint(person=person, part=part) for person in sorted(people) for part in self.parts(person, shift))

    def with_part(self, person: PersonId, shift: Shift, part: Part = WHOLE) -> Self:
        """Return it with the person on that part of a shift."""
        if self.stands(person, shift):
            away = without(self._aways.get((shift.id, person), ()), (part,))
            return replace(self, away=_placed(self.away, person, shift.id, away))
        single = joined((*self._singles.get((shift.id, person), ()), part))
        return replace(self, single=_placed(self.single, person, shift.id, single))

    def without_part(self, person: PersonId, shift: Shift, part: Part = WHOLE) -> Self:
        """Return it with the person off that part of a shift; a standing place stays for the others."""
        single = without(self._singles.get((shift.id, person), ()), (part,))
        here = replace(self, single=_placed(self.single, person, shift.id, single))
        if not self.stands(person, shift):
            return here
        away = joined((*self._aways.get((shift.id, person), ()), part))
        return replace(here, away=_placed(self.away, person, shift.id, away))

    def without_standing(self, gone: Iterable[Standing]) -> Self:
        """Return it without these standing places, nor what their person was away for."""
        left = self.standing - frozenset(gone)
        held = {(yes.person, yes.pattern) for yes in left}
        away = frozenset(no for no in self.away if (no.person, no.shift.pattern) in held)
        return replace(self, standing=left, away=away)

    def without(self, person: PersonId) -> Self:
        """Return it without anything of the person."""
        return replace(
            self,
            standing=_others(self.standing, person),
            single=_others(self.single, person),
            away=_others(self.away, person),
            absent=_others(self.absent, person),
            offers=frozenset(each for each in self.offers if person not in {each.person, each.to}),
        )

    def telling(self, shift: ShiftId) -> Self:
        """Return it knowing that the room was told of the gap in that shift."""
        return replace(self, told=self.told | {shift})

    def of(self, person: PersonId) -> frozenset[Standing]:
        """Return the standing places of a person."""
        return frozenset(self._standings.get(person, ()))

    @cached_property
    def _standings(self) -> Mapping[PersonId, Sequence[Standing]]:
        found: dict[PersonId, list[Standing]] = {}
        for yes in self.standing:
            found.setdefault(yes.person, []).append(yes)
        return found

    @cached_property
    def _singles(self) -> Index:
        return _index(self.single)

    @cached_property
    def _aways(self) -> Index:
        return _index(self.away)

    @cached_property
    def _singly(self) -> Mapping[ShiftId, frozenset[PersonId]]:
        found: dict[ShiftId, set[PersonId]] = {}
        for yes in self.single:
            found.setdefault(yes.shift, set()).add(yes.person)
        return {shift: frozenset(people) for shift, people in found.items()}

    def stands(self, person: PersonId, shift: Shift) -> bool:
        """Return whether the person has a standing place on that shift and is not absent over its date."""
        if any(no.person == person and no.first <= shift.date <= no.last for no in self.absent):
            return False
        return any(yes.holds(shift) for yes in self._standings.get(person, ()))


def _index(entries: Iterable[Once]) -> Index:
    found: dict[tuple[ShiftId, PersonId], list[Part]] = {}
    for each in entries:
        found.setdefault((each.shift, each.person), []).append(each.part)
    return {key: joined(parts) for key, parts in found.items()}


def _placed(entries: frozenset[Once], person: PersonId, shift: ShiftId, parts: Parts) -> frozenset[Once]:
    """Return the entries with just these parts of a shift for a person."""
    others = frozenset(each for each in entries if each.person != person or each.shift != shift)
    return others | {Once(person=person, shift=shift, part=part) for part in parts}


def _others(entries: Iterable[T], person: PersonId) -> frozenset[T]:
    return frozenset(each for each in entries if each.person != person)
