"""The reserve list of a full shift: who is on it is asked first when a place opens, one by one, and hears no more."""

import pytest
from whenever import TimeDelta

from bot.domain.people import Wish
from bot.domain.rota.asks import Asks
from tests.cogs.rota.desk import ASH, BEE, CAT, OAK, ROOM, ROTA, Desk
from tests.cogs.rota.test_asking import DAY, DEE, EVE, HOUR, NOTHING, TUESDAY, kept, to, willing

FULL = f"The shift {TUESDAY} is full. “rota show” shows what is open."


async def full(desk: Desk, rota: str = "rota new Tea, every tuesday 19:00") -> Desk:
    """Let Ash be on the shift of Tuesday, alone."""
    await desk.ask(ASH, rota)
    await desk.ask(ASH, "rota join tuesday")
    await desk.pass_time(TimeDelta.ZERO)
    desk.said.clear()
    return desk


async def test_a_full_shift_that_is_refused_offers_to_ask_first_and_the_answer_promises_no_more_than_that() -> None:
    desk = await full(Desk())

    refused = await desk.ask(BEE, "rota join tuesday")
    offered = desk.choices[0].typed
    answer = await desk.ask(BEE, offered)

    assert refused == FULL
    assert answer == (
        f"If a place opens on “Tea”, {TUESDAY}, you are asked before others.\n"
        "No place is held for you: whoever says yes first has it."
    )
    assert [choice.typed for choice in desk.choices] == ["rota reserve 1, 2026-11-24, off"]


async def test_who_waits_is_asked_first_one_at_a_time_in_their_order_though_they_never_said_they_may_be_asked() -> None:
    desk = await full(await willing(EVE), "rota new Tea, 24 november 19:00")
    for person in (CAT, BEE, DEE):
        await desk.ask(person, "rota reserve tuesday")
        await desk.pass_time(TimeDelta(minutes=1))

    await desk.ask(ASH, "rota leave tuesday")
    first = await desk.pass_time(TimeDelta.ZERO)
    rest = await desk.pass_time(DAY * 3)

    told = f"A place is open on “Tea”: {TUESDAY}. You wished to be asked first.\nNobody is on it so far.\n{NOTHING}"
    assert first == [(CAT, told)]
    assert [each for each in to([*first, *rest]) if each != ROOM] == [CAT, BEE, DEE, EVE]


async def test_a_place_that_opens_far_ahead_on_a_shift_that_is_not_short_is_asked_of_those_who_wait_alone() -> None:
    desk = Desk()
    for person in (EVE, DEE):
        await desk.people.keep(OAK, person, Wish(gaps=True))
    await desk.ask(ASH, "rota new Tea, 15 december 19:00, 1 to 2 people")
    for person in (ASH, CAT):
        await desk.ask(person, "rota join 15 december")
    await desk.ask(BEE, "rota reserve 15 december")
    await desk.pass_time(HOUR)
    desk.said.clear()

    await desk.ask(CAT, "rota leave 15 december")
    said = await desk.pass_time(DAY * 3)

    assert to(said) == [BEE]
    assert "On it so far: ash." in dict(said)[BEE]


async def test_who_takes_the_place_is_off_the_list_and_the_next_is_asked_at_the_next_place() -> None:
    desk = await full(Desk(), "rota new Tea, 24 november 19:00")
    for person in (BEE, CAT):
        await desk.ask(person, "rota reserve tuesday")
        await desk.pass_time(TimeDelta(minutes=1))
    await desk.ask(ASH, "rota leave tuesday")
    await desk.pass_time(TimeDelta.ZERO)
    await desk.ask(BEE, "rota join tuesday")
    await desk.pass_time(TimeDelta.ZERO)
    desk.said.clear()

    await desk.ask(BEE, "rota leave tuesday")
    said = await desk.pass_time(DAY * 2)

    assert [each for each in to(said) if each != ROOM] == [CAT]


async def test_an_ask_uses_the_place_on_the_list_up_and_whoever_goes_on_it_anew_is_asked_anew() -> None:
    desk = await full(Desk(), "rota new Tea, 24 november 19:00")
    await desk.ask(BEE, "rota reserve tuesday")
    await desk.ask(ASH, "rota leave tuesday")
    await desk.pass_time(HOUR)
    await desk.ask(CAT, "rota join tuesday")
    await desk.pass_time(TimeDelta.ZERO)
    after_an_ask = kept(desk)
    await desk.ask(BEE, "rota reserve tuesday")
    await desk.pass_time(DAY)
    desk.said.clear()

    await desk.ask(CAT, "rota leave tuesday")
    said = await desk.pass_time(HOUR)

    assert after_an_ask == Asks()
    assert BEE in to(said)


async def test_off_the_list_nobody_is_asked_and_saying_so_twice_changes_nothing() -> None:
    desk = await full(Desk(), "rota new Tea, 24 november 19:00")
    await desk.ask(BEE, "rota reserve tuesday")

    first = await desk.ask(BEE, "rota reserve 1, tuesday, off")
    second = await desk.ask(BEE, "rota reserve 1, tuesday, off")
    await desk.ask(ASH, "rota leave tuesday")

    assert first == f"You are not asked first for “Tea”, {TUESDAY}, any more."
    assert second == f"You were not to be asked first for “Tea”, {TUESDAY}. Nothing has changed."
    assert BEE not in to(await desk.pass_time(DAY))


async def test_limits_pauses_and_rest_hold_for_who_waits_too() -> None:
    desk = await full(Desk(), "rota new Tea, 24 november 19:00")
    await desk.people.keep(OAK, BEE, Wish(weekly=1))
    await desk.ask(ASH, "rota new Walk, 25 november 10:00")
    await desk.ask(BEE, "rota join 2 wednesday")
    await desk.ask(BEE, "rota reserve 1 tuesday")

    await desk.ask(ASH, "rota leave 1 tuesday")

    assert BEE not in [who for who, text in await desk.pass_time(DAY) if "asked first" in text]


async def test_without_a_day_the_full_shifts_are_shown() -> None:
    desk = await full(Desk())

    answer = await desk.ask(BEE, "rota reserve")

    assert answer == (
        "For which full shift of “Tea” would you like to be asked first? Pick one, or type “rota reserve 1” and a day."
    )
    assert [choice.typed for choice in desk.choices] == ["rota reserve 1 2026-11-24"]
    assert await desk.ask(ASH, "rota reserve") == (
        "No shift of “Tea” is full for you just now. “rota show” shows what is open."
    )


async def test_where_there_is_a_place_it_can_be_taken_and_nobody_waits_for_a_shift_they_are_on() -> None:
    desk = await full(Desk())

    open_ = await desk.ask(BEE, "rota reserve 1 december")
    joins = [choice.typed for choice in desk.choices]

    assert open_ == "There is a place on “Tea”, Tuesday 1 December, 19:00. You can take it."
    assert joins == ["rota join 1 2026-12-01"]
    assert await desk.ask(ASH, "rota reserve tuesday") == f"You are on “Tea”, {TUESDAY}, already. Nothing has changed."
    assert kept(desk) == Asks()


@pytest.mark.parametrize(("day", "id_"), [("16 november 2027", "rota-shift-far"), ("wednesday", "rota-no-shift")])
async def test_what_cannot_be_waited_for_is_refused_as_joining_is(day: str, id_: str) -> None:
    desk = await full(Desk())
    await desk.ask(ASH, "rota join every tuesday")

    assert await desk.ids(BEE, f"rota reserve {day}") == [id_]


async def test_nobody_sees_who_waits() -> None:
    desk = await full(Desk(), ROTA)
    await desk.ask(BEE, "rota reserve tuesday")
    await desk.pass_time(HOUR)

    assert "bee" not in await desk.ask(CAT, "rota show")
    assert "bee" not in str(desk.said)
