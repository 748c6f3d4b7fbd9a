"""On which dates something comes round: rules of RFC 5545 and single dates, held against plain counting of days."""

from calendar import monthrange
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whenever import Date, Weekday

from bot.domain.rota.recurrence import Dates, Frequency, Rule, recurrence, weekly
from tests.domain.rota.said import rules

dates = st.dates(Date(1990, 1, 1).to_stdlib(), Date(2090, 12, 31).to_stdlib()).map(Date)
single_dates = st.sets(dates, min_size=1, max_size=12).map(lambda days: Dates(days_on=tuple(sorted(days))))


def period(rule: Rule, date: Date) -> int:
    """Return how many days, weeks from Monday or months there are before the date."""
    days = date.to_stdlib().toordinal() - 1
    return {
        Frequency.DAILY: days,
        # 1 January of the year 1 is a Monday.
        Frequency.WEEKLY: days // 7,
        Frequency.MONTHLY: date.year * 12 + date.month - 1,
    }[rule.frequency]


def is_on(rule: Rule, starts: Date, date: Date) -> bool:
    """Return whether the rule has that date: worked out from the date alone, with no library."""
    if date < starts or (period(rule, date) - period(rule, starts)) % rule.interval:
        return False
    days_in_month = monthrange(date.year, date.month)[1]
    on_weekday = not rule.days or date.day_of_week() in rule.days
    on_nth = not rule.nth or (date.day + 6) // 7 in rule.nth or (-1 in rule.nth and date.day + 7 > days_in_month)
    on_day = not rule.month_days or date.day in rule.month_days or (-1 in rule.month_days and date.day == days_in_month)
    return on_weekday and on_nth and on_day


def days(first: Date, count: int) -> Iterator[Date]:
    return (first.add(days=ahead) for ahead in range(count))


@settings(deadline=None)
@given(rule=rules)
def test_a_rule_that_is_kept_reads_back_as_it_was(rule: Rule) -> None:
    assert Rule.of(str(rule)) == recurrence(str(rule)) == rule


@settings(deadline=None)
@given(found=single_dates)
def test_single_dates_that_are_kept_read_back_as_they_were(found: Dates) -> None:
    assert Dates.of(str(found)) == recurrence(str(found)) == found


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("FREQ=DAILY", Rule(frequency=Frequency.DAILY)),
        ("INTERVAL=1;FREQ=DAILY", Rule(frequency=Frequency.DAILY)),
        ("FREQ=WEEKLY;BYDAY=TH,TU,TH", weekly((Weekday.TUESDAY, Weekday.THURSDAY))),
        ("BYDAY=TU;INTERVAL=02;FREQ=WEEKLY", weekly((Weekday.TUESDAY,), 2)),
        (
            "FREQ=MONTHLY;BYDAY=-1TH,1TU,-1TU,+1TH",
            Rule(frequency=Frequency.MONTHLY, days=(Weekday.TUESDAY, Weekday.THURSDAY), nth=(1, -1)),
        ),
        ("FREQ=MONTHLY;BYMONTHDAY=-1,15,1", Rule(frequency=Frequency.MONTHLY, month_days=(1, 15, -1))),
    ],
)
def test_the_same_in_other_words_is_the_same_rule(text: str, rule: Rule) -> None:
    assert Rule.of(text) == rule


@pytest.mark.parametrize(
    "text",
    [
        "",
        "junk",
        "FREQ=",
        "FREQ=YEARLY",
        "FREQ=HOURLY",
        "INTERVAL=2",
        "RRULE:FREQ=DAILY",
        "FREQ=DAILY;COUNT=3",
        "FREQ=DAILY;UNTIL=20261203",
        "FREQ=DAILY;BYHOUR=9",
        "FREQ=DAILY;BYDAY=TU",
        "FREQ=DAILY;BYMONTHDAY=1",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=-1",
        "FREQ=DAILY;INTERVAL=53",
        "FREQ=DAILY;INTERVAL=two",
        "FREQ=DAILY;INTERVAL=1_0",
        "FREQ=DAILY;INTERVAL=\u0662",
        "FREQ=DAILY;INTERVAL=2;INTERVAL=3",
        "FREQ=WEEKLY;FREQ=DAILY",
        "FREQ=DAILY;",
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;BYDAY=",
        "FREQ=WEEKLY;BYDAY=TU,",
        "FREQ=WEEKLY;BYDAY=1TU",
        "FREQ=WEEKLY;BYDAY=0TU",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYDAY=TU;WKST=SU",
        "FREQ=WEEKLY;BYMONTHDAY=1",
        "FREQ=MONTHLY",
        "FREQ=MONTHLY;BYDAY=TU",
        "FREQ=MONTHLY;BYDAY=1TU,TH",
        "FREQ=MONTHLY;BYDAY=1TU,3TH",
        "FREQ=MONTHLY;BYDAY=1TU,3TU,1TH",
        "FREQ=MONTHLY;BYDAY=5TU",
        "FREQ=MONTHLY;BYDAY=-2TU",
        "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1",
        "FREQ=MONTHLY;BYDAY=1TU;BYMONTHDAY=1",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;BYMONTHDAY=29",
        "FREQ=MONTHLY;BYMONTHDAY=-2",
        "RDATE;VALUE=DATE:",
        "RDATE;VALUE=DATE:20260230",
        "RDATE;VALUE=DATE:20261203T190000",
        "RDATE:20261203",
    ],
)
def test_what_could_not_be_read_back_in_a_few_words_is_not_taken(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  Each of these is one, and nothing more is promised.
        recurrence(text)


_VALUES = ("DAILY", "WEEKLY", "MONTHLY", "TU", "1TU", "-1TU", "3TH", "XX", "1", "15", "-1", "0", "", "1,15", "2,-1,2")
_PARTS = st.tuples(st.sampled_from(("FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "COUNT")), st.sampled_from(_VALUES))
texts = st.lists(_PARTS.map("=".join), max_size=4).map(";".join)


@settings(deadline=None)
@given(text=st.one_of(st.text(max_size=40), texts, texts.map("FREQ=MONTHLY;".__add__)))
def test_any_text_at_all_is_a_recurrence_or_a_value_error(text: str) -> None:
    try:
        found = recurrence(text)
    except ValueError:
        return
    assert recurrence(str(found)) == found


@settings(deadline=None, max_examples=100)
@given(rule=rules, starts=dates, ahead=st.integers(-400, 20_000), count=st.integers(1, 500))
def test_dates_are_those_that_plain_counting_gives_wherever_one_begins_to_look(
    rule: Rule, starts: Date, ahead: int, count: int
) -> None:
    first = starts.add(days=ahead)

    found = list(rule.dates(starts, first, first.add(days=count - 1)))

    assert found == [day for day in days(first, count) if is_on(rule, starts, day)]


@settings(deadline=None, max_examples=50)
@given(rule=rules, starts=dates, ahead=st.integers(0, 3_000))
def test_dates_from_the_middle_are_those_from_the_beginning(rule: Rule, starts: Date, ahead: int) -> None:
    middle, last = starts.add(days=ahead), starts.add(days=4_000)

    assert list(rule.dates(starts, middle, last)) == [day for day in rule.dates(starts, starts, last) if day >= middle]


@pytest.mark.long
@pytest.mark.parametrize("interval", range(1, 53))
def test_every_kind_of_rule_at_every_interval_is_that_of_plain_counting_over_ten_years(interval: int) -> None:
    tuesday = (Weekday.TUESDAY,)
    for rule in (
        Rule(frequency=Frequency.DAILY, interval=interval),
        weekly((Weekday.MONDAY, Weekday.SUNDAY), interval),
        Rule(frequency=Frequency.MONTHLY, interval=interval, days=tuesday, nth=(1, 4, -1)),
        Rule(frequency=Frequency.MONTHLY, interval=interval, month_days=(1, 28, -1)),
    ):
        for starts in (Date(2023, 12, 31), Date(2024, 2, 29), Date(2024, 4, 1)):
            every = [day for day in days(starts, 3_653) if is_on(rule, starts, day)]
            for first in days(starts, 40):
                found = list(rule.dates(starts, first, starts.add(days=3_652)))
                assert found == [day for day in every if day >= first]


@settings(deadline=None)
@given(found=single_dates, starts=dates, first=dates, count=st.integers(1, 5_000))
def test_single_dates_are_given_in_order_and_none_before_the_beginning(
    found: Dates, starts: Date, first: Date, count: int
) -> None:
    last = first.add(days=count)

    assert list(found.dates(starts, first, last)) == [
        day for day in found.days_on if starts <= day >= first <= day <= last
    ]


@settings(deadline=None)
@given(rule=rules, starts=dates)
def test_a_turn_is_one_day_week_or_month_of_the_rule_and_the_next_one_is_the_next(rule: Rule, starts: Date) -> None:
    found = list(rule.dates(starts, starts, starts.add(years=9)))

    turns = [rule.turn(day) - rule.turn(found[0]) for day in found]

    assert turns == [(period(rule, day) - period(rule, found[0])) // rule.interval for day in found]


def test_a_turn_of_single_dates_is_one_date() -> None:
    three = Dates.of("RDATE;VALUE=DATE:20261203,20261210,20261217")

    assert [three.turn(day) for day in (*three.days_on, Date(2026, 12, 4))] == [0, 1, 2, 1]
