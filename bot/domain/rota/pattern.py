"""On which weekdays and at what local time shifts begin; kept as an RFC 5545 rule, expanded on local dates alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from typing import Self

from dateutil.rrule import rrulestr
from whenever import Date, Time, Weekday

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
_CODE_OF = {day: code for code, day in CODES.items()}
_RULE = "FREQ=WEEKLY;BYDAY="


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """Weekdays, Monday first and each once, and the time on the wall; the zone is the rota's."""

    days: tuple[Weekday, ...]
    time: Time

    @classmethod
    def of_rule(cls, rule: str, time: Time) -> Self:
        """Read the rule that `rule` wrote. Raises `ValueError` for any other."""
        kind, _, codes = rule.partition(_RULE)
        if kind or not codes:
            raise ValueError(rule)
        return cls(days=in_order(CODES[code] for code in codes.split(",")), time=time)

    @property
    def rule(self) -> str:
        """The days as an RFC 5545 recurrence rule, such as `FREQ=WEEKLY;BYDAY=TU,TH`."""
        return _RULE + ",".join(_CODE_OF[day] for day in self.days)

    def dates(self, starts: Date, first: Date, last: Date) -> Iterator[Date]:
        """Give the local dates from `first` to `last`, both counted, of a rota that began on `starts`."""
        rule = rrulestr(self.rule, dtstart=_midnight(starts))
        for day in takewhile(lambda day: day <= _midnight(last), rule.xafter(_midnight(max(starts, first)), inc=True)):
            yield Date(day.year, day.month, day.day)


def in_order(days: Iterable[Weekday]) -> tuple[Weekday, ...]:
    """Return the weekdays Monday first, each once."""
    return tuple(sorted(set(days), key=lambda day: day.value))


def _midnight(date: Date) -> datetime:
    """Return the date as dateutil takes it: naive, so that no clock change can touch it."""
    return datetime(date.year, date.month, date.day)  # noqa: DTZ001  A local date, with no zone on purpose.
