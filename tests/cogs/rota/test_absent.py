"""Being away from standing places for some days, and being back, in typed lines."""

from whenever import TimeDelta

from tests.cogs.rota.desk import ASH, BEE, CAT, ROOM, ROTA, Desk


async def standing() -> Desk:
    """Return a desk at which bee has every place."""
    desk = Desk()
    await desk.ask(ASH, ROTA)
    await desk.ask(BEE, "rota join 1 every week")
    desk.said.clear()
    return desk


async def test_whoever_is_away_is_off_those_days_and_on_all_the_others() -> None:
    desk = await standing()

    answer = await desk.ask(BEE, "rota away 24 november to 1 december")
    mine = (await desk.ask(BEE, "rota mine")).splitlines()

    assert answer.splitlines() == [
        "You are away from your standing places: Tuesday 24 November to Tuesday 1 December.",
        (
            "These shifts are without you then: “Evening check-in”, Tuesday 24 November, 19:00,"
            " “Evening check-in”, Thursday 26 November, 19:00 and “Evening check-in”, Tuesday 1 December, 19:00."
        ),
        "To be back sooner, type “rota back”.",
    ]
    assert mine[1] == "Evening check-in: in 11 days, Thursday 3 December, 19:00."
    assert await desk.ids(CAT, "rota join tuesday") == ["rota-joined", "rota-pings", "rota-change-mind"]


async def test_a_shift_that_was_joined_by_itself_stays_and_is_named() -> None:
    desk = Desk()
    await desk.ask(ASH, ROTA)
    await desk.ask(BEE, "rota join 1 tuesday")
    await desk.ask(BEE, "rota join 1 every thursday")

    answer = await desk.ask(BEE, "rota away 24 november to 1 december")

    assert "You are still on these, which you joined one by one: “Evening check-in”, Tuesday 24 November" in answer


async def test_whoever_is_back_has_their_places_but_for_what_others_have_taken() -> None:
    desk = await standing()
    await desk.ask(BEE, "rota away 24 november to 1 december")
    await desk.ask(CAT, "rota join tuesday")

    back = await desk.ask(BEE, "rota back")

    assert back.splitlines() == [
        (
            "You are back on your standing places, but for shifts that are full without you,"
            " or at a time when you have another."
        ),
        "Your next shifts: " + (await _next(desk)) + ".",
    ]
    assert (await desk.ask(CAT, "rota mine")).splitlines()[1] == (
        "Evening check-in: in 2 days, Tuesday 24 November, 19:00."
    )
    assert await desk.ids(BEE, "rota back") == ["rota-back-already"]


async def _next(desk: Desk) -> str:
    lines = (await desk.ask(BEE, "rota mine")).splitlines()[1:6]
    shifts = [f"“Evening check-in”, {line.partition(' days, ')[2].removesuffix('.')}" for line in lines]
    assert shifts[0] == "“Evening check-in”, Thursday 26 November, 19:00"
    return ", ".join(shifts[:-1]) + " and " + shifts[-1]


async def test_whoever_took_another_shift_meanwhile_is_not_on_two_at_once_when_they_are_back() -> None:
    desk = await standing()
    await desk.ask(ASH, "rota new Soup, every tuesday 19:30")
    await desk.ask(BEE, "rota away 24 november to 25 november, rota: 1")
    await desk.ask(BEE, "rota join 2 tuesday")

    await desk.ask(BEE, "rota back")

    assert (await desk.ask(BEE, "rota mine")).splitlines()[1:3] == [
        "Soup: in 2 days, Tuesday 24 November, 19:30.",
        "Evening check-in: in 4 days, Thursday 26 November, 19:00.",
    ]


async def test_nobody_is_pinged_while_away_and_the_room_hears_of_the_gap_once() -> None:
    desk = await standing()
    await desk.ask(BEE, "rota away 24 november to 25 november")

    said = await desk.pass_time(TimeDelta(hours=24 * 3))

    assert [to for to, _ in said] == [ROOM]


async def test_without_a_standing_place_there_is_nothing_to_be_away_from() -> None:
    desk = await standing()

    assert await desk.ids(CAT, "rota away 24 november") == ["rota-away-nothing"]
    assert await desk.ids(CAT, "rota back") == ["rota-away-nothing"]
    assert await desk.ids(BEE, "rota away none") == ["rota-away-when"]
