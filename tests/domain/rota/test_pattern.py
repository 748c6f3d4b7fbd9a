"""Time on the wall: rules on local dates, and what a clock change does to them."""

from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whenever import Date, Instant, Time, TimeDelta, Weekday

from bot.domain.rota.pattern import Pattern, in_order
from bot.domain.rota.rota import first_date
from tests.domain.rota.examples import DAILY, NOW, TUESDAYS_AND_THURSDAYS, rota

ZONES = ("Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/St_Johns", "Africa/Cairo")
patterns = st.builds(
    Pattern,
    days=st.sets(st.sampled_from(tuple(Weekday)), min_size=1).map(in_order),
    time=st.builds(Time, st.integers(0, 23), st.sampled_from((0, 15, 30, 59))),
)
dates = st.dates(datetime(2020, 1, 1, tzinfo=UTC).date(), datetime(2036, 12, 31, tzinfo=UTC).date()).map(Date)


@settings(deadline=None)
@given(pattern=patterns)
def test_a_rule_that_is_kept_reads_back_as_it_was(pattern: Pattern) -> None:
    assert Pattern.of_rule(pattern.rule, pattern.time) == pattern


def test_days_are_kept_as_an_rfc_5545_rule() -> None:
    assert TUESDAYS_AND_THURSDAYS.rule == "FREQ=WEEKLY;BYDAY=TU,TH"


def test_a_rule_of_another_kind_is_not_guessed_at() -> None:
    with pytest.raises(ValueError, match="FREQ=MONTHLY"):
        Pattern.of_rule("FREQ=MONTHLY;BYDAY=TU", Time(19))


@settings(deadline=None)
@given(pattern=patterns, starts=dates, first=dates)
def test_dates_are_just_the_days_of_the_rule_from_the_start_on(pattern: Pattern, starts: Date, first: Date) -> None:
    last = first.add(days=20)

    found = list(pattern.dates(starts, first, last))

    every = (first.add(days=days) for days in range(21))
    assert found == [day for day in every if day >= starts and day.day_of_week() in pattern.days]


@settings(deadline=None)
@given(pattern=patterns, zone=st.sampled_from(ZONES), first=dates)
def test_shifts_begin_at_the_same_time_on_the_wall_on_both_sides_of_a_clock_change(
    pattern: Pattern, zone: str, first: Date
) -> None:
    example = rota(pattern=pattern, zone=zone, starts=first)

    shifts = [example.shift(day) for day in pattern.dates(first, first, first.add(days=60))]

    for shift in shifts:
        assert shift is not None
        # Worked out by other code than ours: with fold 0 (PEP 495) a gap moves on, and twice means the first.
        wall = datetime.combine(shift.date.to_stdlib(), pattern.time.to_stdlib(), ZoneInfo(zone))
        assert datetime.fromtimestamp(shift.begins.timestamp(), UTC) == wall.astimezone(UTC)
        gap = wall.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != wall.replace(tzinfo=None)
        twice = not gap and wall.utcoffset() != wall.replace(fold=1).utcoffset()
        assert (shift.skipped, shift.repeated) == (gap, twice)


def test_eight_in_the_evening_is_eight_in_the_evening_in_summer_and_in_winter() -> None:
    example = rota(pattern=DAILY, starts=Date(2026, 10, 1))

    hours = {date: example.shift(date) for date in (Date(2026, 10, 24), Date(2026, 10, 25))}

    assert [shift.starts.hour for shift in hours.values() if shift] == [20, 20]
    assert [shift.begins.to_tz("UTC").hour for shift in hours.values() if shift] == [19, 20]


def test_a_time_that_the_clocks_skip_begins_later_by_the_gap_and_says_so() -> None:
    example = rota(pattern=Pattern(days=tuple(Weekday), time=Time(1, 30)), starts=Date(2027, 3, 1))

    shift = example.shift(Date(2027, 3, 28))

    assert shift is not None
    assert (shift.starts.time(), shift.skipped, shift.repeated) == (Time(2, 30), True, False)


def test_a_time_that_comes_twice_means_the_first_and_says_so() -> None:
    example = rota(pattern=Pattern(days=tuple(Weekday), time=Time(1, 30)), starts=Date(2026, 10, 1))

    shift = example.shift(Date(2026, 10, 25))

    assert shift is not None
    assert (shift.begins, shift.repeated) == (Instant.from_utc(2026, 10, 25, 0, 30), True)


@settings(deadline=None)
@given(zone=st.sampled_from(ZONES), pattern=patterns, hours=st.integers(0, 24 * 365))
def test_the_first_shift_of_a_new_rota_is_still_to_come_and_none_is_left_out(
    zone: str, pattern: Pattern, hours: int
) -> None:
    now = NOW + TimeDelta(hours=hours)
    starts = first_date(pattern, zone, now)
    example = rota(pattern=pattern, zone=zone, starts=starts)

    first = next(iter(example.shifts(now, now + TimeDelta(hours=24 * 8))))

    long_ago = rota(pattern=pattern, zone=zone, starts=Date(2020, 1, 1))
    assert first == next(iter(long_ago.shifts(now, now + TimeDelta(hours=24 * 8))))
    assert not list(example.shifts(now - TimeDelta(hours=48), now))


def test_a_shift_that_runs_past_midnight_is_still_coming_until_its_end() -> None:
    example = rota(pattern=Pattern(days=(Weekday.TUESDAY,), time=Time(23)), length=TimeDelta(hours=3))
    after_midnight = Instant.from_utc(2026, 11, 25, 1, 30)

    [shift] = example.coming(after_midnight, after_midnight + TimeDelta(hours=1))

    assert shift.date == Date(2026, 11, 24)
    assert list(example.coming(shift.ends, shift.ends + TimeDelta(hours=1))) == []


def test_over_two_years_days_are_24_hours_apart_but_for_the_clock_changes() -> None:
    example = rota(pattern=DAILY, starts=Date(2026, 1, 1))

    begins = [shift.begins for shift in example.shifts(NOW, NOW + TimeDelta(hours=24 * 366 * 2))]

    apart = [later - sooner for sooner, later in pairwise(begins)]
    assert (apart.count(TimeDelta(hours=23)), apart.count(TimeDelta(hours=25))) == (2, 2)
    assert set(apart) == {TimeDelta(hours=hours) for hours in (23, 24, 25)}
