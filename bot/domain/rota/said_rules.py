"""On which days a rota's shifts are, from what the grammar found in words."""

import re
from collections.abc import Sequence

from whenever import Date, Weekday

from bot.domain.reading.plain import NUMBERS
from bot.domain.rota.grammar import ORDINALS, Part
from bot.domain.rota.recurrence import (
    LAST_NTH,
    LAST_OF_MONTH,
    MOST_APART,
    MOST_NTH,
    Dates,
    Frequency,
    Recurrence,
    Rule,
    in_order,
    in_order_of_month,
    weekly,
)
from bot.domain.rota.said_dates import one_date, suffixed_number
from bot.domain.saying import Refused

_WEEK = tuple(Weekday)
_SPOKEN = {"weekday": _WEEK[:5], "weekend": _WEEK[5:]}
_FIRST = {day.name[:3].casefold(): day for day in _WEEK}
_LAST_OF_ANY_MONTH = 31
_EVERY_DAY = Rule(frequency=Frequency.DAILY)


def recurrence_of(part: Part, today: Date) -> Recurrence:
    """Return the days that were said; `today` is the speaker's. Refuses what may mean two things."""
    weekdays, nths = _weekdays(part.inner.get("weekdays", ())), part.inner.get("nths", ())
    interval = _apart(*part.inner.get("apart", ()))
    match part.kind:
        case "daily":
            return Rule(frequency=Frequency.DAILY, interval=interval)
        case "weekly":
            return weekly(weekdays, interval) if (weekdays, interval) != (_WEEK, 1) else _EVERY_DAY
        case "fortnightly":
            return weekly(weekdays, 2)
        case "other_day":
            return _every_other(weekdays, nths)
        case "monthly":
            return _monthly(weekdays, nths, interval)
        case _:
            return Dates(days_on=tuple(sorted({one_date(date, today) for date in part.words})))


def _every_other(weekdays: Sequence[Weekday], nths: Sequence[str]) -> Rule:
    """Every other Tuesday. "Every second tuesday" may also be one of the month, and of two days one may be weekly."""
    if nths or len(weekdays) > 1:
        raise Refused("rota-when-which-week")
    return weekly(weekdays, 2)


def _monthly(weekdays: tuple[Weekday, ...], nths: Sequence[str], interval: int) -> Rule:
    numbers = in_order_of_month(_nth(word, of_weekdays=bool(weekdays)) for word in nths)
    if not weekdays:
        return Rule(frequency=Frequency.MONTHLY, interval=interval, month_days=numbers)
    return Rule(frequency=Frequency.MONTHLY, interval=interval, days=weekdays, nth=numbers)


def _nth(word: str, *, of_weekdays: bool) -> int:
    """Return which weekday of a month, or which of its days. Refuses what some months do not have."""
    if word.startswith("last"):
        if of_weekdays != (word == "last"):
            raise Refused("rota-when-unclear")
        return LAST_NTH
    nth = number(word)
    if not 1 <= nth <= _LAST_OF_ANY_MONTH:
        raise Refused("rota-when-unclear")
    if nth > (MOST_NTH if of_weekdays else LAST_OF_MONTH):
        raise Refused("rota-when-fifth" if of_weekdays else "rota-when-month-day")
    return nth


def _apart(word: str = "1") -> int:
    """Return every how many: 2 for "other". Refuses "every first week", which may be the first of the month."""
    every = 2 if word == "other" else number(word)
    if not 1 <= every <= MOST_APART:
        raise Refused("rota-when-apart", most=MOST_APART)
    if word in {"first", "1st"}:
        raise Refused("rota-when-unclear")
    return every


def number(word: str) -> int:
    """Return the number of "3", "three", "3rd" or "third"."""
    if word in ORDINALS:
        return ORDINALS.index(word) + 1
    return NUMBERS.get(word) or (int(word) if word.isdecimal() else suffixed_number(word))


def _weekdays(words: Sequence[str]) -> tuple[Weekday, ...]:
    return in_order(day for word in words for day in _named(word))


def _named(word: str) -> Sequence[Weekday]:
    """Return the days of "tuesdays", "weekend" or "fri-mon"."""
    if spoken := _SPOKEN.get(word.removesuffix("s")):
        return spoken
    first, *others = (_FIRST[name[:3]] for name in re.findall("[a-z]{3,}", word.removeprefix("from ")))
    last = others[0] if others else first
    return [_WEEK[(first.value - 1 + step) % 7] for step in range((last.value - first.value) % 7 + 1)]
