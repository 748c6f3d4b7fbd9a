"""Pings, check-ins and gaps: said once, at their time, to those they are for."""

import pytest
from whenever import Instant, Time, TimeDelta

from bot.domain.outgoing import Due, Fallback, Message, fallback_key
from bot.domain.people import Nation, Reach, Wish
from bot.domain.quiet import Quiet
from bot.domain.saying import say
from tests.cogs.rota.desk import ASH, BEE, CAT, OAK, ROOM, ROTA, Desk, text

HOUR = TimeDelta(hours=1)


async def with_rota(more: str = "") -> Desk:
    desk = Desk()
    await desk.ask(ASH, ROTA + more)
    desk.said.clear()
    return desk


def the_rotas_due(desk: Desk) -> Due:
    [due] = [due for due in desk.diary.dues.values() if due.kind == "rota"]
    return due


async def test_a_person_is_pinged_in_private_and_the_room_sees_the_check_in_open() -> None:
    desk = await with_rota(", 2 people, words: The lights are on")
    await desk.ask(BEE, "rota join tuesday")
    await desk.ask(CAT, "rota join tuesday")
    await desk.ask(CAT, "rota remind none")

    said = await desk.pass_time(HOUR * 24 * 2 + HOUR * 7)

    ping = "Your shift: Evening check-in, Tuesday 24 November, 19:00.\nOn with you: cat."
    assert said == [(BEE, ping), (BEE, ping), (ROOM, "The lights are on\nHere until 20:00: bee and cat.")]


async def test_a_ping_is_in_the_persons_own_time_and_offers_a_way_out() -> None:
    desk = await with_rota()
    await desk.people.keep(OAK, BEE, Wish(zone="America/New_York"))
    await desk.ask(BEE, "rota join 1 tuesday")
    desk.offered.clear()

    said = await desk.pass_time(HOUR * 24 * 2)

    assert said == [(BEE, "Your shift: Evening check-in, Tuesday 24 November, 14:00.\nYou are the only one on so far.")]
    assert desk.offered == ["rota leave 1 2026-11-24", "rota offer 1 2026-11-24", "rota swap 1 2026-11-24"]


async def test_a_check_in_opens_in_the_bots_words_when_the_group_gave_none() -> None:
    desk = await with_rota()
    await desk.ask(BEE, "rota join tuesday")

    said = await desk.pass_time(HOUR * 24 * 2 + HOUR * 7)

    assert said[-1] == (ROOM, "The check-in “Evening check-in” is open.\nHere until 20:00: bee.")


async def test_the_room_is_told_once_of_a_shift_that_nobody_is_on() -> None:
    desk = await with_rota()

    said = await desk.pass_time(HOUR * 24 * 3)

    assert said == [
        (ROOM, "Nobody is on “Evening check-in”, Tuesday 24 November, 19:00. It stays open, and anyone may take it.")
    ]


async def test_leaving_on_the_last_day_tells_the_room_once_and_taking_and_leaving_again_tells_no_more() -> None:
    desk = await with_rota()
    await desk.ask(BEE, "rota join tuesday")
    await desk.pass_time(HOUR * 36)
    desk.said.clear()

    await desk.ask(BEE, "rota leave tuesday")
    first = list(desk.said)
    await desk.ask(CAT, "rota join tuesday")
    await desk.ask(CAT, "rota leave tuesday")

    assert [to for to, _ in first] == [ROOM]
    assert desk.said == first


async def test_a_gap_that_was_told_a_day_before_is_not_told_again_by_someone_leaving() -> None:
    desk = await with_rota()
    await desk.pass_time(HOUR * 36)
    told = len(desk.said)
    await desk.ask(BEE, "rota join tuesday")

    await desk.ask(BEE, "rota leave tuesday")

    assert (told, len(desk.said)) == (1, 1)


async def test_joining_after_a_lead_has_passed_brings_no_late_ping() -> None:
    desk = await with_rota()
    await desk.pass_time(HOUR * 54 + TimeDelta(minutes=50))
    desk.said.clear()
    await desk.ask(BEE, "rota join today")

    said = await desk.pass_time(HOUR)

    assert [to for to, _ in said] == [ROOM]


async def test_someone_joining_late_takes_nothing_from_what_is_due_to_others() -> None:
    desk = await with_rota(", 1 to 2 people")
    await desk.ask(BEE, "rota join tuesday")
    desk.now = Instant.from_utc(2026, 11, 24, 18, 50)

    await desk.ask(CAT, "rota join today")

    assert [to for to, _ in desk.said] == [BEE]
    assert [to for to, _ in await desk.pass_time(HOUR)] == [ROOM]


async def test_waking_late_says_what_is_still_of_use_and_only_the_latest_ping() -> None:
    desk = await with_rota()
    await desk.ask(BEE, "rota join tuesday")

    said = await desk.sleep_through(HOUR * 55 + TimeDelta(minutes=10))

    assert [to for to, _ in said] == [BEE, ROOM]


async def test_waking_after_the_shift_is_over_says_nothing_of_it() -> None:
    desk = await with_rota()
    await desk.ask(BEE, "rota join every tuesday")
    await desk.ask(CAT, "rota join thursday")

    said = await desk.sleep_through(HOUR * (24 * 4 + 9))

    assert said == []


@pytest.mark.parametrize("hours", [1, 7, 24])
async def test_waking_for_nothing_changes_nothing(hours: int) -> None:
    desk, restless = await with_rota(), await with_rota()
    for each in (desk, restless):
        await each.ask(BEE, "rota join every tuesday")

    said = await desk.pass_time(HOUR * 24 * 7)
    for _ in range(24 * 7 // hours):
        for due in list(restless.diary.dues.values()):
            await restless.feature.steps[due.kind](due, restless.now)
        await restless.pass_time(HOUR * hours)

    assert restless.said == said


async def test_leads_are_kept_beside_what_else_was_told_and_hold_for_shifts_joined_before() -> None:
    desk = await with_rota()
    await desk.people.keep(OAK, BEE, Wish(zone="Europe/London", nation=Nation.WALES))
    await desk.ask(BEE, "rota join tuesday")

    answer = await desk.ask(BEE, "rota remind 2 hours")

    assert answer == "You get a ping this long before each of your shifts: 2 hours."
    assert await desk.people.wish(OAK, BEE) == Wish(zone="Europe/London", nation=Nation.WALES, leads=(HOUR * 2,))
    assert await desk.pass_time(HOUR * 52 + TimeDelta(minutes=59)) == []
    assert [to for to, _ in await desk.pass_time(TimeDelta(minutes=1))] == [BEE]


async def test_a_ping_on_its_way_is_taken_back_from_someone_who_has_just_left() -> None:
    desk = await with_rota(", 2 people")
    await desk.ask(BEE, "rota join tuesday")
    desk.now = Instant.from_utc(2026, 11, 23, 19)

    await desk.ask(BEE, "rota leave tuesday")

    assert [to for to, _ in desk.said] == [ROOM]


async def test_only_the_pings_of_who_agreed_to_it_may_name_them_in_the_room_and_say_nothing_of_the_shift() -> None:
    desk = await with_rota(", 2 people")
    await desk.people.keep(OAK, BEE, Wish(reach=Reach.MENTION))
    for person in (BEE, CAT):
        await desk.ask(person, "rota join every tuesday")

    said = await desk.pass_time(HOUR * (24 * 9 + 8))
    await desk.ask(ASH, "rota end 1")

    named = Fallback(place=ROOM, say=say("rota-ping-in-room", person=BEE).ringing(BEE))
    assert desk.fallbacks == [(BEE, named)] * [to for to, _ in said].count(BEE)
    assert len(desk.fallbacks) == 4
    assert {to for to, _ in said} == {BEE, CAT, ROOM}
    assert BEE in {to for to, _ in desk.said[-3:]}
    assert text(named.say) == "bee, there is a ping for you. To see it, type “rota mine”."


async def test_who_has_just_left_is_not_named_in_the_room_for_a_ping_they_no_longer_get() -> None:
    desk = await with_rota(", 2 people")
    await desk.people.keep(OAK, BEE, Wish(reach=Reach.MENTION))
    await desk.ask(BEE, "rota join tuesday")
    await desk.feature.steps["rota"](the_rotas_due(desk), Instant.from_utc(2026, 11, 23, 19))
    [ping] = [one for one in desk.outbox.waiting.values() if isinstance(one, Message) and one.to == BEE]
    assert ping.fallback
    desk.outbox.sent.add(ping.key)
    desk.outbox.waiting = {fallback_key(ping.key): ping.instead(ping.fallback, desk.now)}
    desk.now = Instant.from_utc(2026, 11, 23, 20)

    await desk.ask(BEE, "rota leave tuesday")

    assert "there is a ping" not in str(desk.said)


async def test_a_ping_in_quiet_hours_comes_before_they_begin() -> None:
    desk = Desk()
    await desk.ask(ASH, "rota new Early check-in, every tuesday 07:00")
    await desk.ask(BEE, "rota join 1 tuesday")
    await desk.people.keep(OAK, BEE, Wish(quiet=Quiet(starts=Time(22), ends=Time(8)), leads=(TimeDelta(minutes=15),)))
    await desk.ask(BEE, "rota remind 15 minutes")
    desk.now = Instant.from_utc(2026, 11, 23, 21, 59)
    before = [to for to, _ in await desk.pass_time(TimeDelta.ZERO)]

    said = await desk.pass_time(TimeDelta(minutes=1))

    assert before == []
    assert [(to, text.splitlines()[0]) for to, text in said] == [
        (BEE, "Your shift: Early check-in, Tuesday 24 November, 07:00.")
    ]


async def test_whose_calendar_is_enough_is_not_pinged_and_joining_says_so() -> None:
    desk = await with_rota()
    await desk.people.keep(OAK, BEE, Wish(reach=Reach.CALENDAR))

    joined = await desk.ask(BEE, "rota join tuesday")
    said = await desk.pass_time(TimeDelta(hours=24 * 3))

    assert "You get no pings, as you chose." in joined
    assert [to for to, _ in said if to == BEE] == []


async def test_ways_that_change_neither_lose_a_ping_nor_bring_one_back() -> None:
    desk = Desk()
    await desk.ask(ASH, "rota new Early check-in, every tuesday 07:00")
    await desk.ask(BEE, "rota join 1 tuesday")
    await desk.people.keep(OAK, BEE, Wish(quiet=Quiet(starts=Time(22), ends=Time(8)), leads=(TimeDelta(minutes=15),)))
    await desk.ask(BEE, "rota remind 15 minutes")
    desk.now = Instant.from_utc(2026, 11, 23, 23)

    async with desk.feature.changing(OAK, BEE, desk.now):
        await desk.people.keep(OAK, BEE, Wish(leads=(TimeDelta(minutes=15),)))
    await desk.pass_time(TimeDelta(hours=10))

    assert [to for to, _ in desk.said if to == BEE] == [BEE]


async def test_a_ping_alone_lets_nobody_look_again_for_whom_to_ask() -> None:
    desk = await with_rota()
    await desk.ask(BEE, "rota join every week")
    desk.now = Instant.from_utc(2026, 11, 23, 18, 59)
    await desk.pass_time(TimeDelta.ZERO)
    [looked] = [due.at for due in desk.diary.dues.values() if due.kind == "rota-ask"]

    said = await desk.pass_time(TimeDelta(minutes=1))

    assert [to for to, _ in said] == [BEE]
    assert [due.at for due in desk.diary.dues.values() if due.kind == "rota-ask"] == [looked]
