"""How days and times, a shift's day and a rota's name are read; and that nothing else is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whenever import Date, Instant, Time, TimeDelta, Weekday

from bot.cogs.rota.commands import JOIN, NEW
from bot.domain.commands import Command, Reading
from bot.domain.rota.naming import sheet_meant, shift_meant
from bot.domain.rota.pattern import Pattern
from bot.domain.rota.reading import Meant, SaidDay, ShiftDay, When, Which
from bot.domain.rota.roster import Sheet
from bot.domain.saying import Refused
from bot.domain.typed import options_in
from tests.domain.rota.examples import DAILY, NOW, rota, sheet

HERE = Reading(now=NOW, zone="Europe/London")
MON, TUE, WED, THU, FRI, SAT, SUN = Weekday


@pytest.mark.parametrize(
    ("words", "days", "time"),
    [
        ("every Tuesday and Thursday 19:00", (TUE, THU), Time(19)),
        ("daily 20:00", tuple(Weekday), Time(20)),
        ("every day at 8pm", tuple(Weekday), Time(20)),
        ("weekdays 8 pm", (MON, TUE, WED, THU, FRI), Time(20)),
        ("mon, wed 19:00", (MON, WED), Time(19)),
        ("wed mon 7.30pm", (MON, WED), Time(19, 30)),
        ("sat 10:00", (SAT,), Time(10)),
        ("on Sundays at noon", (SUN,), Time(12)),
        ("10am weekends", (SAT, SUN), Time(10)),
        ("mon to fri 12am", (MON, TUE, WED, THU, FRI), Time(0)),
        ("fri-mon 12pm", (MON, FRI, SAT, SUN), Time(12)),
        ("every Monday and Tuesday and Wednesday and Friday at 19:00", (MON, TUE, WED, FRI), Time(19)),
    ],
)
def test_days_and_a_time_are_read_in_plain_words(words: str, days: tuple[Weekday, ...], time: Time) -> None:
    assert When().read(words, HERE) == Pattern(days=days, time=time)


@pytest.mark.parametrize(
    "words",
    [
        "tuesday",
        "19:00",
        "tuesday 19",
        "tuesday 25:00",
        "tuesday 19:60",
        "tuesday 13pm",
        "tuesday 0am",
        "tuesday 19:00 and 20:00",
        "every other tuesday 19:00",
        "fortnightly tuesday 19:00",
        "every third moon 19:00",
        "tuesday 119:00",
        "tuesday 19:000",
        "",
        "tuesday\u202e 19:00",
    ],
)
def test_what_is_not_sure_is_refused_with_what_would_work(words: str) -> None:
    with pytest.raises(Refused) as refused:
        When().read(words, HERE)

    assert refused.value.say.lines[0].id == "rota-when-unclear"


@settings(deadline=None)
@given(words=st.text(max_size=80))
def test_any_words_at_all_are_read_or_refused(words: str) -> None:
    for kind in (When(), ShiftDay(), Which()):
        try:
            kind.read(words, HERE)
        except Refused as refused:
            assert refused.say.lines  # noqa: PT017  Both ends are fine; only another error is not.


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("tuesday", SaidDay(dates=(Date(2026, 11, 24), Date(2026, 12, 1)))),
        ("sunday", SaidDay(dates=(Date(2026, 11, 22), Date(2026, 11, 29)))),
        ("3 dec", SaidDay(dates=(Date(2026, 12, 3),))),
        ("thursday the 3rd of december", SaidDay(dates=(Date(2026, 12, 3),))),
        ("03/12", SaidDay(dates=(Date(2026, 12, 3),))),
        ("today", SaidDay(dates=(Date(2026, 11, 22),))),
        ("tonight", SaidDay(dates=(Date(2026, 11, 22),))),
        ("tomorrow", SaidDay(dates=(Date(2026, 11, 23),))),
        ("2026-12-03", SaidDay(dates=(Date(2026, 12, 3),), own=True)),
        ("2026-11-21", SaidDay(dates=(Date(2026, 11, 21),), own=True)),
    ],
)
def test_the_day_of_a_shift_is_read(words: str, said: SaidDay) -> None:
    assert ShiftDay().read(words, HERE) == said


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("1 tuesday", "day-unclear"),
        ("tuesday evening", "day-unclear"),
        ("2026-02-30", "day-unclear"),
        ("2026-11-01", "day-past"),
        ("2036-11-01", "day-far"),
        ("soon", "day-unclear"),
    ],
)
def test_what_is_not_a_day_of_a_shift_is_refused(words: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        ShiftDay().read(words, HERE)

    assert refused.value.say.lines[0].id == reason


EVENING = sheet()
NIGHT = Sheet(rota=rota(id="r2", number=2, name="Tuesday night"), roster=EVENING.roster)


def joined(typed: str, *sheets: Sheet) -> tuple[str, Date | None, bool]:
    """Return the rota, the shift's date and "every week" that a typed line means."""
    words = options_in(typed, JOIN, HERE)
    values = read(JOIN, typed)
    ways = values.get("rota")
    assert ways is None or isinstance(ways, tuple)
    found, meant = sheet_meant(sheets, ways)
    said = values.get("date") or meant.day
    assert said is None or isinstance(said, SaidDay)
    shift = shift_meant(found.rota, said, "Europe/London", NOW) if said else None
    return found.rota.name, shift.date if shift else None, meant.weekly or words.get("every", "").startswith("every")


def read(command: Command, typed: str) -> dict[str, object]:
    words = options_in(typed, command, HERE)
    return {
        option.name: option.kind.read(words[option.name], HERE) for option in command.options if option.name in words
    }


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1 tuesday", ("Evening check-in", Date(2026, 11, 24), False)),
        ("evening check-in, 3 dec", ("Evening check-in", Date(2026, 12, 3), False)),
        ("evening check-in 3 dec", ("Evening check-in", Date(2026, 12, 3), False)),
        ("EVENING thursday", ("Evening check-in", Date(2026, 11, 26), False)),
        ("1 2026-12-03", ("Evening check-in", Date(2026, 12, 3), False)),
        ("1 every week", ("Evening check-in", None, True)),
        ("1 tuesday every week", ("Evening check-in", Date(2026, 11, 24), True)),
        ("1 every tuesday", ("Evening check-in", Date(2026, 11, 24), True)),
        ("rota: 1, date: tuesday", ("Evening check-in", Date(2026, 11, 24), False)),
        ("tuesday night", ("Tuesday night", None, False)),
        ("tuesday night tuesday", ("Tuesday night", Date(2026, 11, 24), False)),
        ("2", ("Tuesday night", None, False)),
    ],
)
def test_a_typed_line_finds_its_rota_and_its_day(typed: str, meant: tuple[str, Date | None, bool]) -> None:
    assert joined(typed, EVENING, NIGHT) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", ("Evening check-in", None, False)),
        ("tuesday", ("Evening check-in", Date(2026, 11, 24), False)),
        ("every week", ("Evening check-in", None, True)),
        ("tuesday every week", ("Evening check-in", Date(2026, 11, 24), True)),
    ],
)
def test_the_only_rota_need_not_be_named(typed: str, meant: tuple[str, Date | None, bool]) -> None:
    assert joined(typed, EVENING) == meant


@pytest.mark.parametrize(
    ("typed", "sheets", "reason"),
    [
        ("tuesday", (EVENING, NIGHT), "rota-which"),
        ("morning", (EVENING, NIGHT), "rota-unknown"),
        ("r1", (EVENING, NIGHT), "rota-unknown"),
        ("3", (EVENING, NIGHT), "rota-unknown"),
        ("e", (EVENING,), "rota-unknown"),
        ("", (), "rota-none"),
        ("1 wednesday", (EVENING,), "rota-no-shift"),
    ],
)
def test_a_rota_or_a_day_that_is_not_there_is_refused(typed: str, sheets: tuple[Sheet, ...], reason: str) -> None:
    with pytest.raises(Refused) as refused:
        joined(typed, *sheets)

    assert refused.value.say.lines[0].id == reason


def test_a_day_means_the_day_where_the_person_is_and_a_dated_button_the_rotas_own() -> None:
    late = rota(pattern=DAILY).pattern
    example = rota(pattern=Pattern(days=late.days, time=Time(2)))
    tuesday = Date(2026, 11, 24)

    spoken = shift_meant(example, SaidDay(dates=(tuesday,)), "America/New_York", NOW)
    pressed = shift_meant(example, SaidDay(dates=(tuesday,), own=True), "America/New_York", NOW)

    assert (spoken.date, pressed.date) == (Date(2026, 11, 25), tuesday)


def test_a_shift_that_outlasts_midnight_can_be_named_until_its_end() -> None:
    example = rota(pattern=Pattern(days=(TUE,), time=Time(23)), length=TimeDelta(hours=3))
    after_midnight = Instant.from_utc(2026, 11, 25, 1)

    shift = shift_meant(example, SaidDay(dates=(Date(2026, 11, 24),), own=True), "Europe/London", after_midnight)

    assert shift.date == Date(2026, 11, 24)


@pytest.mark.parametrize(
    "typed",
    [
        "Evening check-in, every tuesday and thursday 19:00, 90 minutes, 2 people, words: Hello all",
        "evening check-in, 2 people, tuesday and thursday at 7pm, 1h30, Hello all",
        "name: Evening check-in, when: thu tue 19:00, length: 90m, people: 2, Hello all",
    ],
)
def test_a_new_rota_is_read_from_one_typed_line(typed: str) -> None:
    values = read(NEW, typed)

    assert str(values["name"]).casefold() == "evening check-in"
    assert values["when"] == Pattern(days=(TUE, THU), time=Time(19))
    assert (values["length"], values["people"], values["words"]) == (TimeDelta(minutes=90), 2, "Hello all")


def test_a_long_way_of_saying_when_leaves_no_word_over() -> None:
    values = read(NEW, "Evening, every monday and wednesday and friday at 19:00")

    assert values == {"name": "Evening", "when": Pattern(days=(MON, WED, FRI), time=Time(19))}


def test_which_gives_the_longest_name_first() -> None:
    assert Which().read("tuesday night tuesday", HERE)[:2] == (
        Meant(name="tuesday night tuesday"),
        Meant(name="tuesday night", day=SaidDay(dates=(Date(2026, 11, 24), Date(2026, 12, 1)))),
    )
