"""Quiet hours in forty zones, across each change of the clocks, against a wall clock that is read minute by minute."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from whenever import Instant, Time

from bot.domain.quiet import Quiet

# In both hemispheres, by the half and the quarter of an hour, with a change of half an hour and with none, round the
# date line, and where a change falls on midnight.
ZONES = (
    *("Europe/London", "Europe/Dublin", "Europe/Lisbon", "Europe/Berlin", "Europe/Athens", "Europe/Chisinau"),
    *("Atlantic/Azores", "Atlantic/Reykjavik", "America/Nuuk", "America/Scoresbysund", "America/St_Johns"),
    *("America/Halifax", "America/New_York", "America/Havana", "America/Chicago", "America/Denver", "America/Phoenix"),
    *("America/Los_Angeles", "America/Anchorage", "America/Adak", "America/Santiago", "America/Asuncion"),
    *("America/Sao_Paulo", "America/Caracas", "Pacific/Honolulu", "Pacific/Marquesas", "Pacific/Easter"),
    *("Pacific/Auckland", "Pacific/Chatham", "Pacific/Norfolk", "Pacific/Apia", "Pacific/Kiritimati"),
    *("Australia/Sydney", "Australia/Adelaide", "Australia/Lord_Howe", "Australia/Darwin", "Asia/Kolkata"),
    *("Asia/Kathmandu", "Asia/Beirut", "Africa/Cairo"),
)
MINUTE = timedelta(minutes=1)
DAYS, MIDDLE = 7, range(2 * 1440, 5 * 1440)


@cache
def changes(zone: str) -> tuple[datetime, ...]:
    """Return midnights (UTC) after which the clocks change within a day, of two years; one day if they never do."""
    days = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=count) for count in range(2 * 365)]
    offsets = [day.astimezone(ZoneInfo(zone)).utcoffset() for day in days]
    found = [day for day, here, there in zip(days, offsets, offsets[1:], strict=False) if here != there]
    return tuple(found) or (days[0],)


@cache
def walls(zone: str, change: datetime) -> tuple[datetime, ...]:
    """Return what the wall shows, minute by minute: three days before the change, four after it."""
    first, there = change - timedelta(days=3), ZoneInfo(zone)
    return tuple((first + MINUTE * count).astimezone(there).replace(tzinfo=None) for count in range(DAYS * 1440))


@cache
def shown(zone: str, change: datetime) -> Mapping[datetime, list[int]]:
    """Return in which minutes the wall shows each time."""
    found = defaultdict(list)
    for minute, wall in enumerate(walls(zone, change)):
        found[wall].append(minute)
    return found


def reached(zone: str, change: datetime, time: datetime, which: int) -> int:
    """Return the minute in which the wall shows that time, or jumps over it; the first or the last of what is seen."""
    if minutes := shown(zone, change).get(time):
        return minutes[which]
    seen = walls(zone, change)
    jumped = (late for late in range(1, len(seen)) if seen[late - 1] < time < seen[late])
    return 0 if time < seen[0] else next(jumped, len(seen))


def quiet_minutes(zone: str, change: datetime, starts: Time, ends: Time) -> set[int]:
    found: set[int] = set()
    for date in sorted({wall.date() for wall in walls(zone, change)} | {change.date() - timedelta(days=4)}):
        begins = datetime.combine(date, starts.to_stdlib())
        over = datetime.combine(date, ends.to_stdlib()) + timedelta(days=0 if starts < ends else 1)
        first, last = reached(zone, change, begins, 0), reached(zone, change, over, -1)
        found |= set(range(first, last))
    return found


def at(change: datetime, minute: int) -> Instant:
    return Instant(change - timedelta(days=3) + MINUTE * minute)


TIMES = (st.integers(0, 4 * 60) | st.integers(0, 24 * 60 - 1)).map(lambda count: Time(count // 60, count % 60))
CHANGES = st.sampled_from(ZONES).flatmap(
    lambda zone: st.tuples(st.just(zone), st.sampled_from(changes(zone))),
)
LONDON_SPRING = ("Europe/London", datetime(2027, 3, 28, tzinfo=UTC))
LONDON_AUTUMN = ("Europe/London", datetime(2026, 10, 25, tzinfo=UTC))
LORD_HOWE = ("Australia/Lord_Howe", datetime(2026, 4, 4, tzinfo=UTC))


def test_there_are_forty_zones_and_in_most_the_clocks_change() -> None:
    changing = [zone for zone in ZONES if len(changes(zone)) > 1]

    assert (len(ZONES), len(set(ZONES))) == (40, 40)
    assert len(changing) > 25
    assert LONDON_SPRING[1] in changes("Europe/London")
    assert LONDON_AUTUMN[1] in changes("Europe/London")
    assert LORD_HOWE[1] in changes("Australia/Lord_Howe")


@given(CHANGES, TIMES, TIMES, st.sampled_from(MIDDLE))
@example(LONDON_SPRING, Time(1, 30), Time(8), MIDDLE[0])
@example(LONDON_SPRING, Time(22), Time(1, 30), MIDDLE[0])
@example(LONDON_SPRING, Time(1, 10), Time(1, 40), MIDDLE[0])
@example(LONDON_AUTUMN, Time(1, 30), Time(8), MIDDLE[0])
@example(LONDON_AUTUMN, Time(22), Time(1, 30), MIDDLE[0])
@example(LONDON_AUTUMN, Time(1, 30), Time(1, 29), MIDDLE[0])
@example(LORD_HOWE, Time(1, 45), Time(1, 40), MIDDLE[0])
@settings(max_examples=150, deadline=None)
def test_it_is_quiet_just_when_the_wall_says_so(
    where: tuple[str, datetime], starts: Time, ends: Time, minute: int
) -> None:
    zone, change = where
    if starts == ends:
        ends = Time((ends.hour + 1) % 24, ends.minute)
    quiet, expected = Quiet(starts=starts, ends=ends), quiet_minutes(zone, change, starts, ends)
    edges = {each for each in MIDDLE if (each in expected) != (each - 1 in expected)}
    looked_at = [each for edge in edges for each in (edge - 1, edge)] + [minute]

    assert [quiet.inside(at(change, each), zone) for each in looked_at] == [each in expected for each in looked_at]
    for each in looked_at:
        first = last = each
        while first - 1 in expected and each in expected:
            first -= 1
        while last in expected:
            last += 1
        if first > 0 and last < DAYS * 1440:
            assert quiet.pulled_forward(at(change, each), zone) == at(change, first)
            assert quiet.put_off(at(change, each), zone) == at(change, last)


@given(CHANGES, TIMES, TIMES, st.sampled_from(MIDDLE), st.integers(0, 59))
@settings(max_examples=200, deadline=None)
def test_nobody_is_reached_while_the_wall_shows_quiet_hours(
    where: tuple[str, datetime], starts: Time, ends: Time, minute: int, second: int
) -> None:
    zone, change = where
    if starts == ends:
        return
    quiet, moment = Quiet(starts=starts, ends=ends), at(change, minute).add(seconds=second)
    wall = (change - timedelta(days=3) + MINUTE * minute).astimezone(ZoneInfo(zone)).time().replace(second=second)
    since = wall >= starts.to_stdlib(), wall < ends.to_stdlib()

    if all(since) if starts < ends else any(since):
        assert quiet.inside(moment, zone)
    assert not quiet.inside(quiet.put_off(moment, zone), zone)
    assert not quiet.inside(quiet.pulled_forward(moment, zone).subtract(seconds=1), zone) or not quiet.inside(
        moment, zone
    )


def test_a_ping_before_an_early_shift_comes_the_evening_before_and_an_ask_in_the_night_in_the_morning() -> None:
    quiet, zone = Quiet(starts=Time(22), ends=Time(8)), "Asia/Kolkata"
    at_six = Instant.from_utc(2026, 11, 24, 0, 30)

    assert quiet.pulled_forward(at_six, zone) == Instant.from_utc(2026, 11, 23, 16, 30)
    assert quiet.put_off(at_six, zone) == Instant.from_utc(2026, 11, 24, 2, 30)


def test_what_is_not_inside_stays_where_it_is() -> None:
    quiet, noon = Quiet(starts=Time(22), ends=Time(8)), Instant.from_utc(2026, 11, 24, 12)

    assert (quiet.pulled_forward(noon, "UTC"), quiet.put_off(noon, "UTC")) == (noon, noon)


def test_when_the_clocks_go_back_over_it_quiet_ends_the_last_time_that_the_wall_shows_its_end() -> None:
    quiet = Quiet(starts=Time(22), ends=Time(1, 30))

    assert quiet.put_off(Instant.from_utc(2026, 10, 25, 0), "Europe/London") == Instant.from_utc(2026, 10, 25, 1, 30)


def test_when_the_clocks_jump_over_its_beginning_quiet_begins_with_the_jump() -> None:
    quiet = Quiet(starts=Time(1, 30), ends=Time(8))

    assert quiet.pulled_forward(Instant.from_utc(2027, 3, 28, 3), "Europe/London") == Instant.from_utc(2027, 3, 28, 1)


def test_where_a_whole_day_was_left_out_quiet_goes_on_over_it() -> None:
    """In Samoa the 30th of December 2011 did not happen."""
    quiet, before = Quiet(starts=Time(22), ends=Time(8)), Instant.from_utc(2011, 12, 30, 9)

    assert quiet.put_off(before, "Pacific/Apia") == Instant.from_utc(2011, 12, 30, 18)


@pytest.mark.parametrize("time", [Time.MIDNIGHT, Time(8)])
def test_no_time_at_all_or_all_of_it_is_not_quiet_hours(time: Time) -> None:
    with pytest.raises(ValueError, match=r":00"):
        Quiet(starts=time, ends=time)
