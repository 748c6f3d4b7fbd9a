"""What a fair suggestion is, and what is wrong with one that is none."""

import pytest
from hypothesis import given, settings
from whenever import Date, TimeDelta

from bot.domain.ids import PersonId
from bot.domain.rota.breaches import Breach, Kind, check
from bot.domain.rota.fairness import Problem, Suggestion, Willing, fair_share, missing, unevenness
from tests.domain.rota.openings import (
    ASH,
    AUCKLAND,
    BEE,
    CAT,
    ELM,
    HOUR,
    LONDON,
    every_suggestion,
    opening,
    problem,
    small_problems,
    stretch,
    willing,
    worth,
)

A, B = opening("a", 0), opening("b", 4)


def breaches(of: Problem, *pairs: tuple[str, PersonId]) -> tuple[Breach, ...]:
    return check(of, Suggestion.of(of, pairs))


def only(kind: Kind, key: str, *people: PersonId) -> tuple[Breach, ...]:
    return tuple(Breach(kind=kind, opening=key, person=person) for person in people)


def test_nobody_on_anything_is_never_wrong_and_the_gaps_are_told() -> None:
    of = problem([B, A], [willing(ASH, "ab")])
    suggestion = Suggestion.of(of, ())

    assert (check(of, suggestion), suggestion.unfilled, missing(of, suggestion)) == ((), ("a", "b"), 2)


def test_a_suggestion_that_hides_a_gap_or_tells_of_none_is_wrong() -> None:
    of = problem([A, B], [willing(ASH, "ab")])
    hidden = Suggestion(given={"a": (ASH,)}, unfilled=("a",))

    assert check(of, hidden) == (
        Breach(kind=Kind.MISCOUNTED, opening="a"),
        Breach(kind=Kind.MISCOUNTED, opening="b"),
    )


def test_a_person_or_an_opening_that_nobody_told_of_is_wrong() -> None:
    of = problem([A], [willing(ASH, "a")])

    assert breaches(of, ("a", BEE)) == only(Kind.UNKNOWN, "a", BEE)
    assert breaches(of, ("z", ASH)) == only(Kind.UNKNOWN, "z", ASH)


def test_nobody_stands_twice_on_one_opening() -> None:
    of = problem([opening("a", 0, wanted=2)], [willing(ASH, "a")])

    assert only(Kind.TWICE, "a", ASH)[0] in breaches(of, ("a", ASH), ("a", ASH))


def test_no_more_people_than_there_are_places() -> None:
    of = problem([A], [willing(ASH, "a"), willing(BEE, "a")])

    assert breaches(of, ("a", ASH), ("a", BEE)) == (Breach(kind=Kind.TOO_MANY, opening="a"),)


@pytest.mark.parametrize("free", ["b", ""])
def test_nobody_is_offered_what_they_are_not_free_for(free: str) -> None:
    of = problem([A, B], [willing(ASH, free)])

    assert breaches(of, ("a", ASH)) == only(Kind.NOT_FREE, "a", ASH)


def test_nobody_is_offered_what_they_are_on() -> None:
    of = problem([opening("a", 0, with_=frozenset({ASH}))], [willing(ASH, "a")])

    assert only(Kind.ON_IT, "a", ASH)[0] in breaches(of, ("a", ASH))


@pytest.mark.parametrize(("rest", "wrong"), [(0, False), (2, False), (3, True)])
def test_between_two_shifts_is_the_rest_that_they_want(rest: int, wrong: bool) -> None:  # noqa: FBT001  A parameter.
    of = problem([A, B], [willing(ASH, "ab", rest=HOUR * rest)])

    assert breaches(of, ("a", ASH), ("b", ASH)) == (
        (*only(Kind.REST, "a", ASH), *only(Kind.REST, "b", ASH)) if wrong else ()
    )


@pytest.mark.parametrize(("begins", "ends", "wrong"), [(-5, -3, False), (-5, -2, True), (4, 5, True), (5, 6, False)])
def test_what_they_are_on_elsewhere_wants_its_rest_too(begins: int, ends: int, wrong: bool) -> None:  # noqa: FBT001  As above.
    of = problem([A], [willing(ASH, "a", rest=HOUR * 3, already=(stretch(begins, ends),))])

    assert breaches(of, ("a", ASH)) == (only(Kind.REST, "a", ASH) if wrong else ())


def test_a_long_stretch_is_not_forgotten_behind_a_short_one_in_it() -> None:
    of = problem([A], [willing(ASH, "a", already=(stretch(-9, 9), stretch(-8, -7)))])

    assert breaches(of, ("a", ASH)) == only(Kind.REST, "a", ASH)


def test_what_they_are_on_here_counts_as_what_they_are_on() -> None:
    over = opening("b", 1, with_=frozenset({ASH}))
    of = problem([A, over], [willing(ASH, "a")])

    assert breaches(of, ("a", ASH)) == only(Kind.REST, "a", ASH)


def test_a_week_is_the_week_where_they_live() -> None:
    late = stretch(-3, -1)
    weeks = [late.week(LONDON), stretch(-2, 0).week(AUCKLAND), stretch(-4, -3).week(AUCKLAND)]

    assert weeks == [Date(2026, 11, 16), Date(2026, 11, 23), Date(2026, 11, 16)]


@pytest.mark.parametrize(("zone", "wrong"), [(LONDON, True), (AUCKLAND, False)])
def test_no_more_shifts_in_a_week_than_they_want(zone: str, wrong: bool) -> None:  # noqa: FBT001  As above.
    # Both on London's Sunday; the second is on Auckland's Monday.
    of = problem([opening("a", -7), opening("b", -2)], [willing(ASH, "ab", most_a_week=1, zone=zone)])

    assert breaches(of, ("a", ASH), ("b", ASH)) == (
        (*only(Kind.WEEK, "a", ASH), *only(Kind.WEEK, "b", ASH)) if wrong else ()
    )


def test_shifts_elsewhere_count_for_the_week_and_are_no_breach_by_themselves() -> None:
    of = problem([A], [willing(ASH, "a", most_a_week=1, already=(stretch(-5, -4), stretch(6, 7)))])

    assert breaches(of) == ()
    assert breaches(of, ("a", ASH)) == only(Kind.WEEK, "a", ASH)


def test_what_they_are_on_here_counts_once_for_the_week_though_it_is_told_twice() -> None:
    here = opening("b", 4, with_=frozenset({ASH}))
    of = problem([A, here], [willing(ASH, "a", most_a_week=2, already=(here.stretch,))])

    assert breaches(of, ("a", ASH)) == ()


@pytest.mark.parametrize(("begins", "wrong"), [(0, True), (1, True), (2, False)])
def test_two_who_are_never_together_are_not_on_one_nor_on_two_that_overlap(begins: int, wrong: bool) -> None:  # noqa: FBT001  As above.
    of = problem([A, opening("b", begins)], [willing(ASH, "ab"), willing(BEE, "ab")], (BEE, ASH))

    assert breaches(of, ("a", ASH), ("b", BEE)) == (
        (*only(Kind.APART, "a", ASH), *only(Kind.APART, "b", BEE)) if wrong else ()
    )


def test_two_who_are_never_together_are_not_on_the_same_one() -> None:
    of = problem([opening("a", 0, wanted=2)], [willing(ASH, "a"), willing(BEE, "a")], (ASH, BEE))

    assert breaches(of, ("a", ASH), ("a", BEE)) == only(Kind.APART, "a", ASH, BEE)


def test_nor_with_somebody_who_is_on_it_already() -> None:
    of = problem([opening("a", 0, with_=frozenset({ELM}))], [willing(ASH, "a"), willing(BEE, "a")], (ASH, ELM))

    assert breaches(of, ("a", ASH)) == only(Kind.APART, "a", ASH)
    assert breaches(of, ("a", BEE)) == ()


def test_nor_beside_somebody_who_is_on_another_that_overlaps() -> None:
    of = problem([A, opening("b", 1, with_=frozenset({ELM}))], [willing(ASH, "a")], (ASH, ELM))

    assert breaches(of, ("a", ASH)) == only(Kind.APART, "a", ASH)


def test_two_who_are_together_already_are_so_by_their_own_yes() -> None:
    of = problem([opening("a", 0, with_=frozenset({ELM, ASH}))], [willing(ASH, "a")], (ASH, ELM))

    assert breaches(of) == ()


def test_the_share_is_what_all_had_and_what_is_needed_rounded_up() -> None:
    assert [fair_share([0, 0, 3], 3), fair_share([0, 0, 3], 4), fair_share([2], 0), fair_share([], 0)] == [2, 3, 2, 0]


def test_who_is_free_for_nothing_makes_the_share_of_the_others_no_smaller() -> None:
    of = problem([A, B], [willing(ASH, "ab"), willing(BEE, "", load=9)])

    assert unevenness(of, Suggestion.of(of, (("a", ASH), ("b", ASH)))) == 0


def test_it_is_put_in_order_whatever_order_it_was_found_in() -> None:
    of = problem([B, opening("a", 0, wanted=2)], [])
    one = Suggestion.of(of, (("b", CAT), ("a", BEE), ("a", ASH)))

    assert list(one.given.items()) == [("a", (ASH, BEE)), ("b", (CAT,))]


@settings(deadline=None)
@given(small_problems())
def test_the_best_loads_nobody_above_the_share_for_a_place_that_is_not_needed(of: Problem) -> None:
    best = min(every_suggestion(of), key=lambda each: worth(of, each))
    loads = {who.person: who.load for who in of.able}
    for _, person in best.pairs:
        loads[person] += 1
    needed = sum(one.short for one in of.openings) - missing(of, best)
    share = fair_share([who.load for who in of.able], needed)

    for one in of.openings:
        people = best.given.get(one.key, ())
        assert len(people) <= one.short or all(loads[person] <= share for person in people)


@settings(deadline=None)
@given(small_problems())
def test_the_best_leaves_no_place_to_somebody_below_the_share_who_could_take_it(of: Problem) -> None:
    best = min(every_suggestion(of), key=lambda each: worth(of, each))
    needed = sum(one.short for one in of.openings) - missing(of, best)
    share = fair_share([who.load for who in of.able], needed)

    for who in of.able:
        below = who.load + sum(person == who.person for _, person in best.pairs) < share
        more = [Suggestion.of(of, (*best.pairs, (key, who.person))) for key in sorted(who.free)]
        assert not below or all(check(of, each) for each in more)


@pytest.mark.parametrize("wrong", [{"wanted": 0, "short": 0}, {"short": 2}, {"short": -1}, {"ends": 0}], ids=str)
def test_an_opening_that_cannot_be_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="a"):
        opening("a", 0, **wrong)


def test_people_who_cannot_be_are_refused() -> None:
    for more in ({"load": -1}, {"most_a_week": -1}):
        with pytest.raises(ValueError, match="less than nothing"):
            willing(ASH, "a", **more)
    with pytest.raises(ValueError, match="less than nothing"):
        Willing(person=ASH, free=frozenset(), rest=TimeDelta(seconds=-1))


def test_a_problem_that_contradicts_itself_is_refused() -> None:
    for openings, people in (([A, A], []), ([A], [willing(ASH, "a"), willing(ASH, "")]), ([A], [willing(ASH, "b")])):
        with pytest.raises(ValueError, match=r"twice|not there"):
            problem(openings, people)
    with pytest.raises(ValueError, match="not a pair"):
        problem([A], [], (ASH, ASH))
