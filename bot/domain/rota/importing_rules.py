"""Rules of RFC 5545 as calendars write them, made into those that a rota can have. What would mean other days is none.

Nothing is expanded by the rule of the file: it is read first, and what is counted is counted to a bound.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from whenever import Date

from bot.domain.rota.importing import Unreadable
from bot.domain.rota.recurrence import CODE_OF, Frequency, Rule
from bot.domain.saying import line

MOST_COUNTED = 370
# No calendar of a group's begins before, or goes on beyond: `Date` ends with the year 9999.
FIRST_YEAR, LAST_YEAR = 1970, 2199
_TAKEN = frozenset({"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYSETPOS", "WKST", "COUNT", "UNTIL"})
_NUMBER = re.compile("[0-9]{1,6}")
_UNTIL = re.compile(r"(?P<date>[0-9]{8})(?:T(?P<time>[0-9]{6})(?P<utc>Z?))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A rule, how many times it comes or None, and its UNTIL as it stands there or None."""

    rule: Rule
    count: int | None
    until: re.Match[str] | None


def read(text: str, starts: Date) -> Read:
    """Return what RRULE says of what begins on that date. Raises `Unreadable`."""
    pairs = [each.partition("=")[::2] for each in text.upper().split(";") if each]
    parts = dict(pairs)
    if len(parts) < len(pairs) or not parts.keys() <= _TAKEN:
        raise _not_said()
    until = None if "UNTIL" not in parts else _UNTIL.fullmatch(parts["UNTIL"])
    if ("UNTIL" in parts and until is None) or ("COUNT" in parts and not _NUMBER.fullmatch(parts["COUNT"])):
        raise _not_said()
    try:
        rule = Rule.of(_said(parts, starts))
    except (ValueError, KeyError):
        raise _not_said() from None
    if rule.interval > 1 and not _in_step(rule, parts, starts):
        raise _not_said()
    return Read(rule=rule, count=int(parts["COUNT"]) if "COUNT" in parts else None, until=until)


def counted(rule: Rule, starts: Date, count: int) -> Date:
    """Return the last date of what comes so many times. Raises `Unreadable` for none, or more than is counted."""
    if not 1 <= count <= MOST_COUNTED:
        raise _not_said()
    *_, last = islice(rule.dates(starts, starts, Date(LAST_YEAR, 12, 31)), count)
    return last


def _said(parts: Mapping[str, str], starts: Date) -> str:
    """Return the rule as the house writes it, with the days that it leaves to its first date."""
    frequency, days, position = (parts.get(name, "") for name in ("FREQ", "BYDAY", "BYSETPOS"))
    days_of_month = parts.get("BYMONTHDAY", "")
    every = f";INTERVAL={parts['INTERVAL']}" if "INTERVAL" in parts else ""
    if frequency == Frequency.DAILY and days and not (every or position or days_of_month):
        # Every day that is one of these.
        return f"FREQ=WEEKLY;BYDAY={days}"
    if frequency == Frequency.WEEKLY and not days:
        days = CODE_OF[starts.day_of_week()]
    if frequency == Frequency.MONTHLY and not days and not days_of_month:
        days_of_month = str(starts.day)
    if position:
        # "TU;BYSETPOS=2" is the second Tuesday; of several days it is another thing.
        if not re.fullmatch("[A-Z]{2}", days):
            raise _not_said()
        days = f"{position}{days}"
    by = f";BYDAY={days}" if days else ""
    return f"FREQ={frequency}{every}{by}" + (f";BYMONTHDAY={days_of_month}" if days_of_month else "")


def _in_step(rule: Rule, parts: Mapping[str, str], starts: Date) -> bool:
    """Return whether weeks that are counted begin on a Monday, as in a rota, or it is the same if they do not."""
    if rule.frequency is not Frequency.WEEKLY or parts.get("WKST", "MO") == "MO":
        return True
    return rule.days == (starts.day_of_week(),)


def _not_said() -> Unreadable:
    return Unreadable(line("rota-file-rule"))
