"""How a rota's days, a shift and a rota's name are read from typed words. Nothing is guessed at."""

import re
from dataclasses import dataclass

from whenever import Date, Time, TimeDelta, Weekday

from bot.domain.commands import Reading
from bot.domain.reading import Day, Text
from bot.domain.reading.clock import SPOKEN, clock_time
from bot.domain.reading.plain import plain
from bot.domain.saying import Refused

CLOCK = re.compile(
    r"(?:^| )(?:at )?(?:(?P<hour>\d{1,2})[:.](?P<minute>\d{2})\s*(?P<half>[ap]m)?|(?P<only>\d{1,2})\s*(?P<side>[ap]m)"
    r"|(?P<word>noon|midday|midnight))$"
)
_NAMES = "mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
_DAY_NAME = re.compile(rf"({_NAMES})s?")
_FIRST = {day.name[:3].casefold(): day for day in Weekday}

_ISO = re.compile(r"(?P<date>\d{4}-\d{2}-\d{2})(?:/(?P<pattern>\d{1,4}))?")
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_ORDINAL = r"(?:the )?\d{1,2}(?:st|nd|rd|th)?"
_SHIFT_DAY = re.compile(
    rf"(?:(?:{_NAMES}) )?(?:{_ORDINAL} (?:of )?{_MONTH}|{_MONTH} {_ORDINAL})(?: \d{{4}})?"
    r"|\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?|today|tonight|tomorrow"
)
ONCE, WEEKLY = "once", "every week"
EVERY = {ONCE: 0, WEEKLY: 1, "every other week": 2, "every third week": 3, "every fourth week": 4}
# What people also type for them.
EVERY_ALSO = (
    ("just once", ONCE),
    *((word, WEEKLY) for word in ("weekly", "each week", "every", "always")),
    *((word, "every other week") for word in ("every other", "every second week", "every 2 weeks", "fortnightly")),
    ("every 3 weeks", "every third week"),
    ("every 4 weeks", "every fourth week"),
)
_EVERY = {word: count for word, count in EVERY.items() if count} | {
    word: EVERY[meant] for word, meant in EVERY_ALSO if EVERY[meant]
}
_NEAREST = TimeDelta(hours=48)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidDay:
    """The dates a person may mean, likeliest first, and the `time` at which a shift begins, or None.

    `own` says that they are the rota's own and not the person's; then `pattern` is the line of the rota, or None.
    """

    dates: tuple[Date, ...]
    own: bool = False
    pattern: int | None = None
    time: Time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftDay:
    """The day of a shift: "tuesday", "3 dec 9pm", or the rota's own date, as 2026-12-03/2. Value: `SaidDay`."""

    zoned: bool = True
    choices: tuple[str, ...] = ()
    greedy: bool = False

    def read(self, text: str, reading: Reading) -> SaidDay:
        """Return the day. A date of the rota's own may be two days past: a shift may outlast midnight."""
        words = re.sub(r"^(?:(?:on|this) )+", "", plain(text).casefold())
        if own := _ISO.fullmatch(words):
            pattern = int(own["pattern"]) if own["pattern"] else None
            return SaidDay(dates=(_own_date(own["date"], reading),), own=True, pattern=pattern)
        dates = _dates(words, reading)
        if dates is None and (clock := CLOCK.search(words)):
            dates, time = _dates(words[: clock.start()], reading), time_of(clock)
            return SaidDay(dates=_clear(dates), time=time)
        return SaidDay(dates=_clear(dates))


def _clear(dates: tuple[Date, ...] | None) -> tuple[Date, ...]:
    if dates is None:
        raise Refused("day-unclear")
    return dates


def _dates(words: str, reading: Reading) -> tuple[Date, ...] | None:
    """Return the dates that a day's words may mean, or None when they are no day."""
    today = reading.now.to_tz(reading.zone).date()
    if _DAY_NAME.fullmatch(words):
        ahead = (_FIRST[words[:3]].value - today.day_of_week().value) % 7
        return today.add(days=ahead), today.add(days=ahead + 7)
    if not _SHIFT_DAY.fullmatch(words):
        return None
    return (Day().read("today" if words == "tonight" else words, reading),)


def time_of(clock: re.Match[str]) -> Time:
    """Return the time that `CLOCK` found. Refuses one that there is not."""
    if clock["word"]:
        return SPOKEN[clock["word"]]
    hour, half = int(clock["hour"] or clock["only"]), clock["half"] or clock["side"]
    time = clock_time(hour, int(clock["minute"] or 0), half)
    if time is None:
        raise Refused("day-unclear")
    return time


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
    """One way to read a rota's name with what may follow it; an empty name means that none was said.

    `every` is 1 for "every week", 2 for "every other week" and so on, and 0 when none was said.
    """

    name: str
    day: SaidDay | None = None
    every: int = 0


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
        for day, every in ((head, tail), (tail, head)):
            if (not every or every.casefold() in _EVERY) and (not day or _reads_day(day, reading)):
                said = ShiftDay().read(day, reading) if day else None
                return Meant(name=name, day=said, every=_EVERY[every.casefold()] if every else 0)
    return None


def _reads_day(words: str, reading: Reading) -> bool:
    try:
        ShiftDay().read(words, reading)
    except Refused:
        return False
    return True
