"""How people say when they are open, and what they would rather not; what is not sure is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whenever import Date, Instant, Time, TimeDelta, Weekday

from bot.domain.commands import Reading
from bot.domain.rota.recurrence import Dates, weekly
from bot.domain.rota.said import SaidPattern
from bot.domain.saying import Refused
from bot.domain.sit.opening import ANY_TIME, RatherNot, SaidOpening
from bot.domain.sit.said_opening import OpenWhen, RatherNots

# A Thursday.
HERE = Reading(now=Instant.from_utc(2026, 11, 26, 12), zone="Europe/London")
TUESDAYS = SaidPattern(recurrence=weekly((Weekday.TUESDAY,)), time=Time(19), ends=Time(21))
MIDWEEK = SaidPattern(
    recurrence=weekly((Weekday.MONDAY, Weekday.WEDNESDAY, Weekday.FRIDAY)), time=Time(18), ends=Time(20)
)


def when(text: str) -> SaidOpening:
    return OpenWhen().read(text, HERE)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        *((text, SaidOpening(length=TimeDelta(hours=2))) for text in ("2 hours", "for 2h", "For the next 2 hours")),
        ("half an hour", SaidOpening(length=TimeDelta(minutes=30))),
        *(
            (text, SaidOpening(on_shifts=True))
            for text in ("on my shifts", "My shifts", "on a shift", "on your shifts")
        ),
        *((text, ANY_TIME) for text in ("always", "At any time", "now")),
        *((text, SaidOpening()) for text in ("none", "never", "off")),
        *((text, SaidOpening(times=(TUESDAYS,))) for text in ("tuesdays 19:00-21:00", "every tuesday 7pm to 9pm")),
        ("Every Tuesday, 19:00 to 21:00", SaidOpening(times=(TUESDAYS,))),
        ("mon, wed and fri 18:00-20:00", SaidOpening(times=(MIDWEEK,))),
        ("tuesdays 19:00-21:00; mon, wed and fri 18:00-20:00", SaidOpening(times=(TUESDAYS, MIDWEEK))),
        (
            "on my shifts and also tuesdays 19:00 for two hours; 2 hours",
            SaidOpening(on_shifts=True, times=(TUESDAYS,), length=TimeDelta(hours=2)),
        ),
        (
            "3 december 20:00-22:00",
            SaidOpening(
                times=(SaidPattern(recurrence=Dates(days_on=(Date(2026, 12, 3),)), time=Time(20), ends=Time(22)),)
            ),
        ),
    ],
)
def test_when_somebody_is_open_is_read(text: str, said: SaidOpening) -> None:
    assert when(text) == said


@pytest.mark.parametrize(
    ("text", "why"),
    [
        *((text, "sit-open-unclear") for text in ("", ";", "whenever", "tuesdays", "19:00-21:00", "shiftss")),
        *((text, "sit-open-unclear") for text in ("tuesdays 19:00-21:00, 2 people", "none; 2 hours", "a while")),
        *((text, "sit-open-end") for text in ("tuesdays 19:00", "on my shifts; daily 8pm")),
        *((text, "length-unclear") for text in ("5 minutes", "2 weeks")),
        ("every 13 weeks on tuesday 19:00-21:00", "rota-when-apart"),
        ("31 february 19:00-21:00", "rota-when-no-date"),
        ("every other tuesday and friday 19:00-21:00", "rota-when-which-week"),
    ],
)
def test_what_is_not_sure_is_refused_with_what_would_work(text: str, why: str) -> None:
    with pytest.raises(Refused) as refused:
        when(text)

    assert refused.value.say.lines[0].id == why


@pytest.mark.parametrize("text", ["", "2", "on m", "elephants", "\x00"])
def test_what_is_suggested_is_read(text: str) -> None:
    assert all(when(each.value) for each in OpenWhen().suggest(text, HERE))
    assert bool(OpenWhen().suggest(text, HERE)) == (text not in {"elephants", "\x00"})


@given(st.frozensets(st.sampled_from(RatherNot)), st.sampled_from((", ", " and ", ", and ", " or ", "; ")))
def test_what_somebody_would_rather_not_is_read_however_it_is_joined(
    rather_not: frozenset[RatherNot], between: str
) -> None:
    words = between.join(sorted(rather_not)) or "none"

    for text in (words, f"not {words}", f"Rather not {words}", words.upper()):
        assert RatherNots().read(text, HERE) == rather_not


@pytest.mark.parametrize("text", ["", "not", "voice, elephants", "people", "voice talking", "no voice"])
def test_a_word_that_is_none_of_them_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        RatherNots().read(text, HERE)

    assert refused.value.say.lines[0].id == "sit-rather-unclear"


@pytest.mark.parametrize("text", ["talk", "dm", "tears", "more than one person", "side-by-side", "a call"])
def test_other_words_for_them_are_read_too(text: str) -> None:
    assert len(RatherNots().read(text, HERE)) == 1
