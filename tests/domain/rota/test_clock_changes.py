"""What clock changes do to shifts: nothing on the wall. Held against `zoneinfo` and PEP 495, in zones of every sort."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whenever import Date, Instant, Time, TimeDelta

from bot.domain.ids import GroupId, PlaceId
from bot.domain.rota.pattern import Pattern
from bot.domain.rota.recurrence import Frequency, Rule
from bot.domain.rota.rota import LONGEST_SHIFT, Rota, Shift, ShiftId
from tests.domain.rota.clocks import (
    ZONES,
    as_date,
    dates_of_change,
    every_date,
    gap,
    is_twice,
    moment,
    other_rules,
    span,
)

DAILY = Rule(frequency=Frequency.DAILY)
LONG_AGO = Date(2020, 1, 1)
GROUP = GroupId.of("local", "oak")


def shift_line(time: Time, ends: Time, number: int = 1) -> Pattern:
    return Pattern(number=number, recurrence=DAILY, starts=LONG_AGO, time=time, ends=ends)


def rota(zone: str, *patterns: Pattern) -> Rota:
    return Rota(
        id="r1",
        group=GROUP,
        number=1,
        name="Evening check-in",
        patterns=patterns,
        zone=zone,
        place=PlaceId.of("local", "oak-room"),
        words=None,
        watermark=Instant.from_utc(2024, 1, 1),
    )


def around(*times: Time) -> tuple[Pattern, ...]:
    """Return daily lines that go from each of the times to the next, and round to the first: the whole day."""
    return tuple(shift_line(time, ends, n) for n, (time, ends) in enumerate(pairwise((*times, times[0])), start=1))


# All day and all night; through the hours at which clocks change; and an end that is its own beginning.
LINES = (
    *around(Time(6), Time(14), Time(22)),
    *around(Time(0), Time(1, 30), Time(2), Time(2, 15), Time(2, 30), Time(3), Time(23, 45)),
    shift_line(Time(1), Time(1)),
    shift_line(Time(2, 45), Time(2, 30)),
    shift_line(Time(23, 59), Time(0, 1)),
)

some_times = st.builds(Time, st.integers(0, 23), st.integers(0, 59))
some_zones = st.sampled_from([zone for zone in ZONES if dates_of_change(zone)])


def faults(lines: Iterable[Pattern], days: Iterable[date], zone: str) -> list[tuple[date, Time, Time]]:
    """Return the shifts that differ from what `zoneinfo` alone makes of them."""
    every = [(day, line) for day in days for line in lines]
    return [(day, line.time, line.ends) for day, line in every if not is_right(line, day, zone)]


def is_right(line: Pattern, day: date, zone: str) -> bool:
    """Return whether a shift begins and ends when it should, is there on the wall, and says of itself what is so."""
    shift, wall = Shift.of(line, as_date(day), zone), line.time.to_stdlib()
    skipped = gap(day, wall, zone)
    seen = shift.starts.to_plain().to_stdlib()
    return (
        (_utc(shift.begins), _utc(shift.ends)) == span(line, day, zone)
        and seen == datetime.combine(day, wall) + skipped
        and (shift.skipped, shift.repeated) == (bool(skipped), is_twice(day, wall, zone))
        and TimeDelta.ZERO < shift.length <= LONGEST_SHIFT
    )


def _utc(instant: Instant) -> datetime:
    return datetime.fromtimestamp(instant.timestamp(), UTC)


def test_there_are_zones_of_every_sort() -> None:
    def of(zone: str) -> set[int]:
        changes = (gap(day, time.to_stdlib(), zone) for day in dates_of_change(zone) for time in around_the_clock())
        return {round(found.total_seconds() / 60) for found in changes if found}

    assert len(ZONES) >= 40
    assert (of("Europe/London"), of("Australia/Lord_Howe"), of("Antarctica/Troll")) == ({60}, {30}, {120})
    assert of("Africa/Casablanca") == of("Africa/Cairo") == of("Asia/Gaza") == {60}
    assert of("Asia/Kathmandu") == of("Asia/Tokyo") == set()


def around_the_clock() -> Iterable[Time]:
    return (Time(hour, minute) for hour in range(24) for minute in (0, 30))


@pytest.mark.parametrize("zone", ZONES)
def test_shifts_keep_their_time_on_the_wall_about_every_clock_change_of_ten_years(zone: str) -> None:
    # Each change is seen with another few of the lines here; with `-m long`, with all of them, and every day beside.
    sampled = [faults(LINES[n % 4 :: 4], [day], zone) for n, day in enumerate(dates_of_change(zone))]

    assert [fault for found in sampled for fault in found] == []


@pytest.mark.long
@pytest.mark.parametrize("zone", ZONES)
def test_shifts_keep_their_time_on_the_wall_on_every_day_of_ten_years(zone: str) -> None:
    assert faults(LINES, every_date(), zone) == []


@settings(deadline=None)
@given(zone=some_zones, data=st.data(), time=some_times, ends=some_times)
def test_any_time_is_kept_on_the_wall(zone: str, data: st.DataObject, time: Time, ends: Time) -> None:
    day = data.draw(st.sampled_from(dates_of_change(zone)))

    assert faults([shift_line(time, ends)], [day], zone) == []


@settings(deadline=None)
@given(zone=some_zones, data=st.data(), times=st.sets(some_times, min_size=2, max_size=6).map(sorted))
def test_shifts_that_meet_on_the_wall_meet_in_time(zone: str, data: st.DataObject, times: list[Time]) -> None:
    day = data.draw(st.sampled_from(dates_of_change(zone)))
    example = rota(zone, *around(*times))
    days = [day + timedelta(days=near) for near in range(-2, 3)]
    begins = [moment(each, time.to_stdlib(), zone) for each in days for time in times]

    shifts = list(example.shifts(_noon(day) - TimeDelta(hours=36), _noon(day) + TimeDelta(hours=36)))

    # A time in a gap comes later by the gap, and so may come after, or with, one that is later on the wall: they cross.
    cross = begins != sorted(set(begins))
    assert cross or all(sooner.ends == later.begins for sooner, later in pairwise(shifts))


@pytest.mark.parametrize("zone", ZONES)
def test_a_day_in_three_shifts_has_no_gap_and_no_overlap_in_ten_years(zone: str) -> None:
    example = rota(zone, *around(Time(6), Time(14), Time(22)))

    shifts = [shift for day in dates_of_change(zone) for shift in example.on_date(as_date(day))]

    apart = [(sooner, later) for sooner, later in pairwise(shifts) if later.date.subtract(days=1) <= sooner.date]
    assert [(sooner.id, later.id) for sooner, later in apart if sooner.ends != later.begins] == []
    assert bool(apart) == bool(dates_of_change(zone))


def _noon(day: date) -> Instant:
    return Instant.from_utc(day.year, day.month, day.day, 12)


def test_where_a_gap_makes_two_times_cross_shifts_overlap() -> None:
    # 01:30 to 02:30 to 03:10 in Paris, where on that night 02:30 is 03:30.
    first, second, third = around(Time(1, 30), Time(2, 30), Time(3, 10))
    night = Date(2026, 3, 29)

    ends = [Shift.of(line, night, "Europe/Paris").ends.to_tz("Europe/Paris").time() for line in (first, second)]

    assert ends == [Time(3, 30), Time(4, 10)]
    assert Shift.of(third, night, "Europe/Paris").starts.time() == Time(3, 10)


@settings(deadline=None)
@given(zones=st.tuples(st.sampled_from(ZONES), st.sampled_from(ZONES)), data=st.data(), times=st.sets(some_times))
def test_what_names_a_shift_is_the_same_in_any_zone(
    zones: tuple[str, str], data: st.DataObject, times: set[Time]
) -> None:
    days = data.draw(st.lists(st.sampled_from(dates_of_change("Europe/London")), min_size=1, max_size=5))
    lines = around(*sorted(times)) if times else ()
    here, there = (rota(zone, *lines) for zone in zones)

    for day in days:
        ids = {shift.id for shift in here.on_date(as_date(day))}
        assert ids == {shift.id for shift in there.on_date(as_date(day))}
        assert ids == {ShiftId(date=as_date(day), pattern=line.number) for line in lines}
        assert all(ShiftId.of(str(id_)) == id_ for id_ in ids)


def test_what_names_a_shift_is_the_same_when_the_rules_of_its_zone_change(tmp_path: Path) -> None:
    example = rota("Europe/London", *around(Time(1, 30), Time(6), Time(22)))
    days = [as_date(day) for day in dates_of_change("Europe/London")]

    def seen() -> tuple[list[ShiftId], list[Time], list[Instant]]:
        shifts = [shift for day in days for shift in example.on_date(day)]
        return (
            [shift.id for shift in shifts],
            [shift.starts.time() for shift in shifts if not shift.skipped],
            [shift.begins for shift in shifts],
        )

    ids, walls, begins = seen()
    with other_rules("Europe/London", tmp_path, hours=1):
        new_ids, new_walls, new_begins = seen()
        found = [example.shift(id_) for id_ in ids]

    assert new_ids == ids == [shift.id for shift in found if shift]
    assert set(new_walls) == set(walls)
    assert new_begins != begins
    assert seen() == (ids, walls, begins)
