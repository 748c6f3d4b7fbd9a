"""What a person says about when they may be reached and asked, on every world."""

from tests.scenarios.stage import ASH, BEA, CAI, Stage


async def test_a_person_says_when_they_may_be_asked_sees_it_and_takes_it_back(stage: Stage) -> None:
    for typed, answer in (
        ("me quiet from 10pm to 8am", "quiet from 22:00 to 08:00 (Europe/London)"),
        ("me limit 1 shift a week", "once you have 1 shift in a week"),
        ("me rest 12 hours", "no shift less than 12 hours before or after"),
        ("me ask yes", "Kept: when a shift needs people, you may be asked."),
        ("me reach calendar", "Kept: no pings are sent to you."),
    ):
        await stage.types(BEA, typed)
        await stage.reads(BEA, answer)
    await stage.types(BEA, "me")
    shown = await stage.reads(BEA, "This is how I do things for you")
    await stage.types(BEA, "mydata")
    kept = await stage.reads(BEA, "This is all that I keep of you")
    rows = await stage.rows()
    await stage.types(BEA, "me forget")
    await stage.reads(BEA, "Gone.")

    assert "Quiet from 22:00 to 08:00" in shown
    assert "No pings are sent: your calendar is enough" in shown
    assert "You may be asked when a shift needs people" in shown
    assert (
        "quiet from 22:00 to 08:00; you may be asked when a shift needs people; asked for no more with 1 shift" in kept
    )
    assert (rows["wishes"], (await stage.rows())["wishes"]) == (1, 0)


async def test_nobody_asks_a_person_for_anything_in_a_pause_and_afterwards_they_are_asked_again(stage: Stage) -> None:
    for who in (BEA, CAI):
        await stage.types(who, "sit open")
        await stage.reads(who, "You are open")
    await stage.types(BEA, "me pause 2 weeks")
    paused = await stage.reads(BEA, "Paused until")
    await stage.types(ASH, "sit ask quiet")
    await stage.reads(CAI, "Someone would like quiet company")
    await stage.settled()
    heard = await stage.everything_read(BEA)
    await stage.types(ASH, "sit withdraw")
    await stage.reads(ASH, "Withdrawn")
    await stage.types(BEA, "me resume")
    await stage.reads(BEA, "Your pause is over")
    await stage.types(ASH, "sit ask talk")
    await stage.reads(BEA, "Someone would like someone to talk with")

    assert "Shifts that you said yes to stay yours, and pings for them still come." in paused
    assert "“rota leave”" in paused
    assert not [text for text in heard if "Someone would like" in text]
    assert (await stage.rows())["pauses"] == 0
