"""What a group sets for company, on every world: a first step before somebody offers, and its own words on an ask."""

from whenever import TimeDelta

from tests.scenarios.stage import ASH, BEA, CAI, Stage

MONTHS = TimeDelta(hours=24 * 60)


async def test_who_has_not_taken_the_first_step_is_asked_once_members_welcomed_them(stage: Stage) -> None:
    await stage.types(CAI, "group first step welcome")
    announced = await stage.sees("From now on, 2 members welcome someone before they offer company")
    await stage.types(BEA, "sit open")
    opened = await stage.reads(BEA, "You are open")
    await stage.types(BEA, "about")
    about = await stage.reads(BEA, "I am not a crisis service")
    await stage.types(ASH, "sit ask quiet")
    await stage.reads(ASH, "Nobody has said they are open just now")
    for who in (ASH, CAI):
        await stage.types(who, "sit welcome Bea")
        await stage.reads(who, "Kept: you welcome")
        await stage.reads(BEA, f"{who} welcomes you to this group.")
    await stage.types(BEA, "sit open")
    taken = await stage.reads(BEA, "You have taken the first step.")
    await stage.reads(BEA, "Someone would like quiet company")
    await stage.picks(BEA, "I can")
    await stage.reads(ASH, "can sit with you")
    await stage.types(CAI, "sit welcome Bea off")
    await stage.reads(CAI, "I tell nobody")
    rows = await stage.rows()

    for told in (opened, about):
        assert "This group asks for the welcome of 2 members before someone offers." in told
        assert "You can ask for company at any time." in told
    assert CAI not in announced
    assert "2" not in taken
    assert rows["welcomes"] == 1


async def test_who_has_been_in_the_group_long_enough_is_asked_by_itself(stage: Stage) -> None:
    await stage.types(CAI, "group first step 2 weeks")
    await stage.sees("From now on, someone is 14 days in the group before they offer company.")
    await stage.types(BEA, "sit open")
    opened = await stage.reads(BEA, "This group asks for 14 days in it before someone offers.")
    await stage.types(ASH, "sit ask talk")
    await stage.reads(ASH, "Nobody has said they are open just now")
    await stage.types(ASH, "sit withdraw")
    await stage.reads(ASH, "Withdrawn")
    await stage.goes_by(MONTHS)
    await stage.types(ASH, "sit ask quiet")
    await stage.reads(BEA, "Someone would like quiet company")

    assert "After that, asks are put to you by themselves." in opened
    assert not [text for text in await stage.everything_read(BEA) if "someone to talk with" in text]


async def test_before_an_ask_is_sent_it_shows_who_could_read_and_the_groups_own_words(stage: Stage) -> None:
    await stage.types(CAI, "group stance Ring Sam, day or night: we come.")
    announced = await stage.sees("On emergencies, people now read this")
    await stage.types(ASH, "sit quiet")
    preview = await stage.reads(ASH, "without your name")
    await stage.types(CAI, "group stance none")
    await stage.sees("people now read my usual sentence")
    await stage.types(BEA, "sit quiet")
    usual = await stage.reads(BEA, "without your name")

    assert "Ring Sam, day or night: we come." in announced
    assert preview.count("This group says: Ring Sam, day or night: we come.") == 1
    assert "not a crisis service" not in preview
    assert "This is company from peers, not a crisis service." in usual
    for told in (preview, usual):
        assert "For lines that are open now, type “now”." in told
        assert "Who else could read what is said" in told
