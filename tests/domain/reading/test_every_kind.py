"""Whatever is typed, a kind reads a value it promised or refuses; it does neither slowly, nor repeats the words."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whenever import Date, Instant, TimeDelta

from bot.domain.commands import Kind
from bot.domain.ids import PlaceId
from bot.domain.people import Nation
from bot.domain.reading import NATIONS
from bot.domain.reading.places import known
from bot.domain.reading.plain import mentions, showable
from bot.domain.saying import Refused
from tests.domain.reading.examples import (
    DAY,
    KINDS,
    LEADS,
    LENGTH,
    MOMENT,
    NOON,
    PLACE,
    READING,
    TEXT,
    WHOLE,
    ZONE,
)

# Pieces of what the kinds look for, so that random lines come close to being understood.
_WORDS = """
1 2 30 400 99999 0 a an half one twelve hour hours h m min day days w week and & , : . / - in at on next now
monday tues dec may 3rd 31/12 29/02 2026-11-24 2027-02-29 20:00 8pm 25:99 noon midnight tonight utc +01:00 Z
T20:00:00Z none before people europe/ london dublin .. @everyone <@1> \u202e \u200d \x00 \u00b2 \u0663 room ni skip
"""
PIECES = tuple(_WORDS.split())
LINES = st.one_of(
    st.text(max_size=400),
    st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=20).map("".join),
)
MARKER = "qqq7"
SLOWEST_SECONDS = 1.0
# The first reading of a time loads dateparser; how long reading takes has its own test.
unhurried = settings(deadline=None)


def kept(kind: Kind, text: str) -> object:
    """Return the value, or None when it was refused."""
    try:
        return kind.read(text, READING)
    except Refused:
        return None


@unhurried
@given(LINES)
def test_a_length_lies_within_its_bounds(text: str) -> None:
    value = kept(LENGTH, text)

    assert value is None or (isinstance(value, TimeDelta) and LENGTH.least <= value <= LENGTH.most)


@unhurried
@given(LINES)
def test_leads_are_at_most_five_and_none_is_over_the_longest(text: str) -> None:
    value = kept(LEADS, text)

    assert value is None or (
        isinstance(value, tuple)
        and len(value) <= 5
        and list(value) == sorted(value, reverse=True)
        and all(TimeDelta() <= lead <= LEADS.most for lead in value)
    )


@unhurried
@given(LINES)
def test_a_day_is_from_today_to_a_year_ahead(text: str) -> None:
    value = kept(DAY, text)

    assert value is None or (isinstance(value, Date) and Date(2026, 11, 24) <= value <= Date(2027, 11, 24))


@unhurried
@given(LINES)
def test_a_moment_is_to_come_and_within_a_year(text: str) -> None:
    value = kept(MOMENT, text)

    assert value is None or (
        isinstance(value, Instant) and NOON.subtract(minutes=1) <= value <= NOON + TimeDelta(hours=24 * 366)
    )


@unhurried
@given(LINES)
def test_a_zone_is_one_that_the_zone_database_has(text: str) -> None:
    value = kept(ZONE, text)

    assert value is None or (isinstance(value, str) and known(value))


@unhurried
@given(LINES)
def test_a_place_is_one_of_the_group(text: str) -> None:
    value = kept(PLACE, text)

    assert value is None or (isinstance(value, PlaceId) and value in READING.places.values())


@unhurried
@given(LINES)
def test_text_is_short_on_one_line_seen_and_calls_nobody(text: str) -> None:
    value = kept(TEXT, text)

    assert value is None or (
        isinstance(value, str)
        and 0 < len(value) <= TEXT.longest
        and value == " ".join(value.split())
        and showable(value)
        and not mentions(value)
    )


@unhurried
@given(LINES)
def test_a_whole_number_lies_within_its_bounds(text: str) -> None:
    value = kept(WHOLE, text)

    assert value is None or (isinstance(value, int) and WHOLE.least <= value <= WHOLE.most)


@unhurried
@given(LINES)
def test_a_nation_is_one_of_the_four(text: str) -> None:
    value = kept(NATIONS, text)

    assert value is None or (isinstance(value, str) and value in tuple(Nation))


@unhurried
@given(LINES, st.sampled_from(KINDS))
def test_a_refusal_repeats_nothing_that_was_typed(text: str, kind: Kind) -> None:
    with pytest.raises(Refused) as caught:
        kind.read(f"{text}{MARKER * 20}", READING)

    assert MARKER not in repr(caught.value.say) + str(caught.value)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: type(kind).__name__)
@pytest.mark.parametrize(
    "piece",
    ["1m ", "1m and ", "a ", "20:00 ", "12/12 ", "tuesday ", "in an hour and a half ", "@", "/", " ", "1 h", "dec 3 "],
)
def test_four_hundred_characters_and_a_megabyte_are_both_read_quickly(kind: Kind, piece: str) -> None:
    kept(kind, "tomorrow 20:00")
    begun = time.process_time()
    kept(kind, (piece * 400)[:400])
    kept(kind, (piece * 500_000)[:500_000])

    assert time.process_time() - begun < SLOWEST_SECONDS
