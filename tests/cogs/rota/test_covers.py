"""Handing shifts over, in typed lines: offers to anyone and to one person, parts, swaps, weeks."""

from whenever import Instant, TimeDelta

from tests.cogs.rota.desk import ASH, BEE, CAT, ROOM, ROTA, Desk

STILL_ON = "You are on it until then, and you hear when it is taken."


async def on_tuesday(rota: str = ROTA) -> Desk:
    """Return a desk at which ash is on Tuesday's shift, and nothing was said yet."""
    desk = Desk()
    await desk.ask(ASH, rota)
    await desk.ask(ASH, "rota join tuesday")
    desk.said.clear()
    desk.offered.clear()
    return desk


async def who(desk: Desk, day: int = 0) -> str:
    return [line for line in (await desk.ask(CAT, "rota show 1")).splitlines() if ":00, " in line][day]


async def test_a_shift_is_offered_to_anyone_and_whoever_takes_it_is_on() -> None:
    desk = await on_tuesday()

    answer = await desk.ask(ASH, "rota offer 1 tuesday, to: anyone")
    before = await who(desk)
    [take] = desk.offered
    taken = await desk.ask(BEE, take)

    assert answer.splitlines() == [
        "“Evening check-in”, Tuesday 24 November, 19:00, is on offer, and the room has been told.",
        STILL_ON,
    ]
    assert before == "Tue 24 Nov, 19:00, full: ash."
    assert taken.splitlines()[0] == "You are on “Evening check-in”, Tuesday 24 November, 19:00."
    assert await who(desk) == "Tue 24 Nov, 19:00, full: bee."
    assert desk.said == [
        (
            ROOM,
            (
                "A shift on “Evening check-in” may be taken over: Tuesday 24 November, 19:00."
                " Somebody is on it until then."
            ),
        ),
        (ASH, "bee takes “Evening check-in”, Tuesday 24 November, 19:00. You are off."),
    ]


async def test_without_a_person_the_people_on_the_rota_are_there_to_choose_from() -> None:
    desk = await on_tuesday()
    await desk.ask(BEE, "rota join thursday")

    asked = await desk.ask(ASH, "rota offer 1 tuesday")
    choices = [choice.typed for choice in desk.choices]

    assert asked == ("Who may have “Evening check-in”, Tuesday 24 November, 19:00? You are on it until they say yes.")
    assert choices == ["rota offer 1, 2026-11-24, anyone", f"rota offer 1, 2026-11-24, {BEE.mark}"]


async def test_an_offer_to_one_person_is_told_to_them_alone_and_is_nothing_to_others() -> None:
    desk = await on_tuesday()
    await desk.ask(BEE, "rota join thursday")
    await desk.ask(ASH, f"rota offer 1 2026-11-24, to: {BEE.mark}")
    [take] = desk.offered

    other = await desk.ids(CAT, take)
    await desk.ask(BEE, take)

    assert other == ["rota-offer-gone"]
    assert [to for to, _ in desk.said] == [BEE, ASH]
    assert desk.said[0][1] == (
        "ash asks whether you could take “Evening check-in”, Tuesday 24 November, 19:00."
        " If not, there is nothing to do."
    )
    assert (await who(desk)) == "Tue 24 Nov, 19:00, full: bee."


async def test_a_no_is_nothing_at_all_and_whoever_offered_is_pinged_and_on() -> None:
    desk = await on_tuesday()
    await desk.ask(ASH, "rota offer 1 tuesday, to: anyone")
    desk.said.clear()

    said = await desk.pass_time(TimeDelta(hours=24 * 3))

    assert [(to, text.splitlines()[0]) for to, text in said] == [
        (ASH, "Your shift: Evening check-in, Tuesday 24 November, 19:00."),
        (ASH, "Your shift: Evening check-in, Tuesday 24 November, 19:00."),
        (ROOM, "The check-in “Evening check-in” is open."),
    ]


async def test_what_is_kept_after_all_cannot_be_taken() -> None:
    desk = await on_tuesday()
    await desk.ask(ASH, "rota offer 1 tuesday, to: anyone")
    [keep] = [choice.typed for choice in desk.choices]
    [take] = desk.offered

    kept = await desk.ids(ASH, keep)

    assert kept == ["rota-kept-it"]
    assert await desk.ids(BEE, take) == ["rota-offer-gone"]
    assert await desk.ids(BEE, keep) == ["rota-offer-gone"]


async def test_a_part_is_offered_taken_and_given_back_and_each_hears_of_their_own() -> None:
    desk = await on_tuesday()
    await desk.ask(ASH, "rota offer 1 tuesday, part: from 19:30, to: anyone")
    [take] = desk.offered

    taken = await desk.ask(BEE, take)
    back = next(choice.typed for choice in desk.choices if choice.command == "rota offer")

    assert taken.splitlines()[0] == "You are on “Evening check-in”, Tuesday 24 November, 19:30 to 20:00."
    assert await who(desk) == "Tue 24 Nov, 19:00, full: ash (19:00 to 19:30) and bee (19:30 to 20:00)."
    await desk.ask(BEE, back)
    await desk.ask(ASH, desk.offered[-1])
    assert await who(desk) == "Tue 24 Nov, 19:00, full: ash."


async def test_pings_come_before_the_part_that_is_somebodys_own() -> None:
    desk = await on_tuesday()
    await desk.ask(ASH, "rota offer 1 tuesday, part: second half, to: anyone")
    await desk.ask(BEE, desk.offered[-1])
    desk.now = Instant.from_utc(2026, 11, 24, 18, 50)
    await desk.pass_time(TimeDelta.ZERO)
    desk.said.clear()

    said = await desk.pass_time(TimeDelta(minutes=30))

    assert [(to, text.splitlines()[0]) for to, text in said] == [
        (ROOM, "The check-in “Evening check-in” is open."),
        (BEE, "Your shift: Evening check-in, Tuesday 24 November, 19:30."),
    ]


async def test_two_people_swap_when_both_say_yes() -> None:
    desk = await on_tuesday()
    await desk.ask(BEE, "rota join thursday")

    await desk.ask(ASH, "rota swap 1 tuesday")
    [which] = [choice.typed for choice in desk.choices]
    asked = await desk.ask(ASH, which)
    [yes] = desk.offered
    before = (await who(desk), await who(desk, 1))
    agreed = await desk.ask(BEE, yes)

    assert which == "rota swap 1, 2026-11-24, 2026-11-26"
    assert asked.splitlines() == [
        (
            "bee has been asked in private to swap Thursday 26 November, 19:00 for yours on “Evening check-in”,"
            " Tuesday 24 November, 19:00."
        ),
        STILL_ON,
    ]
    assert [line.split(": ")[1] for line in before] == ["ash.", "bee."]
    assert agreed.splitlines()[0] == "You are on “Evening check-in”, Tuesday 24 November, 19:00."
    assert desk.said[-1] == (
        ASH,
        (
            "bee takes “Evening check-in”, Tuesday 24 November, 19:00. You are off.\n"
            "You are on “Evening check-in”, Thursday 26 November, 19:00."
        ),
    )
    assert ((await who(desk)).split(": ")[1], (await who(desk, 1)).split(": ")[1]) == (
        "bee.",
        "ash.",
    )


async def test_a_standing_place_is_given_for_some_weeks() -> None:
    desk = Desk()
    await desk.ask(ASH, ROTA)
    await desk.ask(ASH, "rota join 1 every tuesday")
    desk.offered.clear()

    offered = await desk.ask(ASH, "rota offer 1 tuesday, until: 9 dec, to: anyone")
    await desk.ask(BEE, desk.offered[-1])
    shown = (await desk.ask(BEE, "rota mine")).splitlines()

    assert "Tuesday 24 November, 19:00, Tuesday 1 December, 19:00 and Tuesday 8 December, 19:00" in offered
    assert [line.split(", ")[1] for line in shown[1:4]] == [
        "Tuesday 24 November",
        "Tuesday 1 December",
        "Tuesday 8 December",
    ]
    assert "Tuesday 15 December" in (await desk.ask(ASH, "rota mine"))


async def test_a_part_that_is_not_in_the_shift_is_a_plain_sentence() -> None:
    desk = await on_tuesday()

    answer = await desk.ask(ASH, "rota offer 1 tuesday, part: from 21:00, to: anyone")

    assert answer == "That is not in the shift. It goes from 19:00 to 20:00 in your own time."
    assert desk.said == []


async def test_somebody_who_is_not_on_a_shift_has_nothing_to_offer() -> None:
    desk = await on_tuesday()

    assert await desk.ids(BEE, "rota offer 1 tuesday, to: anyone") == ["rota-leave-not-on"]
    assert await desk.ids(BEE, "rota offer 1") == ["rota-leave-none"]
    assert await desk.ids(ASH, "rota offer 1 tuesday, to: nobody") == ["rota-offer-to-whom"]
