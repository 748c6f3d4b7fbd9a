"""What people may say of a rota's days and times, for hypothesis: values, words, and slips of the pen."""

from hypothesis import strategies as st
from whenever import Date, Instant, Time, Weekday

from bot.domain.commands import Reading
from bot.domain.rota.closing import Closure
from bot.domain.rota.pattern import Pattern
from bot.domain.rota.recurrence import Dates, Frequency, Recurrence, Rule, in_order, in_order_of_month, weekly
from bot.domain.rota.said import SaidPattern

# A Thursday, at noon in London.
NOW = Instant.from_utc(2026, 11, 26, 12)
HERE = Reading(now=NOW, zone="Europe/London")
TODAY = Date(2026, 11, 26)

times = st.builds(Time, st.integers(0, 23), st.integers(0, 59))
_intervals = st.integers(1, 52)
weekdays = st.sets(st.sampled_from(tuple(Weekday)), min_size=1).map(in_order)
nths = st.sets(st.sampled_from((1, 2, 3, 4, -1)), min_size=1).map(in_order_of_month)
month_days = st.sets(st.sampled_from((*range(1, 29), -1)), min_size=1).map(in_order_of_month)
rules = st.one_of(
    st.builds(Rule, frequency=st.just(Frequency.DAILY), interval=_intervals),
    st.builds(Rule, frequency=st.just(Frequency.WEEKLY), interval=_intervals, days=weekdays),
    st.builds(Rule, frequency=st.just(Frequency.MONTHLY), interval=_intervals, days=weekdays, nth=nths),
    st.builds(Rule, frequency=st.just(Frequency.MONTHLY), interval=_intervals, month_days=month_days),
)
# Said as "every day", which is a rule of its own.
ALL_WEEK = weekly(Weekday)
todays = st.dates(Date(2024, 1, 1).to_stdlib(), Date(2034, 12, 31).to_stdlib()).map(Date)


def reading_on(today: Date) -> Reading:
    """Return what is known at noon of that date in London."""
    return Reading(now=today.at(Time.NOON).assume_tz("Europe/London").to_instant(), zone="Europe/London")


def dates_from(first: Date) -> st.SearchStrategy[Date]:
    """Return dates from the first on, of three years: all that can be said."""
    return st.dates(first.to_stdlib(), first.add(years=3).to_stdlib()).map(Date)


@st.composite
def patterns(draw: st.DrawFn, today: Date) -> Pattern:
    """Return any line of a rota that can be said on that day."""
    single = st.sets(dates_from(today), min_size=1, max_size=24).map(lambda days: Dates(days_on=tuple(sorted(days))))
    recurrence: Recurrence = draw(st.one_of(rules.filter(lambda rule: rule != ALL_WEEK), single))
    dated = isinstance(recurrence, Dates)
    starts = today if dated else draw(st.one_of(st.just(today.subtract(days=90)), dates_from(today)))
    ending = st.dates(max(starts, today).to_stdlib(), today.add(years=3).to_stdlib()).map(Date)
    fewest = draw(st.integers(1, 20))
    return Pattern(
        recurrence=recurrence,
        starts=starts,
        last=None if dated else draw(st.one_of(st.none(), ending)),
        time=draw(times),
        ends=draw(times),
        fewest=fewest,
        most=draw(st.one_of(st.just(fewest), st.integers(fewest, 20))),
    )


def as_said(pattern: Pattern, today: Date) -> SaidPattern:
    """Return what is said of a line on that day: a beginning that has come is not."""
    dated = isinstance(pattern.recurrence, Dates)
    return SaidPattern(
        recurrence=pattern.recurrence,
        time=pattern.time,
        ends=pattern.ends,
        fewest=pattern.fewest,
        most=pattern.most,
        starts=None if dated or pattern.starts <= today else pattern.starts,
        last=pattern.last,
    )


@st.composite
def closures(draw: st.DrawFn, today: Date) -> Closure:
    """Return any stretch of closed dates that is not over on that day."""
    last = draw(dates_from(today))
    days = draw(st.one_of(st.just(0), st.integers(0, 800)))
    return Closure(first=last.subtract(days=days), last=last)


FRAGMENTS = (
    *("every", "each", "other", "daily", "weekly", "monthly", "fortnightly", "fortnight", "day", "week", "weeks"),
    *(
        "month",
        "months",
        "of the month",
        "of each month",
        "monday",
        "tue",
        "thursdays",
        "weekdays",
        "weekend",
        "mon-fri",
    ),
    *("first", "second", "third", "fifth", "1st", "15th", "31st", "3th", "last", "last day", "next day", "the"),
    *("19:00", "8pm", "7.30pm", "12am", "noon", "midnight", "25:00", "13pm", "19:00-21:00", "22:00 to 06:00", "19"),
    *("2", "two", "0", "99", "people", "2 people", "2 to 4 people", "4-2 people", "two hours", "90m", "half an hour"),
    *("3 dec", "10 december", "29 february", "31 november", "3 dec 2027", "2027-12-03", "2027-02-30", "03/12"),
    *("tue 3 dec", "24 dec to 2 jan", "from", "until", "to", "till", "from 5 january", "until 31 march", "2020"),
    *(
        "and",
        "and also",
        "&",
        "@",
        "at",
        "on",
        "for",
        "with",
        "-",
        "\u2013",
        ",",
        ";",
        "\n",
        ".",
        "(",
        ")",
        "moon",
        "!",
    ),
)
fragments = st.lists(st.sampled_from(FRAGMENTS), max_size=12).map(" ".join)

_DAYS = (
    *("daily", "every day", "every other day", "every third day", "weekdays", "every weekend", "mon-fri", "fri to mon"),
    *("tuesday, thursday", "every tuesday and every sunday", "every other friday", "fortnightly on monday"),
    *("every second week on mon & wed", "every 4 weeks on sunday", "first and last tuesday of the month"),
    *("every 2nd friday of each month", "monthly on the 1st", "every other month on the third sunday and monday"),
    *("the 15th and last day of every month", "3 dec", "wed 9 december 2026, 2027-12-03 and 03/12"),
)
_HOURS = (
    "19:00",
    "8pm",
    "noon",
    "19:00-21:00",
    "from 10pm until 6am the next day",
    "9:00 to 9:00",
    "8pm for 90 minutes",
)
_PEOPLE = ("", "two people", "for 2 people", "1-3 people", "2 to 20 people on each shift")
_STRETCHES = ("", "from 5 january", "until 31 march", "from 1 november to 31 march", "until 29 february 2028")
sayings = st.tuples(*map(st.sampled_from, (_DAYS, _HOURS, _PEOPLE, _STRETCHES))).flatmap(st.permutations).map(" ".join)
