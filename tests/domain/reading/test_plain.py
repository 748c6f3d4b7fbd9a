"""Text, numbers, one of a few, zones and places."""

import pytest

from bot.domain.reading import OneOf
from tests.domain.reading.examples import PLACE, READING, ROOM, TEXT, WHOLE, ZONE, why_not


@pytest.mark.parametrize(
    "text",
    [
        "@everyone",
        "@ everyone",
        "@EVERYONE come",
        "\uff20everyone",
        "@\u200deveryone",
        "@\ufe0feveryone",
        "@room",
        "@here",
        "@channel",
        "<@123>",
        "<@&123>",
        "<#5>",
        "@ash:example.org",
        "#room:example.org",
        "!abc:example.org",
    ],
)
def test_text_that_would_call_people_or_rooms_is_refused(text: str) -> None:
    assert why_not(TEXT, text) == "text-mention"


@pytest.mark.parametrize(
    "text",
    [
        "a\u202eb",
        "a\u2066b",
        "a\u200fb",
        "a\x00b",
        "a\x1b[31mb",
        "\ue000fake:bea\ue001",
        "\u2028x\u200b",
        "\u3164",
        "\u2800",
        "\u200d",
        "ev\ufe0fery",
    ],
)
def test_text_with_characters_that_cannot_be_seen_is_refused(text: str) -> None:
    assert why_not(TEXT, text) == "text-unseen"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "text-empty"),
        (" \t ", "text-empty"),
        ("x" * 61, "text-long"),
        ("x" * 10_000, "text-long"),
    ],
)
def test_text_that_is_empty_or_long_is_refused(text: str, expected: str) -> None:
    assert why_not(TEXT, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Soup  on\nSundays", "Soup on Sundays"),
        ("<b>x</b> **y** [a](http://x)", "<b>x</b> **y** [a](http://x)"),
        ("caf\u0065\u0301", "caf\u00e9"),
        ("me@example.org", "me@example.org"),
        ("tea \u2764\ufe0f \U0001f469\u200d\U0001f373", "tea \u2764\ufe0f \U0001f469\u200d\U0001f373"),
        ("x" * 60, "x" * 60),
    ],
)
def test_other_text_is_taken_as_it_is_with_single_spaces(text: str, expected: str) -> None:
    assert TEXT.read(text, READING) == expected


@pytest.mark.parametrize(("text", "expected"), [("2", 2), ("two", 2), ("Twelve", 12), ("3 people", 3), ("20", 20)])
def test_a_whole_number_is_read_in_digits_or_as_a_word(text: str, expected: int) -> None:
    assert WHOLE.read(text, READING) == expected


@pytest.mark.parametrize("text", ["", "0", "21", "-1", "2.5", "1e1", "\u00b2", "\u0662", "9" * 500, "two three"])
def test_any_other_number_is_refused(text: str) -> None:
    assert why_not(WHOLE, text) == "whole-unclear"


def test_one_of_a_few_is_read_whatever_its_case_and_by_its_other_names() -> None:
    kind = OneOf(choices=("quiet", "talk"), also=(("silent", "quiet"),))

    assert [kind.read(text, READING) for text in ("QUIET ", "Silent", "talk")] == ["quiet", "quiet", "talk"]
    assert why_not(kind, "qui\u202eet") == "choice-unclear"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dublin", "Europe/Dublin"),
        ("DUBLIN", "Europe/Dublin"),
        ("uk", "Europe/London"),
        ("northern ireland", "Europe/London"),
        ("ireland", "Europe/Dublin"),
        ("isle of man", "Europe/Isle_of_Man"),
        ("Isle_of_Man", "Europe/Isle_of_Man"),
        ("America/New_York", "America/New_York"),
        ("america/new york", "America/New_York"),
        ("america/port-au-prince", "America/Port-au-Prince"),
        ("America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("etc/gmt+1", "Etc/GMT+1"),
        ("utc", "UTC"),
    ],
)
def test_a_zone_is_kept_as_the_zone_database_writes_it(text: str, expected: str) -> None:
    assert ZONE.read(text, READING) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Narnia",
        "GMT+1",
        "EST",
        "localtime",
        "Europe/",
        "../../etc/passwd",
        "/etc/localtime",
        "Europe/../London",
        "posix/Europe/London",
        "Europe/London\u202e",
        "Europe/London\x00",
    ],
)
def test_what_is_no_zone_or_forgets_clock_changes_is_refused(text: str) -> None:
    assert why_not(ZONE, text) == "zone-unclear"


def test_a_place_is_named_as_people_of_the_group_name_it() -> None:
    assert PLACE.read("#Room", READING) == ROOM


def test_a_place_of_the_group_is_meant_by_its_id_too_as_a_choice_has_it() -> None:
    assert PLACE.read(str(ROOM), READING) == ROOM


@pytest.mark.parametrize("text", ["", "fake:rooms", "other", "!room:example.org", "fake:other-group-room"])
def test_a_place_of_another_group_does_not_exist(text: str) -> None:
    assert why_not(PLACE, text) == "place-unclear"
