"""A problem in numbers alone, as it goes to another process: no id, no time, no zone.

A choice is one person on one opening. All that is hard is one of two: a choice that is not there, or a row of choices
of which at most so many may be taken. What keeps two shifts of one person apart in time are intervals, and of
intervals it is enough to say for each moment that at most one is taken: no pair is left out, and the row is stronger
than its pairs, for half of each of three would please every pair and not the row.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import msgspec
from whenever import Date, Instant

from bot.domain.ids import PersonId
from bot.domain.rota.fairness import Opening, Problem, Willing

Choices: TypeAlias = tuple[int, ...]
Timed: TypeAlias = tuple[Instant, Instant, int]
Mine: TypeAlias = dict[int, Opening]


class AtMost(msgspec.Struct, frozen=True, array_like=True):
    """At most `most` of these choices may be taken."""

    choices: Choices
    most: int


class Person(msgspec.Struct, frozen=True, array_like=True):
    """One person: the load they begin with, their choices, and a number of shifts that they cannot come above."""

    load: int
    choices: Choices
    most: int


class Place(msgspec.Struct, frozen=True, array_like=True):
    """One opening: how many it needs, how many it may take, and its choices."""

    short: int
    wanted: int
    choices: Choices


class Numbers(msgspec.Struct, frozen=True):
    """All of it. Choices are numbered from 0."""

    choices: int
    people: tuple[Person, ...]
    places: tuple[Place, ...]
    at_most: tuple[AtMost, ...]


class Asked(msgspec.Struct, frozen=True):
    """What the process is asked: to find the best in so many seconds, on so many threads."""

    numbers: Numbers
    seconds: float
    threads: int


class Found(msgspec.Struct, frozen=True):
    """What it answers: the choices that it took, and by how much the spread could be better at most."""

    taken: Choices
    within: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One person on one opening."""

    who: Willing
    opening: Opening


def choices(problem: Problem) -> tuple[Choice, ...]:
    """Return every choice that stands in the way of nothing that is so already, in an order of its own."""
    openings = problem.in_order
    return tuple(
        Choice(who=who, opening=opening) for who in problem.able for opening in _open_to(problem, who, openings)
    )


def in_numbers(problem: Problem, of: Sequence[Choice]) -> Numbers:
    """Put the problem into numbers; a choice's is its place in `of`."""
    by_person: dict[PersonId, Mine] = {who.person: {} for who in problem.able}
    by_opening: dict[str, list[int]] = {opening.key: [] for opening in problem.in_order}
    for number, choice in enumerate(of):
        by_person[choice.who.person][number] = choice.opening
        by_opening[choice.opening.key].append(number)
    rows, people = list[AtMost](), list[Person]()
    for who in problem.able:
        mine = by_person[who.person]
        weeks = _by_week(problem, who, mine)
        rows.extend((*_rested(who, mine), *(week for week in weeks if len(week.choices) > week.most)))
        people.append(_person(who, mine, weeks))
    for pair in sorted(sorted(pair) for pair in problem.apart if pair <= by_person.keys()):
        rows.extend(_apart(*(by_person[person] for person in pair)))
    return Numbers(
        choices=len(of),
        people=tuple(people),
        places=tuple(
            Place(short=opening.short, wanted=opening.wanted, choices=tuple(by_opening[opening.key]))
            for opening in problem.in_order
        ),
        at_most=tuple(rows),
    )


def _open_to(problem: Problem, who: Willing, openings: Sequence[Opening]) -> Iterator[Opening]:
    already, never = problem.on_already(who), problem.kept_from(who.person)
    shut = [other.stretch for other in openings if not never.isdisjoint(other.with_)]
    for opening in openings:
        at = opening.stretch
        if opening.key not in who.free or any(at.meets(other, who.rest) for other in already):
            continue
        if not any(at.meets(other) for other in shut):
            yield opening


def _person(who: Willing, mine: Mine, weeks: Sequence[AtMost]) -> Person:
    """Count shifts that fit one after another, each time the one that ends first: no more can."""
    most, last = 0, None
    for opening in sorted(mine.values(), key=lambda opening: opening.ends):
        if last is None or not opening.stretch.meets(last, who.rest):
            most, last = most + 1, opening.stretch
    if who.most_a_week is not None:
        most = min(most, sum(min(week.most, len(week.choices)) for week in weeks))
    return Person(load=who.load, choices=tuple(mine), most=most)


def _rested(who: Willing, mine: Mine) -> Iterator[AtMost]:
    timed = [(opening.begins, opening.ends + who.rest, number) for number, opening in mine.items()]
    yield from (AtMost(choices=row, most=1) for row in _at_once(timed))


def _by_week(problem: Problem, who: Willing, mine: Mine) -> tuple[AtMost, ...]:
    if who.most_a_week is None:
        return ()
    been = Counter(stretch.week(who.zone) for stretch in problem.on_already(who))
    weeks: dict[Date, list[int]] = {}
    for number, opening in mine.items():
        weeks.setdefault(opening.stretch.week(who.zone), []).append(number)
    left = {week: max(0, who.most_a_week - been[week]) for week in weeks}
    return tuple(AtMost(choices=tuple(some), most=left[week]) for week, some in weeks.items())


def _apart(one: Mine, other: Mine) -> Iterator[AtMost]:
    """Of all that two people could be on at one moment, at most one: together, or each of them twice, is never."""
    timed = [(opening.begins, opening.ends, number) for number, opening in (one | other).items()]
    for row in _at_once(timed):
        if any(number in one for number in row) and any(number in other for number in row):
            yield AtMost(choices=row, most=1)


def _at_once(timed: Sequence[Timed]) -> Iterator[Choices]:
    """Give the largest sets of two or more that have a moment in common."""
    in_order, now = sorted(timed), list[tuple[Instant, int]]()
    for place, (begins, ends, number) in enumerate(in_order):
        now = [*((end, other) for end, other in now if end > begins), (ends, number)]
        grows = place + 1 < len(in_order) and in_order[place + 1][0] < min(now)[0]
        if len(now) > 1 and not grows:
            yield tuple(sorted(other for _, other in now))
