"""Who is asked when a shift needs people, in which order, and when it is looked at again."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whenever import Instant, Time, TimeDelta

from bot.domain.apart import Apart
from bot.domain.ids import PersonId
from bot.domain.people import Pause, Ways
from bot.domain.quiet import Quiet
from bot.domain.rota.asking import Candidate, Gap, Round, asked_from, may_do, next_round
from bot.domain.rota.stretch import Stretch
from tests.domain.rota.test_gentle_year import may_not
from tests.domain.rota.year import ZONES, Ask

HOUR = TimeDelta(hours=1)
DAY = HOUR * 24
# A Tuesday.
NOON = Instant.from_utc(2026, 11, 24, 12)
WILLING = Ways(zone="UTC", gaps=True)
ASH, BEA, CAI, DEE, EVE = (PersonId.of("fake", name) for name in ("ash", "bea", "cai", "dee", "eve"))


def stretch(begins: Instant, hours: float = 2) -> Stretch:
    return Stretch(begins=begins, ends=begins + HOUR * hours)


GAP = Gap(key="gap", stretch=stretch(NOON + DAY * 2))


def willing(*people: PersonId, last_asked: Instant | None = None) -> list[Candidate]:
    return [Candidate(person=person, ways=WILLING, last_asked=last_asked) for person in people]


def with_ways(ways: Ways, *on: Stretch) -> Candidate:
    return Candidate(person=ASH, ways=ways, on=on)


def asking(gap: Gap, round_: Round) -> Gap:
    """Return the gap with those who were asked."""
    return replace(gap, asked={**gap.asked, **dict.fromkeys(round_.ask, round_.until)})


def asked(candidates: Iterable[Candidate], round_: Round, now: Instant) -> list[Candidate]:
    return [replace(one, last_asked=now) if one.person in round_.ask else one for one in candidates]


def test_nobody_is_asked_who_did_not_say_that_they_may_be() -> None:
    round_ = next_round(GAP, [Candidate(person=ASH, ways=Ways())], NOON)

    assert (round_.ask, round_.again) == ((), None)


def test_three_are_asked_at_a_time_and_have_a_quarter_of_the_time_that_is_left() -> None:
    round_ = next_round(GAP, willing(ASH, BEA, CAI, DEE), NOON)

    assert len(round_.ask) == 3
    assert round_.until == round_.again == NOON + HOUR * 12


@pytest.mark.parametrize(
    ("before", "time"),
    [(DAY * 30, DAY), (DAY * 4, DAY), (HOUR * 6, HOUR * 1.5), (HOUR * 2, HOUR * 0.5), (HOUR * 0.5, HOUR * 0.5)],
)
def test_time_to_answer_is_half_an_hour_at_least_and_a_day_at_most(before: TimeDelta, time: TimeDelta) -> None:
    gap = Gap(key="gap", stretch=stretch(NOON + before))

    assert next_round(gap, willing(ASH), NOON).until == NOON + time


def test_nobody_is_asked_when_it_is_too_late_to_be_of_use() -> None:
    last, late = GAP.stretch.begins - HOUR * 0.5, GAP.stretch.begins - HOUR * 0.5 + TimeDelta(seconds=1)

    assert next_round(GAP, willing(ASH), last).ask == (ASH,)
    assert next_round(GAP, willing(ASH), late) == Round(ask=(), until=late + HOUR * 0.5, again=None)


def test_who_was_not_asked_for_longest_is_asked_first() -> None:
    candidates = [
        *willing(ASH, last_asked=NOON - DAY * 2),
        *willing(BEA, last_asked=NOON - DAY * 5),
        *willing(CAI),
        *willing(DEE, last_asked=NOON - DAY * 3),
        *willing(EVE, last_asked=NOON - DAY * 4),
    ]

    assert next_round(GAP, candidates, NOON).ask == (CAI, BEA, EVE)


def test_among_equals_a_lot_decides_that_is_another_for_each_gap_and_stays_the_same_for_one() -> None:
    people = willing(ASH, BEA, CAI, DEE, EVE)
    firsts = [next_round(replace(GAP, key=str(number)), people, NOON, 1).ask[0] for number in range(200)]

    assert next_round(GAP, people, NOON).ask == next_round(GAP, people[::-1], NOON).ask
    assert all(firsts.count(person) > 20 for person in (ASH, BEA, CAI, DEE, EVE))


def test_nobody_is_asked_again_for_the_same_gap_whatever_they_answered() -> None:
    gap = replace(GAP, asked={ASH: NOON - HOUR, BEA: None})

    assert next_round(gap, willing(ASH, BEA), NOON) == Round(ask=(), until=NOON + HOUR * 12, again=None)


def test_nobody_takes_the_place_of_those_who_have_time_to_answer() -> None:
    gap = replace(GAP, asked={ASH: NOON + HOUR, BEA: NOON + HOUR * 2, EVE: NOON})
    round_ = next_round(gap, willing(CAI, DEE), NOON)

    assert len(round_.ask) == 1
    assert round_.again == NOON + HOUR


def test_nobody_is_asked_twice_within_a_day_for_whatever_it_is() -> None:
    round_ = next_round(GAP, willing(ASH, last_asked=NOON - HOUR * 23), NOON)

    assert (round_.ask, round_.again) == ((), NOON + HOUR)
    assert next_round(GAP, willing(ASH, last_asked=NOON - HOUR * 23), NOON + HOUR).ask == (ASH,)


@pytest.mark.parametrize(
    ("ways", "again"),
    [
        (replace(WILLING, quiet=Quiet(starts=Time(11), ends=Time(14))), NOON + HOUR * 2),
        (replace(WILLING, pause=Pause(until=NOON + DAY)), NOON + DAY),
        (replace(WILLING, pause=Pause(until=NOON + DAY * 2)), None),
        (replace(WILLING, pause=Pause()), None),
    ],
)
def test_it_is_looked_at_again_when_somebody_can_be_asked_if_that_is_in_time(ways: Ways, again: Instant | None) -> None:
    round_ = next_round(GAP, [with_ways(ways)], NOON)

    assert (round_.ask, round_.again) == ((), again)
    if again is not None:
        assert next_round(GAP, [with_ways(ways)], again).ask == (ASH,)


@pytest.mark.parametrize(
    ("rest", "on", "may"),
    [
        (None, stretch(GAP.stretch.begins), False),
        (None, stretch(GAP.stretch.begins - HOUR), False),
        (None, stretch(GAP.stretch.begins - HOUR * 2), True),
        (None, stretch(GAP.stretch.ends), True),
        (HOUR * 12, stretch(GAP.stretch.begins - HOUR * 13), False),
        (HOUR * 12, stretch(GAP.stretch.begins - HOUR * 14), True),
        (HOUR * 12, stretch(GAP.stretch.ends + HOUR * 11), False),
        (HOUR * 12, stretch(GAP.stretch.ends + HOUR * 12), True),
    ],
)
def test_a_shift_leaves_the_rest_that_they_need_before_and_after(
    rest: TimeDelta | None, on: Stretch, *, may: bool
) -> None:
    assert may_do(GAP, with_ways(replace(WILLING, rest=rest), on)) is may


# Where it is already Monday, and where it is still Sunday.
SUNDAY_NIGHT = Gap(key="gap", stretch=stretch(Instant.from_utc(2026, 11, 29, 23, 30)))


@pytest.mark.parametrize(
    ("zone", "on", "may"),
    [
        ("UTC", Instant.from_utc(2026, 11, 23), False),
        ("UTC", Instant.from_utc(2026, 11, 22, 23), True),
        ("UTC", Instant.from_utc(2026, 11, 30, 4), True),
        ("Europe/Athens", Instant.from_utc(2026, 11, 23), True),
        ("Europe/Athens", Instant.from_utc(2026, 12, 6, 21), False),
        ("Europe/Athens", Instant.from_utc(2026, 12, 6, 22), True),
    ],
)
def test_a_week_is_from_monday_to_sunday_where_the_person_is(zone: str, on: Instant, *, may: bool) -> None:
    ways = replace(WILLING, zone=zone, weekly=1)

    assert may_do(SUNDAY_NIGHT, with_ways(ways, stretch(on))) is may
    assert may_do(SUNDAY_NIGHT, with_ways(replace(ways, weekly=2), stretch(on)))


def test_the_reserve_is_asked_first_one_by_one_in_its_order_and_each_has_their_time() -> None:
    gap, candidates, now, order = replace(GAP, reserve=(EVE, ASH)), willing(ASH, BEA, CAI, DEE, EVE), NOON, []
    for _ in range(3):
        round_ = next_round(gap, candidates, now)
        order.append(set(round_.ask))
        gap, candidates = asking(gap, round_), asked(candidates, round_, now)
        assert round_.again == round_.until
        now = round_.again

    assert order == [{EVE}, {ASH}, {BEA, CAI, DEE}]


def test_to_be_on_the_reserve_is_to_say_that_one_may_be_asked_for_that_shift() -> None:
    unasked = Candidate(person=ASH, ways=Ways(zone="UTC"))

    assert next_round(replace(GAP, reserve=(ASH,)), [unasked], NOON).ask == (ASH,)
    assert next_round(replace(GAP, reserve=(BEA,)), [unasked], NOON).ask == ()


@pytest.mark.parametrize(
    "ways",
    [
        replace(WILLING, quiet=Quiet(starts=Time(11), ends=Time(14))),
        replace(WILLING, pause=Pause(until=NOON + HOUR)),
    ],
)
def test_one_of_the_reserve_who_can_be_asked_soon_is_waited_for(ways: Ways) -> None:
    gap, candidates = replace(GAP, reserve=(ASH, BEA)), [with_ways(ways), *willing(BEA, CAI)]
    round_ = next_round(gap, candidates, NOON)

    assert round_.ask == ()
    assert round_.again is not None
    assert next_round(gap, candidates, round_.again).ask == (ASH,)


def test_one_of_the_reserve_who_cannot_be_asked_for_long_is_not_waited_for_and_is_asked_then() -> None:
    ways = replace(WILLING, pause=Pause(until=NOON + DAY))
    gap, candidates = replace(GAP, reserve=(ASH,)), [with_ways(ways), *willing(BEA)]
    first = next_round(gap, candidates, NOON)
    second = next_round(asking(gap, first), candidates, NOON + DAY)

    assert (first.ask, second.ask) == ((BEA,), (ASH,))


ways = st.builds(
    Ways,
    zone=st.sampled_from(ZONES),
    quiet=st.none()
    | st.tuples(st.integers(0, 23), st.integers(1, 22)).map(
        lambda hours: Quiet(starts=Time(hours[0]), ends=Time((hours[0] + hours[1]) % 24, 30))
    ),
    weekly=st.none() | st.integers(1, 3),
    rest=st.none() | st.integers(1, 48).map(lambda hours: HOUR * hours),
    gaps=st.booleans(),
    pause=st.none() | st.builds(Pause, until=st.none() | st.integers(-20, 100).map(lambda hours: NOON + HOUR * hours)),
)
stretches = st.lists(st.integers(-150, 250).map(lambda hours: stretch(NOON + HOUR * hours)), max_size=4).map(tuple)
last = st.none() | st.integers(0, 167).map(lambda hours: NOON - HOUR * hours)
groups = st.lists(st.tuples(ways, stretches, last), max_size=12).map(
    lambda found: [
        Candidate(person=PersonId.of("fake", str(number)), ways=way, on=on, last_asked=last_asked)
        for number, (way, on, last_asked) in enumerate(found)
    ]
)
gaps = st.builds(
    lambda minutes, reserve: Gap(
        key=str(minutes),
        stretch=stretch(NOON + TimeDelta(minutes=minutes)),
        reserve=tuple(PersonId.of("fake", str(number)) for number in reserve),
    ),
    st.integers(0, 60 * 24 * 8),
    st.lists(st.integers(0, 11), max_size=3, unique=True),
)


def written(gap: Gap, one: Candidate, now: Instant) -> Ask:
    """Return that somebody is asked now, in plain numbers."""
    quiet, pause = one.ways.quiet, one.ways.pause
    return Ask(
        gap=gap.key,
        shift=plain(gap.stretch),
        at=now.timestamp(),
        person=one.person,
        asked=True,
        zone=one.ways.zone,
        quiet=None if quiet is None else (minute(quiet.starts), minute(quiet.ends)),
        weekly=one.ways.weekly,
        rest=0 if one.ways.rest is None else round(one.ways.rest.total("seconds")),
        willing=one.ways.gaps,
        paused=pause is not None and (pause.until is None or now < pause.until),
        on=tuple(plain(each) for each in one.on),
        left_it=False,
        on_reserve=one.person in gap.reserve,
    )


def minute(time: Time) -> int:
    return time.hour * 60 + time.minute


def plain(stretch: Stretch) -> tuple[int, int]:
    return stretch.begins.timestamp(), stretch.ends.timestamp()


@settings(deadline=None)
@given(gaps, groups, st.floats(0.01, 0.99))
def test_a_gap_that_nobody_answers_comes_to_rest_and_no_ask_on_the_way_breaks_a_rule(
    gap: Gap, candidates: list[Candidate], between: float
) -> None:
    now, looks = NOON, 0
    while True:
        round_ = next_round(gap, candidates, now)
        for one in (each for each in candidates if each.person in round_.ask):
            assert [*may_not(written(gap, one, now))] == []
            assert one.person not in gap.asked
            assert one.last_asked is None or now - one.last_asked >= DAY
        gap, candidates, looks = asking(gap, round_), asked(candidates, round_, now), looks + 1
        waited_for = [until for until in gap.asked.values() if until is not None and until > now]
        assert len(waited_for) <= 4
        assert sum(gap.asked[person] in waited_for for person in gap.asked if person in gap.reserve) <= 1
        if round_.again is None:
            break
        assert round_.again > now
        meanwhile = now + (round_.again - now) * between
        assert next_round(gap, candidates, meanwhile).ask == ()
        now = round_.again

    assert looks <= 3 * len(candidates) + 1
    assert not waited_for
    assert [one.person for one in candidates if asked_from(gap, one, now) is not None] == []


@given(
    st.sets(st.tuples(st.sampled_from((ASH, BEA, CAI, DEE, EVE)), st.sampled_from((ASH, BEA, CAI, DEE, EVE)))),
    st.sets(st.sampled_from((ASH, BEA))),
    st.sets(st.sampled_from((DEE, EVE))),
)
def test_nobody_is_asked_together_with_one_they_are_kept_apart_from_whoever_of_them_said_so(
    lines: set[tuple[PersonId, PersonId]], company: set[PersonId], reserve: set[PersonId]
) -> None:
    """However often it is looked: not with those who are on, with those who are waited for, or with each other."""
    lines_of_all = Apart(made=frozenset(lines))
    gap = replace(GAP, company=frozenset(company), reserve=tuple(sorted(reserve)))
    people = [
        replace(one, apart=lines_of_all.kept_from(one.person) - {one.person})
        for one in willing(*({ASH, BEA, CAI, DEE, EVE} - company))
    ]
    for hours in range(48):
        now = NOON + HOUR * hours
        round_ = next_round(gap, people, now)
        gap = asking(gap, round_)
        waited_for = {person for person, until in gap.asked.items() if until is not None and until > now}
        for person in round_.ask:
            others = (waited_for | company) - {person}
            assert not [other for other in others if lines_of_all.are(person, other)]
