"""How many things one person may ask in a minute."""

from hypothesis import given
from hypothesis import strategies as st
from whenever import Instant, TimeDelta

from bot.domain.ids import PersonId
from bot.domain.pace import Pace, Paces

NOON = Instant.from_utc(2026, 11, 24, 12)
ASH, BEA = PersonId.of("fake", "ash"), PersonId.of("fake", "bea")


def seconds(count: int) -> Instant:
    return NOON + TimeDelta(seconds=count)


def test_a_person_is_told_once_and_then_not_heard() -> None:
    paces = Paces(most=2)

    assert [paces.of(ASH, NOON) for _ in range(5)] == [
        Pace.FINE,
        Pace.FINE,
        Pace.TOO_FAST,
        Pace.STILL_TOO_FAST,
        Pace.STILL_TOO_FAST,
    ]


def test_after_a_quiet_minute_it_begins_anew() -> None:
    paces = Paces(most=1)
    for _ in range(3):
        paces.of(ASH, NOON)

    assert [paces.of(ASH, seconds(59)), paces.of(ASH, seconds(60)), paces.of(ASH, seconds(61))] == [
        Pace.STILL_TOO_FAST,
        Pace.FINE,
        Pace.TOO_FAST,
    ]


def test_who_goes_on_and_on_is_not_told_again_and_again() -> None:
    paces = Paces(most=10)
    answers = [paces.of(ASH, NOON + TimeDelta(milliseconds=200 * step)) for step in range(1500)]

    assert answers.count(Pace.TOO_FAST) == 1


def test_one_person_does_not_slow_another() -> None:
    paces = Paces(most=1)
    for _ in range(9):
        paces.of(ASH, NOON)

    assert paces.of(BEA, NOON) is Pace.FINE


@given(
    st.lists(st.integers(min_value=0, max_value=300), max_size=80).map(sorted), st.integers(min_value=1, max_value=9)
)
def test_never_more_than_the_most_are_heard_in_any_minute(moments: list[int], most: int) -> None:
    paces = Paces(most=most)
    heard = [moment for moment in moments if paces.of(ASH, seconds(moment)) is Pace.FINE]

    assert all(sum(start <= moment < start + 60 for moment in heard) <= most for start in heard)
