"""What HiGHS finds is the best there is, and the same for the same problem in any order."""

import random
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings

from bot.domain.rota.breaches import check
from bot.domain.rota.fairness import Problem, Suggestion, missing, unevenness
from bot.solving.highs import UnprovenError, solve
from bot.solving.numbers import Asked, choices, in_numbers
from tests.domain.rota.openings import (
    ASH,
    BEE,
    CAT,
    HOUR,
    every_suggestion,
    opening,
    problem,
    small_problems,
    town,
    willing,
    worth,
)


def solved(of: Problem, *clock: float) -> Suggestion:
    """Solve it in this process, with no last look, in a minute by a clock that tells this."""
    taken = choices(of)
    if not taken:
        return Suggestion.of(of, ())
    tells = iter(clock).__next__ if clock else time.monotonic
    found = solve(Asked(numbers=in_numbers(of, taken), seconds=60.0, threads=2), tells)
    pairs = [(taken[choice].opening.key, taken[choice].who.person) for choice in found.taken]
    return Suggestion.of(of, pairs, within=found.within)


def shuffled(of: Problem, seed: int) -> Problem:
    dice = random.Random(seed)  # noqa: S311  No secret.
    return replace(
        of,
        openings=tuple(dice.sample(of.openings, len(of.openings))),
        people=tuple(dice.sample(of.people, len(of.people))),
    )


@settings(deadline=None, max_examples=200)
@given(small_problems())
def test_it_is_as_good_as_the_best_of_all_that_there_are(of: Problem) -> None:
    found = solved(of)

    assert check(of, found) == ()
    assert (*worth(of, found), found.within) == (*min(worth(of, each) for each in every_suggestion(of)), 0)


def test_an_answer_to_the_first_rule_is_not_taken_for_the_fairest() -> None:
    """So did HiGHS 1.16, when it was given that answer to begin with."""
    at_once = [opening(key, 0, 1, short=0) for key in "abc"]
    openings = [*at_once, opening("d", 1, 2, wanted=2, short=2), opening("e", 3, 4, wanted=2)]
    of = problem(openings, [willing(ASH, "abcde"), willing(BEE, "abcde", rest=HOUR)])

    assert (worth(of, solved(of)), solved(of).within) == ((0, 0), 0)


def test_a_needed_place_goes_before_an_even_spread() -> None:
    of = problem([opening(key, 3 * place) for place, key in enumerate("abc")], [willing(ASH, "abc", load=50)])

    assert solved(replace(of, people=(*of.people, willing(BEE, "")))).unfilled == ()


def test_whoever_had_least_is_offered_first() -> None:
    of = problem([opening("a", 0)], [willing(ASH, "a", load=2), willing(BEE, "a", load=1), willing(CAT, "a", load=3)])

    assert solved(of).given == {"a": (BEE,)}


def test_a_place_that_is_wanted_and_not_needed_is_offered_below_the_share_and_to_nobody_above() -> None:
    openings = [opening("a", 0, wanted=3, short=1), opening("b", 4, wanted=1, short=0)]
    of = problem(openings, [willing(ASH, "ab", load=2), willing(BEE, "ab"), willing(CAT, "a")])

    # One is needed and two were had: with one each, all are at the share.
    assert solved(of).given == {"a": (BEE, CAT)} or solved(of).given == {"a": (CAT,), "b": (BEE,)}


def test_where_nothing_is_needed_nobody_is_loaded() -> None:
    of = problem([opening("a", 0, wanted=3, short=0)], [willing(ASH, "a"), willing(BEE, "a")])

    assert solved(of).given == {}


@pytest.mark.parametrize("seed", range(6))
def test_a_bigger_problem_has_no_breach_and_is_proven(seed: int) -> None:
    of = town(weeks=3, people=14, seed=seed)
    found = solved(of)

    assert check(of, found) == ()
    assert found.within == 0
    assert sum(map(len, found.given.values())) > 50


@pytest.mark.parametrize("seed", range(3))
def test_the_same_problem_in_any_order_has_the_same_answer(seed: int) -> None:
    of = town(weeks=2, people=14, seed=seed)

    assert solved(of) == solved(of) == solved(shuffled(of, seed))


def test_when_the_time_is_over_before_the_first_rule_is_met_there_is_no_answer() -> None:
    with pytest.raises(UnprovenError):
        solved(town(weeks=4, people=20, seed=1), 0, 60)


@pytest.mark.parametrize("seed", range(3))
def test_when_the_time_is_over_after_the_first_rule_it_tells_how_far_from_the_fairest_it_is_at_most(seed: int) -> None:
    of = town(weeks=2, people=40, seed=seed)
    best, found = solved(of), solved(of, 0, 0, 60)

    assert check(of, found) == ()
    assert missing(of, found) == missing(of, best)
    assert 0 < unevenness(of, found) - unevenness(of, best) <= found.within <= unevenness(of, found)
