"""How a rota's days, a shift and a rota's name are read from typed words. Nothing is guessed at."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from whenever import Date, Time, TimeDelta, Weekday

from bot.domain.commands import Reading
from bot.domain.reading import Day, Text
from bot.domain.reading.plain import plain
from bot.domain.rota.pattern import Pattern, in_order
from bot.domain.saying import Refused

_CLOCK = re.compile(
    r"(?<![\d:.])(?:(?P<hour>\d{1,2})[:.](?P<minute>\d{2})\s*(?P<half>[ap]m)?|(?P<only>\d{1,2})\s*(?P<side>[ap]m)"
    r"|(?P<word>noon|midday))(?![\d:.]|\w)"
)
_NAMES = "mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
_DAY_NAME = re.compile(rf"({_NAMES})s?")
_RANGE = re.compile(rf"({_NAMES})s?\s*(?:-|\u2013|to|until|till)\s*({_NAMES})s?")
_BETWEEN_DAYS = re.compile(r"[\s,&+/]+")
_FILLERS = frozenset({"", "and", "at", "each", "every", "from", "on"})
_ALL = tuple(Weekday)
_SPOKEN = {"daily": _ALL, "day": _ALL, "days": _ALL, "everyday": _ALL, "weekday": _ALL[:5], "weekdays": _ALL[:5]}
_SPOKEN |= {"weekend": _ALL[5:], "weekends": _ALL[5:]}
_FIRST = {day.name[:3].casefold(): day for day in _ALL}
_NOON = 12

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_ORDINAL = r"(?:the )?\d{1,2}(?:st|nd|rd|th)?"
_SHIFT_DAY = re.compile(
    rf"(?:(?:{_NAMES}) )?(?:{_ORDINAL} (?:of )?{_MONTH}|{_MONTH} {_ORDINAL})(?: \d{{4}})?"
    r"|\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?|today|tonight|tomorrow"
)
_WEEKLY = frozenset({"every week", "weekly", "each week", "every", "always"})
_NEAREST = TimeDelta(hours=48)


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """Weekdays and one time on the wall: "every Tuesday and Thursday 19:00". Value: `Pattern`."""

    zoned: bool = False
    choices: tuple[str, ...] = ()
    greedy: bool = False

    def read(self, text: str, _reading: Reading) -> Pattern:
        """Return the pattern. Refuses words it is not sure of, and anything but one time."""
        words = plain(text).casefold()
        clocks = list(_CLOCK.finditer(words))
        if len(clocks) != 1:
            raise Refused("rota-when-unclear")
        days = in_order(_days(_CLOCK.sub(" ", words)))
        if not days:
            raise Refused("rota-when-unclear")
        return Pattern(days=days, time=_time(clocks[0]))


def _time(clock: re.Match[str]) -> Time:
    if clock["word"]:
        return Time(_NOON)
    hour, half = int(clock["hour"] or clock["only"]), clock["half"] or clock["side"]
    if half and not 1 <= hour <= _NOON:
        raise Refused("rota-when-unclear")
    hour = hour % _NOON + (_NOON if half == "pm" else 0) if half else hour
    try:
        return Time(hour, int(clock["minute"] or 0))
    except ValueError:
        raise Refused("rota-when-unclear") from None


def _days(words: str) -> list[Weekday]:
    days = [day for found in _RANGE.finditer(words) for day in _from_to(found[1], found[2])]
    for word in _BETWEEN_DAYS.split(_RANGE.sub(" ", words)):
        if word in _FILLERS:
            continue
        if word not in _SPOKEN and not _DAY_NAME.fullmatch(word):
            raise Refused("rota-when-unclear")
        days.extend(_SPOKEN.get(word) or [_FIRST[word[:3]]])
    return days


def _from_to(first: str, last: str) -> Iterator[Weekday]:
    start, end = _FIRST[first[:3]].value, _FIRST[last[:3]].value
    return (_ALL[(start - 1 + step) % 7] for step in range((end - start) % 7 + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidDay:
    """The dates a person may mean, likeliest first. `own` says that they are the rota's own and not the person's."""

    dates: tuple[Date, ...]
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftDay:
    """The day of a shift: "tuesday", "3 dec", or the rota's own date as 2026-12-03. Value: `SaidDay`."""

    zoned: bool = True
    choices: tuple[str, ...] = ()
    greedy: bool = False

    def read(self, text: str, reading: Reading) -> SaidDay:
        """Return the day. A date of the rota's own may be two days past: a shift may outlast midnight."""
        words = re.sub(r"^(?:(?:on|this) )+", "", plain(text).casefold())
        today = reading.now.to_tz(reading.zone).date()
        if _DAY_NAME.fullmatch(words):
            ahead = (_FIRST[words[:3]].value - today.day_of_week().value) % 7
            return SaidDay(dates=(today.add(days=ahead), today.add(days=ahead + 7)))
        if _ISO.fullmatch(words):
            return SaidDay(dates=(_own_date(words, reading),), own=True)
        if not _SHIFT_DAY.fullmatch(words):
            raise Refused("day-unclear")
        return SaidDay(dates=(Day().read("today" if words == "tonight" else words, reading),))


def _own_date(words: str, reading: Reading) -> Date:
    try:
        date = Date.parse_iso(words)
    except ValueError:
        raise Refused("day-unclear") from None
    if date < (reading.now - _NEAREST).to_tz("UTC").date():
        raise Refused("day-past")
    if date > reading.now.to_tz("UTC").date().add(years=1):
        raise Refused("day-far")
    return date


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """One way to read a rota's name with what may follow it; an empty name means that none was said."""

    name: str
    day: SaidDay | None = None
    weekly: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """A rota by its number or name, and maybe a day and "every week" after it. Value: `tuple[Meant, ...]`.

    Only the group's own rotas can tell "tuesday evening" the name from "evening" on a Tuesday, so the value holds
    every way to read the words, the longest name first.
    """

    longest: int = 80
    zoned: bool = True
    choices: tuple[str, ...] = ()
    greedy: bool = True

    def read(self, text: str, reading: Reading) -> tuple[Meant, ...]:
        """Return the ways to read it. Refuses what `Text` refuses."""
        words = Text(longest=self.longest).read(text, reading).split()
        splits = ((words[:length], words[length:]) for length in range(len(words), -1, -1))
        return tuple(meant for name, rest in splits if (meant := _meant(" ".join(name), rest, reading)))


def _meant(name: str, rest: list[str], reading: Reading) -> Meant | None:
    """Return the reading in which everything after the name is a day and "every week", or None."""
    for length in range(len(rest) + 1):
        head, tail = " ".join(rest[:length]), " ".join(rest[length:])
        for day, weekly in ((head, tail), (tail, head)):
            if (not weekly or weekly.casefold() in _WEEKLY) and (not day or _reads_day(day, reading)):
                return Meant(name=name, day=ShiftDay().read(day, reading) if day else None, weekly=bool(weekly))
    return None


def _reads_day(words: str, reading: Reading) -> bool:
    try:
        ShiftDay().read(words, reading)
    except Refused:
        return False
    return True
