"""Who is on a shift at a moment: of any rota, in their part of it, and in no other."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from whenever import Instant, TimeDelta, Weekday

from bot.domain.rota.on_now import on_from, on_now
from bot.domain.rota.parts import Part
from bot.domain.rota.roster import Absence, Roster
from tests.domain.rota.examples import ASH, BEE, CAT, DAILY, STARTS, THURSDAY, TUESDAY, once, place, sheet

SEVEN = Instant.from_utc(2026, 11, 24, 19)
EIGHT, NINE = SEVEN + TimeDelta(hours=1), SEVEN + TimeDelta(hours=2)
SECOND = TimeDelta(seconds=1)
# On Tuesday from 19:00 to 20:00: Ash each week, Bee for the second half; and Cat on another rota, from 20:00 to 21:00.
EVENING = sheet(
    Roster(
        standing=frozenset({place(ASH, Weekday.TUESDAY)}),
        single=frozenset({replace(once(BEE, TUESDAY), part=Part(starts=30))}),
    )
)
LATER = sheet(Roster(single=frozenset({once(CAT, TUESDAY), once(ASH, TUESDAY)})), DAILY, id="r2", number=2)


def test_whoever_is_on_is_so_from_the_beginning_of_their_part_up_to_its_end() -> None:
    moments = (SEVEN - SECOND, SEVEN, SEVEN + TimeDelta(minutes=30), EIGHT - SECOND, EIGHT, NINE - SECOND, NINE)
    found = [on_now((EVENING, LATER), moment) for moment in moments]

    assert found == [set(), {ASH}, {ASH, BEE}, {ASH, BEE}, {ASH, CAT}, {ASH, CAT}, set()]


def test_whoever_is_away_is_not_on() -> None:
    roster = replace(EVENING.roster, absent=frozenset({Absence(person=ASH, first=STARTS, last=THURSDAY)}))

    assert on_now((EVENING.with_roster(roster),), SEVEN) == set()


def test_what_is_to_come_is_told_with_what_goes_on_and_without_what_is_over() -> None:
    half_past = SEVEN + TimeDelta(minutes=30)

    assert on_from((EVENING, LATER), half_past, EIGHT) == {
        ASH: ((SEVEN, EIGHT), (EIGHT, NINE)),
        BEE: ((half_past, EIGHT),),
        CAT: ((EIGHT, NINE),),
    }
    assert on_from((EVENING, LATER), EIGHT, EIGHT).keys() == {ASH, CAT}
    assert on_from((EVENING,), EIGHT, NINE) == {}


@given(st.integers(-48 * 60, 48 * 60))
def test_both_ways_to_ask_agree(minutes: int) -> None:
    now = SEVEN + TimeDelta(minutes=minutes)
    runs = on_from((EVENING, LATER), now - TimeDelta(hours=30), now + TimeDelta(hours=1))

    assert on_now((EVENING, LATER), now) == {
        person for person, theirs in runs.items() if any(begins <= now < ends for begins, ends in theirs)
    }
