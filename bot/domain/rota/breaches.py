"""What is wrong with a suggestion: the last look before anything is offered. One with a breach is never shown.

It goes through pairs, one by one, and shares nothing with how suggestions are made.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.ids import PersonId
from bot.domain.rota.fairness import Opening, Problem, Suggestion, Willing


class Kind(StrEnum):
    """What a suggestion must not do."""

    UNKNOWN = "unknown"  # An opening or a person that the problem does not have.
    TWICE = "twice"  # One person two times on one opening.
    TOO_MANY = "too-many"  # More than there are places.
    NOT_FREE = "not-free"
    ON_IT = "on-it"  # They are on it already.
    REST = "rest"  # It overlaps with what they are on, or leaves too little rest.
    WEEK = "week"  # More than their limit in a week.
    APART = "apart"  # With somebody they are never with.
    MISCOUNTED = "miscounted"  # It does not tell of the gaps that it leaves.


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """One thing that is wrong. `person` is None where it is nobody's in particular."""

    kind: Kind
    opening: str
    person: PersonId | None = None


def check(problem: Problem, suggestion: Suggestion) -> tuple[Breach, ...]:
    """Return every breach; none means that it may be offered."""
    openings = {opening.key: opening for opening in problem.openings}
    people = {who.person: who for who in problem.people}
    known = [(key, person) for key, person in suggestion.pairs if key in openings and person in people]
    unknown = [pair for pair in suggestion.pairs if pair not in known]
    found = [Breach(kind=Kind.UNKNOWN, opening=key, person=person) for key, person in unknown]
    for opening in problem.in_order:
        found.extend(_of_opening(opening, suggestion))
    for who in problem.people:
        mine = tuple(openings[key] for key, person in known if person == who.person)
        found.extend(_of_person(problem, who, mine))
        found.extend(_together(problem, suggestion, who.person, mine))
    return tuple(found)


def _of_opening(opening: Opening, suggestion: Suggestion) -> Iterator[Breach]:
    people = suggestion.given.get(opening.key, ())
    if len(people) > opening.wanted:
        yield Breach(kind=Kind.TOO_MANY, opening=opening.key)
    if (len(people) < opening.short) != (opening.key in suggestion.unfilled):
        yield Breach(kind=Kind.MISCOUNTED, opening=opening.key)
    for person in sorted(set(people)):
        if people.count(person) > 1:
            yield Breach(kind=Kind.TWICE, opening=opening.key, person=person)
        if person in opening.with_:
            yield Breach(kind=Kind.ON_IT, opening=opening.key, person=person)


def _of_person(problem: Problem, who: Willing, mine: tuple[Opening, ...]) -> Iterator[Breach]:
    already = problem.on_already(who)
    everything = (*already, *(opening.stretch for opening in mine))
    weeks = [stretch.week(who.zone) for stretch in everything]
    for place, opening in enumerate(mine, len(already)):
        others = (other for at, other in enumerate(everything) if at != place)
        if opening.key not in who.free:
            yield Breach(kind=Kind.NOT_FREE, opening=opening.key, person=who.person)
        if any(opening.stretch.meets(other, who.rest) for other in others):
            yield Breach(kind=Kind.REST, opening=opening.key, person=who.person)
        if who.most_a_week is not None and weeks.count(weeks[place]) > who.most_a_week:
            yield Breach(kind=Kind.WEEK, opening=opening.key, person=who.person)


def _together(
    problem: Problem, suggestion: Suggestion, person: PersonId, mine: tuple[Opening, ...]
) -> Iterator[Breach]:
    never = problem.kept_from(person)
    if not never:
        return
    there = [(other.stretch, {*suggestion.given.get(other.key, ()), *other.with_}) for other in problem.openings]
    for opening in mine:
        if any(not never.isdisjoint(people) and opening.stretch.meets(stretch) for stretch, people in there):
            yield Breach(kind=Kind.APART, opening=opening.key, person=person)
