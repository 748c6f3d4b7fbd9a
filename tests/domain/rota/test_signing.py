"""Joining and leaving: never more than the cap, and nobody on without their own yes."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from whenever import Date, Instant, TimeDelta, Weekday

from bot.domain.ids import PersonId
from bot.domain.rota.roster import Roster, Standing
from bot.domain.rota.rota import OPENS, Shift
from bot.domain.rota.sheet import Sheet
from bot.domain.rota.signing import Signing, emptied
from bot.domain.saying import Refused
from tests.domain.rota.examples import (
    ASH,
    BEE,
    CAT,
    DAILY,
    NOW,
    THURSDAY,
    TUESDAY,
    for_people,
    place,
    sheet,
    shift_of,
)

WEEK = TimeDelta(hours=24 * 7)
ALL_DAYS = frozenset(Weekday)
PAIRS = for_people(2)


def people(on: Sheet, date: Date) -> tuple[PersonId, ...]:
    return on.on(shift_of(on, date))


def signing(person: PersonId, on: Sheet, now: Instant = NOW) -> Signing:
    return Signing(sheet=on, person=person, zone="Europe/London", now=now)


def with_once(person: PersonId, date: Date, on: Sheet, now: Instant = NOW) -> Sheet:
    return replace(on, roster=signing(person, on, now).join_once(shift_of(on, date)))


def with_weekly(person: PersonId, days: frozenset[Weekday], on: Sheet) -> Sheet:
    return replace(on, roster=signing(person, on).join_standing(places(person, days)))


def places(person: PersonId, days: frozenset[Weekday]) -> frozenset[Standing]:
    return frozenset(place(person, day) for day in days)


def refusal(action: Callable[[], Roster]) -> str:
    with pytest.raises(Refused) as refused:
        action()
    return refused.value.say.lines[0].id


def test_joining_one_date_is_a_yes_to_that_date_alone() -> None:
    on = with_once(ASH, TUESDAY, sheet())

    assert (people(on, TUESDAY), people(on, THURSDAY)) == ((ASH,), ())


def test_a_full_shift_is_refused() -> None:
    on = with_once(ASH, TUESDAY, sheet())

    assert refusal(lambda: with_once(BEE, TUESDAY, on).roster) == "rota-shift-full"


def test_joining_twice_changes_nothing() -> None:
    on = with_once(ASH, TUESDAY, sheet())

    assert with_once(ASH, TUESDAY, on) == on


def test_single_dates_are_open_eight_weeks_ahead_and_no_further() -> None:
    on = sheet(pattern=DAILY)
    last, too_far = Date(2027, 1, 16), Date(2027, 1, 17)

    assert people(with_once(ASH, last, on), last) == (ASH,)
    assert refusal(lambda: with_once(ASH, too_far, on).roster) == "rota-shift-far"


def test_a_weekly_place_is_a_yes_to_every_week() -> None:
    on = with_weekly(ASH, frozenset({Weekday.TUESDAY}), sheet())

    assert (people(on, TUESDAY), people(on, TUESDAY.add(days=700)), people(on, THURSDAY)) == ((ASH,), (ASH,), ())


def test_a_weekly_place_is_refused_with_the_dates_that_are_full() -> None:
    on = with_once(BEE, TUESDAY.add(days=7), sheet())

    with pytest.raises(Refused) as refused:
        with_weekly(ASH, frozenset({Weekday.TUESDAY, Weekday.THURSDAY}), on)

    [line] = refused.value.say.lines
    assert (line.id, line.args["dates"]) == ("rota-weekly-full", (Date(2026, 12, 1),))


def test_a_weekly_place_that_somebody_holds_is_refused_even_while_they_are_away() -> None:
    on = with_weekly(ASH, frozenset({Weekday.TUESDAY}), sheet())
    away = replace(on, roster=signing(ASH, on).leave_once(shift_of(on, TUESDAY)))

    assert refusal(lambda: with_weekly(BEE, frozenset({Weekday.TUESDAY}), away).roster) == "rota-weekly-taken"


def test_leaving_one_date_keeps_the_weekly_place_and_opens_that_date() -> None:
    on = with_weekly(ASH, frozenset({Weekday.TUESDAY}), sheet())

    away = replace(on, roster=signing(ASH, on).leave_once(shift_of(on, TUESDAY)))

    assert (people(away, TUESDAY), people(away, TUESDAY.add(days=7))) == ((), (ASH,))
    assert people(with_once(BEE, TUESDAY, away), TUESDAY) == (BEE,)


def test_coming_back_to_a_date_that_was_left_needs_room_like_any_other() -> None:
    on = with_weekly(ASH, frozenset({Weekday.TUESDAY}), sheet())
    away = replace(on, roster=signing(ASH, on).leave_once(shift_of(on, TUESDAY)))

    assert with_once(ASH, TUESDAY, away) == on
    assert refusal(lambda: with_once(ASH, TUESDAY, with_once(BEE, TUESDAY, away)).roster) == "rota-shift-full"


def test_a_weekly_place_that_ends_leaves_no_away_dates_behind() -> None:
    on = with_weekly(ASH, frozenset({Weekday.TUESDAY}), sheet())
    away = replace(on, roster=signing(ASH, on).leave_once(shift_of(on, TUESDAY)))

    assert signing(ASH, away).leave_standing(places(ASH, ALL_DAYS)) == Roster()


def test_leaving_works_until_the_end_of_the_shift() -> None:
    on = with_once(ASH, TUESDAY, sheet())
    shift = shift_of(on, TUESDAY)
    last_moment = shift.ends - TimeDelta(seconds=1)

    left = replace(on, roster=signing(ASH, on, last_moment).leave_once(shift))

    assert (on.around(shift, last_moment), left.around(shift, last_moment)) == ((ASH,), ())
    assert refusal(lambda: signing(ASH, on, shift.ends).leave_once(shift)) == "rota-shift-over"


def test_the_room_is_to_be_told_only_of_a_shift_soon_that_lost_its_last_person() -> None:
    both = with_once(ASH, THURSDAY, with_once(ASH, TUESDAY, sheet(pattern=PAIRS)))
    monday = Instant.from_utc(2026, 11, 23, 20)

    def empty(left: Sheet) -> list[Date]:
        return [shift.date for shift in emptied(both, left, monday, monday + TimeDelta(hours=24))]

    assert empty(sheet(pattern=PAIRS)) == [TUESDAY]
    assert empty(with_once(BEE, TUESDAY, sheet(pattern=PAIRS))) == []
    assert empty(sheet(Roster().telling(shift_of(both, TUESDAY).id), PAIRS)) == []


@dataclass
class Yeses:
    """What each person said yes to, kept in the plainest way, beside the roster."""

    dates: set[tuple[PersonId, Date]] = field(default_factory=set)
    weekly: set[tuple[PersonId, Weekday]] = field(default_factory=set)
    noes: set[tuple[PersonId, Date]] = field(default_factory=set)

    def wanted(self, person: PersonId, date: Date) -> bool:
        weekly = (person, date.day_of_week()) in self.weekly and (person, date) not in self.noes
        return weekly or (person, date) in self.dates


Move: TypeAlias = tuple[str, PersonId, int, frozenset[Weekday], int]
moves: st.SearchStrategy[list[Move]] = st.lists(
    st.tuples(
        st.sampled_from(("once", "weekly", "off", "off weekly")),
        st.sampled_from((ASH, BEE, CAT)),
        st.integers(0, 30),
        st.sets(st.sampled_from(tuple(Weekday)[:3]), min_size=1).map(frozenset),
        st.integers(0, 72),
    ),
    max_size=40,
)


_MONDAY = frozenset({Weekday.MONDAY})
_WAITS = tuple(("once", ASH, 0, _MONDAY, hours) for hours in (11, 20, 21, 21, 49, 53, 55, 55))
_AWAY_FROM_ONE_OF_TWO_PLACES: list[Move] = [
    *_WAITS,
    ("weekly", BEE, 0, frozenset({Weekday.MONDAY, Weekday.TUESDAY}), 15),
    ("off", BEE, 1, _MONDAY, 0),
    ("off weekly", BEE, 0, _MONDAY, 0),
    ("weekly", BEE, 0, _MONDAY, 0),
]


def noted(yeses: Yeses, move: Move, date: Date) -> None:
    """Note a move that was not refused."""
    kind, person, _, days, _ = move
    if kind == "once":
        yeses.noes.discard((person, date))
        if not yeses.wanted(person, date):
            yeses.dates.add((person, date))
    elif kind == "off":
        yeses.noes.add((person, date))
        yeses.dates.discard((person, date))
    elif kind == "weekly":
        new = {day for day in days if (person, day) not in yeses.weekly}
        yeses.noes = {no for no in yeses.noes if no[0] != person or no[1].day_of_week() not in new}
        yeses.weekly |= {(person, day) for day in days}
    else:
        yeses.weekly -= {(person, day) for day in days}


def moved(on: Sheet, move: Move, shift: Shift, now: Instant) -> Roster:
    kind, person, _, days, _ = move
    one = signing(person, on, now)
    match kind:
        case "once":
            return one.join_once(shift)
        case "off":
            return one.leave_once(shift)
        case "weekly":
            return one.join_standing(places(one.person, days))
        case _:
            return one.leave_standing(places(one.person, days))


@settings(deadline=None)
@given(script=moves, cap=st.integers(1, 2))
@example(script=_AWAY_FROM_ONE_OF_TWO_PLACES, cap=1)
def test_whatever_people_do_no_shift_is_over_its_cap_and_nobody_is_on_without_their_yes(
    script: list[Move], cap: int
) -> None:
    on, now, yeses = sheet(pattern=for_people(cap, DAILY)), NOW, Yeses()
    for move in script:
        now += TimeDelta(hours=move[4])
        shift = shift_of(on, now.to_tz("Europe/London").date().add(days=2 * move[2]))
        try:
            on = replace(on, roster=moved(on, move, shift, now))
        except Refused:
            continue
        noted(yeses, move, shift.date)
        for one in on.rota.coming(now, now + OPENS + WEEK):
            assert len(on.on(one)) <= cap
            assert set(on.on(one)) == {person for person in (ASH, BEE, CAT) if yeses.wanted(person, one.date)}
