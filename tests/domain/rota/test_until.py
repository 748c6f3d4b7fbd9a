"""How long it is until something begins, as people say it."""

import pytest
from hypothesis import given
from hypothesis import strategies as some
from whenever import Instant, TimeDelta

from bot.domain.rota.until import until
from tests.cogs.rota.desk import sentence

NOON = Instant.from_utc(2026, 11, 22, 12)
LONDON = "Europe/London"


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (TimeDelta(minutes=-5), "now"),
        (TimeDelta.ZERO, "now"),
        (TimeDelta(seconds=20), "in 1 minute"),
        (TimeDelta(minutes=59, seconds=59), "in 59 minutes"),
        (TimeDelta(hours=1), "in 1 hour"),
        (TimeDelta(hours=1, minutes=59), "in 1 hour and 45 minutes"),
        (TimeDelta(hours=3, minutes=50), "in 3 hours"),
        (TimeDelta(hours=23, minutes=59), "in 23 hours"),
        (TimeDelta(hours=24), "tomorrow"),
        (TimeDelta(hours=35, minutes=59), "tomorrow"),
        (TimeDelta(hours=36), "in 2 days"),
        (TimeDelta(hours=24 * 14), "in 14 days"),
    ],
)
def test_it_is_said_in_few_words(left: TimeDelta, said: str) -> None:
    assert sentence(until(NOON + left, NOON, LONDON)) == said


def test_days_are_those_of_the_readers_own_calendar() -> None:
    begins = NOON + TimeDelta(hours=30)

    assert sentence(until(begins, NOON, LONDON)) == "tomorrow"
    assert sentence(until(begins, NOON, "Asia/Karachi")) == "tomorrow"
    assert sentence(until(begins + TimeDelta(hours=2), NOON, "Asia/Karachi")) == "in 2 days"


def test_a_day_with_a_clock_change_is_still_tomorrow() -> None:
    saturday = Instant.from_utc(2026, 10, 24, 11)

    assert sentence(until(saturday + TimeDelta(hours=25), saturday, LONDON)) == "tomorrow"


@given(seconds=some.integers(1, 24 * 3600 - 1))
def test_within_a_day_it_is_never_said_to_be_later_than_it_is_unless_it_is_within_the_minute(seconds: int) -> None:
    left = TimeDelta(seconds=seconds)

    said = until(NOON + left, NOON, LONDON).args["length"]

    assert isinstance(said, TimeDelta)
    assert said <= max(left, TimeDelta(minutes=1))
    assert left - said < TimeDelta(hours=1)
