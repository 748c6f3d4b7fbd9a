"""Lengths, days and moments as people type them, the day before the month, read by dateparser.

dateparser guesses at almost anything, so each kind first sees to it that the words are about time at all.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from whenever import Date, Instant, PlainDateTime, Time, TimeDelta

from bot.domain.commands import Reading
from bot.domain.reading import near
from bot.domain.reading.plain import NUMBERS, plain
from bot.domain.saying import Line, Refused, line
from bot.domain.suggesting import MOST, Suggestion

T = TypeVar("T")

LONGEST_TEXT = 60
FURTHEST = TimeDelta(hours=24 * 366)

_COUNT = rf"(\d{{1,5}}\s*|(?:an?|{'|'.join(NUMBERS)})\s)"
_UNITS = {"weeks?|w": 7 * 24 * 60, "days?|d": 24 * 60, "hours?|hrs?|h": 60, "minutes?|mins?|m": 1}
# Each unit once at most and the longest first, so that "30m 30m" stays two lengths.
_LENGTH = re.compile(r"\s*".join(rf"(?:{_COUNT}(?:{unit})(?![a-z]))?" for unit in _UNITS))
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
_MONTH = rf"(?:{_MONTHS})[a-z]*"
_NTH = r"\d{1,2}(?:st|nd|rd|th)?"
_MONTH_DAY = rf"\b{_NTH}(?: of)?[ -]?{_MONTH}|\b{_MONTH}[ -](?:the )?{_NTH}\b(?![:.]\d|\s*[ap]m)"
_DAY_WORD = rf"\b(?:today|tonight|tomorrow|next week|{_WEEKDAYS})\b|{_MONTH_DAY}"
_NUMBER_DATE = r"\b\d{1,2}[/.-]\d{1,2}\b|\b\d{4}-\d{2}-\d{2}\b"
_TIME = r"\b\d{1,2}[:.]\d{2}\b|\b\d{1,2}\s*[ap]m\b|\b(?:noon|midday|midnight|morning|afternoon|evening|tonight)\b"
_ABOUT_A_DAY = re.compile(rf"{_DAY_WORD}|{_NUMBER_DATE}")
_ABOUT_A_TIME = re.compile(_TIME)
_A_MONTH_AND_NO_DAY = re.compile(rf"(?!.*(?:{_MONTH_DAY})).*\b{_MONTH}\b")
_A_WEEKDAY_ALONE = re.compile(rf"(?!.*(?:\bnext\b|{_MONTH_DAY}|{_NUMBER_DATE})).*\b(?:{_WEEKDAYS})\b")
_A_LENGTH_TOO = re.compile(rf"\b(?:{_COUNT}(?:{'|'.join(_UNITS)})\b|half an hour)")
# In "tomorrow at 8pm a chat" dateparser would take the "a" in, and the time for noon.
_AN_ARTICLE = re.compile(r"(?<!\S)an?(?!\S)")
_BETWEEN_LEADS = re.compile(r",\s*(?:and\s+)?|\s+and\s+")
_FROM_TODAY = re.compile(r"\b(?:today|tonight|tomorrow|next)\b")
_IN_A_WHILE = re.compile(r"in (?P<length>.+)")
_A_DAY, _AN_HOUR, _A_QUARTER = TimeDelta(hours=24), TimeDelta(hours=1), TimeDelta(minutes=15)
_USUAL_LEADS = ((_A_QUARTER,), (_AN_HOUR,), (_A_DAY,), (_A_DAY, _A_QUARTER), (_A_DAY, _AN_HOUR))


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """A stretch of time from `least` to `most`. Value: `TimeDelta`."""

    least: TimeDelta = TimeDelta(minutes=5)
    most: TimeDelta = TimeDelta(hours=24)
    zoned: bool = False
    choices: tuple[str, ...] = ()
    greedy: bool = False

    def read(self, text: str, _reading: Reading) -> TimeDelta:
        """Return the length of "90 minutes", "1h30" or "half an hour"."""
        length = stretch(text)
        if length is None or not self.least <= length <= self.most:
            raise Refused("length-unclear", least=self.least, most=self.most)
        return length

    def suggest(self, text: str, _reading: Reading) -> Sequence[Suggestion]:
        """Return the lengths that fit, that which was typed first."""
        said = stretch(text)
        fitting = [
            length for length in (*([said] if said else []), *_lengths_near(text)) if self.least <= length <= self.most
        ]
        return [
            Suggestion(value=_written_length(length), label=line("suggest-length", length=length))
            for length in dict.fromkeys(fitting)
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leads:
    """How long before something to be told, several at once, or "none". Value: tuple of `TimeDelta`, longest first."""

    most: TimeDelta = TimeDelta(hours=24 * 7)
    zoned: bool = False
    choices: tuple[str, ...] = ()
    greedy: bool = False

    def read(self, text: str, _reading: Reading) -> tuple[TimeDelta, ...]:
        """Return the lengths of "a day and 15 minutes"."""
        words = _tidy(text).removesuffix(" before")
        if words in {"none", "no pings", "off"}:
            return ()
        parts = _BETWEEN_LEADS.split(words)
        lengths = tuple(length for part in parts if (length := stretch(part)))
        if len(lengths) != len(parts) or len(parts) > 5 or max(lengths) > self.most:  # noqa: PLR2004
            raise Refused("leads-unclear", most=self.most)
        return tuple(sorted(set(lengths), reverse=True))

    def suggest(self, text: str, reading: Reading) -> Sequence[Suggestion]:
        """Return what is usual; while the last of several lengths is typed, what it may come to be."""
        words = _tidy(text)
        if text.strip() and not words:
            return ()
        said = [] if words else list(_USUAL_LEADS)
        *before, last = _BETWEEN_LEADS.split(words)
        typed = [", ".join((*before, _written_length(length))) for length in _lengths_near(last) if last]
        read = [_or_none(self.read, one, reading) for one in (text, *typed)]
        found = list(dict.fromkeys([*said, *(one for one in read if one)]))
        nothing = [Suggestion(value="none", label=line("suggest-none"))] if "none".startswith(words) else []
        return nothing + [
            Suggestion(value=", ".join(map(_written_length, leads)), label=line("suggest-leads", leads=leads))
            for leads in found
        ]


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
        # Seen from just before midnight, today's own date is still to come and not a year away.
        base = today.at(Time.MIDNIGHT) if _FROM_TODAY.search(words) else today.subtract(days=1).at(Time.MAX)
        guess = _guess(words, base) if _ABOUT_A_DAY.search(words) else None
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

    def suggest(self, text: str, reading: Reading) -> Sequence[Suggestion]:
        """Return that which was typed, then what it may come to be, soonest first; each to the minute."""
        words = _tidy(text)
        if text.strip() and not words:
            return ()
        said = _or_none(self.read, text, reading)
        moments = (*([said] if said else []), *_near(words, reading))
        minutes = dict.fromkeys(moment.round("minute", mode="floor") for moment in moments)
        found = [minute for minute in minutes if reading.now < minute <= reading.now + FURTHEST]
        now = [Suggestion(value="now", label=line("suggest-now"))] if "now".startswith(words) else []
        return (now + [Suggestion(value=one.format_iso(), label=_label(one, reading)) for one in found[:MOST]])[:MOST]


def stretch(text: str) -> TimeDelta | None:
    """Return how long the words say, or None when they do not say a length."""
    words = _tidy(text)
    for spoken, written in _SPOKEN_LENGTHS:
        words = spoken.sub(written, words)
    counts = _LENGTH.fullmatch(words)
    if not words or counts is None:
        return None
    minutes = zip(counts.groups(), _UNITS.values(), strict=True)
    return TimeDelta(minutes=sum(_number(count) * unit for count, unit in minutes if count))


def _number(count: str) -> int:
    word = count.strip()
    return 1 if word in {"a", "an"} else NUMBERS.get(word) or int(word)


def _lengths_near(text: str) -> Iterator[TimeDelta]:
    words = _tidy(text)
    return near.lengths(words) if words or not text.strip() else iter(())


def _written_length(length: TimeDelta) -> str:
    return f"{round(length.total('minutes'))}m"


def _near(words: str, reading: Reading) -> Iterator[Instant]:
    """Give the moments that the words may come to be: so long from now, or a day at the times they begin."""
    if words == "in" or words.startswith("in "):
        yield from (reading.now + length for length in near.lengths(words[3:]))
        return
    days, times = _days_near(words, reading)
    if times is None:
        times = near.ON_ONE_DAY if len(days) == 1 else near.ON_EACH_DAY
    for day in days:
        for time in times:
            yield day.at(time).assume_tz(reading.zone, disambiguation="compatible").to_instant()


def _days_near(words: str, reading: Reading) -> tuple[tuple[Date, ...], tuple[Time, ...] | None]:
    said, times = near.day_and_times(words)
    begun = near.days_begun(said, reading.now.to_tz(reading.zone).date())
    if begun:
        return begun, times
    for day_words, at in ((said, times), (words, None)):
        day = _or_none(Day().read, day_words, reading)
        if day is not None:
            return (day,), at
    return (), ()


def _label(moment: Instant, reading: Reading) -> Line:
    when, today = moment.to_tz(reading.zone), reading.now.to_tz(reading.zone).date()
    spoken = {today: "suggest-today", today.add(days=1): "suggest-tomorrow"}.get(when.date())
    return line("suggest-moment", when=when) if spoken is None else line(spoken, time=when.time())


def _or_none(read: Callable[[str, Reading], T], text: str, reading: Reading) -> T | None:
    try:
        return read(text, reading)
    except Refused:
        return None


def _written(words: str) -> Instant | None:
    """Return the moment of `2026-11-24T20:00:00Z`, as the bot itself writes it into choices."""
    try:
        return Instant.parse_iso(words.upper())
    except ValueError:
        return None


def _in_a_while(words: str, now: Instant) -> Instant | None:
    match = _IN_A_WHILE.fullmatch(words)
    length = stretch(match["length"]) if match else None
    return None if length is None else now + min(length, FURTHEST + TimeDelta(hours=1))


def _on_the_clock(words: str, reading: Reading) -> Instant:
    here = reading.now.to_tz(reading.zone).to_plain()
    about_more = _A_LENGTH_TOO.search(words) or _AN_ARTICLE.search(words)
    guess = _guess(words, here) if _ABOUT_A_TIME.search(words) and not about_more else None
    if guess is None:
        raise Refused("moment-unclear")
    return guess.assume_tz(reading.zone, disambiguation="compatible").to_instant()


def _guess(words: str, base: PlainDateTime) -> PlainDateTime | None:
    """Return what the words mean to someone whose clock shows `base`; None when they are unclear or name a zone."""
    if _A_MONTH_AND_NO_DAY.match(words):
        return None
    parsed = _parse(words, base.to_stdlib())
    if parsed is None or parsed.tzinfo is not None:
        return None
    guess = PlainDateTime(parsed)
    week_before = guess.subtract(days=7)
    # Said on a Tuesday, "tuesday 20:00" is tonight while it is not yet 20:00; dateparser goes a week on.
    return week_before if week_before >= base and _A_WEEKDAY_ALONE.match(words) else guess


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
