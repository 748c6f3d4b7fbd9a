"""Open hours: each begins once and ends once, one at a time in one place, and what is over is told of by nobody."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whenever import Instant, TimeDelta

from bot.domain.ids import PlaceId
from bot.domain.rota.roster import Roster
from bot.domain.saying import Refused
from bot.domain.together.hour import (
    LATEST,
    LOOKED_AGAIN,
    Begins,
    Company,
    Happening,
    Hour,
    Over,
    brought_up,
    met,
    next_due,
    next_shift,
    of_shifts,
    refuse_too_far,
)
from tests.domain.rota.examples import ASH, GROUP, NOW, ROOM, TUESDAY, once, sheet

HOUR, MINUTE = TimeDelta(hours=1), TimeDelta(minutes=1)
GARDEN = PlaceId.of("local", "oak-garden")
_HOUR = Hour(
    id="aaaaaaaa", group=GROUP, place=ROOM, company=Company.QUIET, starts=NOW, ends=NOW + HOUR, starter=ASH, named=True
)
# Minutes from now: when it begins, and how long it is.
TIMES = st.tuples(st.integers(-240, 240), st.integers(5, 240))
STEPS = st.lists(st.integers(1, 200), min_size=1, max_size=40)


def hour(**changes: Any) -> Hour:  # noqa: ANN401  Any field of it.
    return replace(_HOUR, **changes)


def at(minutes: int) -> Instant:
    return NOW + MINUTE * minutes


def kinds(happenings: tuple[Happening, ...]) -> list[tuple[type, str]]:
    return [(type(each), each.hour.id) for each in happenings]


@st.composite
def plans(draw: st.DrawFn) -> list[Hour]:
    """Draw open hours of a group in two rooms, planned at will: they may meet, as those of shifts do."""
    times = draw(st.lists(TIMES, max_size=8))
    places = [draw(st.sampled_from((ROOM, GARDEN))) for _ in times]
    return [
        hour(id=f"hour-{number}", place=place, starts=at(starts), ends=at(starts + length))
        for number, ((starts, length), place) in enumerate(zip(times, places, strict=True))
    ]


@given(plans(), plans(), STEPS)
def test_each_begins_once_at_most_and_ends_once_if_it_began_however_time_is_split(
    planned: list[Hour], of_rotas: list[Hour], steps: list[int]
) -> None:
    shifts = [replace(each, id=f"shift-{each.id}", starter=None) for each in of_rotas]
    hours: tuple[Hour, ...] = tuple(planned)
    now, told = at(-300), Counter[tuple[type, str]]()
    for step in steps:
        now += MINUTE * step
        hours, happenings = brought_up(hours, shifts, now)
        told.update(kinds(happenings))
        on = [each for each in hours if each.begun]

        assert len({each.place for each in on}) == len(on)
        assert all(each.ends > now for each in hours)
        assert all(each.starts <= now for each in on)
        assert all(each.hour.starts <= now < each.hour.ends for each in happenings if isinstance(each, Begins))
        assert all(each.hour.ends <= now <= each.hour.ends + LATEST for each in happenings if isinstance(each, Over))
        assert all(now < next_due(each, hours, now) <= max(each.starts, each.ends) for each in hours)
    assert set(told.values()) <= {1}
    assert {id_ for kind, id_ in told if kind is Over} <= {id_ for kind, id_ in told if kind is Begins}


@given(plans())
def test_woken_at_each_moment_that_was_marked_nothing_is_missed(planned: list[Hour]) -> None:
    """All that meet no other begin at their time, and whatever began is told to be over at its end."""
    now = at(-300)
    hours, happenings = brought_up(planned, (), now)
    assert happenings == ()
    begun, over = dict[str, Instant](), dict[str, Instant]()
    for _ in range(3 * len(planned)):
        if hours:
            now = min(next_due(each, hours, now) for each in hours)
            hours, happenings = brought_up(hours, (), now)
            begun |= {each.hour.id: now for each in happenings if isinstance(each, Begins)}
            over |= {each.hour.id: now for each in happenings if isinstance(each, Over)}
    ends = {each.id: each.ends for each in planned}
    alone = [each for each in planned if not met(each, [other for other in planned if other is not each])]

    assert hours == ()
    assert over == {id_: ends[id_] for id_ in begun}
    assert {each.id: each.starts for each in alone}.items() <= begun.items()


def test_one_that_comes_while_there_is_another_in_its_place_waits_and_then_has_its_own_end() -> None:
    first, second = hour(id="first", begun=True), hour(id="second", starts=at(30), ends=at(90))
    there = hour(id="there", place=GARDEN, starts=at(30), ends=at(90))
    waiting, told = brought_up((first, second, there), (), at(30))
    left, then = brought_up(waiting, (), at(60))

    assert kinds(told) == [(Begins, "there")]
    assert next_due(second, waiting, at(30)) == at(60)
    assert kinds(then) == [(Over, "first"), (Begins, "second")]
    assert [each.ends for each in left if each.id == "second"] == [at(90)]


def test_what_was_slept_through_is_told_of_late_with_its_right_end_or_not_at_all() -> None:
    late, gone = hour(id="late"), hour(id="gone", place=GARDEN, ends=at(20))
    left, told = brought_up((late, gone), (), at(30))

    assert kinds(told) == [(Begins, "late")]
    assert left == (replace(late, begun=True),)


@pytest.mark.parametrize(("minutes", "heard"), [(0, True), (60, True), (61, False)])
def test_an_end_that_was_slept_through_is_told_for_an_hour(minutes: int, *, heard: bool) -> None:
    _, told = brought_up((hour(begun=True),), (), at(60 + minutes))

    assert bool(told) == heard


def test_a_shift_that_somebody_is_on_makes_one_for_as_long_as_it_lasts_and_another_makes_none() -> None:
    on = sheet(Roster(single=frozenset({once(ASH, TUESDAY)})))
    [shift] = on.rota.on_date(TUESDAY)
    [made] = of_shifts(on, Company.BESIDE, shift.begins)

    assert (made.place, made.company) == (ROOM, Company.BESIDE)
    assert (made.starts, made.ends) == (shift.begins, shift.ends)
    assert (made.starter, made.shown, made.begun) == (None, None, False)
    assert [*of_shifts(on, Company.BESIDE, shift.ends - MINUTE)] == [made]
    assert [*of_shifts(on, Company.BESIDE, shift.begins - MINUTE)] == []
    assert [*of_shifts(on, Company.BESIDE, shift.ends)] == []
    assert [*of_shifts(sheet(), Company.BESIDE, shift.begins)] == []


def test_a_rota_is_looked_at_as_each_shift_begins_and_every_day() -> None:
    [shift] = sheet().rota.on_date(TUESDAY)

    assert next_shift(sheet(), NOW) == NOW + LOOKED_AGAIN
    assert next_shift(sheet(), shift.begins - HOUR) == shift.begins
    assert next_shift(sheet(), shift.begins) == shift.begins + LOOKED_AGAIN


def test_who_started_it_is_shown_only_if_they_chose_and_never_once_they_left() -> None:
    assert (hour().shown, hour(named=False).shown, hour().without_starter().shown) == (ASH, None, None)


def test_what_is_further_ahead_than_two_weeks_is_refused() -> None:
    edge = TimeDelta(hours=24 * 14)
    refuse_too_far(hour(starts=NOW + edge), NOW)

    with pytest.raises(Refused) as refused:
        refuse_too_far(hour(starts=NOW + edge + MINUTE), NOW)
    assert refused.value.say.lines[0].id == "together-far"


def test_two_in_one_place_meet_unless_one_is_over_when_the_other_begins() -> None:
    after, inside = hour(starts=at(60), ends=at(90)), hour(starts=at(59), ends=at(61))

    assert met(hour(), (after,)) is None
    assert met(hour(), (after, inside)) == inside
    assert met(hour(), (replace(inside, place=GARDEN),)) is None


def test_a_shift_that_is_taken_to_another_room_in_its_middle_goes_on_in_the_one_that_was_told_of_it() -> None:
    begun = hour(id="shift", starter=None, begun=True)
    left, told = brought_up((begun,), (replace(begun, place=GARDEN, begun=False),), at(30))

    assert (left, told) == ((begun,), ())
