"""Whether somebody has taken a first step: by days, by welcome, and where nobody can tell since when they are there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whenever import Instant, TimeDelta

from bot.domain.firststep import MOST_DAYS, MOST_WELCOMES, NOT_TOLD, FirstStep, Stay, is_taken, taken_from

NOON = Instant.from_utc(2026, 11, 23, 12)
DAY = TimeDelta(hours=24)
GONE = Stay(here=False)
DAYS = st.builds(FirstStep, days=st.integers(1, MOST_DAYS))
BY_WELCOME = st.builds(FirstStep, welcomes=st.integers(1, MOST_WELCOMES))
STAYS = st.builds(
    lambda here, hours, exact: Stay(
        here=here, since=None if hours is None else NOON - TimeDelta(hours=hours), exact=exact
    ),
    st.booleans(),
    st.none() | st.integers(0, 24 * (MOST_DAYS + 5)),
    st.booleans(),
)


def since(days: int, *, exact: bool = True) -> Stay:
    return Stay(here=True, since=NOON - days * DAY, exact=exact)


@given(STAYS, st.integers(0, 9))
def test_where_nothing_is_asked_everybody_may_offer(stay: Stay, welcomes: int) -> None:
    assert is_taken(FirstStep(), stay, welcomes, NOON)


@pytest.mark.parametrize(("days", "taken"), [(13, False), (14, True), (15, True)])
def test_so_many_days_are_full_days(days: int, taken: bool) -> None:  # noqa: FBT001  A case.
    assert is_taken(FirstStep(days=14), since(days), 0, NOON) is taken


@pytest.mark.parametrize(("stay", "welcomes", "taken"), [
    *((since(1), welcomes, False) for welcomes in (0, 2, 5)),
    *((since(1, exact=False), welcomes, welcomes >= 2) for welcomes in (0, 1, 2)),
    *((NOT_TOLD, welcomes, welcomes >= 2) for welcomes in (0, 1, 2)),
    (since(14, exact=False), 0, True),
    (GONE, 5, False),
])  # fmt: skip
def test_welcomes_stand_in_for_days_only_where_nobody_can_tell_since_when_somebody_is_there(
    stay: Stay,
    welcomes: int,
    taken: bool,  # noqa: FBT001  A case.
) -> None:
    assert is_taken(FirstStep(days=14), stay, welcomes, NOON) is taken


@given(BY_WELCOME, STAYS, st.integers(0, 9))
def test_a_step_by_welcome_goes_by_nothing_else(step: FirstStep, stay: Stay, welcomes: int) -> None:
    assert is_taken(step, stay, welcomes, NOON) == (welcomes >= (step.welcomes or 0))


@given(DAYS | BY_WELCOME, STAYS, st.integers(0, 9), st.integers(0, 400))
def test_a_step_that_is_taken_stays_taken_as_time_goes_by(
    step: FirstStep, stay: Stay, welcomes: int, days: int
) -> None:
    if is_taken(step, stay, welcomes, NOON):
        assert is_taken(step, stay, welcomes + 1, NOON + days * DAY)


@given(DAYS | BY_WELCOME, STAYS)
def test_the_moment_that_is_told_is_the_one_from_which_on_it_is_taken(step: FirstStep, stay: Stay) -> None:
    moment = taken_from(step, stay)

    if moment is None:
        assert step.days is None or not (stay.here and stay.exact and stay.since)
    else:
        assert is_taken(step, stay, 0, moment)
        assert not is_taken(step, stay, 0, moment - TimeDelta(milliseconds=1))
