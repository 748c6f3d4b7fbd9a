"""Hellos, on every world: from the check-in, and at times that somebody chose."""

from whenever import TimeDelta

from tests.scenarios.stage import ASH, BEA, Stage


async def test_somebody_asks_for_a_hello_from_the_check_in_and_hears_who_was_told(stage: Stage) -> None:
    await stage.types(ASH, "rota new Evening check-in, daily 20:00, 1 hour")
    await stage.reads(ASH, "is kept")
    await stage.types(BEA, "rota join every week")
    await stage.reads(BEA, "You have a place on")
    await stage.goes_by(TimeDelta(hours=8, minutes=5))
    await stage.sees("is open")
    await stage.types(ASH, "rota hello")
    told = await stage.reads(ASH, "told in private that you would like a hello")
    heard = await stage.reads(BEA, "would like a hello, while you are on")

    assert BEA in told
    assert ASH in heard


async def test_hellos_come_at_their_time_and_a_buddy_hears_once_that_there_is_no_answer(stage: Stage) -> None:
    await stage.types(ASH, "rota new Evening check-in, daily 20:00")
    await stage.reads(ASH, "is kept")
    await stage.types(BEA, "rota join every week")
    await stage.reads(BEA, "You have a place on")
    await stage.types(ASH, "hello start daily 21:30, wait: 1 hour, unanswered: tell my buddy")
    await stage.reads(ASH, "Nothing starts until your buddy has said yes")
    await stage.picks(ASH, BEA)
    await stage.reads(ASH, "asked in private")
    await stage.reads(BEA, "asks whether you would be their buddy")
    await stage.picks(BEA, "Yes, I will")
    await stage.reads(BEA, "buddy for hellos, until")
    await stage.reads(ASH, "is your buddy for hellos")
    await stage.goes_by(TimeDelta(hours=9, minutes=35))
    await stage.reads(ASH, "Hello.")
    await stage.goes_by(TimeDelta(hours=1))
    heard = await stage.reads(BEA, "there is no answer yet")

    assert ASH in heard
