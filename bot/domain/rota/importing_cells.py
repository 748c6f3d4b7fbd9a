"""Dates, times and numbers as people write them into a table. A day goes before its month; nothing is guessed at."""

import re

from whenever import Date, Time, TimeDelta, Weekday

from bot.domain.reading.clock import DASHES
from bot.domain.reading.plain import NUMBERS, plain
from bot.domain.rota.grammar import parts
from bot.domain.rota.importing import YEARS_AHEAD, Unreadable
from bot.domain.rota.pattern import ending
from bot.domain.rota.reading import CLOCK, time_of
from bot.domain.rota.said import MOST_PEOPLE
from bot.domain.rota.said_dates import DayOfYear
from bot.domain.saying import Refused, line

_LONGEST = 60
_CENTURY = 2000
_MONTHS, _DAYS = 12, 31
_AN_HOUR = TimeDelta(hours=1)
_WEEKDAY = "(?P<weekday>mon|tue|wed|thu|fri|sat|sun)[a-z]*[.,]? "
_NUMBERS = re.compile(rf"(?:{_WEEKDAY})?(?P<day>[0-9]{{1,2}})[/. -](?P<month>[0-9]{{1,2}})(?:[/. -](?P<year>[0-9]+))?")
_YEAR_FIRST = re.compile(r"(?P<year>[0-9]{4})[/. -]?(?P<month>[0-9]{2})[/. -]?(?P<day>[0-9]{2})")
_SHORT_YEAR = re.compile("(?<=[a-z]) (?P<year>[0-9]{2})$")
_NO_TIME = re.compile("[t ]00:00(?::00(?:[.]0+)?)?$")
_NO_SECONDS = re.compile("(?<=[0-9]:[0-9]{2}):00(?= |$)")
_BETWEEN = re.compile(" ?- ?| to | until ")
_TO_MIDNIGHT = frozenset({"24:00", "24.00"})
_PEOPLE = re.compile(
    r"(?P<fewest>[0-9]{1,3}|[a-z]+)(?: ?(?:-|to) ?(?P<most>[0-9]{1,3}|[a-z]+))?(?: (?:people|persons?))?"
)
_WEEKDAYS = {day.name[:3].casefold(): day for day in Weekday}


def tidy(text: str) -> str:
    """Return the words in small letters, with single spaces and dashes that are typed."""
    return plain(text).casefold().translate(DASHES)


def has_month_first(text: str) -> bool:
    """Return whether the words can only be a date if the month stands first."""
    found = _NUMBERS.fullmatch(_NO_TIME.sub("", tidy(text)))
    if found is None:
        return False
    first, second = int(found["day"]), int(found["month"])
    return 1 <= first <= _MONTHS < second <= _DAYS


def date_in(text: str, today: Date) -> Date:
    """Return the date; one without a year is the next to come. Raises `Unreadable`."""
    try:
        said = _said(_NO_TIME.sub("", tidy(text)))
        date = None if said is None else next(said.from_on(today), None)
    except (Refused, ValueError):
        said = date = None
    if said is None or date is None:
        raise Unreadable(line("rota-file-no-date"))
    if said.weekday not in {None, date.day_of_week()}:
        raise Unreadable(line("rota-file-weekday"))
    if date > today.add(years=YEARS_AHEAD):
        raise Unreadable(line("rota-file-far"))
    return date


def _said(words: str) -> DayOfYear | None:
    if len(words) > _LONGEST:
        return None
    if numbers := _YEAR_FIRST.fullmatch(words):
        return DayOfYear(day=int(numbers["day"]), month=int(numbers["month"]), year=int(numbers["year"]))
    if numbers := _NUMBERS.fullmatch(words):
        year = None if numbers["year"] is None else _year(numbers["year"])
        weekday = _WEEKDAYS.get(numbers["weekday"] or "")
        return DayOfYear(day=int(numbers["day"]), month=int(numbers["month"]), year=year, weekday=weekday)
    named = re.sub("(?<=[a-z0-9])-(?=[a-z0-9])", " ", words).replace(".", "")
    named = _SHORT_YEAR.sub(lambda year: f" 20{year['year']}", named)
    found = parts(named, "closed") or ()
    return DayOfYear.of(found[0].words[0]) if [len(each.words) for each in found] == [1] else None


def _year(digits: str) -> int:
    if len(digits) == len("26"):
        return _CENTURY + int(digits)
    if len(digits) == len("2026"):
        return int(digits)
    raise ValueError(digits)


def hours_in(starts: str, ends: str) -> tuple[Time, Time]:
    """Return from when to when; both may stand in the first, and an end that is left out is an hour later.

    Raises `Unreadable`.
    """
    first, *then = _BETWEEN.split(tidy(starts)) if not ends.strip() else (tidy(starts),)
    if len(then) > 1:
        raise Unreadable(line("rota-file-no-time"))
    time = _time(first)
    last = tidy(ends) or (then[0] if then else "")
    if not last:
        return time, ending(time, _AN_HOUR)
    return time, Time.MIDNIGHT if last in _TO_MIDNIGHT else _time(last)


def _time(words: str) -> Time:
    found = CLOCK.fullmatch(_NO_SECONDS.sub("", words)) if len(words) <= _LONGEST else None
    try:
        if found is not None:
            return time_of(found)
    except Refused:
        pass
    raise Unreadable(line("rota-file-no-time"))


def people_in(fewest: str, most: str, usual: int) -> tuple[int, int]:
    """Return how many a shift needs and has room for: "2", "2-4"; as usual where nothing is said. Raises `Unreadable`.

    `most` is the room that the table gives apart, in numbers, and else left out.
    """
    words = tidy(fewest)
    found = _PEOPLE.fullmatch(words) if len(words) <= _LONGEST else None
    if not words:
        return usual, usual
    first = None if found is None else _number(found["fewest"])
    last = None if found is None else _number(found["most"] or tidy(most)) or first
    if first is None or last is None or not 1 <= first <= last <= MOST_PEOPLE:
        raise Unreadable(line("rota-file-people", most=MOST_PEOPLE))
    return first, last


def _number(word: str) -> int | None:
    return NUMBERS.get(word) or (int(word) if re.fullmatch("[0-9]{1,3}", word) else None)
