"""What a few typed letters may come to be: days, times of the day, lengths. Nothing here knows a zone."""

import re
from collections.abc import Iterator

from whenever import Date, Time, TimeDelta

from bot.domain.reading.plain import NUMBERS

# When people meet, for whoever has said only the day; fewer for each when several days may be meant.
ON_ONE_DAY = tuple(Time(hour) for hour in range(9, 23))
ON_EACH_DAY = (Time(10), Time(14), Time(18), Time(20))
# Today and the same day of next week are both "tuesday".
DAYS_AHEAD = 8

_AN_HOUR = 60
_HALF_A_DAY = 12
_A_DAY = 24
_LENGTHS = (15, 30, 45, 60, 90, 120, 180, 240, 360, 480, 720, 24 * 60, 2 * 24 * 60, 7 * 24 * 60)
_UNITS = {"minutes": 1, "mins": 1, "hours": 60, "hrs": 60, "days": 24 * 60, "weeks": 7 * 24 * 60}
_SPOKEN_LENGTHS = {
    "a quarter of an hour": 15,
    "half an hour": 30,
    "an hour": 60,
    "an hour and a half": 90,
    "a day": 24 * 60,
    "a week": 7 * 24 * 60,
}
_COUNTED = re.compile(rf"(\d{{1,4}}|{'|'.join(NUMBERS)}) ?([a-z]*)")
_LEADING = re.compile(r"^(?:(?:on|this|at)(?: |$))+")
# A day, or the beginning of one, and then the beginning of a time.
_DAY_AND_TIME = re.compile(
    r"(?P<day>.*?)(?:^|,? )(?:at )?(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{0,2}))? ?(?P<half>(?:[ap]m?)?)"
)
_DAY_AND_AT = re.compile(r"(?P<day>.*?),? at?")


def day_and_times(words: str) -> tuple[str, tuple[Time, ...] | None]:
    """Return the words of the day, and the times that the rest may come to be; None when no time was begun."""
    words = _LEADING.sub("", words)
    if found := _DAY_AND_TIME.fullmatch(words):
        return found["day"], tuple(_times(found["hour"], found["minute"] or "", found["half"]))
    begun = _DAY_AND_AT.fullmatch(words)
    return (begun["day"] if begun else words), None


def days_begun(words: str, today: Date) -> tuple[Date, ...]:
    """Return which days from today on have names that begin so, soonest first; all when nothing was typed."""
    days = (today.add(days=ahead) for ahead in range(DAYS_AHEAD))
    return tuple(day for day in days if any(name.startswith(words) for name in names(day, today)))


def names(day: Date, today: Date) -> tuple[str, ...]:
    """Return the words that people say for a day within a week or so of today."""
    spoken = {today: ("today", "tonight"), today.add(days=1): ("tomorrow",)}
    return (*spoken.get(day, ()), day.day_of_week().name.casefold())


def lengths(words: str) -> Iterator[TimeDelta]:
    """Give the lengths that the words may come to be; the usual ones when nothing was typed."""
    if not words:
        yield from (TimeDelta(minutes=minutes) for minutes in _LENGTHS)
        return
    yield from (TimeDelta(minutes=minutes) for said, minutes in _SPOKEN_LENGTHS.items() if said.startswith(words))
    if found := _COUNTED.fullmatch(words):
        count = NUMBERS.get(found[1]) or int(found[1])
        yield from (
            TimeDelta(minutes=count * minutes)
            for unit, minutes in _UNITS.items()
            if count and unit.startswith(found[2])
        )


def _times(hour: str, minute: str, half: str) -> Iterator[Time]:
    """Give the times that begin so, earliest first. Of "2" they are 02:00, 14:00 and every hour from 20:00."""
    minutes = int(minute.ljust(2, "0"))
    if minutes < _AN_HOUR:
        yield from (Time(each, minutes) for each in sorted(set(_hours(hour, half, alone=not minute))))


def _hours(hour: str, half: str, *, alone: bool) -> Iterator[int]:
    said = int(hour)
    if half:
        if 1 <= said <= _HALF_A_DAY:
            yield said % _HALF_A_DAY + (_HALF_A_DAY if half.startswith("p") else 0)
        return
    if said < _A_DAY:
        yield said
    if said < _HALF_A_DAY and not hour.startswith("0"):
        yield said + _HALF_A_DAY
    if alone and hour in {"1", "2"}:
        yield from range(said * 10, min(said * 10 + 10, _A_DAY))
