"""A rota out of a file: what is in the file is in the rota, and what is not is named with its line."""

import time
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from whenever import Date, Instant, Time

from bot.domain.people import Nation
from bot.domain.reading.files import LARGEST
from bot.domain.rota import exporting
from bot.domain.rota.bringing import bring, fits
from bot.domain.rota.closing import Closure
from bot.domain.rota.importing import MOST_ENTRIES, Wanted
from bot.domain.rota.pattern import Pattern
from bot.domain.rota.recurrence import recurrence
from bot.domain.rota.roster import Roster
from bot.domain.rota.sheet import Sheet
from bot.domain.saying import Refused
from bot.feeds import ReadCalendars, lines
from tests.domain.rota.examples import NOW, rota
from tests.domain.rota.files import (
    APPLE,
    GOOGLE,
    LIBREOFFICE,
    OUTLOOK,
    as_rota,
    brought,
    event,
    said,
    shifts,
    unread,
)


def test_a_calendar_of_google_is_read_with_its_zone_and_nobodys_name() -> None:
    made = brought(GOOGLE)

    assert said(made) == [
        "FREQ=WEEKLY;BYDAY=TU 2026-11-24- 19:00-21:00 1-1",
        "RDATE;VALUE=DATE:20261205 2026-12-05- 10:00-12:00 1-1",
    ]
    assert made.closed == (Closure(first=Date(2026, 12, 29), last=Date(2026, 12, 29)),)
    assert (made.zone, unread(made)) == ("Europe/London", [(27, "rota-file-all-day")])
    assert not [name for name in ("Jo", "Sam", "jo.smith") if name in repr(made)]


def test_a_calendar_of_outlook_is_read_by_what_windows_calls_a_zone() -> None:
    made = brought(OUTLOOK, own="Europe/Paris")

    assert said(made) == ["FREQ=MONTHLY;BYDAY=1TH 2026-12-03-2027-05-06 19:30-21:00 1-1"]
    assert (made.zone, unread(made)) == ("Europe/London", [])


def test_a_calendar_of_apple_keeps_to_its_weeks() -> None:
    made = brought(APPLE)
    dates = list(made.patterns[0].dates(Date(2026, 11, 1), Date(2027, 12, 31)))

    assert said(made) == ["FREQ=WEEKLY;INTERVAL=2;BYDAY=FR 2026-11-27-2027-03-15 22:00-07:00 1-1"]
    assert [each.first for each in made.closed] == dates[1:3]


def test_a_spreadsheet_is_read_whatever_stands_beside_it() -> None:
    made = brought(LIBREOFFICE, people=3)

    assert said(made) == [
        "FREQ=WEEKLY;BYDAY=TU 2026-12-01-2026-12-15 19:00-21:00 2-2",
        "RDATE;VALUE=DATE:20261219 2026-12-19- 10:00-12:00 3-3",
    ]
    assert unread(made) == [(8, "rota-file-no-date")]


@pytest.mark.parametrize("between", [",", ";", "\t"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_columns_may_stand_in_any_order(between: str, ends: str) -> None:
    rows = ["End,Room,Name,DATE,Start,Needed", "21:00,4,Jo,2026-12-01,19:00,2"]

    made = brought(ends.join(rows).replace(",", between))
    assert said(made) == ["RDATE;VALUE=DATE:20261201 2026-12-01- 19:00-21:00 2-4"]


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("2026-12-03", (2026, 12, 3)),
        ("20261203", (2026, 12, 3)),
        ("2026/12/03", (2026, 12, 3)),
        ("2026-12-03 00:00:00", (2026, 12, 3)),
        ("03/12/2026", (2026, 12, 3)),
        ("3.12.26", (2026, 12, 3)),
        ("3-12-2026", (2026, 12, 3)),
        ("Thu 03/12/2026", (2026, 12, 3)),
        ("3 Dec", (2026, 12, 3)),
        ("3-Dec-26", (2026, 12, 3)),
        ("Thursday, 3rd December 2026", (2026, 12, 3)),
        ("December 3, 2026", (2026, 12, 3)),
        ("3 jan", (2027, 1, 3)),
    ],
)
def test_a_date_may_be_written_in_many_ways(words: str, date: tuple[int, int, int]) -> None:
    made = brought(f"date;start\n{words};19:00\n")

    assert [each.starts for each in made.patterns] == [Date(*date)]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("3 dec 2026 or so;19:00;;", "rota-file-no-date"),
        ("31/02/2027;19:00;;", "rota-file-no-date"),
        ("Fri 03/12/2026;19:00;;", "rota-file-weekday"),
        ("03/12/2036;19:00;;", "rota-file-far"),
        ("03/12/2026;;;", "rota-file-no-time"),
        ("03/12/2026;7;;", "rota-file-no-time"),
        ("03/12/2026;25:00;;", "rota-file-no-time"),
        ("03/12/2026;19:00;late;", "rota-file-no-time"),
        ("03/12/2026;19:00;21:00;40", "rota-file-people"),
        ("03/12/2026;19:00;21:00;Jo", "rota-file-people"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_and_the_others_are_read(row: str, why: str) -> None:
    made = brought(f"date;start;end;people\n01/12/2026;19:00;21:00;2\n{row}\n02/12/2026;10:00;11:00;2\n")

    assert unread(made) == [(3, why)]
    assert len(made.patterns) == 2


@pytest.mark.parametrize(
    ("when", "hours"),
    [
        ("7pm;9pm", "19:00-21:00"),
        ("19.00;21.30", "19:00-21:30"),
        ("19:00:00;21:00:00", "19:00-21:00"),
        ("22:00;24:00", "22:00-00:00"),
        ("22:00;06:00", "22:00-06:00"),
        ("noon;", "12:00-13:00"),
        ("19:00 - 21:00;", "19:00-21:00"),
        ("7pm\u20139pm;", "19:00-21:00"),
        ("7pm to 9pm;", "19:00-21:00"),
    ],
)
def test_hours_may_be_written_in_many_ways(when: str, hours: str) -> None:
    made = brought(f"date;start;end\n3 dec;{when}\n")

    assert [each.split()[2] for each in said(made)] == [hours]


def test_a_table_with_the_month_first_is_refused_and_not_guessed_at() -> None:
    with pytest.raises(Refused, match="rota-file-month-first"):
        brought("date,start\n12/03/2026,19:00\n12/25/2026,19:00\n")


def test_one_date_of_each_week_is_one_line_that_comes_round_and_others_are_single_dates() -> None:
    weekly = "\n".join(f"{Date(2026, 12, 1).add(weeks=each)},19:00,21:00" for each in range(5))
    made = brought(f"date,start,end\n{weekly}\n2027-01-09,10:00,11:00\n2026-12-12,10:00,11:00")

    assert said(made) == [
        "FREQ=WEEKLY;BYDAY=TU 2026-12-01-2026-12-29 19:00-21:00 1-1",
        "RDATE;VALUE=DATE:20261212,20270109 2026-12-12- 10:00-11:00 1-1",
    ]


def test_what_is_over_is_left_out_and_counted() -> None:
    made = brought("date,start\n2026-11-01,19:00\n2026-11-22,11:30\n2026-11-22,10:00\n2026-11-23,10:00\n")

    assert (len(said(made)), made.over) == (2, 2)


def test_a_line_that_is_said_twice_is_named() -> None:
    made = brought("date,start,who\n2026-12-01,19:00,Jo\n2026-12-01,19:00,Sam\n")

    assert [(each.number, each.why.args) for each in made.unread] == [(3, {"number": 2})]


def test_the_same_hours_on_several_days_of_the_week_are_one_line() -> None:
    events = [
        ("BEGIN:VEVENT", f"DTSTART:202611{day}T190000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY", "END:VEVENT")
        for day in (23, 24, 26)
    ]
    text = "\n".join(["BEGIN:VCALENDAR", *(line for each in events for line in each), "END:VCALENDAR"])

    assert said(brought(text)) == ["FREQ=WEEKLY;BYDAY=MO,TU,TH 2026-11-23- 19:00-20:00 1-1"]


STARTS = "DTSTART;TZID=Europe/London:20261203T190000"


@pytest.mark.parametrize(
    ("event_lines", "why"),
    [
        (("DTSTART;VALUE=DATE:20261203",), "rota-file-all-day"),
        (("DTEND:20261203T190000",), "rota-file-no-start"),
        (("DTSTART:banana",), "rota-file-broken"),
        ((STARTS, STARTS), "rota-file-broken"),
        (("DTSTART:20261203T190030",), "rota-file-seconds"),
        (("DTSTART:99991203T190000",), "rota-file-far"),
        (("DTSTART;TZID=Mars/Phobos:20261203T190000",), "rota-file-zone"),
        ((STARTS, "DTEND;TZID=Europe/London:20261205T190000"), "rota-file-long"),
        ((STARTS, "DTEND;TZID=Europe/London:20261203T180000"), "rota-file-long"),
        ((STARTS, "DURATION:P2D"), "rota-file-long"),
        ((STARTS, "STATUS:CANCELLED"), "rota-file-cancelled"),
        ((STARTS, "RRULE:FREQ=YEARLY"), "rota-file-rule"),
        ((STARTS, "RRULE:FREQ=SECONDLY;COUNT=999999999"), "rota-file-rule"),
        ((STARTS, "RRULE:FREQ=DAILY;COUNT=99999"), "rota-file-rule"),
        ((STARTS, "RRULE:FREQ=DAILY;BYHOUR=1,2,3"), "rota-file-rule"),
        ((STARTS, "RRULE:FREQ=WEEKLY;BYDAY=TU"), "rota-file-rule"),
        ((STARTS, "RRULE:FREQ=MONTHLY;BYDAY=5TH"), "rota-file-rule"),
        ((STARTS, "RRULE:FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TH,SU"), "rota-file-rule"),
        ((STARTS, "RRULE:FREQ=WEEKLY;UNTIL=00010101T000000Z"), "rota-file-rule"),
        ((STARTS, "RRULE:FREQ=WEEKLY;UNTIL=20260101T000000Z"), None),
        ((STARTS, "EXRULE:FREQ=WEEKLY"), "rota-file-rule"),
        ((STARTS, "RDATE;VALUE=PERIOD:20261204T190000Z/PT1H"), "rota-file-broken"),
    ],
)
def test_an_event_that_a_rota_cannot_say_is_named_and_the_others_are_read(
    event_lines: tuple[str, ...], why: str | None
) -> None:
    text = event(*event_lines).replace("END:VCALENDAR", event("DTSTART:20261207T100000").partition("\n")[2])

    made = brought(text)
    assert unread(made) == ([] if why is None else [(2, why)])
    assert said(made) == ["RDATE;VALUE=DATE:20261207 2026-12-07- 10:00-11:00 1-1"]


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("FREQ=DAILY", "FREQ=DAILY 2026-12-03-"),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR 2026-12-03-"),
        ("FREQ=WEEKLY;WKST=SU", "FREQ=WEEKLY;BYDAY=TH 2026-12-03-"),
        ("FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TH", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH 2026-12-03-"),
        ("FREQ=MONTHLY", "FREQ=MONTHLY;BYMONTHDAY=3 2026-12-03-"),
        ("FREQ=MONTHLY;BYDAY=TH;BYSETPOS=1", "FREQ=MONTHLY;BYDAY=1TH 2026-12-03-"),
        ("FREQ=WEEKLY;COUNT=3", "FREQ=WEEKLY;BYDAY=TH 2026-12-03-2026-12-17"),
        ("FREQ=WEEKLY;UNTIL=20261217", "FREQ=WEEKLY;BYDAY=TH 2026-12-03-2026-12-17"),
        ("FREQ=WEEKLY;UNTIL=20261217T190000Z", "FREQ=WEEKLY;BYDAY=TH 2026-12-03-2026-12-17"),
        ("FREQ=WEEKLY;UNTIL=20261217T185959Z", "FREQ=WEEKLY;BYDAY=TH 2026-12-03-2026-12-16"),
    ],
)
def test_a_rule_that_a_rota_can_have_is_read_in_its_own_words(rule: str, line: str) -> None:
    assert said(brought(event(STARTS, f"RRULE:{rule}"))) == [f"{line} 19:00-20:00 1-1"]


def test_single_dates_that_are_added_and_left_out_are_just_that() -> None:
    dates = "RDATE;TZID=Europe/London:20261210T190000,20261219T190000"
    made = brought(event(STARTS, dates, "EXDATE:20261210T190000Z"))

    assert said(made) == ["RDATE;VALUE=DATE:20261203,20261219 2026-12-03- 19:00-20:00 1-1"]
    assert (made.closed, unread(made)) == ((), [])


def test_a_broken_event_in_the_middle_spoils_no_other() -> None:
    good, *_ = GOOGLE.partition("BEGIN:VEVENT\nDTSTART:2026")
    broken = "BEGIN:VEVENT\nDTSTART:20261\nthis is nothing\nBEGIN:VEVENT\nDTSTART:20261206T100000\nEND:VEVENT\n"

    made = brought(good + broken + "BEGIN:VEVENT\nDTSTART:20261207T110000\n")
    assert unread(made) == [(20, "rota-file-cut"), (26, "rota-file-cut")]
    assert [each.partition(" ")[0] for each in said(made)] == ["FREQ=WEEKLY;BYDAY=TU", "RDATE;VALUE=DATE:20261206"]


def test_a_date_left_out_of_one_line_closes_no_other_line_of_that_day() -> None:
    two = "RRULE:FREQ=DAILY\nEND:VEVENT\nBEGIN:VEVENT\nDTSTART:20261123T100000\nRRULE:FREQ=DAILY"
    made = brought(event("DTSTART:20261123T190000", "EXDATE:20261203T190000", two))

    assert made.closed == ()
    assert unread(made) == [(2, "rota-file-except")]


def test_one_of_a_series_that_is_moved_is_named_and_one_that_is_cancelled_is_left_out() -> None:
    series = (STARTS, "RRULE:FREQ=WEEKLY", "UID:x", "END:VEVENT", "BEGIN:VEVENT", "UID:x")
    moved = brought(
        event(*series, "RECURRENCE-ID;TZID=Europe/London:20261210T190000", "DTSTART;TZID=Europe/London:20261210T200000")
    )
    off = brought(event(*series, "RECURRENCE-ID:20261210T190000Z", "DTSTART:20261210T190000Z", "STATUS:CANCELLED"))

    assert (unread(moved), moved.closed) == ([(7, "rota-file-moved")], ())
    assert (unread(off), [each.first for each in off.closed]) == ([], [Date(2026, 12, 10)])


def test_one_of_a_series_that_is_not_in_the_file_stands_by_itself() -> None:
    made = brought(event("UID:x", "RECURRENCE-ID:20261210T190000", "DTSTART:20261211T200000"))

    assert said(made) == ["RDATE;VALUE=DATE:20261211 2026-12-11- 20:00-21:00 1-1"]
    assert unread(made) == []


def test_of_what_has_gone_nothing_is_named() -> None:
    series = ("DTSTART:20240102T190000", "RRULE:FREQ=WEEKLY", "UID:x", "END:VEVENT", "BEGIN:VEVENT", "UID:x")
    moved = ("RECURRENCE-ID:20240109T190000", "DTSTART:20240109T200000", "END:VEVENT", "BEGIN:VEVENT")
    made = brought(event(*series, *moved, "DTSTART;VALUE=DATE:20251225"))

    assert (len(made.patterns), unread(made), made.over) == (1, [], 2)


def test_what_comes_round_in_another_zone_is_taken_where_it_is_the_same_day_and_that_is_said() -> None:
    paris = event("DTSTART;TZID=Europe/Paris:20261203T200000", "RRULE:FREQ=WEEKLY")
    auckland = event("DTSTART;TZID=Pacific/Auckland:20261203T090000", "RRULE:FREQ=WEEKLY")

    made = brought(paris, zone="Europe/London")
    assert (said(made), made.elsewhere) == (["FREQ=WEEKLY;BYDAY=TH 2026-12-03- 19:00-20:00 1-1"], True)
    assert unread(brought(auckland, zone="Europe/London")) == [(2, "rota-file-other-zone")]
    assert (brought(auckland).zone, brought(auckland).elsewhere) == ("Pacific/Auckland", False)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("date,start\n" + "2026-12-01,19:00\n" * (MOST_ENTRIES + 1), "rota-file-many"),
        ("date,start\n" + "".join(f"2026-12-01,{each}:00\n" for each in range(10, 20)), "rota-file-lines"),
        (
            "date,start\n"
            + "".join(f"{Date(2026, 12, 1).add(days=each * each)},19:00\n" for each in range(31))
            + "".join(f"{Date(2026, 12, 1).add(days=each * each)},20:00\n" for each in range(31)),
            "rota-file-dates",
        ),
        (event("DTSTART:20261123T190000", *["RDATE:20261123T190000,20261124T190000"] * 501), "rota-file-many"),
        ("rota,date,start\nTea time,2026-12-01,19:00\nNights,2026-12-01,22:00\n", "rota-file-which"),
    ],
)
def test_what_is_more_than_a_rota_can_be_is_refused(text: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        brought(text)


def test_of_several_rotas_in_one_file_the_one_of_that_name_is_taken() -> None:
    night = Pattern(recurrence=recurrence("FREQ=DAILY"), starts=Date(2026, 11, 23), time=Time(22), ends=Time(7))
    both = [rota(name="Evening, and tea"), rota(night, id="r2", name="=Nights")]
    sheets = [Sheet(rota=each, roster=Roster()) for each in both]

    for text in (lines(both, NOW).decode(), exporting.table(sheets, NOW)):
        for each in both:
            made = brought(text, name=each.name.upper())
            assert shifts(as_rota(made), NOW, 50) == shifts(each, NOW, 50)


RULES = (
    *("FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU", "FREQ=MONTHLY;BYDAY=1SU,-1SU"),
    *("FREQ=WEEKLY;BYDAY=MO,WE,FR", "FREQ=MONTHLY;BYMONTHDAY=1,-1"),
    "RDATE;VALUE=DATE:20261023,20261025,20270328,20270501",
)
TIMES = (
    (Time(22), Time(7)),
    (Time(19), Time(20, 30)),
    (Time(0, 30), Time(3)),
    (Time(1, 30), Time(2)),
    (Time(9), Time(9)),
)
BEFORE = Instant.from_utc(2026, 10, 20, 12)


@st.composite
def patterns(draw: st.DrawFn) -> Pattern:
    rule = draw(st.sampled_from(RULES))
    time, ends = draw(st.sampled_from(TIMES))
    last = None if rule.startswith("RDATE") else draw(st.sampled_from([None, Date(2027, 4, 20)]))
    starts = Date(2026, 10, 21).add(days=draw(st.integers(-400, 40)))
    fewest = draw(st.integers(1, 3))
    return Pattern(
        recurrence=recurrence(rule), starts=starts, last=last, time=time, ends=ends, fewest=fewest, most=fewest + 1
    )


zones = st.sampled_from(["Europe/London", "Australia/Lord_Howe", "America/St_Johns", "Africa/Casablanca", "UTC"])
CLOSED = (Closure(first=Date(2026, 12, 24), last=Date(2027, 1, 2)),)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(line=patterns(), zone=zones, holidays=st.sampled_from([None, Nation.SCOTLAND]))
@example(
    line=Pattern(recurrence=recurrence("FREQ=DAILY"), starts=Date(2026, 10, 21), time=Time(1, 30), ends=Time(2)),
    zone="Europe/London",
    holidays=Nation.SCOTLAND,
)
def test_a_rota_that_was_written_as_a_calendar_is_read_again_as_it_was(
    line: Pattern, zone: str, holidays: Nation | None
) -> None:
    was = rota(line, closed=CLOSED, holidays=holidays, zone=zone)

    made = brought(lines([was], BEFORE).decode(), now=BEFORE, own=zone)
    assert unread(made) == []
    assert shifts(as_rota(made), BEFORE, 300) == shifts(was, BEFORE, 300)
    assert {(each.fewest, each.most) for each in made.patterns} <= {(line.fewest, line.most)}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(line=patterns(), zone=zones)
def test_a_rota_that_was_written_as_a_table_is_read_again_as_it_was(line: Pattern, zone: str) -> None:
    was = rota(line, closed=CLOSED, zone=zone)
    sheet = Sheet(rota=was, roster=Roster())

    made = brought(exporting.table([sheet], BEFORE), now=BEFORE, own="Asia/Tokyo")
    expected = [(shift.begins, shift.ends) for shift in sheet.within_horizon(BEFORE)]
    assert unread(made) == []
    assert shifts(as_rota(made), BEFORE, 300) == expected
    assert {(each.fewest, each.most) for each in made.patterns} <= {(line.fewest, line.most)}


PIECES = (
    *("BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VALARM", "END:VALARM", "", " folded"),
    *(STARTS, "DTSTART:20261203T190000Z", "DTSTART;VALUE=DATE:20261203", "DTSTART;TZID=:x", "DTSTART;TZID=../..:1"),
    *("DTEND:20261203T200000", "DURATION:-PT1H", "DURATION:PT1H", "DURATION:P9999999999D", "DTSTART:00010101T000000Z"),
    *("RRULE:FREQ=WEEKLY", "RRULE:FREQ=DAILY;COUNT=370", "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=20270101", "RRULE:"),
    *("RRULE:FREQ=DAILY;UNTIL=99991231T235959Z", "RRULE:FREQ=DAILY;UNTIL=20269999", "RRULE:FREQ=WEEKLY;INTERVAL=0"),
    *("EXDATE:20261210T190000", "EXDATE;VALUE=DATE:20261210", "RDATE:20261211T190000", "RDATE:x", "EXDATE:"),
    *("RECURRENCE-ID:20261210T190000", "STATUS:CANCELLED", "UID:x", "SUMMARY:Tea", "X-WR-TIMEZONE:Europe/Paris"),
    *("PRODID:-//Alongside//Rotas for peer-support groups//EN", "X-ALONGSIDE-PEOPLE:2-4", "RRULE;X=:FREQ=DAILY"),
)
ROWS = ("date,start,end,needed,room,zone,rota", "2026-12-01,19:00", '"', "a;b;c", "2026-12-02,19:00,21:00,2,x,Mars")
texts = st.one_of(
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=20)), max_size=25).map("\n".join),
    st.lists(st.one_of(st.sampled_from(ROWS), st.text(max_size=20)), max_size=10).map("\n".join),
    st.lists(st.sampled_from(PIECES), max_size=25).map(lambda each: "\r\n".join(["BEGIN:VCALENDAR", *each])),
    st.lists(st.text(alphabet="0123456789/.-: ,;\"'apmdectu\n", max_size=30), max_size=9).map(
        lambda each: "\n".join(["date,start,end,end date,people,zone", *each])
    ),
)


@settings(max_examples=150, deadline=None)
@given(text=texts)
def test_nothing_that_a_file_holds_does_any_harm(text: str) -> None:
    fits(text)
    with suppress(Refused):
        made = brought(text)
        assert all(1 <= each.number <= text.count("\n") + text.count("\r") + 1 for each in made.unread)
        assert all(each[1] > NOW for each in shifts(as_rota(made), NOW, 30))


def _bombs() -> dict[str, str]:
    folded = event("DTSTART:20261203T190000", "EXDATE:2026\n" + " 1210T190000,2026\n" * 14_000)
    rule = "DTSTART:19700101T190000\nRRULE:FREQ=DAILY;COUNT=370\nEND:VEVENT\nBEGIN:VEVENT\n"
    return {
        "nothing but beginnings": "BEGIN:VCALENDAR\n" + "BEGIN:A\n" * 16_000 + "END:B\n" * 20_000,
        "events without end": "BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\n" * 19_000,
        "rules that are counted": event(rule * 499 + "DTSTART:20261203T190000"),
        "folded": folded,
        "one long line": "date,start\n" + "a" * 250_000,
        "one long quote": 'date,start\n"' + '""' * 125_000,
        "one cell": "date,start\n2026-12-01," + " " * 240_000 + "19:00",
        "many columns": "date,start" + ",x" * 120_000,
        "spaces": "BEGIN:VCALENDAR\n" + " " * 250_000,
        "an unescaped title": event("SUMMARY:" + "\\" * 250_000),
    }


@pytest.mark.parametrize("name", sorted(_bombs()))
def test_no_file_of_the_size_that_is_taken_keeps_the_bot_long(name: str) -> None:
    text = _bombs()[name]
    assert len(text) <= LARGEST + 1000

    began = time.process_time()
    with suppress(Refused):
        fits(text)
        bring(text, Wanted(name="Tea", own="Europe/London", now=NOW), ReadCalendars())
    assert time.process_time() - began < 2
