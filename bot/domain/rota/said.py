"""How people say when a rota's shifts are, when it is closed, and on whose bank holidays. Nothing is guessed at.

The words and how they go together are in `grammar`; here they become values, or a refusal that says what would work.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from whenever import Date, Time

from bot.domain.commands import Reading
from bot.domain.people import Nation
from bot.domain.reading import NATIONS, Length, OneOf
from bot.domain.reading.clock import DASHES, SPOKEN, clock_time
from bot.domain.reading.plain import plain
from bot.domain.rota.closing import Closure
from bot.domain.rota.grammar import Part, kinds, parts
from bot.domain.rota.pattern import ending
from bot.domain.rota.recurrence import Dates, Recurrence
from bot.domain.rota.said_dates import one_date, stretch
from bot.domain.rota.said_rules import number, recurrence_of
from bot.domain.saying import Refused

LONGEST = 1000
MOST_LINES = 7
MOST_PEOPLE = 20
OPEN = "open"

_BETWEEN_LINES = re.compile(r"[;\r\n\u2028\u2029]")
_AND_ALSO = re.compile(r",? and also ")
_CLOCK = re.compile(r"(?P<hour>[0-9]{1,2})(?:[:.](?P<minute>[0-9]{2}))? ?(?P<half>[ap]m)?")
_RECURRENCES = frozenset({"daily", "weekly", "fortnightly", "other_day", "monthly", "dates"})
_DAY_WORDS = frozenset(
    {
        *("DATE", "WEEKDAY", "WEEKDAYS", "WEEKDAY_TO_WEEKDAY", "ORDINAL", "LAST", "LAST_DAY", "OTHER"),
        *("_EVERY", "_DAILY", "_DAY", "_WEEKLY", "_WEEK", "_FORTNIGHTLY", "_FORTNIGHT", "_MONTHLY", "_MONTH"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidPattern:
    """One line of a rota as it was said. None is what was not said: `fewest` and `most` are there both or neither.

    `time` and `ends` are on the wall, and `ends` is the next one after `time`: the same for a whole day. `starts` and
    `last` are dates of the rota's own; `starts` may have gone when the stretch up to `last` has not.
    """

    recurrence: Recurrence
    time: Time
    ends: Time | None = None
    fewest: int | None = None
    most: int | None = None
    starts: Date | None = None
    last: Date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """When a rota's shifts are: "every tuesday and thursday 19:00-21:00, two people". Value: `tuple[SaidPattern, ...]`.

    Several lines stand apart by ";", a line break or "and also". Dates are at most three years ahead.
    """

    zoned: bool = True
    choices: tuple[str, ...] = ()
    greedy: bool = False

    def read(self, text: str, reading: Reading) -> tuple[SaidPattern, ...]:
        """Return what was said, line by line. Refuses all words that it is not sure of."""
        lines = [line for each in _tidy(text) for line in _AND_ALSO.split(each)]
        if not lines:
            raise Refused("rota-when-unclear")
        if len(lines) > MOST_LINES:
            raise Refused("rota-when-lines", most=MOST_LINES)
        return tuple(_line(words, reading) for words in lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """When a rota is closed: "24 dec to 2 jan, 25 april", or "none". Value: `tuple[Closure, ...]`, in order."""

    zoned: bool = True
    choices: tuple[str, ...] = ()
    greedy: bool = False

    def read(self, text: str, reading: Reading) -> tuple[Closure, ...]:
        """Return the dates; nothing for "none". Refuses dates that have gone, are far away, or are not there."""
        words = ", ".join(_tidy(text))
        if words == "none":
            return ()
        found = parts(words, "closed")
        if found is None:
            raise Refused("rota-closed-unclear")
        closures = {_closure(part, _today(reading)) for part in found}
        return tuple(sorted(closures, key=lambda closure: (closure.first, closure.last)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Holidays:
    """A nation on whose bank holidays a rota is closed, or "open" for none. Value: `Nation | None`."""

    zoned: bool = False
    choices: tuple[str, ...] = (*Nation, OPEN)
    greedy: bool = False

    def read(self, text: str, reading: Reading) -> Nation | None:
        """Return the nation. Refuses every other word."""
        word = OneOf(choices=self.choices, also=(*NATIONS.also, ("none", OPEN))).read(text, reading)
        return None if word == OPEN else Nation(word)


def _tidy(text: str) -> list[str]:
    """Return the lines in small letters, with single spaces and dashes that are typed; none that are empty."""
    if len(text) > LONGEST:
        raise Refused("line-long", longest=LONGEST)
    lines = (plain(line).casefold().translate(DASHES) for line in _BETWEEN_LINES.split(text))
    return [line for line in lines if line]


def _today(reading: Reading) -> Date:
    return reading.now.to_tz(reading.zone).date()


def _line(words: str, reading: Reading) -> SaidPattern:
    found = parts(words, "when")
    if found is None:
        raise _unread(words)
    said = {("days" if part.kind in _RECURRENCES else part.kind): part for part in found}
    if "hours" not in said:
        raise Refused("rota-when-no-time")
    if len(said) < len(found):
        twice = sum(part.kind == "hours" for part in found) > 1
        raise Refused("rota-when-times" if twice else "rota-when-unclear")
    today = _today(reading)
    recurrence = recurrence_of(said["days"], today)
    time, ends = _hours(said["hours"], said.get("length"), reading)
    fewest, most = _people(said.get("people"))
    starts, last = _stretch(said, today)
    if isinstance(recurrence, Dates) and (starts or last):
        raise Refused("rota-when-unclear")
    return SaidPattern(recurrence=recurrence, time=time, ends=ends, fewest=fewest, most=most, starts=starts, last=last)


def _unread(words: str) -> Refused:
    """Return the refusal of words that do not go together, with what is missing where that is plain."""
    found = kinds(words)
    if found is None:
        return Refused("rota-when-unclear")
    if "TIME" not in found:
        return Refused("rota-when-no-time")
    return Refused("rota-when-unclear" if found & _DAY_WORDS else "rota-when-no-days")


def _hours(part: Part, length: Part | None, reading: Reading) -> tuple[Time, Time | None]:
    """Return when a shift begins and ends; None where only the beginning was said."""
    time, ends = _time(part.words[0]), _time(part.words[1]) if part.words[1:] else None
    if ends is not None and length is not None:
        raise Refused("rota-when-ends")
    if length is not None:
        return time, ending(time, Length().read(length.words[0], reading))
    if ends is not None and part.words[2:] and ends > time:
        raise Refused("rota-when-day")
    return time, ends


def _time(word: str) -> Time:
    found = _CLOCK.fullmatch(word)
    if found is None:
        return SPOKEN[word]
    time = clock_time(int(found["hour"]), int(found["minute"] or 0), found["half"])
    if time is None:
        raise Refused("rota-when-unclear")
    return time


def _people(part: Part | None) -> tuple[int | None, int | None]:
    if part is None:
        return None, None
    numbers = [number(word) for word in part.words]
    if not all(1 <= one <= MOST_PEOPLE for one in numbers):
        raise Refused("rota-when-people", most=MOST_PEOPLE)
    if numbers[0] > numbers[-1]:
        raise Refused("rota-when-fewest")
    return numbers[0], numbers[-1]


def _stretch(said: Mapping[str, Part], today: Date) -> tuple[Date | None, Date | None]:
    """Return the first date and the last, where they were said."""
    starts = said["starts"].words if "starts" in said else ()
    last = said["last"].words if "last" in said else starts[1:]
    if "last" in said and starts[1:]:
        raise Refused("rota-when-unclear")
    if starts and last:
        return stretch(starts[0], last[0], today)
    return one_date(starts[0], today) if starts else None, one_date(last[0], today) if last else None


def _closure(part: Part, today: Date) -> Closure:
    first, last = stretch(part.words[0], part.words[-1], today)
    return Closure(first=first, last=last)
