"""A rota's shifts week by week, each in one short line that begins as its neighbours do; times are the reader's own.

Forty characters hold all of it but the names, which come last: nothing is set in columns, for no world shows those to
everybody. docs/seeing-a-rota.md says what was looked at.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from whenever import Date, Weekday, ZonedDateTime

from bot.domain.rota.balance import Week
from bot.domain.rota.rota import Shift
from bot.domain.rota.stretch import monday_of
from bot.domain.saying import Arg, Line, Look, line

_WEEKDAYS = {
    Weekday.MONDAY: line("rota-short-monday"),
    Weekday.TUESDAY: line("rota-short-tuesday"),
    Weekday.WEDNESDAY: line("rota-short-wednesday"),
    Weekday.THURSDAY: line("rota-short-thursday"),
    Weekday.FRIDAY: line("rota-short-friday"),
    Weekday.SATURDAY: line("rota-short-saturday"),
    Weekday.SUNDAY: line("rota-short-sunday"),
}
_MONTHS = (
    line("rota-short-january"),
    line("rota-short-february"),
    line("rota-short-march"),
    line("rota-short-april"),
    line("rota-short-may"),
    line("rota-short-june"),
    line("rota-short-july"),
    line("rota-short-august"),
    line("rota-short-september"),
    line("rota-short-october"),
    line("rota-short-november"),
    line("rota-short-december"),
)
# As wide as a digit, and never said: days of one digit end where those of two do.
_FIGURE_SPACE = "\u2007"


def by_week(shifts: Sequence[Shift], zone: str) -> Iterator[tuple[Date, tuple[Shift, ...]]]:
    """Give the Monday of each week with shifts, and its shifts."""
    for monday, each in groupby(shifts, key=lambda shift: monday_of(shift.starts.to_tz(zone).date())):
        yield monday, tuple(each)


def called(monday: Date, today: Date) -> Line:
    """Return what a week is called: not by its date, where it is this one or the next."""
    this = monday_of(today)
    if monday <= this:
        return line("rota-this-week", Look.HEADING)
    if monday == this.add(days=7):
        return line("rota-next-week", Look.HEADING)
    return dated(monday)


def dated(monday: Date) -> Line:
    """Return what a week is called for as long as anybody looks at it."""
    return line("rota-week-of", Look.HEADING, day=monday)


def adding_up(weeks: Iterable[Week], weekly: int | None, today: Date) -> tuple[Line, ...]:
    """Return what the reader's own weeks come to, beside the limit they set themselves, and beside nobody else's."""
    rows = (
        line("rota-mine-week", Look.ITEM, week=called(each.monday, today), count=each.shifts, time=each.time)
        for each in weeks
    )
    limit = () if weekly is None else (line("rota-mine-limit", count=weekly),)
    return line("rota-mine-weeks"), *rows, *limit


def row(starts: ZonedDateTime, places: int | str, people: tuple[Arg, ...]) -> Line:
    """Return one shift: when it is, what is open, and who is on. `places` is a number, or "part"."""
    open_, who = line("rota-places", open=places), people or line("rota-nobody-yet")
    return line("rota-row", Look.ITEM, when=moment(starts), places=open_, people=who)


def moment(at: ZonedDateTime) -> Line:
    """Return a moment in few letters."""
    weekday, month = _WEEKDAYS[at.date().day_of_week()], _MONTHS[at.month - 1]
    return line("rota-short-moment", weekday=weekday, day=f"{at.day:{_FIGURE_SPACE}>2}", month=month, time=at.time())
