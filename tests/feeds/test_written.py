"""Calendar files, opened by two programs that did not write them: they show the times that the domain has."""

import asyncio
import re
from dataclasses import replace
from datetime import UTC, date, timedelta
from zoneinfo import available_timezones

import pytest
import vobject
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import sampled_from
from whenever import Date, Instant, Time, TimeDelta

from bot.domain.ids import GroupId
from bot.domain.people import Nation
from bot.domain.rota.calendar import events
from bot.domain.rota.closing import Closure
from bot.domain.rota.parts import Part
from bot.domain.rota.pattern import Pattern
from bot.domain.rota.recurrence import recurrence
from bot.domain.rota.roster import Once, Roster
from bot.domain.rota.rota import Rota, ShiftId
from bot.domain.rota.sheet import Sheet
from bot.feeds import Written, lines
from bot.ports.calendar import Own
from tests import shipped
from tests.domain.rota.examples import ASH, BEE, DAILY, GROUP, once, rota
from tests.feeds.parsers import EXPANDERS, PARSERS, by_ical

expanders = pytest.mark.parametrize("expander", sorted(EXPANDERS))
both = pytest.mark.parametrize("parser", sorted(PARSERS))
# On the last Sunday of October the clocks go back in Europe.
BEFORE, BACK = Instant.from_utc(2026, 10, 20, 12), Date(2026, 10, 25)
NIGHT = Pattern(recurrence=recurrence("FREQ=DAILY"), starts=Date(2026, 10, 21), time=Time(22), ends=Time(7))


async def _locale_of(_group: GroupId) -> str:
    return "en-GB"


def own(sheets: list[Sheet], zone: str, now: Instant) -> str:
    """Return the file of Ash's own shifts."""
    asked = Own(group=GROUP, events=events(sheets, ASH, now), zone=zone, made=now)
    return asyncio.run(Written(shipped.words(), _locale_of).own(asked)).decode()


def everybody_on(made: Rota, now: Instant) -> Sheet:
    shifts = made.coming(now - TimeDelta(hours=72), now + made.opens)
    return Sheet(rota=made, roster=Roster(single=frozenset(Once(person=ASH, shift=each.id) for each in shifts)))


@both
@pytest.mark.parametrize("zone", ["Europe/London", "Asia/Kolkata", "America/St_Johns"])
def test_nights_over_a_clock_change_are_as_long_as_they_are(parser: str, zone: str) -> None:
    sheet = everybody_on(rota(NIGHT), BEFORE)
    text = own([sheet], zone, BEFORE)
    found = PARSERS[parser](text, BEFORE + TimeDelta(hours=24 * 400))
    longer = [ends - starts for starts, ends in found if starts.to_tz("Europe/London").date() == BACK.subtract(days=1)]

    assert found == [(shift.begins, shift.ends) for shift in sheet.within_horizon(BEFORE)]
    assert longer == [TimeDelta(hours=10)]


@both
def test_a_time_that_happens_twice_is_the_one_that_is_meant(parser: str) -> None:
    early = replace(NIGHT, time=Time(0, 30), ends=Time(3))
    shift = ShiftId(date=BACK)
    parts = (Part(starts=60, ends=90), Part(starts=105, ends=120), Part(starts=120, ends=135))
    roster = Roster(single=frozenset(Once(person=ASH, shift=shift, part=part) for part in parts))
    text = own([Sheet(rota=rota(early), roster=roster)], "Europe/London", BEFORE)

    begins = Instant.from_utc(2026, 10, 24, 23, 30)
    after = [begins + TimeDelta(minutes=minutes) for minutes in (60, 90, 105, 135)]
    found = PARSERS[parser](text, BEFORE + TimeDelta(hours=24 * 30))
    assert found == [(after[0], after[1]), (after[2], after[3])]


def test_the_rules_of_the_zone_stand_in_the_file_itself() -> None:
    """Under a name that no program knows, there is nothing else to go by."""
    sheet = everybody_on(rota(NIGHT), BEFORE)
    text = own([sheet], "Europe/London", BEFORE).replace("Europe/London", "Somewhere/Ours")

    found = by_ical(text, BEFORE + TimeDelta(hours=24 * 400))
    assert found == [(shift.begins, shift.ends) for shift in sheet.within_horizon(BEFORE)]


def test_neither_a_rota_nor_anybody_is_named_in_ones_own_file_nor_how_many_are_on() -> None:
    roster = Roster(single=frozenset({once(ASH, Date(2026, 10, 27)), once(BEE, Date(2026, 10, 27))}))
    sheet = Sheet(rota=rota(NIGHT, name="Quiet evenings"), roster=roster)
    text = own([sheet], "Europe/London", BEFORE)
    told = set(
        re.findall(r"^(?:SUMMARY|DESCRIPTION|LOCATION|NAME|X-WR-CALNAME|ATTENDEE|ORGANIZER).*", text, re.MULTILINE)
    )

    assert text.count("BEGIN:VEVENT") == 1
    assert {each.strip() for each in told} == {"SUMMARY:On shift", "NAME:On shift", "X-WR-CALNAME:On shift"}
    assert not [name for name in ("Quiet", "oak", "ash", "bee", "r1", "2026-10-27") if name in text]


def test_a_calendar_is_asked_to_look_again_each_hour() -> None:
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in own([], "Europe/London", BEFORE)


RULES = (
    *("FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU", "FREQ=MONTHLY;BYDAY=1SU,-1SU"),
    *("FREQ=MONTHLY;BYMONTHDAY=1,-1", "RDATE;VALUE=DATE:20261023,20261025,20270328,20270501"),
)
CLOSED = (Closure(first=Date(2026, 12, 24), last=Date(2027, 1, 2)),)
TIMES = [(Time(22), Time(7)), (Time(19), Time(20, 30)), (Time(0, 30), Time(3)), (Time(9), Time(9))]


@expanders
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    rule=sampled_from(RULES),
    times=sampled_from(TIMES),
    zone=sampled_from(["Europe/London", "Australia/Lord_Howe", "America/St_Johns", "Africa/Casablanca", "UTC"]),
    last=sampled_from([None, Date(2027, 4, 20)]),
    starts=sampled_from([Date(2026, 10, 21), Date(2026, 10, 24), Date(2026, 12, 25)]),
)
def test_the_lines_of_any_rota_make_the_shifts_that_it_has(
    expander: str,
    rule: str,
    times: tuple[Time, Time],
    zone: str,
    last: Date | None,
    starts: Date,
) -> None:
    comes = recurrence(rule)
    ends = None if rule.startswith("RDATE") else last
    pattern = Pattern(recurrence=comes, starts=starts, last=ends, time=times[0], ends=times[1])
    made = rota(pattern, closed=CLOSED, holidays=Nation.SCOTLAND if last else None, zone=zone)
    until = BEFORE + TimeDelta(hours=24 * 200)

    found = EXPANDERS[expander](lines([made], BEFORE).decode(), until)
    assert found == [
        (shift.begins, shift.ends) for shift in made.shifts(BEFORE - TimeDelta(hours=48), until) if shift.begins < until
    ]


def test_a_night_on_which_the_clocks_change_is_told_by_itself() -> None:
    """By RFC 5545, 3.8.5.3, all of a series are as long as its first; some programs keep to the wall instead."""
    calendar = vobject.readOne(lines([rota(NIGHT)], BEFORE).decode())
    nights = {
        event.recurrence_id.value.date(): event.dtend.value.astimezone(UTC) - event.dtstart.value.astimezone(UTC)
        for event in calendar.vevent_list
        if hasattr(event, "recurrence_id")
    }

    assert nights[date(2026, 10, 24)] == timedelta(hours=10)
    assert nights[date(2027, 3, 27)] == timedelta(hours=8)
    assert len(nights) == 4


@pytest.mark.parametrize("step", [12, pytest.param(1, marks=pytest.mark.long)])
def test_every_zone_there_is_can_be_written(step: int) -> None:
    for zone in sorted(available_timezones() - {"localtime"})[::step]:
        assert lines([rota(DAILY, zone=zone)], BEFORE)
