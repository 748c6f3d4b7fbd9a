"""Times on the wall as people write them: 19:00, 7.30pm, noon. What the words are is found elsewhere."""

from collections.abc import Mapping

from whenever import Time

SPOKEN: Mapping[str, Time] = {"noon": Time.NOON, "midday": Time.NOON, "midnight": Time.MIDNIGHT}
# Every dash that people put between two times, as the one on a keyboard: for `str.translate`.
DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))

_NOON = 12


def clock_time(hour: int, minute: int, half: str | None) -> Time | None:
    """Return the time of an hour and a minute, with "am" or "pm" or neither; None when there is no such time."""
    if half and not 1 <= hour <= _NOON:
        return None
    try:
        return Time(hour % _NOON + (_NOON if half == "pm" else 0) if half else hour, minute)
    except ValueError:
        return None
