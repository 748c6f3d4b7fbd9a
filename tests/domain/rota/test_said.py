"""How people say when a rota's shifts are, when it is closed, and on whose bank holidays; and that no more is taken."""

import logging
import re
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lark import Lark
from whenever import Date, Time, Weekday

from bot.domain.commands import Kind
from bot.domain.people import Nation
from bot.domain.rota.closing import Closure
from bot.domain.rota.grammar import GRAMMAR
from bot.domain.rota.recurrence import Dates, Frequency, Recurrence, Rule, recurrence, weekly
from bot.domain.rota.said import LONGEST, Closed, Holidays, SaidPattern, When
from bot.domain.saying import Refused
from tests.domain.rota.said import HERE, fragments, reading_on, sayings

MON, TUE, WED, THU, FRI, SAT, SUN = Weekday
DAILY = Rule(frequency=Frequency.DAILY)
WEEKDAYS = weekly((MON, TUE, WED, THU, FRI))
CHRISTMAS, NEW_YEAR = Date(2026, 12, 24), Date(2027, 1, 2)
JANUARY, MARCH = Date(2027, 1, 5), Date(2027, 3, 31)


def on(*dates: Date) -> Dates:
    return Dates(days_on=dates)


def evening(days: Recurrence = DAILY, **others: object) -> SaidPattern:
    """Return what is said by "20:00" and the others."""
    return SaidPattern(recurrence=days, time=Time(20), **others)  # type: ignore[arg-type]  # Any field.


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("daily 20:00", "FREQ=DAILY"),
        ("every day at 20:00", "FREQ=DAILY"),
        ("everyday 20:00", "FREQ=DAILY"),
        ("mon-sun 20:00", "FREQ=DAILY"),
        ("weekdays and weekends 20:00", "FREQ=DAILY"),
        ("every other week on mon-sun 20:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR,SA,SU"),
        ("every 2 days 20:00", "FREQ=DAILY;INTERVAL=2"),
        ("every other day 20:00", "FREQ=DAILY;INTERVAL=2"),
        ("every third day 20:00", "FREQ=DAILY;INTERVAL=3"),
        ("every tuesday and thursday 20:00", "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("every tuesday and every thursday 20:00", "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("20:00 tuesdays & thursdays", "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("wed mon 20:00", "FREQ=WEEKLY;BYDAY=MO,WE"),
        ("weekdays 20:00", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("every weekday 20:00", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("weekends 20:00", "FREQ=WEEKLY;BYDAY=SA,SU"),
        ("mon-fri 20:00", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("from monday to friday at 20:00", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("fri-mon 20:00", "FREQ=WEEKLY;BYDAY=MO,FR,SA,SU"),
        ("mon-wed and sat 20:00", "FREQ=WEEKLY;BYDAY=MO,TU,WE,SA"),
        ("weekly on monday 20:00", "FREQ=WEEKLY;BYDAY=MO"),
        ("every other tuesday 20:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("fortnightly on tuesday and friday 20:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,FR"),
        ("every fortnight on tuesday 20:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("every second week on monday and wednesday at 20:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE"),
        ("every other week on tuesday and thursday 20:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH"),
        ("every 3 weeks on sunday 20:00", "FREQ=WEEKLY;INTERVAL=3;BYDAY=SU"),
        ("every three weeks on sunday 20:00", "FREQ=WEEKLY;INTERVAL=3;BYDAY=SU"),
        ("first and third tuesday of the month 20:00", "FREQ=MONTHLY;BYDAY=1TU,3TU"),
        ("every 2nd tuesday of the month 20:00", "FREQ=MONTHLY;BYDAY=2TU"),
        ("last friday of each month 20:00", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("every second month on the first monday 20:00", "FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO"),
        ("monthly on the last sunday 20:00", "FREQ=MONTHLY;BYDAY=-1SU"),
        ("on the 1st and 15th of the month 20:00", "FREQ=MONTHLY;BYMONTHDAY=1,15"),
        ("every month on the 15th and 1st 20:00", "FREQ=MONTHLY;BYMONTHDAY=1,15"),
        ("last day of the month 20:00", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("the 1st and the last day of every month 20:00", "FREQ=MONTHLY;BYMONTHDAY=1,-1"),
        ("3 dec, 10 dec and 17 dec 20:00", "RDATE;VALUE=DATE:20261203,20261210,20261217"),
        ("thursday 3rd of december at 20:00", "RDATE;VALUE=DATE:20261203"),
        ("december 3 20:00", "RDATE;VALUE=DATE:20261203"),
        ("26 november 20:00", "RDATE;VALUE=DATE:20261126"),
        ("25 november 20:00", "RDATE;VALUE=DATE:20271125"),
        ("3 december 2028 20:00", "RDATE;VALUE=DATE:20281203"),
        ("2027-12-03, 03/12 and 04/12/2028 20:00", "RDATE;VALUE=DATE:20261203,20271203,20281204"),
    ],
)
def test_days_are_read_in_plain_words(words: str, rule: str) -> None:
    assert When().read(words, HERE) == (evening(recurrence(rule)),)


@pytest.mark.parametrize(
    ("words", "time", "ends"),
    [
        ("19:00", Time(19), None),
        ("19.30", Time(19, 30), None),
        ("8pm", Time(20), None),
        ("8 pm", Time(20), None),
        ("7.30pm", Time(19, 30), None),
        ("12am", Time(0), None),
        ("12pm", Time(12), None),
        ("noon", Time(12), None),
        ("at midday", Time(12), None),
        ("midnight", Time(0), None),
        ("19:00-21:00", Time(19), Time(21)),
        ("19:00 \u2013 21:00", Time(19), Time(21)),
        ("8pm to 10pm", Time(20), Time(22)),
        ("from 19:00 until 21:00", Time(19), Time(21)),
        ("19:00 till midnight", Time(19), Time(0)),
        ("22:00-06:00", Time(22), Time(6)),
        ("22:00 to 06:00 the next day", Time(22), Time(6)),
        ("09:00-09:00", Time(9), Time(9)),
        ("19:00 for two hours", Time(19), Time(21)),
        ("for 90 minutes at 19:00", Time(19), Time(20, 30)),
        ("19:00, 1h30", Time(19), Time(20, 30)),
        ("23:30 for an hour and a half", Time(23, 30), Time(1)),
        ("19:00 for 24 hours", Time(19), Time(19)),
    ],
)
def test_a_time_and_an_end_are_read(words: str, time: Time, ends: Time | None) -> None:
    assert When().read(f"daily {words}", HERE) == (SaidPattern(recurrence=DAILY, time=time, ends=ends),)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("daily 20:00, two people", evening(fewest=2, most=2)),
        ("daily 20:00 for 2 people", evening(fewest=2, most=2)),
        ("2 to 4 people daily 20:00", evening(fewest=2, most=4)),
        ("daily 20:00 1-3 people", evening(fewest=1, most=3)),
        ("daily 20:00. one person on each shift.", evening(fewest=1, most=1)),
        ("daily 20:00 for 1 hour 2 people", evening(ends=Time(21), fewest=2, most=2)),
        ("daily 20:00 until 31 march", evening(last=MARCH)),
        ("daily 20:00 from 5 january", evening(starts=JANUARY)),
        ("daily 20:00 from 5 january until 31 march", evening(starts=JANUARY, last=MARCH)),
        ("from 5 january to 31 march daily 20:00", evening(starts=JANUARY, last=MARCH)),
        ("daily 20:00 from 5 april until 31 march 2028", evening(starts=Date(2027, 4, 5), last=Date(2028, 3, 31))),
        ("daily 20:00 from 1 november until 31 march", evening(starts=Date(2026, 11, 1), last=MARCH)),
        ("mon-fri 20:00 until 31 march", evening(WEEKDAYS, last=MARCH)),
        ("EVERY  Tuesday\u00a0@ 20:00", evening(weekly((TUE,)))),
    ],
)
def test_people_and_a_stretch_of_dates_are_read(words: str, said: SaidPattern) -> None:
    assert When().read(words, HERE) == (said,)


@pytest.mark.parametrize("between", ["; ", "\n", "\r\n", " and also ", ", and also "])
def test_several_lines_are_read_one_by_one(between: str) -> None:
    said = When().read(f"weekdays 20:00-21:00{between}saturday 20:00, 2 people", HERE)

    assert said == (evening(WEEKDAYS, ends=Time(21)), evening(weekly((SAT,)), fewest=2, most=2))


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("", "rota-when-unclear"),
        (" ;\n", "rota-when-unclear"),
        ("soon", "rota-when-unclear"),
        ("tusday 19:00", "rota-when-unclear"),
        ("every third moon 19:00", "rota-when-unclear"),
        ("tuesday 25:00", "rota-when-unclear"),
        ("tuesday 19:60", "rota-when-unclear"),
        ("tuesday 13pm", "rota-when-unclear"),
        ("tuesday 0am", "rota-when-unclear"),
        ("tuesday 119:00", "rota-when-unclear"),
        ("tuesday 19:000", "rota-when-unclear"),
        ("tuesday 8-10pm", "rota-when-unclear"),
        ("tuesday 19:00 2 people 3 people", "rota-when-unclear"),
        ("tuesday 19:00 thursday", "rota-when-unclear"),
        ("3 dec 19:00 until 10 dec", "rota-when-unclear"),
        ("3th dec 19:00", "rota-when-unclear"),
        ("1th of the month 19:00", "rota-when-unclear"),
        ("every first week on monday 19:00", "rota-when-unclear"),
        ("40th of the month 19:00", "rota-when-unclear"),
        ("last of the month 19:00", "rota-when-unclear"),
        ("last day tuesday of the month 19:00", "rota-when-unclear"),
        ("tuesday\u202e 19:00", "rota-when-unclear"),
        ("tuesday \uff11\uff19:00", "rota-when-unclear"),
        ("daily 20:00 from 5 january to 31 march until 1 april", "rota-when-unclear"),
        ("tuesday", "rota-when-no-time"),
        ("every tuesday, two people", "rota-when-no-time"),
        ("tuesday 19", "rota-when-no-time"),
        ("19:00", "rota-when-no-days"),
        ("19:00 to 21:00, two people", "rota-when-no-days"),
        ("tuesday 19:00 and 20:00", "rota-when-times"),
        ("tuesday 19:00, thursday 20:00", "rota-when-unclear"),
        ("daily 19:00-21:00 for two hours", "rota-when-ends"),
        ("daily 19:00-21:00 the next day", "rota-when-day"),
        ("daily 19:00 for 25 hours", "length-unclear"),
        ("daily 19:00 for 2 minutes", "length-unclear"),
        ("daily 19:00 21 people", "rota-when-people"),
        ("daily 19:00 0 people", "rota-when-people"),
        ("daily 19:00 4 to 2 people", "rota-when-fewest"),
        ("every second tuesday 19:00", "rota-when-which-week"),
        ("first tuesday 19:00", "rota-when-unclear"),
        ("mon-fri 19:00 every", "rota-when-unclear"),
        ("every first tuesday 19:00", "rota-when-which-week"),
        ("every other tuesday and thursday 19:00", "rota-when-which-week"),
        ("every other weekday 19:00", "rota-when-which-week"),
        ("fifth tuesday of the month 19:00", "rota-when-fifth"),
        ("31st of the month 19:00", "rota-when-month-day"),
        ("every 53 days 19:00", "rota-when-apart"),
        ("every 0 weeks on monday 19:00", "rota-when-apart"),
        ("31 november 19:00", "rota-when-no-date"),
        ("29 february 19:00", "rota-when-no-date"),
        ("2027-02-30 19:00", "rota-when-no-date"),
        ("31/13 19:00", "rota-when-no-date"),
        ("tuesday 3 dec 19:00", "rota-when-weekday"),
        ("3 dec 2025 19:00", "day-past"),
        ("daily 19:00 until 3 dec 2025", "day-past"),
        ("3 dec 2036 19:00", "rota-when-far"),
        ("daily 19:00 from 31 march 2027 until 5 january 2027", "rota-when-order"),
        ("; ".join(["daily 20:00"] * 8), "rota-when-lines"),
        ("daily 20:00" + " " * LONGEST, "line-long"),
    ],
)
def test_what_is_not_sure_is_refused_with_what_would_work(words: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        When().read(words, HERE)

    assert refused.value.say.lines[0].id == reason


@pytest.mark.parametrize(
    ("words", "closures"),
    [
        ("24 dec to 2 jan", [(CHRISTMAS, NEW_YEAR)]),
        ("24 Dec \u2013 2 Jan", [(CHRISTMAS, NEW_YEAR)]),
        ("from 24 december until 2 january", [(CHRISTMAS, NEW_YEAR)]),
        ("Closed 24 December to 2 January.", [(CHRISTMAS, NEW_YEAR)]),
        ("20 nov to 30 nov", [(Date(2026, 11, 20), Date(2026, 11, 30))]),
        ("25 dec", [(Date(2026, 12, 25), Date(2026, 12, 25))]),
        ("5 jan, 24 dec to 2 jan and 24 dec - 2 jan", [(CHRISTMAS, NEW_YEAR), (JANUARY, JANUARY)]),
        ("5 jan\n24 dec to 2 jan", [(CHRISTMAS, NEW_YEAR), (JANUARY, JANUARY)]),
        ("24 dec 2026 to 31 march", [(CHRISTMAS, MARCH)]),
        ("none", []),
    ],
)
def test_closed_dates_are_read(words: str, closures: Iterable[tuple[Date, Date]]) -> None:
    assert Closed().read(words, HERE) == tuple(Closure(first=first, last=last) for first, last in closures)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("", "rota-closed-unclear"),
        ("sunday", "rota-closed-unclear"),
        ("open", "rota-closed-unclear"),
        ("24 dec to", "rota-closed-unclear"),
        ("24 dec 19:00", "rota-closed-unclear"),
        ("31 nov", "rota-when-no-date"),
        ("24 dec 2024 to 2 jan 2025", "day-past"),
        ("5 jan 2027 to 24 dec 2026", "rota-when-order"),
        ("5 jan 2036", "rota-when-far"),
        ("5 jan" * LONGEST, "line-long"),
    ],
)
def test_what_is_not_a_closed_date_is_refused(words: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        Closed().read(words, HERE)

    assert refused.value.say.lines[0].id == reason


@pytest.mark.parametrize(
    ("word", "nation"),
    [("Scotland", Nation.SCOTLAND), ("northern ireland", Nation.NI), ("cymru", Nation.WALES), ("open", None)],
)
def test_bank_holidays_are_read(word: str, nation: Nation | None) -> None:
    assert Holidays().read(word, HERE) is nation


def test_another_country_is_refused() -> None:
    with pytest.raises(Refused):
        Holidays().read("france", HERE)


def read(kind: Kind, words: str) -> object:
    """Return what was read, or None when it was refused; any other error fails the test."""
    try:
        return kind.read(words, HERE)
    except Refused as refused:
        assert refused.say.lines  # noqa: PT017  Both ends are fine; only another error is not.
        return None


@settings(deadline=None)
@given(words=st.one_of(st.text(max_size=80), fragments, st.from_regex(r"[0-9]{0,9}(st|:| |/|-)[0-9]{0,9}")))
def test_any_words_at_all_are_read_or_refused(words: str) -> None:
    for kind in (When(), Closed(), Holidays()):
        read(kind, words)


SAYINGS = (
    "every tuesday and thursday 19:00-21:00, two people",
    "every second week on monday and wednesday at 7.30pm for two hours, three to four people",
    "first and third tuesday of the month 19:00 from 5 january until 31 march",
    "every second month on the last friday noon until midnight",
    "on the 1st, 15th and last day of the month 12:00",
    "fortnightly on wednesday 19:00, one person; every fortnight on sunday 19:00; monthly on the fourth friday noon",
    "daily 20:00, four people; weekly on saturday at midday for half an hour",
    "3 december, 10 december and wednesday 16 december 2026 19:00; weekdays 8pm to 10pm and also every other day 6am",
)


@pytest.mark.parametrize("words", SAYINGS)
def test_a_slip_of_the_pen_is_refused_or_means_the_same(words: str) -> None:
    meant, slips = read(When(), words), set[str]()
    for found in re.finditer("[a-z]", words):
        before, letter, after = words[: found.start()], found[0], words[found.end() :]
        slips |= {before + after, before + 2 * letter + after, before + after[:1] + letter + after[1:]}

    assert meant is not None
    assert {slip for slip in slips if read(When(), slip) not in {None, meant}} == set()


@settings(deadline=None)
@given(
    words=st.sampled_from(SAYINGS),
    spaces=st.sampled_from(("  ", "\u00a0", " \t ")),
    dash=st.sampled_from("-\u2013\u2014"),
)
def test_capitals_spaces_and_dashes_change_nothing(words: str, spaces: str, dash: str) -> None:
    changed = words.replace("-", dash).replace(" ", spaces).replace(" at ", " @ ").replace(" and 1", " & 1")

    assert read(When(), changed.upper().replace("\t", " ")) == read(When(), words) is not None


def test_no_text_has_two_readings(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="lark"):
        Lark(GRAMMAR, parser="lalr", lexer="basic", start=["when", "closed"], debug=True)

    assert [record.getMessage() for record in caplog.records if "onflict" in record.getMessage()] == []


def test_no_word_can_take_long_to_find() -> None:
    reader = Lark(GRAMMAR, parser="lalr", lexer="basic", start=["when", "closed"])

    widths = {each.name: each.pattern.max_width for each in reader.terminals if each.name not in reader.ignore_tokens}
    ignored = {each.pattern.to_regexp() for each in reader.terminals if each.name in reader.ignore_tokens}

    # Each is tried once at each letter, and looks no further than this: the time grows as the text does.
    assert max(widths.values()) < 60
    assert ignored == {"[ ,&@]+|[.](?![^ ])", r"(?:and|at|on|the|for|with|closed)\b"}


def test_the_date_of_a_word_depends_on_the_day_it_is_said() -> None:
    leap, new_years_eve = reading_on(Date(2027, 3, 1)), reading_on(Date(2026, 12, 31))

    assert When().read("29 february 20:00", leap) == (evening(on(Date(2028, 2, 29))),)
    assert Closed().read("24 dec to 2 jan", new_years_eve) == (Closure(first=CHRISTMAS, last=NEW_YEAR),)


@settings(deadline=None)
@given(words=sayings)
def test_the_parts_of_a_line_may_come_in_any_order(words: str) -> None:
    assert read(When(), words) or (re.search("3 dec|9 dec", words) and re.search("from|until", words))
