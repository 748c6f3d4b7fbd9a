"""Rotas, on every world."""

from whenever import TimeDelta

from tests.scenarios.stage import ASH, BEA, Stage

# A date that is always still to come, and one that cannot be read.
LASTING = b"date,start,end,who\n28 february,19:00,21:00,Jo Smith\nsoon,19:00,21:00,Jo Smith\n"


async def test_a_rota_is_started_joined_pinged_and_opened(stage: Stage) -> None:
    await stage.types(ASH, "rota new Evening check-in, daily 20:00, 1 hour, words: The kettle is on.")
    await stage.reads(ASH, "is kept")
    await stage.sees("There is a new rota: Evening check-in.")
    await stage.types(BEA, "rota join tomorrow")
    await stage.reads(BEA, "You are on “Evening check-in”")
    await stage.goes_by(TimeDelta(hours=24))
    await stage.goes_by(TimeDelta(hours=7, minutes=50))
    ping = await stage.reads(BEA, "Your shift: Evening check-in")
    await stage.goes_by(TimeDelta(minutes=15))
    opened = await stage.sees("The kettle is on.")

    assert "20:00" in ping
    assert BEA in opened


async def test_the_room_is_told_once_of_a_shift_without_people(stage: Stage) -> None:
    await stage.types(ASH, "rota new Evening check-in, daily 20:00")
    await stage.reads(ASH, "is kept")
    await stage.goes_by(TimeDelta(hours=9))
    gap = await stage.sees("Nobody is on “Evening check-in”")

    assert "stays open" in gap


async def test_what_is_missing_is_asked_one_by_one(stage: Stage) -> None:
    await stage.types(ASH, "rota new")
    await stage.reads(ASH, "What is the rota called?")
    await stage.types(ASH, "Sunday soup")
    await stage.reads(ASH, "Which days, and what time?")
    await stage.types(ASH, "whenever it suits")
    await stage.reads(ASH, "I need days and a time")
    await stage.types(ASH, "every sunday 17:00")
    kept = await stage.reads(ASH, "is kept")

    assert "Sunday soup" in kept


async def test_a_rota_is_brought_in_from_a_file_and_kept_at_a_word(stage: Stage) -> None:
    await stage.types(ASH, "rota import")
    await stage.reads(ASH, "What is the rota to be called?")
    await stage.types(ASH, "Tea")
    await stage.reads(ASH, "Send the file here")
    await stage.sends(ASH, "tea.csv", LASTING)
    shown = await stage.reads(ASH, "This is how “Tea” would be.")
    await stage.picks(ASH, "Keep it")
    await stage.reads(ASH, "is kept")
    await stage.sees("There is a new rota: Tea.")

    assert "Line 3: I need a date" in shown
    assert "Names in the file are left out." in shown
    assert "Jo Smith" not in " ".join(await stage.everything_read(ASH))


async def test_what_is_in_the_file_can_be_typed_instead(stage: Stage) -> None:
    await stage.types(ASH, "rota import Tea")
    await stage.reads(ASH, "Send the file here")
    await stage.types(ASH, LASTING.decode())

    assert "Line 3: I need a date" in await stage.reads(ASH, "This is how “Tea” would be.")


async def test_leaving_needs_no_reason_and_no_ping_comes_after_it(stage: Stage) -> None:
    await stage.types(ASH, "rota new Evening check-in, daily 20:00")
    await stage.reads(ASH, "is kept")
    await stage.types(BEA, "rota join every week")
    await stage.reads(BEA, "You have a place on")
    await stage.types(BEA, "rota leave every week")
    await stage.reads(BEA, "has ended")
    await stage.goes_by(TimeDelta(hours=30))

    assert not [text for text in await stage.everything_read(BEA) if "Your shift" in text]


async def test_a_shift_is_let_to_somebody_who_says_yes_and_whoever_offered_hears_of_it(stage: Stage) -> None:
    await stage.types(ASH, "rota new Evening check-in, daily 20:00")
    await stage.reads(ASH, "is kept")
    for who, day in ((ASH, "today"), (BEA, "tomorrow")):
        await stage.types(who, f"rota join {day}")
        await stage.reads(who, "You are on “Evening check-in”")
    await stage.types(BEA, "rota offer tomorrow")
    await stage.reads(BEA, "Who may have “Evening check-in”")
    await stage.picks(BEA, ASH)
    still_on = await stage.reads(BEA, "has been asked in private")
    await stage.reads(ASH, "asks whether you could take")
    await stage.picks(ASH, "I can take it")
    taken = await stage.reads(BEA, "You are off")

    assert ASH in still_on
    assert ASH in taken


async def test_two_people_swap_their_shifts_when_both_have_said_yes(stage: Stage) -> None:
    await stage.types(ASH, "rota new Evening check-in, daily 20:00")
    await stage.reads(ASH, "is kept")
    for who, day in ((ASH, "today"), (BEA, "tomorrow")):
        await stage.types(who, f"rota join {day}")
        await stage.reads(who, "You are on “Evening check-in”")
    await stage.types(ASH, "rota swap today, theirs: tomorrow")
    await stage.reads(ASH, "asked in private to swap")
    await stage.reads(BEA, "asks whether you would swap")
    await stage.picks(BEA, "Swap")
    agreed = await stage.reads(ASH, "You are off")

    assert BEA in agreed
    assert "You are on “Evening check-in”" in agreed


async def test_open_shifts_are_suggested_and_one_is_somebodys_only_with_their_yes(stage: Stage) -> None:
    await stage.types(BEA, "me ask yes")
    await stage.reads(BEA, "you may be asked")
    await stage.types(ASH, "rota new New year, 1 january 20:00")
    await stage.reads(ASH, "is kept")
    await stage.types(ASH, "rota suggest 8 weeks")
    done = await stage.reads(ASH, "has been offered, in private")
    await stage.goes_by(TimeDelta(minutes=2))
    offer = await stage.reads(BEA, "A shift on “New year” is open")
    nobody = (await stage.rows())["rota_single"]
    await stage.picks(BEA, "I can: Friday 1 January, 20:00")
    await stage.reads(BEA, "You are on “New year”")

    assert BEA not in done
    assert "only if you say yes" in offer
    assert nobody == 0
