"""What may be meant while something is typed: whatever is suggested reads back to just what its label says."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whenever import Date, Instant, Time, TimeDelta, ZonedDateTime

from bot.domain.commands import Reading
from bot.domain.reading import Length, Moment, OneOf, Text
from bot.domain.saying import Line
from bot.domain.suggesting import MOST, SuggestingKind, Suggestion
from tests.domain.reading.examples import KINDS, LEADS, LENGTH, MOMENT, NOON, READING, ZONE, at, minutes

ZONES = ("Europe/London", "America/New_York", "Pacific/Kiritimati", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC")
# Around both clock changes in London, and the end of a year.
NOWS = st.one_of(
    st.integers(0, 60 * 24 * 400).map(lambda count: NOON + TimeDelta(minutes=count, seconds=17, milliseconds=5)),
    st.sampled_from(
        ("2026-10-25T00:30:00Z", "2027-03-27T23:59:59Z", "2027-03-28T00:59:30Z", "2026-12-31T23:59:00Z")
    ).map(Instant.parse_iso),
)
READINGS = st.builds(lambda now, zone: Reading(now=now, zone=zone), NOWS, st.sampled_from(ZONES))
_PIECES = """
1 2 3 8 9 12 20 30 99 20:00 8:3 01:30 8pm 8 p at on in this next a an half hour hours h m minutes days and ,
t to tomorrow today tonight mon tues sunday 3 dec 28 mar 29 feb 12/12 31/12 now none noon london eu ut q T Z
2026-11-24T20:00:00Z - . : / \u0130 \u0661
"""
PIECES = tuple(_PIECES.split())
TYPED = st.one_of(
    st.just(""),
    st.text(max_size=40),
    st.lists(st.sampled_from(PIECES), max_size=5).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=20).map("".join),
)
unhurried = settings(deadline=None)


def told(label: Line, reading: Reading) -> tuple[Date, Time]:
    """Return the day and the time that a label of a moment says, where the reader is."""
    when, time = label.args.get("when"), label.args.get("time")
    if isinstance(when, ZonedDateTime):
        assert when.tz_id == reading.zone
        return when.date(), when.time()
    today = reading.now.to_tz(reading.zone).date()
    assert isinstance(time, Time)
    return {"suggest-today": today, "suggest-tomorrow": today.add(days=1)}[label.id], time


def values(suggestions: "list[Suggestion] | tuple[Suggestion, ...]") -> list[str]:
    return [one.value for one in suggestions]


def labels(text: str, reading: Reading = READING, kind: SuggestingKind = MOMENT) -> list[str]:
    """Return the labels in short: the id's last word and what stands in it."""
    return [
        " ".join((one.label.id.removeprefix("suggest-"), *map(str, one.label.args.values())))
        for one in kind.suggest(text, reading)
    ]


@unhurried
@given(TYPED, READINGS)
def test_a_suggested_moment_is_read_as_the_very_minute_its_label_says(text: str, reading: Reading) -> None:
    for one in MOMENT.suggest(text, reading):
        read = MOMENT.read(one.value, reading)
        if one.value == "now":
            assert (one.label.id, read) == ("suggest-now", reading.now)
        else:
            here = read.to_tz(reading.zone)
            assert (here.date(), here.time()) == told(one.label, reading)
            assert read > reading.now


@unhurried
@given(TYPED, READINGS, st.sampled_from((LENGTH, Length(least=minutes(90), most=TimeDelta(hours=24 * 7)))))
def test_a_suggested_length_is_read_as_its_label_says(text: str, reading: Reading, kind: Length) -> None:
    for one in kind.suggest(text, reading):
        assert kind.read(one.value, reading) == one.label.args["length"]


@unhurried
@given(TYPED, READINGS)
def test_suggested_leads_are_read_as_their_label_says(text: str, reading: Reading) -> None:
    for one in LEADS.suggest(text, reading):
        assert LEADS.read(one.value, reading) == one.label.args.get("leads", ())


@unhurried
@given(TYPED, READINGS)
def test_a_suggested_zone_is_read_as_its_label_says_with_the_time_there(text: str, reading: Reading) -> None:
    for one in ZONE.suggest(text, reading):
        zone = ZONE.read(one.value, reading)
        assert one.label.args == {"zone": zone, "now": reading.now.to_tz(zone).time()}


@unhurried
@given(TYPED, READINGS, st.sampled_from([kind for kind in KINDS if isinstance(kind, SuggestingKind)]))
def test_there_are_never_too_many_to_look_through_too_long_or_the_same_twice(
    text: str, reading: Reading, kind: SuggestingKind
) -> None:
    found = values(list(kind.suggest(text, reading)))

    assert len(found) == len(set(found)) <= MOST
    assert all(0 < len(value) <= 100 for value in found)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("", ["now", "today 14:00:00", "today 18:00:00", "today 20:00:00", "tomorrow 10:00:00"]),
        ("no", ["now"]),
        ("20", ["today 20:00:00", "tomorrow 20:00:00"]),
        ("8", ["today 20:00:00", "tomorrow 08:00:00", "tomorrow 20:00:00"]),
        ("8:3", ["today 20:30:00", "tomorrow 08:30:00"]),
        ("11 a", ["tomorrow 11:00:00"]),
        ("tom", ["tomorrow 09:00:00", "tomorrow 10:00:00"]),
        ("tomorrow at 2", ["tomorrow 02:00:00", "tomorrow 14:00:00", "tomorrow 20:00:00"]),
        ("on tuesday 08:0", ["moment 2026-12-01T08:00:00+00:00[Europe/London]"]),
        ("3 dec 8pm", ["moment 2026-12-03T20:00:00+00:00[Europe/London]"]),
        ("dec 3", ["moment 2026-12-03T09:00:00+00:00[Europe/London]"]),
        ("in 2 h", ["today 14:00:00"]),
        ("tomorrow at 20:00", ["tomorrow 20:00:00"]),
    ],
)
def test_moments_come_to_be_as_people_type_them(text: str, first: list[str]) -> None:
    assert labels(text)[: len(first)] == first


@pytest.mark.parametrize("text", ["elephants", "99", "8:7", "24", "13pm", "x" * 80, "yesterday"])
def test_what_is_no_moment_brings_nothing(text: str) -> None:
    assert labels(text) == []


def test_a_moment_is_told_in_the_persons_own_zone() -> None:
    reading = at("2026-11-24T12:00:30Z", "America/New_York")
    [first, *_] = MOMENT.suggest("20", reading)

    assert (first.value, first.label.id) == ("2026-11-25T01:00:00Z", "suggest-today")


def test_a_time_that_the_clocks_skip_is_told_as_the_time_it_will_be() -> None:
    [only] = MOMENT.suggest("28 mar 01:30", at("2027-03-20T12:00:00Z"))

    assert only.value == "2027-03-28T01:30:00Z"
    assert only.label.args["when"] == Instant.parse_iso("2027-03-28T01:30:00Z").to_tz("Europe/London")


def test_a_moment_is_suggested_to_the_minute() -> None:
    assert values(list(MOMENT.suggest("in an hour", at("2026-11-24T12:00:30.5Z"))))[0] == "2026-11-24T13:00:00Z"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["15m", "30m", "45m", "60m"]),
        ("3", ["180m"]),
        ("30", ["30m"]),
        ("2 h", ["120m"]),
        ("half", ["30m"]),
        ("1h30", ["90m"]),
        ("an hour", ["60m", "90m"]),
        ("an", ["60m", "90m"]),
        ("2 days", []),
        ("x" * 80, []),
    ],
)
def test_lengths_come_to_be_as_people_type_them_within_their_bounds(text: str, expected: list[str]) -> None:
    assert values(list(LENGTH.suggest(text, READING)))[: len(expected) or None][:4] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["none", "15m", "60m", "1440m", "1440m, 15m", "1440m, 60m"]),
        ("no", ["none"]),
        ("15 minutes", ["15m"]),
        ("a day and 15", ["1440m, 15m", "1440m, 900m"]),
        ("a day and", []),
        ("x" * 80, []),
    ],
)
def test_leads_come_to_be_as_people_type_them(text: str, expected: list[str]) -> None:
    assert values(list(LEADS.suggest(text, READING))) == expected


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("", ["Europe/London", "Europe/Dublin", "UTC"]),
        ("uk", ["Europe/London"]),
        ("dub", ["Europe/Dublin", "Asia/Dubai"]),
        ("New Y", ["America/New_York"]),
        ("europe/lis", ["Europe/Lisbon"]),
        ("ro", ["Europe/Rome"]),
    ],
)
def test_zones_are_found_by_what_their_names_hold(text: str, first: list[str]) -> None:
    assert values(list(ZONE.suggest(text, READING)))[: len(first)] == first


def test_a_choice_is_found_by_what_it_holds_those_that_begin_so_first() -> None:
    kind = OneOf(choices=(*(f"b{number}z" for number in range(40)), "z1"))

    assert values(list(kind.suggest("Z", READING)))[:2] == ["z1", "b0z"]
    assert len(kind.suggest("", READING)) == MOST


def test_words_that_could_be_anything_are_not_suggested_for() -> None:
    assert isinstance(Moment(), SuggestingKind)
    assert not isinstance(Text(), SuggestingKind)
