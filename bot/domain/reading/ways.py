"""When somebody may be reached and asked, as they type it. Nothing is guessed at: a time says which half of the day."""

import re
from dataclasses import dataclass

from whenever import Instant, Time, TimeDelta

from bot.domain.commands import Kind, Reading
from bot.domain.quiet import Quiet
from bot.domain.reading.clock import SPOKEN, clock_time
from bot.domain.reading.plain import Whole, plain
from bot.domain.reading.times import FURTHEST, Day, Moment, stretch
from bot.domain.saying import Refused

_NONE = frozenset({"none", "no", "off", "no limit", "nothing"})
_CLOCK = r"(?:(?:\d{1,2}[:.]\d{2}|\d{1,2})\s*[ap]m|\d{1,2}[:.]\d{2}|noon|midday|midnight)"
_FROM_TO = re.compile(rf"(?:from |between )?({_CLOCK})\s*(?:-|\u2013|to|until|till|and)\s*({_CLOCK})")
_PARTS = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap]m)?")
_A_WEEK = re.compile(r"\s*(?:shifts?|sits?)?\s*(?:(?:a|per|each|every) week|weekly)?$")
_BEFORE_AN_END = re.compile(r"^(?:for|until|till) ")
_TODAY = frozenset({"today", "tonight"})
_A_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class OrNone:
    """Whatever another kind reads, or "none". Value: a tuple of the one value, or an empty one."""

    kind: Kind
    zoned: bool = False
    choices: tuple[str, ...] = ()
    greedy: bool = False

    def read(self, text: str, reading: Reading) -> tuple[object, ...]:
        """Return what the other reads; its refusal says that "none" would work as well."""
        if plain(text).casefold() in _NONE:
            return ()
        try:
            return (self.kind.read(text, reading),)
        except Refused as refused:
            raise Refused("or-none", why=refused.say.lines[0]) from refused


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """Two times on the wall: "22:00-08:00", "from 10pm to 8am". Value: `Quiet`."""

    zoned: bool = False
    choices: tuple[str, ...] = ()
    greedy: bool = False

    def read(self, text: str, _reading: Reading) -> Quiet:
        """Return the hours. Refuses bare numbers, and two times that are the same."""
        found = _FROM_TO.fullmatch(plain(text).casefold())
        starts, ends = (_time(clock) for clock in found.groups()) if found else (None, None)
        if starts is None or ends is None:
            raise Refused("quiet-unclear")
        if starts == ends:
            raise Refused("quiet-same")
        return Quiet(starts=starts, ends=ends)


def _time(clock: str) -> Time | None:
    parts = _PARTS.fullmatch(clock)
    return SPOKEN[clock] if parts is None else clock_time(int(parts[1]), int(parts[2] or 0), parts[3])


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekly:
    """So many shifts a week: "2", "two shifts a week". Value: `int`."""

    most: int = 20
    zoned: bool = False
    choices: tuple[str, ...] = ()
    greedy: bool = False

    def read(self, text: str, reading: Reading) -> int:
        """Return the number."""
        number = _A_WEEK.sub("", plain(text).casefold(), count=1)
        return Whole(least=1, most=self.most).read(number, reading)


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseEnd:
    """How long a pause is, or when it ends: "2 weeks", "until friday", "tuesday 20:00". Value: `Instant`, to come.

    A day is the beginning of it where the reader is; "today" lasts until that day is over.
    """

    zoned: bool = True
    choices: tuple[str, ...] = ()
    greedy: bool = False

    def read(self, text: str, reading: Reading) -> Instant:
        """Return the end, at most a year ahead."""
        words = _BEFORE_AN_END.sub("", plain(text).casefold())
        length = stretch(words)
        if length is not None:
            return _after(length, reading)
        for read in (_day, Moment().read) if words in _TODAY else (Moment().read, _day):
            try:
                end = read(words, reading)
            except Refused as refused:
                if refused.say.lines[0].id not in {"moment-unclear", "day-unclear"}:
                    raise
                continue
            if end > reading.now:
                return end
        raise Refused("pause-unclear")


def _after(length: TimeDelta, reading: Reading) -> Instant:
    if not TimeDelta() < length <= FURTHEST:
        raise Refused("pause-unclear")
    return reading.now + length


def _day(words: str, reading: Reading) -> Instant:
    day, today = Day().read(words, reading), reading.now.to_tz(reading.zone).date()
    if day == today and words in _TODAY:
        day = day.add(days=1)
    elif day == today and _A_WEEKDAY.fullmatch(words):
        day = day.add(days=7)
    return day.at(Time.MIDNIGHT).assume_tz(reading.zone, disambiguation="compatible").to_instant()
