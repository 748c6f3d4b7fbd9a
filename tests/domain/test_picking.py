"""What a person means who answers a list, by number, by word or by a digit on a key cap."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.picking import Unclear, exactly, numbered, tapped, worded

LABELS = ("Sit with Bea", "Sit with Cai", "Withdraw", "I can’t make it")


@pytest.mark.parametrize(("text", "expected"), [("1", 0), (" 2. ", 1), ("1)", 0), ("01", 0)])
def test_a_number_picks_the_choice_with_that_number(text: str, expected: int) -> None:
    assert numbered(text, 2) == expected


@pytest.mark.parametrize("text", ["", "0", "3", "1x", "-1", "\u00b9", "\u0661", "0010", "1000", "1" * 500])
def test_anything_else_picks_nothing(text: str) -> None:
    assert numbered(text, 2) is None


@pytest.mark.parametrize(("reaction", "expected"), [("1\ufe0f\u20e3", 0), ("2\u20e3", 1), ("3", 2), ("\U0001f51f", 9)])
def test_a_digit_picks_with_its_key_cap_and_without(reaction: str, expected: int) -> None:
    assert tapped(reaction, 10) == expected


@pytest.mark.parametrize("reaction", ["", "\U0001f44d", "0\ufe0f\u20e3", "\ufe0f\u20e3", "\U0001f51f", "one"])
def test_any_other_reaction_is_no_digit(reaction: str) -> None:
    assert tapped(reaction, 9) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sit with Bea", 0),
        ("  sit  WITH cai. ", 1),
        ("withdraw!", 2),
        ("I can't make it", 3),
        ("i", 3),
        ("sit with b", None),
        ("bea", None),
        ("withdraw it", None),
        ("", None),
        (".", None),
    ],
)
def test_the_words_of_a_label_pick_it_or_the_first_of_them(text: str, expected: int | None) -> None:
    assert worded(text, LABELS) == expected


@pytest.mark.parametrize("text", ["sit", "sit with"])
def test_first_words_that_fit_several_are_unclear(text: str) -> None:
    assert worded(text, LABELS) == Unclear()


def test_a_label_that_begins_like_another_is_still_its_own() -> None:
    assert worded("I can", ("I can", "I can after eight")) == 0


def test_two_labels_that_read_the_same_are_unclear() -> None:
    assert worded("bea", ("Bea", "bea")) == Unclear()
    assert exactly("bea", ("Bea", "bea")) is None


def test_what_cannot_be_seen_in_a_name_does_not_count() -> None:
    assert worded("@room friend", ("@\u2060room friend",)) == 0


@given(st.text(max_size=400), st.lists(st.text(max_size=20), max_size=5))
def test_no_text_at_all_breaks_it(text: str, labels: list[str]) -> None:
    found = worded(text, labels)

    assert isinstance(found, Unclear) or found in {None, *range(len(labels))}
    assert exactly(text, labels) in {None, *range(len(labels))}
    assert tapped(text, len(labels)) in {None, *range(len(labels))}


@given(st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=5, unique=True))
def test_every_label_typed_as_it_reads_is_itself_or_unclear(labels: list[str]) -> None:
    for index, label in enumerate(labels):
        found = worded(label, labels)
        assert found in (index, None, Unclear())
        assert exactly(label, labels) in (index, None)
