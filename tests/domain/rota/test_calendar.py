"""A person's calendar holds just the shifts that the sheet has them on, whoever else is there."""

from hypothesis import given
from hypothesis.strategies import booleans, integers, lists, sampled_from, tuples
from whenever import Instant, TimeDelta

from bot.domain.rota.calendar import OVER_FOR, digest, events
from bot.domain.rota.exporting import table
from bot.domain.rota.parts import Part
from bot.domain.rota.roster import Roster
from bot.domain.rota.sheet import Sheet
from tests.domain.rota.examples import ASH, BEE, CAT, DAILY, NOW, for_people, rota, sheet, shift_of

PEOPLE = (ASH, BEE, CAT)
PARTS = (Part(), Part(ends=30), Part(starts=20, ends=40), Part(starts=45))
DAYS = 20
# Who, how many days from now, which part, and whether they come or go.
CHANGES = lists(tuples(sampled_from(PEOPLE), integers(0, DAYS - 1), sampled_from(PARTS), booleans()), max_size=30)


def lived(changes: list[tuple[str, int, Part, bool]]) -> Sheet:
    now = sheet(Roster(), for_people(5, DAILY), opens=TimeDelta(hours=24 * DAYS))
    for person, days, part, comes in changes:
        shift = shift_of(now, NOW.to_tz("Europe/London").date().add(days=days))
        found = next(each for each in PEOPLE if each == person)
        change = now.roster.with_part if comes else now.roster.without_part
        now = now.with_roster(change(found, shift, part))
    return now


@given(changes=CHANGES, later=integers(0, 24 * DAYS))
def test_at_any_minute_somebody_is_on_exactly_when_their_calendar_says_so(
    changes: list[tuple[str, int, Part, bool]], later: int
) -> None:
    now = lived(changes)
    at = NOW + TimeDelta(hours=later)
    for person in PEOPLE:
        told = events([now], person, at)
        for shift in now.rota.coming(at - OVER_FOR, at + now.rota.opens):
            for minute in range(0, 60, 5):
                moment = shift.begins + TimeDelta(minutes=minute)
                on = any(event.starts <= moment < event.ends for event in told)
                assert on == (person in now.around(shift, moment))


@given(changes=CHANGES)
def test_no_two_times_have_the_same_name_and_no_two_people_share_one(
    changes: list[tuple[str, int, Part, bool]],
) -> None:
    now = lived(changes)
    names = [event.uid for person in PEOPLE for event in events([now], person, NOW)]

    assert len(set(names)) == len(names)


def test_a_shift_keeps_its_name_when_its_time_changes_and_the_day_goes_on() -> None:
    roster = lived([(ASH, 3, Part(), True)]).roster
    early, late = (Sheet(rota=rota(pattern), roster=roster) for pattern in (DAILY, for_people(2, DAILY)))
    [was], [is_] = events([early], ASH, NOW), events([late], ASH, NOW + TimeDelta(hours=70))

    assert was.uid == is_.uid
    assert not [each for each in ("r1", "ash", "2026") if each in was.uid]


def test_what_is_over_stays_a_day_and_no_longer() -> None:
    now = lived([(ASH, 0, Part(), True)])
    [event] = events([now], ASH, NOW)

    assert events([now], ASH, event.ends + OVER_FOR - TimeDelta(minutes=1)) == (event,)
    assert events([now], ASH, event.ends + OVER_FOR) == ()


def test_nothing_that_is_kept_of_a_token_shows_it() -> None:
    assert digest("token") != digest("tokem")
    assert "token" not in digest("token")


def test_a_name_that_a_spreadsheet_would_work_out_is_text_to_it() -> None:
    told = table([sheet(name='=HYPERLINK("x")')], Instant.from_utc(2026, 11, 23))

    assert told.splitlines()[1].startswith("\"'=HYPERLINK")
