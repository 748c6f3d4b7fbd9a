"""The lines of a rota in words, and that they can be typed back and mean the same."""

import re
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from whenever import Date, Time, Weekday

from bot.domain.people import Nation
from bot.domain.rota.closing import Closure
from bot.domain.rota.in_words import closing, in_words
from bot.domain.rota.pattern import Pattern
from bot.domain.rota.recurrence import Dates, Recurrence, recurrence, weekly
from bot.domain.rota.said import LONGEST, Closed, SaidPattern, When
from bot.domain.saying import Line, Refused, line
from bot.words.catalogue import Catalogue
from tests.domain.rota.said import HERE, TODAY, as_said, closures, fragments, patterns, reading_on, sayings, todays

FOLDER = Path(__file__).parents[3] / "config" / "words"
WORDS = Catalogue([FOLDER])
FTL = Path(FOLDER, "en-GB", "rota.ftl").read_text(encoding="utf-8")
ZONE = "Europe/London"
TUESDAY = weekly((Weekday.TUESDAY,))
CHRISTMAS = Closure(first=Date(2026, 12, 24), last=Date(2027, 1, 2))


def text(line: Line) -> str:
    return WORDS.text(line, "en-GB")


def line_of(rule: Recurrence = TUESDAY, **others: object) -> Pattern:
    """Return a line of a rota, on Tuesdays from 19:00 to 21:00 for one person, but for the others."""
    usual: dict[str, object] = {"starts": TODAY, "time": Time(19), "ends": Time(21)}
    return Pattern(recurrence=rule, **(usual | others))  # type: ignore[arg-type]  # Any field.


def typed(line: Line) -> str:
    """Return the words as somebody types them back: a zone has its own place in the form."""
    return re.sub(r" \([^)]*\)", "", text(line))


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=DAILY", "Every day"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "Every day"),
        ("FREQ=DAILY;INTERVAL=2", "Every other day"),
        ("FREQ=DAILY;INTERVAL=3", "Every 3 days"),
        ("FREQ=WEEKLY;BYDAY=TU,TH", "Every Tuesday and Thursday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "Every weekday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "Every other Tuesday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", "Every other week on Tuesday and Thursday"),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=SU", "Every 3 weeks on Sunday"),
        ("FREQ=MONTHLY;BYDAY=1TU,3TU", "The first and third Tuesday of each month"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "The last Friday of each month"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO", "Every other month on the first Monday"),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1", "Every 3 months on the 1st"),
        ("FREQ=MONTHLY;BYMONTHDAY=2,11,23,-1", "The 2nd, 11th, 23rd and last day of each month"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "The last day of each month"),
        ("RDATE;VALUE=DATE:20261203,20261210,20261217", "On 3 December, 10 December and 17 December"),
        ("RDATE;VALUE=DATE:20261101,20261203,20271203", "On 3 December and 3 December 2027"),
        ("RDATE;VALUE=DATE:20261101", "On 1 November 2026"),
    ],
)
def test_days_are_said_in_words(rule: str, words: str) -> None:
    said = text(in_words(line_of(recurrence(rule)), ZONE, TODAY))

    assert said == f"{words}, 19:00 to 21:00 (Europe/London). One person on each shift."


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (line_of(fewest=2, most=2), "Every Tuesday, 19:00 to 21:00 (Europe/London). Two people on each shift."),
        (line_of(fewest=2, most=4), "Every Tuesday, 19:00 to 21:00 (Europe/London). 2 to 4 people on each shift."),
        (line_of(fewest=9, most=9), "Every Tuesday, 19:00 to 21:00 (Europe/London). 9 people on each shift."),
        (
            line_of(time=Time(22), ends=Time(6)),
            "Every Tuesday, 22:00 to 06:00 the next day (Europe/London). One person on each shift.",
        ),
        (line_of(ends=Time(0)), "Every Tuesday, 19:00 to midnight (Europe/London). One person on each shift."),
        (
            line_of(starts=Date(2027, 1, 5), last=Date(2027, 3, 31)),
            "Every Tuesday, 19:00 to 21:00, from 5 January until 31 March (Europe/London). One person on each shift.",
        ),
        (
            line_of(last=Date(2028, 3, 31)),
            "Every Tuesday, 19:00 to 21:00, until 31 March 2028 (Europe/London). One person on each shift.",
        ),
        (
            line_of(starts=Date(2027, 1, 5)),
            "Every Tuesday, 19:00 to 21:00, from 5 January (Europe/London). One person on each shift.",
        ),
    ],
)
def test_hours_people_and_the_stretch_of_dates_are_said(pattern: Pattern, words: str) -> None:
    assert text(in_words(pattern, ZONE, TODAY)) == words


@pytest.mark.parametrize(
    ("closed", "holidays", "words"),
    [
        ((), None, []),
        ((Closure(first=Date(2025, 12, 24), last=Date(2026, 1, 2)),), None, []),
        ((CHRISTMAS,), None, ["Closed 24 December to 2 January."]),
        ((), Nation.NI, ["Closed on bank holidays in Northern Ireland."]),
        (
            (CHRISTMAS, Closure(first=Date(2028, 1, 5), last=Date(2028, 1, 5))),
            Nation.SCOTLAND,
            ["Closed 24 December to 2 January and 5 January 2028, and on bank holidays in Scotland."],
        ),
    ],
)
def test_when_a_rota_is_closed_is_said(closed: tuple[Closure, ...], holidays: Nation | None, words: list[str]) -> None:
    assert [text(line) for line in closing(closed, holidays, TODAY)] == words


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("tusday 19:00", "I need days and a time, such as “every tuesday and thursday 19:00 to 21:00”, "),
        ("tuesday", "I need a time too, such as “tuesday 19:00” or “weekdays 8pm to 10pm”."),
        ("tuesday 9:00 and 20:00", "I need one time, or when it starts and ends, such as “19:00 to 21:00”. "),
        ("daily 19:00 21 people", "A shift is for 1 to 20 people, such as “2 people” or “2 to 4 people”."),
        ("every 60 days 19:00", "I can count up to 52 days, weeks or months, such as "),
        ("31 november 19:00", "There is no such date. I need one such as “3 december”, "),
        ("3 december 2040 19:00", "That is too far away. I need a date in the next 3 years."),
        (";".join(["daily 19:00"] * 8), "I can read up to 7 lines at once. "),
        ("daily 19:00 for 3 days", "I need days and a time, such as "),
        ("daily 19:00 for 30 hours", "I need a length from 5 minutes to 1 day, such as “30 minutes” or “1 hour”."),
    ],
)
def test_a_refusal_says_what_would_work(words: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        When().read(words, HERE)

    assert text(refused.value.say.lines[0]).startswith(sentence)


def test_what_a_refusal_suggests_can_be_read() -> None:
    ids = re.findall(r"^(rota-(?:when|closed)-[a-z-]+) = .*“", FTL, re.MULTILINE)
    suggested = [words for id_ in ids for words in re.findall("“([^”]+)”", text(line(id_, most=2, years=3)))]
    whole = [words for words in suggested if re.search(r"\d(?:pm|:\d\d)", words) and re.search("day|week|dec", words)]

    assert len(whole) >= 10
    assert [
        words for words in whole if not When().read(words.replace("20:00 to 08:00", "daily 20:00 to 08:00"), HERE)
    ] == []


@settings(deadline=None, max_examples=200)
@given(data=st.data(), today=todays)
def test_every_line_in_words_can_be_typed_back_and_means_the_same(data: st.DataObject, today: Date) -> None:
    pattern = data.draw(patterns(today))

    said = When().read(typed(in_words(pattern, ZONE, today)), reading_on(today))

    assert said == (as_said(pattern, today),)


@settings(deadline=None, max_examples=25)
@given(data=st.data(), today=todays)
def test_all_the_lines_of_a_rota_can_be_typed_back_at_once(data: st.DataObject, today: Date) -> None:
    lines = data.draw(st.lists(patterns(today), min_size=1, max_size=7))
    words = "\n".join(typed(in_words(pattern, ZONE, today)) for pattern in lines)
    assume(len(words) <= LONGEST)

    said = When().read(words, reading_on(today))

    assert said == tuple(as_said(pattern, today) for pattern in lines)


@settings(deadline=None, max_examples=200)
@given(words=st.one_of(fragments, sayings, sayings))
def test_whatever_is_read_is_said_in_words_that_read_the_same(words: str) -> None:
    try:
        found = When().read(words, HERE)
    except Refused as refused:
        assert text(refused.say.lines[0])  # noqa: PT017  A refusal has its sentence.
        return
    for said in found:
        pattern = _kept(said)
        assert When().read(typed(in_words(pattern, ZONE, TODAY)), HERE) == (as_said(pattern, TODAY),)


def _kept(said: SaidPattern) -> Pattern:
    return Pattern(
        recurrence=said.recurrence,
        starts=said.starts or TODAY,
        last=said.last,
        time=said.time,
        ends=said.ends or Time(21),
        fewest=said.fewest or 1,
        most=said.most or 1,
    )


@settings(deadline=None, max_examples=60)
@given(data=st.data(), today=todays)
def test_closed_dates_in_words_can_be_typed_back_and_mean_the_same(data: st.DataObject, today: Date) -> None:
    closed = data.draw(st.sets(closures(today), min_size=1, max_size=8))
    in_order = tuple(sorted(closed, key=lambda closure: (closure.first, closure.last)))

    [line] = closing(in_order, None, today)

    assert Closed().read(text(line), reading_on(today)) == in_order


@settings(deadline=None)
@given(today=todays, days=st.sets(st.dates().map(Date), min_size=1, max_size=9))
def test_single_dates_that_are_over_are_said_only_when_all_are(today: Date, days: set[Date]) -> None:
    dates = Dates(days_on=tuple(sorted(days)))

    said = text(in_words(line_of(dates, starts=dates.days_on[0]), ZONE, today))

    shown = [day for day in dates.days_on if day >= today] or dates.days_on
    assert len(re.findall("January|February|March|April|May|June|July|August|Sept|Oct|Nov|Dec", said)) == len(shown)
