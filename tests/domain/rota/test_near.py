"""Which rota and which shift a few typed letters come to mean."""

from dataclasses import replace

import pytest
from whenever import TimeDelta

from bot.domain.rota.naming import typed
from bot.domain.rota.near import sheets_near, shifts_near
from bot.domain.rota.roster import Roster
from bot.domain.rota.rota import Shift
from bot.domain.rota.sheet import Sheet
from bot.domain.rota.signing import Signing
from tests.domain.rota.examples import (
    ASH,
    BEE,
    DAILY,
    NOW,
    THURSDAY,
    TUESDAY,
    TUESDAYS_AND_THURSDAYS,
    for_people,
    once,
    rota,
    sheet,
)

SHEETS = (sheet(), sheet(number=12, name="Soup on  Sundays"), sheet(number=2, name="2am watch"))
SHIFTS = tuple(rota().shifts(NOW, NOW + TimeDelta(hours=24 * 14)))


def dates(typed: str, zone: str = "Europe/London", shifts: tuple[Shift, ...] = SHIFTS) -> list[str]:
    found = shifts_near(shifts, typed, zone, NOW.to_tz(zone).date())
    return [shift.date.format_iso() for shift in found]


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [("", [1, 12, 2]), ("1", [1, 12]), ("2", [2]), ("soup on sun", [12]), ("CHECK", [1]), ("x", []), ("12", [12])],
)
def test_a_rota_is_found_by_the_beginning_of_its_number_or_a_part_of_its_name(typed: str, numbers: list[int]) -> None:
    assert [one.rota.number for one in sheets_near(SHEETS, typed)] == numbers


def test_a_shift_is_typed_as_its_date_and_with_its_line_only_where_another_falls_on_that_date() -> None:
    on = rota(TUESDAYS_AND_THURSDAYS, replace(DAILY, number=2, starts=THURSDAY), lines=2)
    shifts = on.shifts(NOW, NOW + TimeDelta(hours=24 * 6))

    assert [typed(on, shift) for shift in shifts] == ["2026-11-24", "2026-11-26/1", "2026-11-26/2", "2026-11-27"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", ["2026-11-24", "2026-11-26", "2026-12-01", "2026-12-03"]),
        ("tu", ["2026-11-24", "2026-12-01"]),
        ("on thursday 3", ["2026-12-03"]),
        ("26th of nov", ["2026-11-26"]),
        ("1/12", ["2026-12-01"]),
        ("2026-12", ["2026-12-01", "2026-12-03"]),
        ("19:0", ["2026-11-24", "2026-11-26", "2026-12-01", "2026-12-03"]),
        ("elephants", []),
    ],
)
def test_a_shift_is_found_by_every_word_that_begins_to_tell_of_it(typed: str, expected: list[str]) -> None:
    assert dates(typed) == expected


def test_a_shift_is_found_by_the_day_it_is_where_the_person_lives() -> None:
    assert dates("wed", "Pacific/Auckland") == ["2026-11-24", "2026-12-01"]


def test_what_somebody_could_join_has_room_and_not_them_yet() -> None:
    roster = Roster(single=frozenset({once(ASH, TUESDAY), once(BEE, THURSDAY)}))
    signing = Signing(sheet=Sheet(rota=rota(), roster=roster), person=ASH, zone="UTC", now=NOW)
    roomy = Signing(sheet=Sheet(rota=rota(for_people(2)), roster=roster), person=ASH, zone="UTC", now=NOW)

    assert [shift.date for shift in signing.free()][:1] == [TUESDAY.add(days=7)]
    assert [shift.date for shift in roomy.free()][:1] == [THURSDAY]
