"""What a person told about themselves, and when they may be asked because of it."""

import pytest
from whenever import Instant, Time, TimeDelta

from bot.domain.people import Pause, Reach, Ways, Wish
from bot.domain.quiet import Quiet

NOON = Instant.from_utc(2026, 11, 24, 12)
HOUR = TimeDelta(hours=1)
NIGHT = Quiet(starts=Time(22), ends=Time(8))


def test_whoever_told_nothing_has_no_quiet_hours_no_limits_and_fills_no_gaps() -> None:
    ways = Ways().wishing(Wish())

    assert (ways.quiet, ways.weekly, ways.rest, ways.gaps, ways.pause) == (None, None, None, False, None)


def test_what_was_told_lies_over_it() -> None:
    wish = Wish(quiet=NIGHT, weekly=2, rest=HOUR, gaps=True, pause=Pause(until=NOON))
    ways = Ways().wishing(wish).wishing(Wish())

    assert (ways.quiet, ways.weekly, ways.rest, ways.gaps, ways.pause) == (NIGHT, 2, HOUR, True, Pause(until=NOON))


@pytest.mark.parametrize(("reach", "pings"), [(Reach.PRIVATE, (HOUR,)), (Reach.MENTION, (HOUR,)), (Reach.CALENDAR, ())])
def test_whose_calendar_is_enough_is_sent_no_pings(reach: Reach, pings: tuple[TimeDelta, ...]) -> None:
    assert Ways(leads=(HOUR,), reach=reach).pings == pings


@pytest.mark.parametrize(
    ("ways", "expected"),
    [
        (Ways(), NOON),
        (Ways(pause=Pause()), None),
        (Ways(pause=Pause(until=NOON)), NOON),
        (Ways(pause=Pause(until=NOON + HOUR)), NOON + HOUR),
        (Ways(quiet=NIGHT), NOON),
        (Ways(quiet=NIGHT, zone="Pacific/Auckland"), Instant.from_utc(2026, 11, 24, 19)),
        (Ways(quiet=NIGHT, pause=Pause(until=NOON + HOUR * 12)), Instant.from_utc(2026, 11, 25, 8)),
        (Ways(quiet=NIGHT, pause=Pause()), None),
    ],
)
def test_nobody_is_asked_in_a_pause_or_in_quiet_hours(ways: Ways, expected: Instant | None) -> None:
    assert ways.asked_from(NOON) == expected
