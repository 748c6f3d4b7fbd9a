"""On which local dates something comes round: an RFC 5545 rule, or single dates. No time of day and no zone is in it.

Only what can be read back in a few words is taken of RFC 5545: days, weeks and months, each with an interval.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import takewhile
from typing import Literal, Self, TypeAlias

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, rrule, weekday
from whenever import Date, Weekday

from bot.domain.rota.stretch import monday_of

# RFC 5545, 3.3.10: the names of weekdays in BYDAY.
CODES = {
    "MO": Weekday.MONDAY,
    "TU": Weekday.TUESDAY,
    "WE": Weekday.WEDNESDAY,
    "TH": Weekday.THURSDAY,
    "FR": Weekday.FRIDAY,
    "SA": Weekday.SATURDAY,
    "SU": Weekday.SUNDAY,
}
CODE_OF = {day: code for code, day in CODES.items()}
MOST_APART = 52
LAST_NTH, MOST_NTH, LAST_OF_MONTH = -1, 4, 28

_NUMBER, _WEEKDAY = "[+-]?[1-9][0-9]?", f"(?:{'|'.join(CODES)})"
_PARTS = {
    "FREQ": "[A-Z]+",
    "INTERVAL": "[0-9]{1,2}",
    "BYDAY": f"(?:{_NUMBER})?{_WEEKDAY}(?:,(?:{_NUMBER})?{_WEEKDAY})*",
    "BYMONTHDAY": f"{_NUMBER}(?:,{_NUMBER})*",
}
_DATES = "RDATE;VALUE=DATE:"
_DAYS_A_WEEK, _MONTHS_A_YEAR = 7, 12
_MONDAY = Date(1970, 1, 5)


class Frequency(StrEnum):
    """How a rule counts: RFC 5545, FREQ."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"


_FREQUENCIES: Mapping[Frequency, Literal[1, 2, 3]] = {
    Frequency.DAILY: DAILY,
    Frequency.WEEKLY: WEEKLY,
    Frequency.MONTHLY: MONTHLY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Every `interval` days, weeks (on `days`), or months (on the `nth` of each of `days`, or on `month_days`).

    `days` go Monday first. In `nth` and `month_days`, -1 is the last of the month. Raises `ValueError` when made of
    what does not go together.
    """

    frequency: Frequency
    interval: int = 1
    days: tuple[Weekday, ...] = ()
    nth: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what could not be read back in words."""
        fits = {
            Frequency.DAILY: not (self.days or self.nth or self.month_days),
            Frequency.WEEKLY: bool(self.days) and not (self.nth or self.month_days),
            Frequency.MONTHLY: bool(self.days and self.nth) != bool(self.month_days),
        }
        nths = all(nth == LAST_NTH or 1 <= nth <= MOST_NTH for nth in self.nth)
        month_days = all(day == LAST_NTH or 1 <= day <= LAST_OF_MONTH for day in self.month_days)
        if not (fits[self.frequency] and nths and month_days and 1 <= self.interval <= MOST_APART):
            raise ValueError(self.frequency, self.interval)

    @classmethod
    def of(cls, text: str) -> Self:
        """Read what `str` wrote, or the same in other words of RFC 5545. Raises `ValueError` for all else."""
        written = [_part(each) for each in text.split(";")]
        parts = dict(written)
        if len(parts) < len(written) or "FREQ" not in parts:
            raise ValueError(text)
        nths, days = _by_day(parts.get("BYDAY", ""))
        return cls(
            frequency=Frequency(parts["FREQ"]),
            interval=int(parts.get("INTERVAL", "1")),
            days=days,
            nth=nths,
            month_days=in_order_of_month(int(day) for day in parts.get("BYMONTHDAY", "").split(",") if day),
        )

    def __str__(self) -> str:
        """Return it as an RFC 5545 recurrence rule, such as `FREQ=WEEKLY;BYDAY=TU,TH`."""
        parts = [f"FREQ={self.frequency}"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.days:
            nths = [str(nth) for nth in self.nth] or [""]
            parts.append("BYDAY=" + ",".join(nth + CODE_OF[day] for nth in nths for day in self.days))
        if self.month_days:
            parts.append("BYMONTHDAY=" + ",".join(map(str, self.month_days)))
        return ";".join(parts)

    def dates(self, starts: Date, first: Date, last: Date) -> Iterator[Date]:
        """Give the dates from `first` to `last`, both counted, of what began on `starts`, in order."""
        rule = rrule(
            _FREQUENCIES[self.frequency],
            dtstart=_midnight(self._near(starts, first)),
            interval=self.interval,
            byweekday=[weekday(day.value - 1, nth) for nth in self.nth or (None,) for day in self.days] or None,
            bymonthday=self.month_days or None,
        )
        found = rule.xafter(_midnight(max(starts, first)), inc=True)
        for day in takewhile(lambda day: day <= _midnight(last), found):
            yield Date(day.year, day.month, day.day)

    @property
    def each(self) -> "Rule":
        """The same with none left out: every week for every other week."""
        return replace(self, interval=1)

    def turn(self, date: Date) -> int:
        """Return the number of the day, week or month of the rule in which the date falls, from a fixed beginning."""
        return _count(self.frequency, date) // self.interval

    def _near(self, starts: Date, first: Date) -> Date:
        """Return a beginning that gives the same dates from `first` on, so that long ago need not be gone through."""
        ahead = _count(self.frequency, max(starts, first)) - _count(self.frequency, starts)
        turns = ahead // self.interval * self.interval
        match self.frequency:
            case Frequency.DAILY:
                return starts.add(days=turns)
            case Frequency.WEEKLY:
                return monday_of(starts).add(weeks=turns)
            case _:
                return starts.replace(day=1).add(months=turns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """Single dates, in order and each once."""

    days_on: tuple[Date, ...]

    @classmethod
    def of(cls, text: str) -> Self:
        """Read what `str` wrote. Raises `ValueError` for anything else."""
        kind, _, dates = text.partition(_DATES)
        if kind or not dates:
            raise ValueError(text)
        return cls(days_on=tuple(sorted({Date.parse_iso(each) for each in dates.split(",")})))

    def __str__(self) -> str:
        """Return them as RFC 5545 has them: `RDATE;VALUE=DATE:20261203,20261210`."""
        return _DATES + ",".join(date.format_iso(basic=True) for date in self.days_on)

    def dates(self, starts: Date, first: Date, last: Date) -> Iterator[Date]:
        """Give the dates from `first` to `last`, both counted, and none before `starts`."""
        return (date for date in self.days_on if max(starts, first) <= date <= last)

    @property
    def each(self) -> Self:
        """None is left out."""
        return self

    def turn(self, date: Date) -> int:
        """Return which of them the date is, from 0; of one that is not among them, how many come before it."""
        return sum(1 for each in self.days_on if each < date)


Recurrence: TypeAlias = Rule | Dates


def recurrence(text: str) -> Recurrence:
    """Read what `str` wrote of either. Raises `ValueError` for anything else."""
    return Dates.of(text) if text.startswith(_DATES) else Rule.of(text)


def weekly(days: Iterable[Weekday], interval: int = 1) -> Rule:
    """Return the rule of those weekdays, every week or every so many."""
    return Rule(frequency=Frequency.WEEKLY, interval=interval, days=in_order(days))


def in_order(days: Iterable[Weekday]) -> tuple[Weekday, ...]:
    """Return the weekdays Monday first, each once."""
    return tuple(sorted(set(days), key=lambda day: day.value))


def in_order_of_month(numbers: Iterable[int]) -> tuple[int, ...]:
    """Return days of a month, or which of its weekdays, in order and each once; the last at the end."""
    return tuple(sorted(set(numbers), key=lambda number: (number < 0, number)))


def _by_day(text: str) -> tuple[tuple[int, ...], tuple[Weekday, ...]]:
    """Return which of the month and which weekdays BYDAY names. Raises `ValueError` unless each goes with each."""
    found = [(int(each[:-2] or 0), CODES[each[-2:]]) for each in text.split(",") if each]
    nths, days = in_order_of_month(nth for nth, _ in found if nth), in_order(day for _, day in found)
    if len(set(found)) != len(days) * len(nths or (0,)) or (nths and not all(nth for nth, _ in found)):
        raise ValueError(text)
    return nths, days


def _part(text: str) -> tuple[str, str]:
    """Return the name of a part of a rule, and its value. Raises `ValueError` for one that is not taken."""
    name, _, value = text.partition("=")
    if name not in _PARTS or not re.fullmatch(_PARTS[name], value):
        raise ValueError(text)
    return name, value


def _count(frequency: Frequency, date: Date) -> int:
    """Return how many days, weeks or months there are before the date."""
    days = (date.to_stdlib() - _MONDAY.to_stdlib()).days
    counts: Mapping[Frequency, int] = {
        Frequency.DAILY: days,
        Frequency.WEEKLY: days // _DAYS_A_WEEK,
        Frequency.MONTHLY: date.year * _MONTHS_A_YEAR + date.month - 1,
    }
    return counts[frequency]


def _midnight(date: Date) -> datetime:
    """Return the date as dateutil takes it: naive, so that no clock change can touch it."""
    return datetime(date.year, date.month, date.day)  # noqa: DTZ001  A local date, with no zone on purpose.
