"""Time on the wall: rules on local dates, and what a clock change does to them."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from whenever import Date, Instant, Time, TimeDelta, Weekday

from bot.domain.rota.pattern import Pattern, ending
from bot.domain.rota.recurrence import weekly
from bot.domain.rota.rota import ShiftId, first_date
from tests.domain.rota.examples import DAILY, NOW, TUESDAYS_AND_THURSDAYS, rota

ZONES = ("Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/St_Johns", "Africa/Cairo")
patterns = st.builds(
    Pattern,
    recurrence=st.sets(st.sampled_from(tuple(Weekday)), min_size=1).map(weekly),
    starts=st.just(Date(2020, 1, 1)),
    time=st.builds(Time, st.integers(0, 23), st.sampled_from((0, 15, 30, 59))),
    ends=st.builds(Time, st.integers(0, 23), st.sampled_from((0, 15, 30, 59))),
)


def test_eight_in_the_evening_is_eight_in_the_evening_in_summer_and_in_winter() -> None:
    example = rota(replace(DAILY, starts=Date(2026, 10, 1)))

    hours = {date: example.shift(ShiftId(date=date)) for date in (Date(2026, 10, 24), Date(2026, 10, 25))}

    assert [shift.starts.hour for shift in hours.values() if shift] == [20, 20]
    assert [shift.begins.to_tz("UTC").hour for shift in hours.values() if shift] == [19, 20]


def test_a_time_that_the_clocks_skip_begins_later_by_the_gap_and_says_so() -> None:
    example = rota(replace(DAILY, time=Time(1, 30), ends=Time(2, 30), starts=Date(2027, 3, 1)))

    shift = example.shift(ShiftId(date=Date(2027, 3, 28)))

    assert shift is not None
    assert (shift.starts.time(), shift.skipped, shift.repeated) == (Time(2, 30), True, False)


def test_a_time_that_comes_twice_means_the_first_and_says_so() -> None:
    example = rota(replace(DAILY, time=Time(1, 30), ends=Time(2, 30), starts=Date(2026, 10, 1)))

    shift = example.shift(ShiftId(date=Date(2026, 10, 25)))

    assert shift is not None
    assert (shift.begins, shift.repeated) == (Instant.from_utc(2026, 10, 25, 0, 30), True)


@settings(deadline=None)
@given(zone=st.sampled_from(ZONES), pattern=patterns, hours=st.integers(0, 24 * 365))
def test_the_first_shift_of_a_new_rota_is_still_to_come_and_none_is_left_out(
    zone: str, pattern: Pattern, hours: int
) -> None:
    now = NOW + TimeDelta(hours=hours)
    starts = first_date(pattern.recurrence, pattern.time, zone, now)
    example = rota(replace(pattern, starts=starts), zone=zone)

    first = next(iter(example.shifts(now, now + TimeDelta(hours=24 * 8))))

    long_ago = rota(pattern, zone=zone)
    assert first.begins == next(iter(long_ago.shifts(now, now + TimeDelta(hours=24 * 8)))).begins
    assert not list(example.shifts(now - TimeDelta(hours=48), now))


def test_a_shift_that_runs_past_midnight_is_still_coming_until_its_end() -> None:
    example = rota(replace(TUESDAYS_AND_THURSDAYS, time=Time(23), ends=Time(2)))
    after_midnight = Instant.from_utc(2026, 11, 25, 1, 30)

    [shift] = example.coming(after_midnight, after_midnight + TimeDelta(hours=1))

    assert shift.date == Date(2026, 11, 24)
    assert list(example.coming(shift.ends, shift.ends + TimeDelta(hours=1))) == []


def test_over_two_years_days_are_24_hours_apart_but_for_the_clock_changes() -> None:
    example = rota(replace(DAILY, starts=Date(2026, 1, 1)))

    begins = [shift.begins for shift in example.shifts(NOW, NOW + TimeDelta(hours=24 * 366 * 2))]

    apart = [later - sooner for sooner, later in pairwise(begins)]
    assert (apart.count(TimeDelta(hours=23)), apart.count(TimeDelta(hours=25))) == (2, 2)
    assert set(apart) == {TimeDelta(hours=hours) for hours in (23, 24, 25)}


@given(starts=st.integers(0, 24 * 60 - 1), minutes=st.integers(1, 24 * 60))
def test_a_length_becomes_the_next_such_time_on_the_wall_and_back(starts: int, minutes: int) -> None:
    time = Time(starts // 60, starts % 60)

    line = replace(DAILY, time=time, ends=ending(time, TimeDelta(minutes=minutes)))

    assert line.length == TimeDelta(minutes=minutes)
    assert line.overnight == (starts + minutes >= 24 * 60)
