"""Sitting together as a group, on every world: by typed words, and by what is offered."""

import pytest
from whenever import TimeDelta

from tests.scenarios.stage import ASH, BEA, CAI, Stage

HOUR = TimeDelta(hours=1)
BY_WORD = pytest.param("matrix_by_word", marks=pytest.mark.long)
EVERY_WAY = ["memory", "postgresql_memory", "matrix", BY_WORD, "matrix_by_reaction", "discord"]
TABLES = ("open_hours", "open_hours_rotas")
OVER = "The open hour is over. Thank you for being here."


@pytest.mark.parametrize("stage", EVERY_WAY, indirect=True)
async def test_somebody_starts_an_open_hour_the_room_hears_its_beginning_and_its_end_and_nothing_remains(
    stage: Stage,
) -> None:
    before = {who: await stage.everything_read(who) for who in (BEA, CAI)}
    await stage.types(ASH, "sit together quiet")
    preview = await stage.reads(ASH, "Nothing has been said yet")
    await stage.picks(ASH, "Say it")
    answer = await stage.reads(ASH, "ends by itself")
    begins = await stage.sees("There is an open hour here")
    kept = await stage.rows()
    await stage.goes_by(HOUR + TimeDelta(minutes=1))
    over = await stage.sees(OVER)
    await stage.settled()
    rows = await stage.rows()

    assert begins.strip() in preview
    assert "quiet company. Come and go as you like; nobody keeps a list." in begins
    assert "Nobody is pinged" in preview
    assert "To end it sooner" in answer
    assert ASH not in begins + over
    assert {who: await stage.everything_read(who) for who in (BEA, CAI)} == before
    assert ([kept[table] for table in TABLES], [rows[table] for table in TABLES]) == ([1, 0], [0, 0])


@pytest.mark.parametrize("stage", EVERY_WAY, indirect=True)
async def test_one_for_later_is_announced_and_called_off_by_who_planned_it(stage: Stage) -> None:
    await stage.types(ASH, "sit together talk, 2 hours, in 3 hours, with my name")
    await stage.reads(ASH, "Nothing has been said yet")
    await stage.picks(ASH, "Say it")
    await stage.reads(ASH, "It is planned for")
    announced = await stage.sees("has planned an open hour here")
    await stage.picks(ASH, "Call it off")
    await stage.reads(ASH, "is called off")
    await stage.sees("will not be")
    rows = await stage.rows()

    assert ASH in announced
    assert rows["open_hours"] == 0


async def test_a_rota_holds_open_hours_for_the_shifts_that_somebody_is_on(stage: Stage) -> None:
    await stage.types(ASH, "rota new Evening, daily 20:00, 1 hour")
    await stage.reads(ASH, "is kept")
    await stage.types(ASH, "rota together 1 side by side")
    await stage.reads(ASH, "From now on, each shift of")
    await stage.sees("From now on, each shift of")
    await stage.types(BEA, "rota join tomorrow")
    await stage.reads(BEA, "You are on")
    await stage.goes_by(9 * HOUR)
    await stage.settled()
    nobody_on = (await stage.rows())["open_hours"]
    await stage.goes_by(TimeDelta(hours=23, minutes=10))
    begins = await stage.sees("There is an open hour here")
    await stage.goes_by(HOUR)
    await stage.sees(OVER)
    await stage.types(CAI, "rota together 1 off")
    await stage.reads(CAI, "are no open hours any more")
    rows = await stage.rows()

    assert nobody_on == 0
    assert "side by side, each doing something of their own" in begins
    assert BEA not in begins
    assert [rows[table] for table in TABLES] == [0, 0]


async def test_who_started_one_leaves_and_it_goes_on_to_its_end_without_them(stage: Stage) -> None:
    await stage.types(ASH, "sit together quiet")
    await stage.reads(ASH, "Nothing has been said yet")
    await stage.picks(ASH, "Say it")
    await stage.sees("There is an open hour here")
    await stage.leaves(ASH)
    await stage.settled()
    left = (await stage.rows())["open_hours"]
    await stage.goes_by(HOUR + TimeDelta(minutes=1))
    await stage.sees(OVER)

    assert left == 1
    assert (await stage.rows())["open_hours"] == 0
