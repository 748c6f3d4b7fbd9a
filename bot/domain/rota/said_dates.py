"""Dates of a rota's own as people write them: "3 dec", "3 december 2027", "2026-12-03", "03/12" (the day first).

One without a year is the next to come, and in "24 dec to 2 jan" the stretch that is not over. Whoever writes them for
people to read asks here whether the year has to be said.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Self

from whenever import Date, Weekday

from bot.domain.rota.grammar import MONTHS
from bot.domain.saying import Refused

YEARS_AHEAD = 3
_MONTHS = {month[:3]: number for number, month in enumerate(MONTHS, start=1)}
_WEEKDAYS = {day.name[:3].casefold(): day for day in Weekday}
_SUFFIXED = re.compile(r"([0-9]+)(st|nd|rd|th)")
_SUFFIXES = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOfYear:
    """A day and a month, with a year and a day of the week where these were said."""

    day: int
    month: int
    year: int | None = None
    weekday: Weekday | None = None

    @classmethod
    def of(cls, words: str) -> Self:
        """Read what the grammar takes for a date. Refuses "3th dec"."""
        numbers = [int(number) for number in re.findall("[0-9]+", words)]
        if "-" in words:
            return cls(year=numbers[0], month=numbers[1], day=numbers[2])
        if "/" in words:
            return cls(day=numbers[0], month=numbers[1], year=numbers[2] if numbers[2:] else None)
        for suffixed in _SUFFIXED.finditer(words):
            suffixed_number(suffixed[0])
        named = [word[:3] for word in re.findall("[a-z]{3,}", words)]
        return cls(
            day=numbers[0],
            month=next(_MONTHS[name] for name in named if name in _MONTHS),
            year=numbers[1] if numbers[1:] else None,
            weekday=next((_WEEKDAYS[name] for name in named if name in _WEEKDAYS), None),
        )

    def from_on(self, today: Date) -> Iterator[Date]:
        """Give what it may be: in the year said, or else this year or the next and not before today."""
        years = (today.year, today.year + 1) if self.year is None else (self.year,)
        return (date for date in self._in(years) if self.year or date >= today)

    def up_to(self, last: Date) -> Iterator[Date]:
        """Give what it may be: in the year said, or else not after `last`, the nearest first."""
        years = (last.year, last.year - 1) if self.year is None else (self.year,)
        return (date for date in self._in(years) if self.year or date <= last)

    def _in(self, years: Iterable[int]) -> Iterator[Date]:
        for year in years:
            with suppress(ValueError):
                yield Date(year, self.month, self.day)


def one_date(words: str, today: Date) -> Date:
    """Return the date that the words mean. Refuses one that has gone, is far away, or is not there."""
    said = DayOfYear.of(words)
    return _near(_first(said, said.from_on(today)), today)


def stretch(first: str, last: str, today: Date) -> tuple[Date, Date]:
    """Return the first and the last date. Refuses what is over or far away, and a last before the first."""
    begins, ends = DayOfYear.of(first), DayOfYear.of(last)
    not_before = today if begins.year is None else max(today, _first(begins, begins.from_on(today)))
    end = _near(_first(ends, ends.from_on(not_before)), today)
    begin = _first(begins, begins.up_to(end))
    if begin > end:
        raise Refused("rota-when-order")
    return begin, end


def known_from_on(date: Date, today: Date) -> bool:
    """Return whether the date is the one that its day and month alone mean."""
    return next(DayOfYear(day=date.day, month=date.month).from_on(today), None) == date


def known_up_to(date: Date, last: Date) -> bool:
    """Return whether the date is the one that its day and month alone mean in "24 dec to 2 jan", with that last."""
    return next(DayOfYear(day=date.day, month=date.month).up_to(last), None) == date


def suffixed_number(words: str) -> int:
    """Return the number of "1st" or "22nd". Refuses "1th"."""
    number = int(words[:-2])
    if words[-2:] != _SUFFIXES.get(number, "th"):
        raise Refused("rota-when-unclear")
    return number


def _near(date: Date, today: Date) -> Date:
    if date < today:
        raise Refused("day-past")
    if date > today.add(years=YEARS_AHEAD):
        raise Refused("rota-when-far", years=YEARS_AHEAD)
    return date


def _first(said: DayOfYear, dates: Iterator[Date]) -> Date:
    date = next(dates, None)
    if date is None:
        raise Refused("rota-when-no-date")
    if said.weekday not in {None, date.day_of_week()}:
        raise Refused("rota-when-weekday")
    return date
