"""Never paired with somebody, on every world: one line, no reason, and the other hears nothing and sees nothing."""

from tests.scenarios.stage import ASH, BEA, CAI, Stage


async def test_a_person_is_never_brought_together_with_one_they_named_who_cannot_see_it(stage: Stage) -> None:
    for who in (BEA, CAI):
        await stage.types(who, "sit open")
        await stage.reads(who, "You are open")
    before = await stage.everything_read(ASH)
    await stage.types(BEA, "me apart Ash")
    kept = await stage.reads(BEA, "Kept: I do not bring you and")
    await stage.settled()
    after = await stage.everything_read(ASH)
    await stage.types(ASH, "sit ask quiet")
    await stage.reads(CAI, "Someone would like quiet company")
    await stage.types(ASH, "mydata")
    theirs = await stage.reads(ASH, "This is all that I keep of you")
    await stage.types(BEA, "mydata")
    own = await stage.reads(BEA, "This is all that I keep of you")
    await stage.settled()
    heard = await stage.everything_read(BEA)
    rows = await stage.rows()
    await stage.types(BEA, "me apart")
    shown = await stage.reads(BEA, "You named")
    await stage.types(BEA, "me apart Ash off")
    await stage.reads(BEA, "It is let go of. I may bring you and")

    assert "They cannot see it, and nobody is told." in kept
    assert "Somebody whom you are never brought together with" in own
    assert "Somebody whom you are never" not in theirs
    assert [text for text in heard if "Someone would like" in text] == []
    assert after == before
    assert shown
    assert (rows["apart"], (await stage.rows())["apart"]) == (1, 0)
