"""Lengths, days and moments as people type them, the day before the month, read by dateparser.

dateparser guesses at almost anything, so each kind first sees to it that the words are about time at all.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from whenever import Date, Instant, PlainDateTime, TimeDelta

from bot.domain.commands import Reading
from bot.domain.reading.plain import NUMBERS, plain
from bot.domain.saying import Refused

LONGEST_TEXT = 60
FURTHEST = TimeDelta(hours=24 * 366)

_UNIT = r"(?:weeks?|w|days?|d|hours?|hrs?|h|minutes?|mins?|m)"
_COUNT = rf"(?:\d{{1,5}}|an?|{'|'.join(NUMBERS)})"
_LENGTH = re.compile(rf"{_COUNT}\s*{_UNIT}(?:\s*{_COUNT}\s*{_UNIT})*")
_SPOKEN_LENGTHS = (
    (re.compile(r"\b(?:an|one|1) hour and a half\b"), "90 minutes"),
    (re.compile(r"\b(\w+) and a half hours\b"), r"\1 hours 30 minutes"),
    (re.compile(r"\b(?:half an hour|half hour)\b"), "30 minutes"),
    (re.compile(r"\b(?:a )?quarter of an hour\b"), "15 minutes"),
    (re.compile(r"\b(\d+)\s*h\s*(\d+)$"), r"\1 hours \2 minutes"),
    (re.compile(r"(?<=\w)\s+(?:and|&)\s+(?=\w)"), " "),
)

_WEEKDAYS = "mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thur?s?(?:day)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DAY_WORD = rf"\b(?:today|tonight|tomorrow|(?:{_WEEKDAYS})\b|(?:{_MONTHS})[a-z]*|next week)"
_NUMBER_DATE = r"\b\d{1,2}[/.-]\d{1,2}\b|\b\d{4}-\d{2}-\d{2}\b"
_TIME = r"\b\d{1,2}[:.]\d{2}\b|\b\d{1,2}\s*[ap]m\b|\b(?:noon|midday|midnight|morning|afternoon|evening|tonight)\b"
_ABOUT_A_DAY = re.compile(rf"{_DAY_WORD}|{_NUMBER_DATE}")
_ABOUT_A_TIME = re.compile(_TIME)
_IN_A_WHILE = re.compile(r"in (?P<length>.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """A stretch of time from `least` to `most`. Value: `TimeDelta`."""

    least: TimeDelta = TimeDelta(minutes=5)
    most: TimeDelta = TimeDelta(hours=24)
    zoned: bool = False
    choices: tuple[str, ...] = ()
    greedy: bool = False

    def read(self, text: str, reading: Reading) -> TimeDelta:
        """Return the length of "90 minutes", "1h30" or "half an hour"."""
        length = stretch(text, reading.now)
        if length is None or not self.least <= length <= self.most:
            raise Refused("length-unclear", least=self.least, most=self.most)
        return length


@dataclass(frozen=True, slots=True, kw_only=True)
class Leads:
    """How long before something to be told, several at once, or "none". Value: tuple of `TimeDelta`, longest first."""

    most: TimeDelta = TimeDelta(hours=24 * 7)
    zoned: bool = False
    choices: tuple[str, ...] = ()
    greedy: bool = False

    def read(self, text: str, reading: Reading) -> tuple[TimeDelta, ...]:
        """Return the lengths of "a day and 15 minutes"."""
        words = re.sub(r"\s+before$", "", plain(text).casefold())
        if words in {"none", "no pings", "off"}:
            return ()
        parts = re.split(r",\s*(?:and\s+)?|\s+and\s+", words)
        lengths = tuple(length for part in parts if (length := stretch(part, reading.now)))
        if len(lengths) != len(parts) or len(parts) > 5 or max(lengths) > self.most:  # noqa: PLR2004
            raise Refused("leads-unclear", most=self.most)
        return tuple(sorted(set(lengths), reverse=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A date from today on, at most a year ahead. Value: `Date`."""

    zoned: bool = True
    choices: tuple[str, ...] = ()
    greedy: bool = False

    def read(self, text: str, reading: Reading) -> Date:
        """Return the date of "tuesday", "3 dec" or "03/12" (the day first)."""
        words = _tidy(text)
        today = reading.now.to_tz(reading.zone).date()
        if words == "today":
            return today
        guess = _guess(words, reading) if _ABOUT_A_DAY.search(words) else None
        if guess is None:
            raise Refused("day-unclear")
        day = guess.date()
        if day < today:
            raise Refused("day-past")
        if day > today.add(years=1):
            raise Refused("day-far")
        return day


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A day and a time in the reader's zone, at most a year ahead. Value: `Instant`.

    A time that a clock change skips moves forward by the gap; one that happens twice means the first
    (RFC 5545, 3.3.5).
    """

    zoned: bool = True
    choices: tuple[str, ...] = ()
    greedy: bool = False

    def read(self, text: str, reading: Reading) -> Instant:
        """Return the moment of "now", "in an hour", "tomorrow at 8pm" or "tuesday 20:00"."""
        words = _tidy(text)
        if words in {"now", "right now"}:
            return reading.now
        moment = _written(words) or _in_a_while(words, reading.now) or _on_the_clock(words, reading)
        if moment < reading.now.subtract(minutes=1):
            raise Refused("moment-past")
        if moment > reading.now + FURTHEST:
            raise Refused("moment-far")
        return moment


def stretch(text: str, now: Instant) -> TimeDelta | None:
    """Return how long the words say, or None when they do not say a length."""
    words = _tidy(text)
    for spoken, written in _SPOKEN_LENGTHS:
        words = spoken.sub(written, words)
    if not _LENGTH.fullmatch(words):
        return None
    base = now.to_tz("UTC").to_plain().to_stdlib()
    then = _parse(f"in {words}", base)
    return None if then is None else PlainDateTime(then).assume_utc() - PlainDateTime(base).assume_utc()


def _written(words: str) -> Instant | None:
    """Return the moment of `2026-11-24T20:00:00Z`, as the bot itself writes it into choices."""
    try:
        return Instant.parse_iso(words.upper())
    except ValueError:
        return None


def _in_a_while(words: str, now: Instant) -> Instant | None:
    match = _IN_A_WHILE.fullmatch(words)
    length = stretch(match["length"], now) if match else None
    return None if length is None else now + min(length, FURTHEST + TimeDelta(hours=1))


def _on_the_clock(words: str, reading: Reading) -> Instant:
    guess = _guess(words, reading) if _ABOUT_A_TIME.search(words) else None
    if guess is None:
        raise Refused("moment-unclear")
    return guess.assume_tz(reading.zone, disambiguate="compatible").to_instant()


def _guess(words: str, reading: Reading) -> PlainDateTime | None:
    base = reading.now.to_tz(reading.zone).to_plain().to_stdlib()
    guess = _parse(words, base)
    return None if guess is None else PlainDateTime(guess.replace(tzinfo=None))


def _parse(words: str, base: datetime) -> datetime | None:
    # Costs 200 ms and 10 MB to import, and most commands hold no time.
    from dateparser import parse  # noqa: PLC0415

    try:
        return parse(
            words,
            languages=["en"],
            settings={
                "RELATIVE_BASE": base,
                "PREFER_DATES_FROM": "future",
                "DATE_ORDER": "DMY",
                "PARSERS": ["relative-time", "absolute-time"],
            },
        )
    except (OverflowError, ValueError):
        return None


def _tidy(text: str) -> str:
    words = plain(text).casefold()
    return words if len(words) <= LONGEST_TEXT else ""
