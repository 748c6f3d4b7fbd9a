"""The lines of a rota, and when it is closed, in sentences that can be typed back and mean the same.

Dates are the rota's own. A date shows its year only where its day and month alone would mean another.
"""

from collections.abc import Sequence

from whenever import Date, Time, Weekday

from bot.domain.people import Nation
from bot.domain.rota.closing import Closure
from bot.domain.rota.pattern import Pattern
from bot.domain.rota.recurrence import LAST_NTH, Dates, Frequency, Rule
from bot.domain.rota.said_dates import known_from_on, known_up_to
from bot.domain.saying import Line, line

WEEKDAYS = {
    Weekday.MONDAY: line("rota-monday"),
    Weekday.TUESDAY: line("rota-tuesday"),
    Weekday.WEDNESDAY: line("rota-wednesday"),
    Weekday.THURSDAY: line("rota-thursday"),
    Weekday.FRIDAY: line("rota-friday"),
    Weekday.SATURDAY: line("rota-saturday"),
    Weekday.SUNDAY: line("rota-sunday"),
}
_WORKING_DAYS = tuple(Weekday)[:5]
_EVERY_OTHER = 2
_NTHS = {
    1: line("rota-nth-first"),
    2: line("rota-nth-second"),
    3: line("rota-nth-third"),
    4: line("rota-nth-fourth"),
    LAST_NTH: line("rota-nth-last"),
}
_MONTHS = (
    line("rota-january"),
    line("rota-february"),
    line("rota-march"),
    line("rota-april"),
    line("rota-may"),
    line("rota-june"),
    line("rota-july"),
    line("rota-august"),
    line("rota-september"),
    line("rota-october"),
    line("rota-november"),
    line("rota-december"),
)
_NATIONS = {
    Nation.ENGLAND: line("nation-england"),
    Nation.SCOTLAND: line("nation-scotland"),
    Nation.WALES: line("nation-wales"),
    Nation.NI: line("nation-ni"),
}


def in_words(pattern: Pattern, zone: str, today: Date) -> Line:
    """Return one line of a rota in words."""
    return line("rota-pattern", times=times_in_words(pattern, today), zone=zone, people=_people(pattern))


def times_in_words(pattern: Pattern, today: Date) -> Line:
    """Return just the days and the hours. Of single dates only those to come are said, while there are some."""
    when, hours = _when(pattern, today), _hours(pattern)
    dated = isinstance(pattern.recurrence, Dates)
    first, last = None if dated or pattern.starts <= today else pattern.starts, None if dated else pattern.last
    if first and last:
        begins, ends = _stretch(first, last, today)
        return line("rota-times-between", when=when, hours=hours, first=begins, last=ends)
    if first:
        return line("rota-times-from", when=when, hours=hours, first=_date(first, known=known_from_on(first, today)))
    if last:
        return line("rota-times-until", when=when, hours=hours, last=_date(last, known=known_from_on(last, today)))
    return line("rota-times", when=when, hours=hours)


def closing(closed: Sequence[Closure], holidays: Nation | None, today: Date) -> tuple[Line, ...]:
    """Return when a rota is closed, in words; nothing for one that never is. Closures that are over are left out."""
    closures = tuple(_closure(closure, today) for closure in closed if closure.last >= today)
    if holidays is None:
        return (line("rota-closed", closures=closures),) if closures else ()
    nation = _NATIONS[holidays]
    if not closures:
        return (line("rota-closed-holidays", nation=nation),)
    return (line("rota-closed-and-holidays", closures=closures, nation=nation),)


def _when(pattern: Pattern, today: Date) -> Line:
    match pattern.recurrence:
        case Dates(days_on=days_on):
            shown = [date for date in days_on if date >= today] or days_on
            return line("rota-on-dates", dates=tuple(_date(date, known=known_from_on(date, today)) for date in shown))
        case Rule(frequency=Frequency.DAILY, interval=interval):
            return line("rota-every-day") if interval == 1 else line("rota-every-days", interval=interval)
        case Rule(frequency=Frequency.WEEKLY) as rule:
            return _weekly(rule)
        case Rule() as rule:
            return _monthly(rule)


def _weekly(rule: Rule) -> Line:
    days = tuple(WEEKDAYS[day] for day in rule.days)
    if rule.interval == 1 and rule.days == tuple(Weekday):
        return line("rota-every-day")
    if rule.interval == 1:
        return line("rota-every-weekday") if rule.days == _WORKING_DAYS else line("rota-every-week", days=days)
    if rule.interval == _EVERY_OTHER and len(days) == 1:
        return line("rota-every-other", day=days[0])
    return line("rota-every-weeks", interval=rule.interval, days=days)


def _monthly(rule: Rule) -> Line:
    if rule.month_days:
        days = tuple(_month_day(day) for day in rule.month_days)
        if rule.interval == 1:
            return line("rota-each-month-on", days=days)
        return line("rota-every-months-on", interval=rule.interval, days=days)
    nths, days = tuple(_NTHS[nth] for nth in rule.nth), tuple(WEEKDAYS[day] for day in rule.days)
    if rule.interval == 1:
        return line("rota-each-month", nths=nths, days=days)
    return line("rota-every-months", interval=rule.interval, nths=nths, days=days)


def _month_day(day: int) -> Line:
    return line("rota-month-day-last") if day == LAST_NTH else line("rota-month-day", day=day)


def _hours(pattern: Pattern) -> Line:
    if pattern.ends == Time.MIDNIGHT and pattern.time != Time.MIDNIGHT:
        return line("rota-hours-midnight", time=pattern.time)
    if pattern.overnight:
        return line("rota-hours-overnight", time=pattern.time, ends=pattern.ends)
    return line("rota-hours", time=pattern.time, ends=pattern.ends)


def _people(pattern: Pattern) -> Line:
    if pattern.fewest == pattern.most:
        return line("rota-people", people=pattern.most)
    return line("rota-people-between", fewest=pattern.fewest, most=pattern.most)


def _date(date: Date, *, known: bool) -> Line:
    month = _MONTHS[date.month - 1]
    if known:
        return line("rota-date", day=date.day, month=month)
    return line("rota-date-of-year", day=date.day, month=month, year=str(date.year))


def _stretch(first: Date, last: Date, today: Date) -> tuple[Line, Line]:
    return _date(first, known=known_up_to(first, last)), _date(last, known=known_from_on(last, today))


def _closure(closure: Closure, today: Date) -> Line:
    first, last = _stretch(closure.first, closure.last, today)
    return last if closure.first == closure.last else line("rota-closure", first=first, last=last)
