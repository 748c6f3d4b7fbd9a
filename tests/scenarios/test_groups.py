"""A group's own ways, and people who leave it, on every world."""

from whenever import TimeDelta

from tests.scenarios.stage import ASH, BEA, CAI, Stage


async def test_a_member_sets_the_groups_ways_and_everybody_is_told_and_has_them(stage: Stage) -> None:
    await stage.types(ASH, "group nation wales")
    await stage.reads(ASH, "Kept, and the room is told")
    announced = await stage.sees("This group’s nation is now Wales.")
    await stage.types(BEA, "me")
    ways = await stage.reads(BEA, "Nation: Wales")
    await stage.types(BEA, "me nation scotland")
    await stage.reads(BEA, "Kept: Scotland.")
    await stage.types(ASH, "group zone Asia/Kolkata")
    await stage.sees("This group now goes by the time in Asia/Kolkata.")
    await stage.types(BEA, "me")
    own = await stage.reads(BEA, "Nation: Scotland")

    assert ASH not in announced
    assert "Times in Europe/London" in ways
    assert "Times in Asia/Kolkata" in own


async def test_whoever_leaves_the_group_is_on_nothing_of_it_and_an_ask_of_theirs_ends(stage: Stage) -> None:
    await stage.types(BEA, "sit open")
    await stage.reads(BEA, "You are open")
    await stage.types(CAI, "sit open")
    await stage.reads(CAI, "You are open")
    await stage.types(ASH, "rota new Evening check-in, daily 20:00")
    await stage.reads(ASH, "is kept")
    await stage.types(ASH, "rota join every week")
    await stage.reads(ASH, "You have a place on")
    await stage.types(ASH, "sit ask quiet")
    await stage.reads(BEA, "Someone would like")
    await stage.picks(BEA, "I can")
    await stage.reads(ASH, "can sit with you")
    await stage.leaves(ASH)
    await stage.reads(BEA, "That ask is over. Thank you")
    rows = await stage.rows()
    await stage.goes_by(TimeDelta(hours=30))
    gap = await stage.sees("Nobody is on “Evening check-in”")

    assert (rows["asks"], rows["offers"], rows["rota_standing"], rows["openings"]) == (0, 0, 0, 2)
    assert not [text for text in await stage.everything_read(ASH) if "Your shift" in text]
    assert ASH not in gap
