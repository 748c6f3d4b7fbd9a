"""When somebody may be reached and asked, as they type it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whenever import Date, Instant, Time, TimeDelta

from bot.domain.quiet import Quiet
from bot.domain.reading import Length, OrNone
from bot.domain.reading.times import FURTHEST
from bot.domain.saying import Refused
from tests.domain.reading.examples import NOON, PAUSE_END, QUIET, READING, WEEKLY, at, why_not
from tests.domain.reading.test_every_kind import LINES, kept

NIGHT = Quiet(starts=Time(22), ends=Time(8))


@pytest.mark.parametrize(
    "typed",
    [
        *("22:00-08:00", "22:00 - 8:00", "10pm to 8am", "from 10 pm until 8.00 am", "between 22.00 and 8:00"),
        *("22:00 \u2013 08:00", "10PM-8AM"),
    ],
)
def test_a_night_can_be_typed_as_people_write_it(typed: str) -> None:
    assert QUIET.read(typed, READING) == (NIGHT,)


@pytest.mark.parametrize(
    ("typed", "starts", "ends"),
    [
        ("midnight to 7am", Time.MIDNIGHT, Time(7)),
        ("noon-1pm", Time(12), Time(13)),
        ("12am-12pm", Time.MIDNIGHT, Time(12)),
        ("23:30-6:45", Time(23, 30), Time(6, 45)),
    ],
)
def test_quiet_hours_may_be_of_any_part_of_the_day(typed: str, starts: Time, ends: Time) -> None:
    assert QUIET.read(typed, READING) == (Quiet(starts=starts, ends=ends),)


@pytest.mark.parametrize(
    "typed", ["22-8", "10-8", "22:00", "25:00-08:00", "13pm-8am", "0am-8am", "22:00-08:61", "at night"]
)
def test_a_time_that_could_be_another_is_not_guessed_at(typed: str) -> None:
    assert why_not(QUIET.kind, typed) == "quiet-unclear"


@pytest.mark.parametrize("typed", ["8:00-8:00", "8am-8:00", "midnight to midnight"])
def test_no_time_at_all_or_the_whole_day_is_refused(typed: str) -> None:
    assert why_not(QUIET.kind, typed) == "quiet-same"


@pytest.mark.parametrize("typed", ["none", "None", "off", "no limit", " no "])
@pytest.mark.parametrize("kind", [QUIET, WEEKLY, OrNone(kind=Length())])
def test_none_lets_go_of_it(kind: OrNone, typed: str) -> None:
    assert kind.read(typed, READING) == ()


def test_a_refusal_says_that_none_would_work_as_well() -> None:
    with pytest.raises(Refused) as caught:
        WEEKLY.read("lots", READING)

    [line] = caught.value.say.lines
    assert (line.id, getattr(line.args["why"], "id", None)) == ("or-none", "whole-unclear")


@pytest.mark.parametrize("typed", ["2", "two", "2 shifts", "two shifts a week", "2 a week", "2 per week", "2 weekly"])
def test_a_weekly_limit_is_a_number_of_shifts(typed: str) -> None:
    assert WEEKLY.read(typed, READING) == (2,)


@pytest.mark.parametrize("typed", ["0", "21", "-1", "2 a month", "a week", "shifts"])
def test_what_is_no_number_of_shifts_a_week_is_refused(typed: str) -> None:
    assert why_not(WEEKLY, typed) == "or-none"


def midnight(month: int, day: int) -> Instant:
    return Date(2026, month, day).at(Time.MIDNIGHT).assume_tz("Europe/London", disambiguation="raise").to_instant()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2 weeks", NOON + TimeDelta(hours=14 * 24)),
        ("for 2 weeks", NOON + TimeDelta(hours=14 * 24)),
        ("a week", NOON + TimeDelta(hours=7 * 24)),
        ("until friday", midnight(11, 27)),
        ("till tomorrow", midnight(11, 25)),
        ("until tuesday", midnight(12, 1)),
        ("today", midnight(11, 25)),
        ("tonight", midnight(11, 25)),
        ("until 3 december", midnight(12, 3)),
        ("tuesday 20:00", NOON + TimeDelta(hours=8)),
        ("in 3 hours", NOON + TimeDelta(hours=3)),
    ],
)
def test_a_pause_ends_after_so_long_or_as_a_day_begins(typed: str, expected: Instant) -> None:
    assert PAUSE_END.read(typed, READING) == expected


def test_a_day_begins_where_the_reader_is() -> None:
    there = at("2026-11-24T12:00:00Z", "Asia/Kolkata")

    assert PAUSE_END.read("until friday", there) == Instant.from_utc(2026, 11, 26, 18, 30)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        *((typed, "pause-unclear") for typed in ("now", "24/11", "0m", "2 years", "54 weeks", "a while", "december")),
        ("in 400 days", "moment-far"),
        ("2026-11-01", "day-past"),
    ],
)
def test_what_is_no_time_to_come_is_refused(typed: str, why: str) -> None:
    assert why_not(PAUSE_END, typed) == why


@settings(deadline=None)
@given(LINES)
def test_a_pause_always_ends_after_now_and_within_a_year(text: str) -> None:
    value = kept(PAUSE_END, text)

    assert value is None or (isinstance(value, Instant) and NOON < value <= NOON + FURTHEST)


@given(st.integers(0, 1439), st.integers(0, 1439))
def test_any_two_times_are_read_as_they_are_written(start: int, end: int) -> None:
    first, last = (Time(minute // 60, minute % 60) for minute in (start, end))
    typed = f"{start // 60}:{start % 60:02}-{end // 60:02}.{end % 60:02}"

    assert kept(QUIET, typed) == (None if first == last else (Quiet(starts=first, ends=last),))
