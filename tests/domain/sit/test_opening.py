"""When somebody is open, across clock changes; their limit, kept by spacing alone; and what they would rather not."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whenever import Date, Instant, Time, TimeDelta, Weekday

from bot.domain.ids import PersonId
from bot.domain.people import Pause, Ways
from bot.domain.quiet import Quiet
from bot.domain.rota.pattern import Pattern
from bot.domain.rota.recurrence import Dates, Frequency, Rule, weekly
from bot.domain.rota.said import SaidPattern
from bot.domain.saying import Refused
from bot.domain.sit.opening import (
    A_WEEK,
    ANY_TIME,
    LOOKED_AGAIN,
    MOST_TIMES,
    Features,
    Opening,
    Openness,
    RatherNot,
    SaidOpening,
    spacing,
)
from tests.domain.rota.clocks import ZONES, dates_of_change, span

ASH, BEE = PersonId.of("local", "ash"), PersonId.of("local", "bee")
# A Tuesday.
NOON = Instant.from_utc(2026, 11, 24, 12)
TODAY = Date(2026, 11, 24)
HOUR, DAY = TimeDelta(hours=1), TimeDelta(hours=24)
ZONE = "Europe/London"
DAILY = Rule(frequency=Frequency.DAILY)
TUESDAYS = SaidPattern(recurrence=weekly((Weekday.TUESDAY,)), time=Time(19), ends=Time(21))
TALK = Features(kinds=frozenset({RatherNot.TALK}))
EVERYTHING = frozenset(RatherNot)
times = st.integers(0, 24 * 60 - 1).map(lambda minutes: Time(minutes // 60, minutes % 60))


def openness(opening: Opening, ways: Ways | None = None, now: Instant = NOON, **more: object) -> Openness:
    return Openness(now=now, openings={ASH: opening}, ways={ASH: ways or Ways()}, **more)  # type: ignore[arg-type]  # Any field.


def at_times(*said: SaidPattern) -> Opening:
    return Opening().opened(SaidOpening(times=said), NOON, ZONE)


@st.composite
def near_a_change(draw: st.DrawFn) -> tuple[str, date]:
    zone = draw(st.sampled_from(ZONES))
    return zone, draw(st.sampled_from(dates_of_change(zone) or (date(2026, 3, 29),)))


@given(near_a_change(), times, times, st.integers(-36 * 60, 36 * 60))
@settings(max_examples=200, deadline=None)
def test_times_on_the_wall_are_open_as_zoneinfo_has_them_on_both_sides_of_a_change(
    change: tuple[str, date], begins: Time, ends: Time, minutes: int
) -> None:
    zone, day = change
    line = Pattern(recurrence=DAILY, starts=Date(2020, 1, 1), time=begins, ends=ends)
    now = Date(day).at(Time(12)).assume_tz(zone).to_instant() + TimeDelta(minutes=minutes)
    spans = [span(line, day + timedelta(days=ahead), zone) for ahead in range(-4, 5)]
    inside = any(first <= now.to_stdlib() < last for first, last in spans)
    following = [Instant(first) for first, last in spans if last > now.to_stdlib() and last > first]
    found = openness(Opening(times=(line,)), Ways(zone=zone), now)

    assert (found.open == {ASH}) == inside
    assert found.next_open(ASH) == max(now, min(following))


RUNS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 10)), max_size=5)


@given(RUNS, st.none() | st.integers(1, 70), st.none() | st.tuples(times, times), st.none() | st.integers(1, 7))
@settings(deadline=None)
def test_the_next_moment_is_the_first_that_would_be_found_by_looking_every_minute(
    shifts: list[tuple[int, int]], until: int | None, quiet: tuple[Time, Time] | None, weekly_: int | None
) -> None:
    opening = Opening(
        on_shifts=True,
        until=None if until is None else NOON + TimeDelta(minutes=until),
        weekly=weekly_,
        last_asked=NOON - TimeDelta(hours=23, minutes=30),
    )
    hours = Quiet(starts=quiet[0], ends=quiet[1]) if quiet and quiet[0] != quiet[1] else None
    ways = Ways(quiet=hours, pause=Pause(until=NOON + TimeDelta(minutes=5)))
    runs = tuple((NOON + TimeDelta(minutes=at), NOON + TimeDelta(minutes=at + long)) for at, long in shifts)
    read = openness(opening, ways, shifts={ASH: runs}, ahead=TimeDelta(minutes=80))
    looked = (replace(read, now=NOON + TimeDelta(minutes=minute)) for minute in range(81))

    assert read.next_open(ASH) == next((each.now for each in looked if each.askable(TALK)), None)


@given(st.integers(1, 20), st.lists(st.integers(0, 3 * 24 * 60 * 60 * 1000), min_size=1, max_size=60))
@settings(max_examples=300)
def test_nobody_is_asked_more_often_than_their_limit_in_any_seven_days(most: int, apart: list[int]) -> None:
    """Every ask that may be put is put; each begins some milliseconds after the one before."""
    opening, now, asked = Opening(always=True, weekly=most), NOON, list[Instant]()
    for milliseconds in apart:
        now += TimeDelta(milliseconds=milliseconds)
        read = openness(opening, now=now)
        if read.askable(TALK):
            asked.append(now)
            opening = read.asked([ASH]).openings[ASH]

    assert asked[0] == NOON + TimeDelta(milliseconds=apart[0])
    for first, last in zip(asked, asked[most:], strict=False):
        assert last - first >= A_WEEK
    assert all(later - sooner >= spacing(most) for sooner, later in pairwise(asked))


@given(st.integers(1, 20))
def test_so_many_and_one_more_never_fit_into_a_week_and_so_many_do(most: int) -> None:
    assert spacing(most) * most >= A_WEEK
    assert spacing(most) * (most - 1) < A_WEEK


def test_whoever_was_asked_longer_ago_than_is_kept_may_be_asked_whatever_their_limit() -> None:
    assert openness(Opening(always=True, weekly=1, last_asked=NOON - A_WEEK)).askable(TALK) == {ASH}
    assert openness(Opening(always=True, weekly=1, last_asked=NOON - A_WEEK + HOUR)).askable(TALK) == set()
    assert openness(Opening(always=True, weekly=1, last_asked=NOON - A_WEEK + HOUR)).open == {ASH}


def test_without_a_limit_nothing_lies_between_two_asks() -> None:
    assert openness(Opening(always=True, last_asked=NOON)).askable(TALK) == {ASH}


def _all_features() -> st.SearchStrategy[Features]:
    some = st.frozensets(st.sampled_from(RatherNot))
    return st.builds(Features, kinds=st.frozensets(st.sampled_from(RatherNot), min_size=1), also=some)


@given(_all_features(), st.frozensets(st.sampled_from(RatherNot)))
def test_an_ask_suits_when_a_kind_of_it_does_and_nothing_that_comes_with_it_does_not(
    of: Features, rather_not: frozenset[RatherNot]
) -> None:
    one_kind_is_fine = any(kind not in rather_not for kind in of.kinds)

    assert of.suits(rather_not) == (one_kind_is_fine and not any(each in rather_not for each in of.also))
    assert not of.suits(EVERYTHING)
    assert of.suits(frozenset())


@pytest.mark.parametrize(
    ("said", "then", "stands"),
    [
        (ANY_TIME, SaidOpening(on_shifts=True), Opening(on_shifts=True)),
        (SaidOpening(on_shifts=True), ANY_TIME, Opening(on_shifts=True, always=True)),
        (ANY_TIME, SaidOpening(length=HOUR), Opening(until=NOON + HOUR)),
        (SaidOpening(length=HOUR), ANY_TIME, Opening(always=True)),
        (SaidOpening(length=HOUR), SaidOpening(on_shifts=True), Opening(on_shifts=True, until=NOON + HOUR)),
        (SaidOpening(length=HOUR), SaidOpening(length=HOUR * 2), Opening(until=NOON + HOUR * 2)),
    ],
)
def test_what_is_said_stands_beside_what_was_but_for_at_any_time(
    said: SaidOpening, then: SaidOpening, stands: Opening
) -> None:
    assert Opening().opened(said, NOON, ZONE).opened(then, NOON, ZONE) == stands


def test_the_same_times_said_twice_stand_once_and_others_beside_them() -> None:
    wednesdays = replace(TUESDAYS, recurrence=weekly((Weekday.WEDNESDAY,)))
    later = replace(TUESDAYS, starts=TODAY.add(days=70))
    twice = at_times(TUESDAYS).opened(SaidOpening(times=(TUESDAYS, wednesdays)), NOON + DAY * 3, ZONE)

    assert [line.recurrence for line in twice.times] == [TUESDAYS.recurrence, wednesdays.recurrence]
    assert [line.number for line in twice.times] == [1, 2]
    assert len(at_times(later, TUESDAYS).times) == 2


def test_more_times_than_can_be_read_back_are_refused() -> None:
    many = [replace(TUESDAYS, time=Time(hour), ends=Time(hour + 1)) for hour in range(MOST_TIMES + 1)]

    assert len(at_times(*many[:-1]).times) == MOST_TIMES
    with pytest.raises(Refused):
        at_times(*many)


def test_times_that_never_come_are_refused() -> None:
    with pytest.raises(Refused):
        at_times(replace(TUESDAYS, recurrence=weekly((Weekday.FRIDAY,)), last=TODAY.add(days=1)))


def test_single_dates_that_are_over_make_room() -> None:
    dates = replace(TUESDAYS, recurrence=Dates(days_on=(TODAY, TODAY.add(days=1))))
    opening = at_times(dates)
    later = opening.opened(SaidOpening(times=(TUESDAYS,)), NOON + DAY * 3, ZONE)

    assert opening.times[0].last == TODAY.add(days=1)
    assert [line.recurrence for line in later.times] == [TUESDAYS.recurrence]


def test_what_began_before_it_was_said_is_open_at_once() -> None:
    overnight = replace(TUESDAYS, recurrence=DAILY, time=Time(22), ends=Time(2))
    opening = Opening().opened(SaidOpening(times=(overnight,)), Instant.from_utc(2026, 11, 24, 1), ZONE)

    assert openness(opening, now=Instant.from_utc(2026, 11, 24, 1)).open == {ASH}
    assert openness(at_times(TUESDAYS), now=Instant.from_utc(2026, 11, 24, 20)).open == {ASH}


def test_every_other_week_begins_with_the_next_of_them() -> None:
    every_other = at_times(replace(TUESDAYS, recurrence=weekly((Weekday.TUESDAY,), 2)))

    assert [day for day in range(35) if _opens_on(every_other, day)] == [0, 14, 28]


def _opens_on(opening: Opening, day: int) -> bool:
    return bool(openness(opening, now=Instant.from_utc(2026, 11, 24, 20) + DAY * day).open)


def test_times_are_on_the_wall_where_somebody_is_now() -> None:
    opening = at_times(TUESDAYS)
    zones = (ZONE, "Asia/Kolkata")
    found = [openness(opening, Ways(zone=zone)).next_open(ASH) for zone in zones]

    assert found == [Instant.from_utc(2026, 11, 24, 19), Instant.from_utc(2026, 11, 24, 13, 30)]


def test_it_is_looked_again_when_the_next_opens_and_now_and_then_before() -> None:
    soon, late = (Opening(until=None, on_shifts=True) for _ in range(2))
    shifts = {
        ASH: ((NOON + TimeDelta(minutes=4), NOON + HOUR),),
        BEE: ((NOON + HOUR * 5, NOON + HOUR * 6),),
    }
    ways = {ASH: Ways(), BEE: Ways()}
    both = Openness(now=NOON, openings={ASH: soon, BEE: late}, ways=ways, shifts=shifts)
    one = replace(both, openings={BEE: late})

    assert both.next_look == NOON + TimeDelta(minutes=4)
    assert one.next_look == NOON + LOOKED_AGAIN


@pytest.mark.parametrize(
    "opening", [Opening(always=True), Opening(), Opening(until=NOON), Opening(weekly=2, last_asked=NOON)]
)
def test_it_is_not_looked_again_where_nobody_could_open(opening: Opening) -> None:
    assert openness(opening).next_look is None


def test_whoever_was_asked_opens_anew_when_their_limit_allows() -> None:
    read = openness(Opening(always=True, weekly=7)).asked([ASH])

    assert read.next_open(ASH) == NOON + DAY
    assert read.next_look == NOON + LOOKED_AGAIN


@pytest.mark.parametrize("pause", [Pause(), Pause(until=NOON + DAY * 2)])
def test_a_pause_puts_off_all_of_it(pause: Pause) -> None:
    read = openness(Opening(always=True), Ways(pause=pause), ahead=DAY * 7)

    assert (len(read.open), read.next_open(ASH)) == (0, pause.until)


TOLD = Opening(weekly=2, rather_not=EVERYTHING, last_asked=NOON)


@pytest.mark.parametrize("more", [{"always": True}, {"until": NOON + HOUR}, {"on_shifts": True}])
def test_to_pause_lets_go_of_when_and_of_nothing_else(more: dict[str, Any]) -> None:
    assert replace(TOLD, **more).stands(NOON)
    assert replace(TOLD, times=at_times(TUESDAYS).times, **more).closed == TOLD
    assert not TOLD.stands(NOON)


def _runs(opening: Opening, zone: str) -> Sequence[tuple[Instant, Instant]]:
    return list(opening.runs(NOON, NOON + DAY * 400, zone, ()))


def test_touching_runs_are_one_and_tell_when_it_is_over() -> None:
    opening = at_times(TUESDAYS, replace(TUESDAYS, time=Time(21), ends=Time(22)))

    assert _runs(opening, ZONE)[0] == (Instant.from_utc(2026, 11, 24, 19), Instant.from_utc(2026, 11, 24, 22))
    assert openness(opening, now=NOON + HOUR * 8).open_until(ASH) == NOON + HOUR * 10
    assert openness(Opening(always=True)).open_until(ASH) is None
