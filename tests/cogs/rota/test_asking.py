"""Shifts that need people: who is asked in private, when, in which words, and what is left of it afterwards."""

import pytest
from whenever import Instant, Time, TimeDelta

from bot.domain.ids import PersonId, PlaceId
from bot.domain.outgoing import Message
from bot.domain.people import Pause, Wish
from bot.domain.quiet import Quiet
from bot.domain.rota.asks import Asks
from bot.domain.saying import Undo
from tests.cogs.rota.desk import ASH, BEE, CAT, OAK, ROOM, ROTA, SUNDAY, Desk

HOUR = TimeDelta(hours=1)
DAY = HOUR * 24
DEE, EVE = (PersonId.of("local", name) for name in ("dee", "eve"))
WILLING = Wish(gaps=True)
NOTHING = "If not, there is nothing to do, and you are not asked for it again."
TUESDAY = "Tuesday 24 November, 19:00"


async def willing(*people: PersonId, wish: Wish = WILLING) -> Desk:
    """Return a desk at which these may be asked."""
    desk = Desk()
    for person in people:
        await desk.people.keep(OAK, person, wish)
    return desk


async def short(desk: Desk, rota: str = "rota new Tea, every tuesday 19:00") -> list[tuple[PersonId | PlaceId, str]]:
    """Return what is said when a rota begins that nobody is on."""
    await desk.ask(ASH, rota)
    desk.said.clear()
    desk.offered.clear()
    return await desk.pass_time(TimeDelta.ZERO)


def to(said: list[tuple[PersonId | PlaceId, str]]) -> list[PersonId | PlaceId]:
    return [who for who, _ in said]


def asked(said: list[tuple[PersonId | PlaceId, str]]) -> list[PersonId | PlaceId]:
    """Return who was asked, and not pinged or the like."""
    return [who for who, text in said if text.endswith(NOTHING)]


def kept(desk: Desk) -> Asks:
    [sheet] = desk.shelf.rotas.values()
    return desk.asks.asks.get(sheet.rota.id, Asks())


async def test_a_new_rota_asks_somebody_in_private_what_when_and_with_whom_and_how_to_say_yes() -> None:
    desk = await willing(BEE, wish=Wish(gaps=True, zone="America/New_York"))

    said = await short(desk)

    ask = f"“Tea” needs somebody: Tuesday 24 November, 14:00.\nNobody is on it so far.\n{NOTHING}"
    assert said == [(BEE, ask)]
    assert desk.offered == ["rota join 1 2026-11-24"]


async def test_the_answer_puts_them_on_and_leaving_takes_it_back() -> None:
    desk = await willing(BEE)
    await short(desk, "rota new Tea, every tuesday 19:00, 2 people")
    await desk.ask(CAT, "rota join tuesday")
    await desk.people.keep(OAK, DEE, WILLING)
    async with desk.feature.changing(OAK, DEE, desk.now):
        pass

    said = await desk.pass_time(HOUR)

    assert said == [(DEE, f"“Tea” needs somebody: {TUESDAY}.\nOn it so far: cat.\n{NOTHING}")]
    assert (await desk.ask(DEE, desk.offered[-1])).startswith(f"You are on “Tea”, {TUESDAY}.")


async def test_nobody_is_asked_who_did_not_say_that_they_may_be_and_the_room_is_told_once() -> None:
    desk = await willing()

    said = [*await short(desk), *await desk.pass_time(DAY * 2)]

    assert to(said) == [ROOM]


async def test_only_shifts_of_the_next_seven_days_are_asked_for_and_later_ones_when_they_come_near() -> None:
    desk = await willing(BEE, CAT)
    said = await short(desk, "rota new Tea, 1 december 12:01")

    assert said == []
    assert await desk.pass_time(DAY * 2) == []
    assert set(to(await desk.pass_time(TimeDelta(minutes=1)))) == {BEE, CAT}


async def test_three_are_asked_at_first_and_others_when_their_time_is_over_each_once() -> None:
    desk = await willing(BEE, CAT, DEE, EVE)

    first = await short(desk, "rota new Tea, 24 november 19:00")
    then = await desk.pass_time(DAY * 3)

    assert len(to(first)) == 3
    assert sorted(asked([*first, *then])) == sorted([BEE, CAT, DEE, EVE])


async def test_whoever_is_in_quiet_hours_is_asked_when_they_end() -> None:
    desk = await willing(BEE, wish=Wish(gaps=True, quiet=Quiet(starts=Time(11), ends=Time(15))))

    assert await short(desk) == []
    assert await desk.pass_time(TimeDelta(hours=2, minutes=59)) == []
    assert to(await desk.pass_time(TimeDelta(minutes=1))) == [BEE]


async def test_an_ask_that_is_late_is_not_given_in_quiet_hours_or_when_it_is_of_no_use() -> None:
    quiet = Quiet(starts=Time(22), ends=Time(8))
    desk = await willing(BEE, CAT)
    await desk.people.keep(OAK, BEE, Wish(gaps=True, quiet=quiet))
    await desk.ask(ASH, "rota new Tea, every tuesday 19:00")
    [due] = [due for due in desk.diary.dues.values() if due.kind == "rota-ask"]
    await desk.feature.steps["rota-ask"](due, desk.now)

    asks = {each.to: each for each in desk.outbox.waiting.values() if isinstance(each, Message) and each.to != ROOM}
    assert asks[BEE].expires_at == Instant.from_utc(2026, 11, 22, 22)
    assert asks[CAT].expires_at == Instant.from_utc(2026, 11, 24, 18, 31)
    assert [each.fallback for each in asks.values()] == [None, None]


@pytest.mark.parametrize("wish", [Wish(gaps=True, pause=Pause()), Wish(gaps=True, weekly=1), Wish(gaps=True, rest=DAY)])
async def test_nobody_is_asked_in_a_pause_over_their_limit_or_without_their_rest(wish: Wish) -> None:
    desk = await willing(BEE, wish=wish)
    await desk.ask(ASH, "rota new Walk, every wednesday 10:00")
    await desk.ask(BEE, "rota join 1 wednesday")

    said = [*await short(desk, "rota new Tea, 24 november 19:00"), *await desk.pass_time(DAY * 2)]

    assert asked(said) == []


async def test_a_pause_that_ends_lets_somebody_be_asked_from_then_on() -> None:
    desk = await willing(BEE, wish=Wish(gaps=True, pause=Pause(until=SUNDAY + HOUR * 5)))
    await short(desk)

    assert await desk.pass_time(HOUR * 5 - TimeDelta(minutes=1)) == []
    assert to(await desk.pass_time(TimeDelta(minutes=1))) == [BEE]


async def test_saying_that_one_may_be_asked_is_enough_to_be_asked_for_what_is_open() -> None:
    desk = await willing()
    await short(desk)

    async with desk.feature.changing(OAK, BEE, desk.now):
        await desk.people.keep(OAK, BEE, WILLING)

    assert to(await desk.pass_time(TimeDelta.ZERO)) == [BEE]


async def test_shifts_that_are_over_count_for_the_week_they_were_in() -> None:
    desk = await willing(BEE, wish=Wish(gaps=True, weekly=1))
    await desk.ask(ASH, "rota new Walk, 23 november 10:00")
    await desk.ask(BEE, "rota join 1 monday")
    await desk.pass_time(DAY * 3)

    await short(desk, "rota new Tea, 29 november 19:00")
    this_week = await desk.pass_time(DAY * 3)
    await desk.ask(ASH, "rota new Cake, 30 november 20:00")

    assert asked(this_week) == []
    assert asked(desk.said) == []
    assert asked(await desk.pass_time(DAY * 5)) == [BEE]


async def test_whoever_cannot_make_it_is_not_asked_and_others_are() -> None:
    desk = await willing(BEE, CAT)
    await desk.ask(ASH, "rota new Tea, 24 november 19:00")
    await desk.ask(BEE, "rota join tuesday")
    await desk.pass_time(DAY)
    desk.said.clear()

    await desk.ask(BEE, "rota leave tuesday")
    said = await desk.pass_time(DAY * 2)

    assert [each for each in to(said) if each != ROOM] == [CAT]
    assert "needs somebody" in dict(said)[CAT]


async def test_a_single_shift_that_somebody_left_long_before_is_not_asked_of_them_when_it_comes_near() -> None:
    desk = await willing(BEE)
    await desk.ask(ASH, "rota new Tea, 15 december 19:00")
    await desk.ask(BEE, "rota join 15 december")
    await desk.ask(BEE, "rota leave 15 december")

    assert BEE not in to(await desk.pass_time(DAY * 24))


async def test_who_ended_a_standing_place_may_be_asked_for_what_comes_after_a_week() -> None:
    desk = await willing(BEE)
    await desk.ask(ASH, "rota new Tea, every tuesday 19:00")
    await desk.ask(BEE, "rota join every tuesday")
    await desk.ask(BEE, "rota leave every tuesday")
    desk.said.clear()

    said = await desk.pass_time(DAY * 8)

    assert [text.splitlines()[0] for who, text in said if who == BEE] == [
        "“Tea” needs somebody: Tuesday 1 December, 19:00."
    ]


async def test_when_it_was_taken_the_others_hear_nothing_and_their_button_says_that_it_is_full() -> None:
    desk = await willing(BEE, CAT)
    await short(desk)
    [button, _] = desk.offered
    await desk.ask(BEE, button)
    desk.said.clear()

    said = await desk.pass_time(HOUR)
    answer = await desk.ask(CAT, button)

    assert said == []
    assert answer == f"The shift {TUESDAY} is full. “rota show” shows what is open."
    assert [choice.typed for choice in desk.choices] == ["rota reserve 1 2026-11-24"]
    assert desk.choices[0].undo == Undo(
        command="rota reserve", options={"rota": "1", "date": "2026-11-24", "answer": "off"}
    )


@pytest.mark.parametrize("line", ["rota join tuesday", "rota end 1"])
async def test_an_ask_that_is_not_out_yet_is_taken_back_when_the_shift_is_full_or_the_rota_ends(line: str) -> None:
    desk = await willing(BEE)
    desk.offline = True
    await short(desk, "rota new Tea, 24 november 19:00")
    waiting = {key for key in desk.outbox.waiting if ":ask:" in key}

    await desk.ask(CAT, line)
    await desk.pass_time(TimeDelta.ZERO)

    assert len(waiting) == 1
    assert not waiting & desk.outbox.waiting.keys()


async def test_a_part_that_is_open_is_asked_for_and_the_answer_takes_just_that_part() -> None:
    desk = await willing(BEE, wish=Wish(gaps=True, zone="America/New_York"))
    await desk.people.keep(OAK, CAT, WILLING)
    await desk.ask(ASH, "rota new Tea, 24 november 19:00 to 21:00")
    await desk.ask(CAT, "rota join 1, tuesday, until 20:00")
    desk.said.clear()
    desk.offered.clear()

    said = await desk.pass_time(TimeDelta.ZERO)

    when = "Tuesday 24 November, 15:00 to 16:00"
    assert said == [(BEE, f"“Tea” needs somebody: {when}.\nOn it so far: cat (14:00 to 15:00).\n{NOTHING}")]
    assert desk.offered == ["rota join 1, 2026-11-24, from 15:00"]
    assert (await desk.ask(BEE, desk.offered[0])).startswith("You are on “Tea”, Tuesday 24 November, 15:00 to 16:00.")


async def test_of_several_parts_each_can_be_taken() -> None:
    desk = await willing(BEE)
    await desk.ask(ASH, "rota new Tea, 24 november 19:00 to 22:00")
    await desk.ask(CAT, "rota join 1, tuesday, 20:00 to 21:00")
    desk.offered.clear()

    said = await desk.pass_time(TimeDelta.ZERO)

    first = "“Tea” needs somebody: Tuesday 24 November, 19:00 to 20:00 and Tuesday 24 November, 21:00 to 22:00."
    assert dict(said)[BEE].splitlines()[0] == first
    assert desk.offered == ["rota join 1, 2026-11-24, until 20:00", "rota join 1, 2026-11-24, from 21:00"]


async def test_a_restart_in_the_middle_and_steps_that_run_twice_ask_nobody_again() -> None:
    desk = await willing(BEE, CAT, DEE, EVE)
    said = await short(desk)
    for _ in range(30):
        desk.restart()
        for due in list(desk.diary.dues.values()):
            await desk.feature.steps[due.kind](due, desk.now)
        said += await desk.pass_time(HOUR)

    assert sorted(asked(said)) == sorted([BEE, CAT, DEE, EVE])


async def test_nobody_is_asked_again_for_a_shift_that_was_full_in_between() -> None:
    desk = await willing(BEE)
    said = await short(desk, "rota new Tea, 28 november 19:00")
    await desk.ask(CAT, "rota join saturday")
    await desk.pass_time(DAY * 2)
    await desk.ask(CAT, "rota leave saturday")

    said += await desk.pass_time(TimeDelta.ZERO)
    waited_for = {each.person: each.until for each in kept(desk).asked}
    said += await desk.pass_time(DAY * 5)

    assert to(said).count(BEE) == 1
    assert waited_for == {BEE: None, CAT: None}


async def test_nobody_is_asked_twice_within_a_day_whatever_the_rotas() -> None:
    desk = await willing(BEE)
    await desk.ask(ASH, "rota new Tea, 24 november 19:00")
    await desk.ask(ASH, "rota new Walk, 25 november 19:00")
    desk.said.clear()

    assert to(await desk.pass_time(DAY - TimeDelta(minutes=1))) == [BEE]
    assert BEE in to(await desk.pass_time(TimeDelta(minutes=1)))


async def test_nobody_is_asked_for_two_shifts_of_one_rota_at_once() -> None:
    desk = await willing(BEE)

    said = await short(desk, ROTA)

    assert to(said) == [BEE]


async def test_a_no_leaves_nothing_but_when_they_were_last_asked() -> None:
    desk = await willing(BEE, CAT)
    await short(desk, "rota new Tea, 24 november 19:00")
    waited = {each.person for each in kept(desk).asked if each.until}
    await desk.pass_time(HOUR * 20)
    still = {each.person: each.until for each in kept(desk).asked}

    await desk.ask(DEE, "rota join tuesday")
    await desk.pass_time(TimeDelta.ZERO)

    assert waited == {BEE, CAT}
    assert still == {BEE: None, CAT: None}
    assert kept(desk) == Asks()
    assert desk.asks.last == {(OAK, BEE): SUNDAY, (OAK, CAT): SUNDAY}


async def test_nothing_is_left_of_a_shift_that_nobody_took_when_it_is_over() -> None:
    desk = await willing(BEE)
    await short(desk, "rota new Tea, 24 november 19:00")

    await desk.pass_time(DAY * 20)

    assert kept(desk) == Asks()
