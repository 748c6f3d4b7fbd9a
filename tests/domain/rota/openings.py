"""Openings and people who may be offered them, to start tests from."""

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st
from whenever import Instant, TimeDelta

from bot.domain.ids import PersonId
from bot.domain.rota.breaches import check
from bot.domain.rota.fairness import Opening, Problem, Suggestion, Willing, missing, unevenness
from bot.domain.rota.stretch import Stretch

HOUR = TimeDelta(hours=1)
# A Sunday, ten hours before the week ends in London; in Auckland the next one is an hour old.
SUNDAY = Instant.from_utc(2026, 11, 22, 14)
ASH, BEE, CAT, DOE, ELM = (PersonId.of("local", name) for name in ("ash", "bee", "cat", "doe", "elm"))
LONDON, AUCKLAND = "Europe/London", "Pacific/Auckland"


def opening(key: str, begins: int, ends: int | None = None, **more: Any) -> Opening:  # noqa: ANN401  Any field of it.
    """Return an opening of two hours that needs one person, but for `more`; times are hours from that Sunday."""
    at = stretch(begins, begins + 2 if ends is None else ends)
    return replace(Opening(key=key, begins=at.begins, ends=at.begins + HOUR, wanted=1, short=1), ends=at.ends, **more)


def stretch(begins: int, ends: int) -> Stretch:
    return Stretch(begins=SUNDAY + HOUR * begins, ends=SUNDAY + HOUR * ends)


def willing(person: PersonId, free: str, **more: Any) -> Willing:  # noqa: ANN401  Any field of it.
    """Return somebody who is free for the openings named by these letters."""
    return Willing(person=person, free=frozenset(free), **more)


def problem(openings: list[Opening], people: list[Willing], *apart: tuple[PersonId, PersonId]) -> Problem:
    return Problem(openings=tuple(openings), people=tuple(people), apart=frozenset(frozenset(pair) for pair in apart))


def worth(of: Problem, suggestion: Suggestion) -> tuple[int, int]:
    """Return what both rules make small, in their order."""
    return missing(of, suggestion), unevenness(of, suggestion)


def every_suggestion(of: Problem) -> Iterator[Suggestion]:
    """Give every one without a breach: whoever is taken off one leaves another, so each grows from a smaller."""
    pairs = [(one.key, who.person) for one in of.openings for who in of.people if one.key in who.free]

    def grown(taken: tuple[tuple[str, PersonId], ...], first: int) -> Iterator[Suggestion]:
        suggestion = Suggestion.of(of, taken)
        if check(of, suggestion):
            return
        yield suggestion
        for place in range(first, len(pairs)):
            yield from grown((*taken, pairs[place]), place + 1)

    return grown((), 0)


@st.composite
def small_problems(draw: st.DrawFn) -> Problem:
    """Draw a problem that can be gone through in full, on whole hours, so that ends and beginnings meet."""
    keys = "abcde"[: draw(st.integers(1, 5))]
    openings = [draw(_opening(key)) for key in keys]
    people = [draw(_willing(person, keys)) for person in (ASH, BEE, CAT, DOE)[: draw(st.integers(1, 4))]]
    # Not more than can be gone through.
    while sum(len(who.free) for who in people) > 11:
        people.pop()
    pairs = [(ASH, BEE), (ASH, CAT), (BEE, CAT), (CAT, ELM), (BEE, DOE)]
    return problem(openings, people, *draw(st.sets(st.sampled_from(pairs))))


@st.composite
def _opening(draw: st.DrawFn, key: str) -> Opening:
    begins, wanted = draw(st.integers(0, 30)), draw(st.integers(1, 3))
    return opening(
        key,
        begins,
        begins + draw(st.integers(1, 12)),
        wanted=wanted,
        short=draw(st.integers(0, wanted)),
        with_=frozenset(draw(st.sets(st.sampled_from((ASH, BEE, ELM)), max_size=1))),
    )


@st.composite
def _willing(draw: st.DrawFn, person: PersonId, keys: str) -> Willing:
    begins = draw(st.lists(st.integers(-20, 40), max_size=2))
    return willing(
        person,
        "".join(draw(st.sets(st.sampled_from(keys)))),
        already=tuple(stretch(hour, hour + 3) for hour in begins),
        most_a_week=draw(st.none() | st.integers(0, 3)),
        zone=draw(st.sampled_from((LONDON, AUCKLAND))),
        rest=HOUR * draw(st.sampled_from((0, 1, 8, 11))),
        load=draw(st.integers(0, 4)),
    )


def town(weeks: int, people: int, seed: int, pairs: int = 20) -> Problem:
    """Return three shifts a day for so many weeks, and people who could do 60 % of them, one to three a week."""
    dice = random.Random(seed)  # noqa: S311  No secret.
    openings = [
        opening(f"{day}/{part}", 18 + 24 * day + 6 * part, wanted=3, short=2)
        for day in range(7 * weeks)
        for part in range(3)
    ]
    names = [PersonId.of("local", f"person{number}") for number in range(people)]
    everybody = [
        Willing(
            person=name,
            free=frozenset(one.key for one in openings if dice.random() < 0.6),
            already=tuple(stretch(hour, hour + 1) for hour in dice.sample(range(weeks * 7 * 24), weeks // 2)),
            most_a_week=dice.randint(1, 3),
            rest=HOUR * 10,
            load=dice.randint(0, 6),
        )
        for name in names
    ]
    apart = set[tuple[PersonId, PersonId]]()
    while len(apart) < pairs:
        one, other = sorted(dice.sample(names, 2))
        apart.add((one, other))
    return problem(openings, everybody, *apart)
