"""What falls due: each thing once, however time is split into wakes."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from whenever import Instant, Time, TimeDelta, Weekday

from bot.domain.ids import PersonId
from bot.domain.people import DAY_BEFORE, QUARTER_HOUR_BEFORE, Ways
from bot.domain.quiet import Quiet
from bot.domain.rota.happenings import (
    LOOKED_AGAIN,
    Gap,
    Happening,
    Opening,
    Ping,
    falling_due,
    next_due,
    worth_saying,
)
from bot.domain.rota.parts import WHOLE, Part
from bot.domain.rota.pattern import Pattern
from bot.domain.rota.recurrence import weekly
from bot.domain.rota.roster import Once, Roster, Standing
from bot.domain.rota.rota import ShiftId
from bot.domain.rota.sheet import Sheet
from tests.domain.rota.examples import (
    ASH,
    BEE,
    CAT,
    NOW,
    STARTS,
    THURSDAY,
    TUESDAY,
    once,
    pinged,
    sheet,
    shift_of,
)

WAYS = {
    ASH: pinged(DAY_BEFORE, QUARTER_HOUR_BEFORE),
    BEE: pinged(),
    CAT: pinged(TimeDelta(hours=24 * 7)),
}
WEEK = TimeDelta(hours=24 * 7)


def ash_on_tuesday() -> Sheet:
    return sheet(Roster(single=frozenset({once(ASH, TUESDAY)})))


def test_somebody_on_a_shift_is_pinged_at_their_leads_and_the_check_in_opens_at_its_start() -> None:
    on = ash_on_tuesday()
    shift = shift_of(on, TUESDAY)

    due = falling_due(on, WAYS, NOW, shift.ends)

    assert due == (
        Ping(shift=shift, person=ASH, part=WHOLE, lead=DAY_BEFORE, at=shift.begins - DAY_BEFORE),
        Ping(shift=shift, person=ASH, part=WHOLE, lead=QUARTER_HOUR_BEFORE, at=shift.begins - QUARTER_HOUR_BEFORE),
        Opening(shift=shift),
    )
    assert [one.at for one in due] == [
        Instant.from_utc(2026, 11, 23, 19),
        Instant.from_utc(2026, 11, 24, 18, 45),
        Instant.from_utc(2026, 11, 24, 19),
    ]


def test_a_shift_that_nobody_is_on_is_told_a_day_before_and_never_opened() -> None:
    on = ash_on_tuesday()
    shift = shift_of(on, THURSDAY)

    due = [one for one in falling_due(on, WAYS, NOW, shift.ends) if one.shift.date == THURSDAY]

    assert due == [Gap(shift=shift)]


def test_what_lies_at_or_before_the_watermark_never_happens() -> None:
    joined_at = Instant.from_utc(2026, 11, 24, 18, 45)

    due = falling_due(ash_on_tuesday(), WAYS, joined_at, joined_at + TimeDelta(hours=1))

    assert [type(one) for one in due] == [Opening]


def test_of_several_pings_for_one_shift_only_the_latest_is_worth_saying() -> None:
    now = Instant.from_utc(2026, 11, 24, 18, 50)
    due = falling_due(ash_on_tuesday(), WAYS, NOW, now)

    said = worth_saying(due, now)

    assert [one.lead for one in said if isinstance(one, Ping)] == [QUARTER_HOUR_BEFORE]


def test_what_belongs_to_a_shift_that_is_over_is_not_worth_saying() -> None:
    on = ash_on_tuesday()
    shift = shift_of(on, TUESDAY)

    assert worth_saying(falling_due(on, WAYS, NOW, shift.ends), shift.ends) == ()


patterns = st.builds(
    Pattern,
    recurrence=st.sets(st.sampled_from(tuple(Weekday)), min_size=1).map(weekly),
    starts=st.just(STARTS),
    time=st.builds(Time, st.integers(0, 23), st.integers(0, 59)),
    ends=st.builds(Time, st.integers(0, 23), st.integers(0, 59)),
    fewest=st.integers(0, 2),
    most=st.just(2),
)
onces = st.frozensets(
    st.builds(
        Once,
        person=st.sampled_from((ASH, BEE, CAT)),
        shift=st.integers(0, 40).map(lambda days: ShiftId(date=STARTS.add(days=days))),
        part=st.sampled_from((WHOLE, Part(starts=0, ends=30), Part(starts=30), Part(starts=10, ends=20))),
    ),
    max_size=8,
)
rosters = st.builds(
    Roster,
    standing=st.frozensets(
        st.builds(
            Standing,
            person=st.sampled_from((ASH, BEE, CAT)),
            day=st.sampled_from((None, *Weekday)),
            since=st.just(STARTS),
            every=st.integers(1, 3),
        ),
        max_size=4,
    ),
    single=onces,
    away=onces,
)
minutes_long = st.lists(st.integers(0, 7 * 24 * 60), max_size=3, unique=True)
times = st.lists(st.builds(Time, st.integers(0, 23), st.integers(0, 59)), min_size=2, max_size=2, unique=True)
quiets = st.none() | times.map(lambda both: Quiet(starts=both[0], ends=both[1]))
ways: st.SearchStrategy[Mapping[PersonId, Ways]] = st.fixed_dictionaries(
    {
        person: st.builds(
            lambda minutes, quiet: replace(pinged(*(TimeDelta(minutes=lead) for lead in minutes)), quiet=quiet),
            minutes_long,
            quiets,
        )
        for person in (ASH, BEE, CAT)
    }
)


@settings(deadline=None)
@given(pattern=patterns, roster=rosters, ways=ways, wakes=st.lists(st.integers(0, 30 * 24 * 60), max_size=12))
def test_however_time_is_split_into_wakes_each_thing_happens_exactly_once(
    pattern: Pattern, roster: Roster, ways: Mapping[PersonId, Ways], wakes: list[int]
) -> None:
    on = sheet(roster, pattern)
    moments = [NOW, *(NOW + TimeDelta(minutes=minutes) for minutes in sorted(wakes)), NOW + TimeDelta(hours=24 * 30)]

    split = [one for after, until in pairwise(moments) for one in falling_due(on, ways, after, until)]

    assert split == list(falling_due(on, ways, moments[0], moments[-1]))
    assert len({one.name for one in split}) == len(split)


@settings(deadline=None)
@given(pattern=patterns, roster=rosters, ways=ways, minutes=st.integers(0, 60 * 24 * 60))
def test_the_next_due_moment_is_never_late_and_never_idle(
    pattern: Pattern, roster: Roster, ways: Mapping[PersonId, Ways], minutes: int
) -> None:
    on, after = sheet(roster, pattern), NOW + TimeDelta(minutes=minutes)

    at = next_due(on, ways, after)

    assert next((one.at for one in falling_due(on, ways, after, after + LOOKED_AGAIN)), after + LOOKED_AGAIN) == at
    assert falling_due(on, ways, after, at - TimeDelta(seconds=1)) == ()


@settings(deadline=None)
@given(pattern=patterns, roster=rosters, ways=ways)
def test_following_the_next_due_moments_meets_everything(
    pattern: Pattern, roster: Roster, ways: Mapping[PersonId, Ways]
) -> None:
    on, end = sheet(roster, pattern), NOW + 2 * WEEK
    met: list[Happening] = []
    now = NOW
    while (at := next_due(on, ways, now)) <= end:
        met.extend(falling_due(on, ways, now, at))
        now = at

    assert met == list(falling_due(on, ways, NOW, end))


def test_a_gap_the_room_was_told_of_is_not_told_again() -> None:
    on = sheet()

    told = replace(on, roster=on.roster.telling(ShiftId(date=TUESDAY)))

    assert [one.shift.date for one in falling_due(told, {}, NOW, NOW + WEEK)] == [THURSDAY]
