"""What a private talk holds: a question for ten minutes, a list for a day, in one group."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whenever import Instant, TimeDelta

from bot.domain.dialogue import LIST_STANDS, QUESTION_STANDS, Dialogue, Offered, Unfinished, chosen
from bot.domain.ids import GroupId, PersonId
from bot.domain.saying import Choice, choice

NOON = Instant.from_utc(2026, 11, 24, 12)
ASH, BEA = PersonId.of("fake", "ash"), PersonId.of("fake", "bea")
OURS, THEIRS = GroupId.of("fake", "ours"), GroupId.of("fake", "theirs")
LIST = (choice("first", "sit can", ask="aaaaaaaa"), choice("second", "now"))


def question(until: Instant = NOON + QUESTION_STANDS) -> Unfinished:
    return Unfinished(command="rota new", options={}, wanted="name", group=OURS, until=until)


def offered(choices: tuple[Choice, ...] = LIST) -> Offered:
    return Offered(choices=choices, group=OURS, until=NOON + LIST_STANDS)


def test_a_question_stands_ten_minutes_and_no_longer() -> None:
    dialogue = Dialogue()
    dialogue.ask(ASH, question())

    assert dialogue.question(ASH, OURS, NOON + TimeDelta(minutes=9)) == question()
    assert dialogue.question(ASH, OURS, NOON + TimeDelta(minutes=10)) is None
    assert dialogue.question(ASH, OURS, NOON) is None


def test_a_list_stands_a_day_and_no_longer() -> None:
    dialogue = Dialogue()
    dialogue.offer(ASH, offered())

    assert dialogue.picked(ASH, OURS, "2", NOON + TimeDelta(hours=23)) == LIST[1]
    assert dialogue.picked(ASH, OURS, "2", NOON + TimeDelta(hours=24)) is None


def test_neither_is_anothers_nor_of_another_group() -> None:
    dialogue = Dialogue()
    dialogue.ask(ASH, question())
    dialogue.offer(ASH, offered())

    assert (dialogue.question(BEA, OURS, NOON), dialogue.picked(BEA, OURS, "1", NOON)) == (None, None)
    assert (dialogue.question(ASH, THEIRS, NOON), dialogue.picked(ASH, THEIRS, "1", NOON)) == (None, None)


def test_a_list_that_comes_after_a_question_takes_the_numbers_and_leaves_the_words() -> None:
    dialogue = Dialogue()
    dialogue.ask(ASH, question())
    dialogue.offer(ASH, offered())

    assert dialogue.picked(ASH, OURS, "1", NOON) == LIST[0]
    assert dialogue.question(ASH, OURS, NOON) == question()


def test_a_question_that_comes_after_a_list_takes_the_numbers_too() -> None:
    dialogue = Dialogue()
    dialogue.offer(ASH, offered())
    dialogue.ask(ASH, question())

    assert dialogue.picked(ASH, OURS, "1", NOON) is None


def test_what_is_forgotten_is_gone() -> None:
    dialogue = Dialogue()
    dialogue.ask(ASH, question())
    dialogue.offer(ASH, offered())
    dialogue.forget(ASH)

    assert (dialogue.question(ASH, OURS, NOON), dialogue.picked(ASH, OURS, "1", NOON)) == (None, None)


@pytest.mark.parametrize(("text", "expected"), [("1", 0), (" 2. ", 1), ("1)", 0), ("01", 0)])
def test_a_number_picks_the_choice_with_that_number(text: str, expected: int) -> None:
    assert chosen(text, LIST) == LIST[expected]


@pytest.mark.parametrize("text", ["", "0", "3", "1x", "-1", "\u00b9", "\u0661", "0010", "1000", "1" * 500])
def test_anything_else_picks_nothing(text: str) -> None:
    assert chosen(text, LIST) is None


@given(st.text(max_size=400))
def test_no_text_at_all_breaks_it(text: str) -> None:
    assert chosen(text, LIST) in (None, *LIST)
