"""How a shift's day and a rota's name are read; and that nothing else is."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whenever import Date, Instant, Time, TimeDelta, Weekday

from bot.cogs.rota.commands import JOIN, NEW
from bot.domain.commands import Command, Reading
from bot.domain.rota.naming import sheet_meant, shift_meant
from bot.domain.rota.reading import EVERY, Meant, SaidDay, ShiftDay, Which
from bot.domain.rota.recurrence import weekly
from bot.domain.rota.said import SaidPattern
from bot.domain.rota.sheet import Sheet
from bot.domain.saying import Refused
from bot.domain.typed import options_in
from tests.domain.rota.examples import DAILY, NOW, TUESDAYS_AND_THURSDAYS, rota, sheet

HERE = Reading(now=NOW, zone="Europe/London")
MON, TUE, WED, THU, FRI, SAT, SUN = Weekday


@settings(deadline=None)
@given(words=st.text(max_size=80))
def test_any_words_at_all_are_read_or_refused(words: str) -> None:
    for kind in (ShiftDay(), Which()):
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
        ("2026-12-03/12", SaidDay(dates=(Date(2026, 12, 3),), own=True, pattern=12)),
        ("tuesday 9pm", SaidDay(dates=(Date(2026, 11, 24), Date(2026, 12, 1)), time=Time(21))),
        ("3 dec at 21:30", SaidDay(dates=(Date(2026, 12, 3),), time=Time(21, 30))),
        ("tomorrow at noon", SaidDay(dates=(Date(2026, 11, 23),), time=Time(12))),
        ("03/12 12.15am", SaidDay(dates=(Date(2026, 12, 3),), time=Time(0, 15))),
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
        ("9pm", "day-unclear"),
        ("tuesday 25:00", "day-unclear"),
        ("tuesday 13pm", "day-unclear"),
        ("2026-12-03/x", "day-unclear"),
    ],
)
def test_what_is_not_a_day_of_a_shift_is_refused(words: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        ShiftDay().read(words, HERE)

    assert refused.value.say.lines[0].id == reason


EVENING = sheet()
NIGHT = Sheet(rota=rota(id="r2", number=2, name="Tuesday night"), roster=EVENING.roster)


def joined(typed: str, *sheets: Sheet) -> tuple[str, Date | None, int]:
    """Return the rota, the shift's date and how many weeks apart a typed line means."""
    values = read(JOIN, typed)
    ways = values.get("rota")
    assert ways is None or isinstance(ways, tuple)
    found, meant = sheet_meant(sheets, ways)
    said = values.get("date") or meant.day
    assert said is None or isinstance(said, SaidDay)
    shift = shift_meant(found.rota, said, "Europe/London", NOW) if said else None
    return found.rota.name, shift.date if shift else None, meant.every or EVERY[str(values.get("every", "once"))]


def read(command: Command, typed: str) -> dict[str, object]:
    words = options_in(typed, command, HERE)
    return {
        option.name: option.kind.read(words[option.name], HERE) for option in command.options if option.name in words
    }


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1 tuesday", ("Evening check-in", Date(2026, 11, 24), 0)),
        ("evening check-in, 3 dec", ("Evening check-in", Date(2026, 12, 3), 0)),
        ("evening check-in 3 dec", ("Evening check-in", Date(2026, 12, 3), 0)),
        ("EVENING thursday", ("Evening check-in", Date(2026, 11, 26), 0)),
        ("1 2026-12-03", ("Evening check-in", Date(2026, 12, 3), 0)),
        ("1 every week", ("Evening check-in", None, 1)),
        ("1 tuesday every week", ("Evening check-in", Date(2026, 11, 24), 1)),
        ("1 every other week", ("Evening check-in", None, 2)),
        ("1 tuesday 7pm fortnightly", ("Evening check-in", Date(2026, 11, 24), 2)),
        ("1 every tuesday", ("Evening check-in", Date(2026, 11, 24), 1)),
        ("rota: 1, date: tuesday", ("Evening check-in", Date(2026, 11, 24), 0)),
        ("tuesday night", ("Tuesday night", None, 0)),
        ("tuesday night tuesday", ("Tuesday night", Date(2026, 11, 24), 0)),
        ("2", ("Tuesday night", None, 0)),
    ],
)
def test_a_typed_line_finds_its_rota_and_its_day(typed: str, meant: tuple[str, Date | None, int]) -> None:
    assert joined(typed, EVENING, NIGHT) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", ("Evening check-in", None, 0)),
        ("tuesday", ("Evening check-in", Date(2026, 11, 24), 0)),
        ("every week", ("Evening check-in", None, 1)),
        ("tuesday every week", ("Evening check-in", Date(2026, 11, 24), 1)),
    ],
)
def test_the_only_rota_need_not_be_named(typed: str, meant: tuple[str, Date | None, int]) -> None:
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
    example = rota(replace(DAILY, time=Time(2), ends=Time(3)))
    tuesday = Date(2026, 11, 24)

    spoken = shift_meant(example, SaidDay(dates=(tuesday,)), "America/New_York", NOW)
    pressed = shift_meant(example, SaidDay(dates=(tuesday,), own=True), "America/New_York", NOW)

    assert (spoken.date, pressed.date) == (Date(2026, 11, 25), tuesday)


def test_a_shift_that_outlasts_midnight_can_be_named_until_its_end() -> None:
    example = rota(replace(TUESDAYS_AND_THURSDAYS, time=Time(23), ends=Time(2)))
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
    assert values["words"] == "Hello all"
    [when] = values["when"] if isinstance(values["when"], tuple) else ()
    assert (when.recurrence, when.time) == (weekly((TUE, THU)), Time(19))
    # Said of the line, or of all of the rota.
    assert (when.ends, values.get("length")) in {(Time(20, 30), None), (None, TimeDelta(minutes=90))}
    assert (when.most, values.get("people")) in {(2, None), (None, 2)}


def test_a_long_way_of_saying_when_leaves_no_word_over() -> None:
    values = read(NEW, "Evening, every monday and wednesday and friday at 19:00")

    assert values == {"name": "Evening", "when": (SaidPattern(recurrence=weekly((MON, WED, FRI)), time=Time(19)),)}


def test_which_gives_the_longest_name_first() -> None:
    assert Which().read("tuesday night tuesday", HERE)[:2] == (
        Meant(name="tuesday night tuesday"),
        Meant(name="tuesday night", day=SaidDay(dates=(Date(2026, 11, 24), Date(2026, 12, 1)))),
    )


def test_a_day_with_two_shifts_needs_a_time_or_the_line() -> None:
    later = replace(DAILY, number=2, time=Time(21), ends=Time(22))
    example, tuesday = rota(DAILY, later), Date(2026, 11, 24)

    def meant(**said: object) -> str:
        return str(shift_meant(example, SaidDay(dates=(tuesday,), **said), "Europe/London", NOW).id)  # type: ignore[arg-type]  # As given below.

    for unsure in ({}, {"own": True}):
        with pytest.raises(Refused) as refused:
            meant(**unsure)
        [line] = refused.value.say.lines
        assert line.id == "rota-which-shift"
    assert (meant(time=Time(21)), meant(own=True, pattern=2)) == ("2026-11-24/2", "2026-11-24/2")
    assert meant(time=Time(20)) == "2026-11-24"
