"""Lengths, days and moments, as people type them."""

import pytest
from whenever import Date, Instant

from tests.domain.reading.examples import DAY, LEADS, LENGTH, MOMENT, NOON, READING, at, minutes, why_not


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("30m", 30),
        ("30 minutes", 30),
        ("half an hour", 30),
        ("Half An Hour", 30),
        ("a quarter of an hour", 15),
        ("1h30", 90),
        ("1h30m", 90),
        ("1 hour 30 minutes", 90),
        ("1 hour and 30 minutes", 90),
        ("an hour and a half", 90),
        ("two and a half hours", 150),
        ("three hours", 180),
        ("a day", 24 * 60),
        ("  90\tmins ", 90),
    ],
)
def test_a_length_is_read_as_people_write_it(text: str, expected: int) -> None:
    assert LENGTH.read(text, READING) == minutes(expected)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "30", "0m", "4 minutes", "25 hours", "-30m", "1.5 hours", "30m 30m", "30m 1h", "1e3 m", "99999 weeks"],
)
def test_a_length_that_is_none_is_refused_with_what_would_work(text: str) -> None:
    assert why_not(LENGTH, text) == "length-unclear"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a day and 15 minutes", [24 * 60, 15]),
        ("15 minutes, 1 day", [24 * 60, 15]),
        ("1 day, 2 hours and 15m before", [24 * 60, 120, 15]),
        ("1 week", [7 * 24 * 60]),
        ("15m, 15m", [15]),
        ("none", []),
        ("Off", []),
    ],
)
def test_leads_are_several_lengths_the_longest_first(text: str, expected: list[int]) -> None:
    assert LEADS.read(text, READING) == tuple(minutes(count) for count in expected)


@pytest.mark.parametrize("text", ["", "8 days", "1m, 2m, 3m, 4m, 5m, 6m", "a day and a bit", ",", "and"])
def test_leads_that_are_too_many_or_too_long_are_refused(text: str) -> None:
    assert why_not(LEADS, text) == "leads-unclear"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("today", Date(2026, 11, 24)),
        ("tonight", Date(2026, 11, 24)),
        ("tuesday", Date(2026, 11, 24)),
        ("24 nov", Date(2026, 11, 24)),
        ("24/11", Date(2026, 11, 24)),
        ("2026-11-24", Date(2026, 11, 24)),
        ("tomorrow", Date(2026, 11, 25)),
        ("monday", Date(2026, 11, 30)),
        ("next tuesday", Date(2026, 12, 1)),
        ("03/12", Date(2026, 12, 3)),
        ("3.12.2026", Date(2026, 12, 3)),
        ("3 december", Date(2026, 12, 3)),
        ("the 3rd of december", Date(2026, 12, 3)),
        ("december 3", Date(2026, 12, 3)),
        ("23 nov", Date(2027, 11, 23)),
    ],
)
def test_a_day_is_the_next_one_of_that_name_and_stands_before_its_month(text: str, expected: Date) -> None:
    assert DAY.read(text, READING) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "day-unclear"),
        ("soon", "day-unclear"),
        ("may", "day-unclear"),
        ("30 february", "day-unclear"),
        ("9999-99-99", "day-unclear"),
        ("2026-11-23", "day-past"),
        ("2020-01-01", "day-past"),
        ("2027-11-25", "day-far"),
        ("3 december 2030", "day-far"),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_its_own_sentence(text: str, expected: str) -> None:
    assert why_not(DAY, text) == expected


def test_a_day_is_that_of_the_readers_own_zone() -> None:
    late = at("2026-11-24T23:30:00Z", "Pacific/Auckland")

    assert DAY.read("today", late) == Date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("now", "2026-11-24T12:00:00Z"),
        ("in an hour", "2026-11-24T13:00:00Z"),
        ("in half an hour", "2026-11-24T12:30:00Z"),
        ("in a day and 15 minutes", "2026-11-25T12:15:00Z"),
        ("20:00", "2026-11-24T20:00:00Z"),
        ("8pm", "2026-11-24T20:00:00Z"),
        ("20.00", "2026-11-24T20:00:00Z"),
        ("11:00", "2026-11-25T11:00:00Z"),
        ("tuesday 20:00", "2026-11-24T20:00:00Z"),
        ("20:00 tuesday", "2026-11-24T20:00:00Z"),
        ("tuesday 11:00", "2026-12-01T11:00:00Z"),
        ("next tuesday at 20:00", "2026-12-01T20:00:00Z"),
        ("tuesday 1 december 20:00", "2026-12-01T20:00:00Z"),
        ("tomorrow 20:00", "2026-11-25T20:00:00Z"),
        ("tomorrow at 8pm", "2026-11-25T20:00:00Z"),
        ("8:00 a.m. tomorrow", "2026-11-25T08:00:00Z"),
        ("24 nov 20:00", "2026-11-24T20:00:00Z"),
        ("03/12 19:00", "2026-12-03T19:00:00Z"),
        ("midnight", "2026-11-25T00:00:00Z"),
    ],
)
def test_a_moment_is_the_next_one_that_the_words_fit(text: str, expected: str) -> None:
    assert MOMENT.read(text, READING) == Instant.parse_iso(expected)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-24T19:59:00Z", "2026-11-24T20:00:00Z"),
        ("2026-11-24T20:00:00Z", "2026-11-24T20:00:00Z"),
        ("2026-11-24T20:01:00Z", "2026-11-25T20:00:00Z"),
    ],
)
def test_eight_in_the_evening_is_today_before_it_and_tomorrow_after(now: str, expected: str) -> None:
    assert MOMENT.read("20:00", at(now)) == Instant.parse_iso(expected)


def test_a_time_that_the_clock_change_skips_moves_forward_by_the_gap() -> None:
    moment = MOMENT.read("28 march 01:30", at("2027-03-20T12:00:00Z"))

    assert moment.to_tz("Europe/London").format_iso() == "2027-03-28T02:30:00+01:00[Europe/London]"


def test_a_time_that_the_clock_change_brings_twice_is_the_first() -> None:
    moment = MOMENT.read("25 october 01:30", at("2026-10-20T12:00:00Z"))

    assert moment.to_tz("Europe/London").format_iso() == "2026-10-25T01:30:00+01:00[Europe/London]"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "moment-unclear"),
        ("tuesday", "moment-unclear"),
        ("whenever", "moment-unclear"),
        ("25:00", "moment-unclear"),
        ("may 20:00", "moment-unclear"),
        ("20:00 pst", "moment-unclear"),
        ("20:00 12:00", "moment-unclear"),
        ("30m tomorrow 20:00", "moment-unclear"),
        ("20:00, half an hour", "moment-unclear"),
        ("tomorrow 20:00 a", "moment-unclear"),
        ("tomorrow at 8pm in an", "moment-unclear"),
        ("a tomorrow 20:00", "moment-unclear"),
        ("20:00 yesterday", "moment-past"),
        ("today 11:00", "moment-past"),
        ("2020-01-01T00:00:00Z", "moment-past"),
        ("0001-01-01T00:00:00Z", "moment-past"),
        ("9999-12-31T23:59:59Z", "moment-far"),
        ("in 99999 weeks", "moment-far"),
    ],
)
def test_a_moment_that_cannot_be_is_refused_with_its_own_sentence(text: str, expected: str) -> None:
    assert why_not(MOMENT, text) == expected


def test_a_moment_that_the_bot_wrote_into_a_choice_is_read_back_just_so() -> None:
    moment = (NOON + minutes(427)).round("minute")

    assert MOMENT.read(moment.format_iso(), READING) == moment
