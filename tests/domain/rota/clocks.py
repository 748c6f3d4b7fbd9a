"""The clocks of many places, worked out by `zoneinfo` and PEP 495 alone; and a zone whose rules can be changed."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

from whenever import Date, clear_tzcache, reset_tzpath

from bot.domain.rota.pattern import Pattern

# By the hour and by half an hour, north and south, with offsets of half an hour and three quarters, by two hours, and
# such as keep theirs, change them for Ramadan, or decide from year to year.
ZONES = (
    *("Africa/Cairo", "Africa/Casablanca", "Africa/El_Aaiun", "Africa/Johannesburg", "Africa/Lagos", "Africa/Nairobi"),
    *(
        "America/Anchorage",
        "America/Asuncion",
        "America/Bogota",
        "America/Chicago",
        "America/Denver",
        "America/Halifax",
    ),
    *("America/Havana", "America/Los_Angeles", "America/Mexico_City", "America/New_York", "America/Nuuk"),
    *("America/Phoenix", "America/Santiago", "America/Sao_Paulo", "America/Scoresbysund", "America/St_Johns"),
    *("America/Tijuana", "Antarctica/Troll", "Asia/Almaty", "Asia/Beirut", "Asia/Gaza", "Asia/Hebron"),
    *("Asia/Jerusalem", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Tehran", "Asia/Tokyo", "Atlantic/Azores"),
    *("Australia/Adelaide", "Australia/Brisbane", "Australia/Eucla", "Australia/Lord_Howe", "Australia/Sydney"),
    *("Europe/Chisinau", "Europe/Dublin", "Europe/Lisbon", "Europe/London", "Europe/Paris", "Pacific/Apia"),
    *("Pacific/Auckland", "Pacific/Chatham", "Pacific/Easter", "Pacific/Marquesas", "Pacific/Norfolk", "UTC"),
)
FIRST, LAST = date(2024, 1, 1), date(2034, 12, 31)
_A_DAY = timedelta(days=1)


def every_date() -> Iterator[date]:
    """Give the dates of ten years and one."""
    return (FIRST + _A_DAY * ahead for ahead in range((LAST - FIRST).days + 1))


@cache
def dates_of_change(zone: str) -> tuple[date, ...]:
    """Return the dates on which clocks change there, with those before and after."""
    offsets = [datetime.combine(day, time(), UTC).astimezone(ZoneInfo(zone)).utcoffset() for day in every_date()]
    changes = [FIRST + _A_DAY * ahead for ahead, (one, next_) in enumerate(pairwise(offsets)) if one != next_]
    return tuple(sorted({change + _A_DAY * near for change in changes for near in (-2, -1, 0, 1, 2)}))


def moment(day: date, at: time, zone: str) -> datetime:
    """Return when it is that time there: the first of two, and in a gap later by its length (PEP 495, fold 0)."""
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)


def span(pattern: Pattern, day: date, zone: str) -> tuple[datetime, datetime]:
    """Return when a shift begins and ends, by another way than ours."""
    time_, ends = pattern.time.to_stdlib(), pattern.ends.to_stdlib()
    length = datetime.combine(day, ends) - datetime.combine(day, time_)
    length += _A_DAY if length <= timedelta() else timedelta()
    begin = moment(day, time_, zone)
    end = moment(day + _A_DAY if ends <= time_ else day, ends, zone)
    return begin, end if end > begin else begin + length


def gap(day: date, at: time, zone: str) -> timedelta:
    """Return how long the gap is that swallows that time there, or nothing."""
    first = datetime.combine(day, at, ZoneInfo(zone))
    before, after = first.utcoffset(), first.replace(fold=1).utcoffset()
    assert before is not None
    assert after is not None
    return max(after - before, timedelta())


def is_twice(day: date, at: time, zone: str) -> bool:
    """Return whether that time comes twice there."""
    first = datetime.combine(day, at, ZoneInfo(zone))
    before, after = first.utcoffset(), first.replace(fold=1).utcoffset()
    assert before is not None
    assert after is not None
    return after < before


@contextmanager
def other_rules(zone: str, folder: Path, hours: int) -> Iterator[None]:
    """Let a zone be so many hours ahead of UTC all year, as if a new edition of the zone database had it so."""
    file = folder / zone
    file.parent.mkdir(parents=True)
    file.write_bytes(_compiled(hours))
    reset_tzpath([str(folder)])
    clear_tzcache(only_keys=[zone])
    try:
        yield
    finally:
        reset_tzpath()
        clear_tzcache(only_keys=[zone])


def _compiled(hours: int) -> bytes:
    """Return a zone without clock changes, compiled as RFC 9636 has it: version 2, one type of time, and a footer."""
    header = b"TZif2" + bytes(15) + struct.pack(">6l", 0, 0, 0, 0, 1, 4)
    data = struct.pack(">lBB", hours * 3600, 0, 0) + b"NEW\0"
    return 2 * (header + data) + f"\n<NEW>{-hours}\n".encode()


def as_date(day: date) -> Date:
    """Return the date as the bot has it."""
    return Date(day.year, day.month, day.day)
