"""The busiest minute: the most pings that a chat server must let through at once."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from whenever import TimeDelta, Weekday

from bot.domain.ids import PersonId
from bot.domain.people import DAY_BEFORE, QUARTER_HOUR_BEFORE, Ways
from bot.domain.rota.busiest import most_in_a_minute
from bot.domain.rota.roster import Roster
from bot.domain.rota.sheet import Sheet
from tests.domain.rota.examples import NOW, pinged, place, sheet

MINUTE = TimeDelta(minutes=1)


def weekly(people: int, day: Weekday = Weekday.TUESDAY) -> Sheet:
    names = [PersonId.of("local", f"p{number}") for number in range(people)]
    return sheet(Roster(standing=frozenset(place(name, day) for name in names)))


def ways_of(on: Sheet, *leads: TimeDelta) -> dict[PersonId, Ways]:
    return dict.fromkeys(on.roster.people, pinged(*leads))


def test_twelve_people_on_one_shift_are_twelve_pings_and_each_lead_is_a_minute_of_its_own() -> None:
    on = weekly(12)

    assert most_in_a_minute([(on, ways_of(on, DAY_BEFORE, QUARTER_HOUR_BEFORE))], NOW) == 12


def test_two_rotas_at_the_same_time_count_together_and_at_other_times_do_not() -> None:
    tuesday, thursday = weekly(5), weekly(4, Weekday.THURSDAY)
    same = (replace(tuesday, rota=replace(tuesday.rota, id="r2")), ways_of(tuesday, DAY_BEFORE))
    both = most_in_a_minute([(tuesday, ways_of(tuesday, DAY_BEFORE)), same], NOW)
    apart = most_in_a_minute([(tuesday, ways_of(tuesday, DAY_BEFORE)), (thursday, ways_of(thursday, DAY_BEFORE))], NOW)

    assert (both, apart) == (10, 5)


def test_nobody_to_ping_is_none() -> None:
    on = weekly(3)

    assert (most_in_a_minute([], NOW), most_in_a_minute([(on, ways_of(on))], NOW)) == (0, 0)


@given(st.integers(0, 40), st.integers(0, 7 * 24 * 60))
def test_it_does_not_matter_when_one_looks(people: int, minutes: int) -> None:
    on = weekly(people)

    assert most_in_a_minute([(on, ways_of(on, DAY_BEFORE))], NOW + MINUTE * minutes) == people
