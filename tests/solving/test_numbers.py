"""A problem in numbers: which choices there are, and which of them exclude each other."""

from whenever import TimeDelta

from bot.domain.ids import PersonId
from bot.domain.rota.fairness import Problem, Willing
from bot.solving.numbers import choices, in_numbers
from tests.domain.rota.openings import ASH, AUCKLAND, BEE, CAT, ELM, HOUR, LONDON, opening, problem, stretch, willing

A, B, C = opening("a", 0), opening("b", 2), opening("c", 5)


def rows(of: Problem) -> list[tuple[str, int]]:
    """Return each row as the people's and openings' first letters, and how many of them at most."""
    there = choices(of)
    names = [f"{choice.who.person.native[0]}{choice.opening.key}" for choice in there]
    return [(" ".join(names[number] for number in row.choices), row.most) for row in in_numbers(of, there).at_most]


def most(who: Willing, *begins_and_ends: tuple[int, int]) -> int:
    openings = [opening(key, *times) for key, times in zip("abcde", begins_and_ends, strict=False)]
    of = problem(openings, [who])
    return in_numbers(of, choices(of)).people[0].most


def open_to(person: PersonId, of: Problem) -> str:
    return "".join(choice.opening.key for choice in choices(of) if choice.who.person == person)


def ash(rest: TimeDelta = TimeDelta(), limit: int | None = None, zone: str = LONDON) -> Willing:
    return willing(ASH, "abc", rest=rest, most_a_week=limit, zone=zone)


def test_shifts_that_meet_end_to_beginning_do_not_exclude_each_other_and_such_that_overlap_do() -> None:
    assert rows(problem([A, B, C], [ash()])) == []
    assert rows(problem([A, opening("b", 1), C], [ash()])) == [("aa ab", 1)]
    assert rows(problem([A, opening("b", 1), opening("c", 2)], [ash()])) == [("aa ab", 1), ("ab ac", 1)]


def test_a_rest_as_long_as_the_time_between_is_enough() -> None:
    assert rows(problem([A, B, C], [ash(HOUR)])) == [("aa ab", 1)]
    assert rows(problem([A, B, C], [ash(HOUR + TimeDelta(seconds=1))])) == [("aa ab", 1), ("ab ac", 1)]


def test_three_at_one_moment_are_one_row() -> None:
    assert rows(problem([A, B, C], [ash(HOUR * 4)])) == [("aa ab ac", 1)]
    assert rows(problem([A, opening("b", 0), opening("c", 0)], [ash()])) == [("aa ab ac", 1)]


def test_a_week_is_a_row_where_more_could_be_taken_than_is_wanted() -> None:
    assert rows(problem([A, B, C], [ash(limit=3)])) == []
    assert rows(problem([A, B, C], [ash(limit=2)])) == [("aa ab ac", 2)]
    # By the clock in Auckland the first is on a Sunday and the others on the Monday after.
    assert rows(problem([opening("a", -4), B, C], [ash(limit=2, zone=AUCKLAND)])) == []


def test_what_they_are_on_counts_for_the_week_and_more_than_they_wanted_leaves_nothing() -> None:
    def of(*begins: int) -> Problem:
        already = tuple(stretch(hour, hour + 1) for hour in begins)
        return problem([A, B], [willing(ASH, "ab", most_a_week=2, already=already)])

    assert [rows(of(-10)), rows(of(-10, -8)), rows(of(-10, -8, -6))] == [
        [("aa ab", 1)],
        [("aa ab", 0)],
        [("aa ab", 0)],
    ]


def test_two_who_are_never_together_share_a_row_for_each_moment_that_both_could_be_on() -> None:
    both = [willing(ASH, "ab"), willing(BEE, "ac")]
    openings = [A, opening("b", 4), opening("c", 5)]

    assert rows(problem(openings, both, (BEE, ASH), (CAT, ELM))) == [("aa ba", 1), ("ab bc", 1)]
    assert rows(problem([A, opening("b", 4), opening("c", 6)], both, (BEE, ASH))) == [("aa ba", 1)]


def test_what_only_one_of_the_two_could_be_on_is_no_row_of_both() -> None:
    openings = [A, opening("b", 4), opening("c", 5)]

    assert rows(problem(openings, [willing(ASH, "a"), willing(BEE, "bc")], (ASH, BEE))) == [("bb bc", 1)]
    assert rows(problem(openings, [willing(ASH, "bc"), willing(BEE, "a")], (ASH, BEE))) == [("ab ac", 1)]


def test_nobody_has_a_choice_that_what_is_so_already_forbids() -> None:
    on_it = [opening("a", 0, with_=frozenset({ASH})), B, C]
    with_elm = [opening("a", 0, with_=frozenset({ELM})), B, C]
    elsewhere = willing(ASH, "abc", already=(stretch(-1, 1),), rest=HOUR)

    assert open_to(ASH, problem(on_it, [ash()])) == "bc"
    assert open_to(ASH, problem(on_it, [ash(HOUR)])) == "c"
    assert open_to(ASH, problem(with_elm, [ash(HOUR)], (ELM, ASH))) == "bc"
    assert open_to(BEE, problem(with_elm, [willing(BEE, "ac")], (ELM, ASH))) == "ac"
    assert open_to(ASH, problem([A, B, C], [elsewhere])) == "bc"


def test_the_most_that_somebody_can_come_to_is_what_fits_one_after_another_and_into_their_weeks() -> None:
    everything = willing(ASH, "abc")

    assert most(everything, (0, 9), (1, 2), (3, 4)) == 2
    assert most(willing(ASH, "abc", rest=HOUR * 2), (0, 9), (1, 2), (3, 4)) == 1
    assert most(willing(ASH, "abc", most_a_week=1), (0, 1), (2, 3), (40, 41)) == 2
    assert most(willing(ASH, "abc", most_a_week=0), (0, 1), (2, 3), (40, 41)) == 0
    assert most(willing(ASH, "abcd", most_a_week=2), (0, 1), (40, 41), (43, 44), (46, 47)) == 3
