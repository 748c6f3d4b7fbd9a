"""A rota that holds open hours: its shifts that somebody is on, as they come to be, and no others."""

from whenever import TimeDelta

from tests.cogs.rota.desk import ASH, BEE, CAT, ELM, ROOM
from tests.cogs.together.desk import GARDEN, TogetherDesk

MINUTE, HOUR = TimeDelta(minutes=1), TimeDelta(hours=1)
DAY = 24 * HOUR
OVER = "The open hour is over. Thank you for being here."
KEPT = "From now on, each shift of “Evening”"


async def with_rota(rule: str = "daily 19:00") -> TogetherDesk:
    """Return a desk with a rota from Sunday on that holds open hours, with Bee on its first shift."""
    desk = TogetherDesk()
    await desk.ask(ASH, f"rota new Evening, {rule}, 2 people")
    await desk.ask(BEE, "rota join today")
    await desk.ask(BEE, "rota remind none")
    assert (await desk.ask(ASH, "rota together 1 quiet")).startswith(KEPT)
    return desk


def of_hours(desk: TogetherDesk) -> list[str]:
    """Return what rooms heard of open hours as such."""
    return [words for _, words in desk.said if words.startswith(("There is an open hour", "The open hour"))]


def begins(until: str) -> str:
    return f"There is an open hour here, until {until}: quiet company. Come and go as you like; nobody keeps a list."


async def test_each_shift_that_somebody_is_on_is_one_and_a_shift_that_nobody_is_on_is_none() -> None:
    desk = await with_rota()
    await desk.pass_time(2 * DAY)
    quiet = of_hours(desk)
    await desk.ask(CAT, "rota join tuesday")
    await desk.pass_time(DAY)

    assert quiet == [begins("20:00"), OVER]
    assert of_hours(desk)[2:] == [begins("20:00"), OVER]


async def test_the_room_hears_that_a_rota_holds_them_and_how_anyone_ends_that() -> None:
    desk = await with_rota()
    [told] = [words for to, words in desk.said if to == ROOM and words.startswith(KEPT)]
    [off] = desk.choices
    let_go = await desk.ask(CAT, off.typed)
    await desk.pass_time(2 * DAY)

    assert told.endswith("quiet company. To end this, anyone can type “rota together 1 off”.")
    assert let_go.startswith("The shifts of “Evening” are no open hours any more.")
    assert (ROOM, "The shifts of “Evening” are no open hours any more.") in desk.said
    assert of_hours(desk) == []


async def test_what_is_so_already_is_refused_and_the_kind_can_be_changed() -> None:
    desk = await with_rota()
    same = await desk.ask(CAT, "rota together 1 quiet")
    other = await desk.ask(CAT, "rota together 1 beside")
    off = [await desk.ask(CAT, "rota together 1 off") for _ in range(2)]
    none = await desk.ask(CAT, "rota together 7")
    elsewhere = await desk.ask(CAT, "rota together 1", ELM)

    assert same.endswith("is an open hour of that kind already. Nothing has changed.")
    assert "side by side" in other
    assert off[1] == "The shifts of “Evening” are no open hours. Nothing has changed."
    assert "Evening" in none
    assert elsewhere.startswith("There is no rota here yet.")


async def test_set_in_the_middle_of_a_shift_it_opens_late_with_its_right_end() -> None:
    desk = await with_rota()
    await desk.ask(ASH, "rota together 1 off")
    await desk.pass_time(7 * HOUR + 30 * MINUTE)
    await desk.ask(ASH, "rota together 1 quiet")
    await desk.pass_time(HOUR)

    assert of_hours(desk) == [begins("20:00"), OVER]


async def test_whoever_comes_onto_a_shift_in_its_middle_opens_it_and_whoever_goes_ends_nothing() -> None:
    desk = await with_rota()
    await desk.ask(BEE, "rota leave today")
    await desk.pass_time(7 * HOUR + 20 * MINUTE)
    nobody = of_hours(desk)
    await desk.ask(CAT, "rota join today")
    await desk.ask(CAT, "rota leave today")
    await desk.ask(CAT, "rota join today")
    await desk.pass_time(HOUR)

    assert nobody == []
    assert of_hours(desk) == [begins("20:00"), OVER]


async def test_a_shift_that_is_moved_earlier_is_not_missed_and_one_that_is_moved_later_is_not_early() -> None:
    desk = await with_rota()
    await desk.ask(BEE, "rota join every week")
    await desk.pass_time(HOUR)
    for when in ("14:00", "21:00"):
        await desk.ask(ASH, f"rota change 1, daily {when}")
        if desk.choices and desk.choices[0].command == "rota agree":
            await desk.ask(ASH, desk.choices[0].typed)
        await desk.pass_time(3 * HOUR)
    before = of_hours(desk)
    await desk.pass_time(2 * HOUR + 30 * MINUTE)

    assert before == [begins("15:00"), OVER]
    assert of_hours(desk)[2:] == [begins("22:00")]


async def test_what_has_begun_goes_on_to_its_end_when_the_rota_ends() -> None:
    desk = await with_rota()
    await desk.pass_time(7 * HOUR + MINUTE)
    await desk.ask(ASH, "rota end 1")
    await desk.pass_time(3 * DAY)

    assert of_hours(desk) == [begins("20:00"), OVER]
    assert desk.hours.hours == {}
    assert not [due for due in desk.diary.dues.values() if due.kind == "together"]


async def test_what_a_rota_holds_is_nobodys_to_end() -> None:
    desk = await with_rota()
    await desk.pass_time(7 * HOUR + MINUTE)
    [code] = desk.hours.hours
    answers = [await desk.ask(who, f"sit together end {code}") for who in (ASH, BEE, CAT)]

    assert answers == ["You have no open hour here. There is nothing to end."] * 3


async def test_a_shift_waits_while_somebodys_open_hour_is_in_its_room() -> None:
    desk = await with_rota("daily 19:00 to 21:00")
    await desk.ask(CAT, "sit together open quiet, today 18:30")
    await desk.pass_time(DAY)

    assert of_hours(desk) == [begins("19:30"), OVER, begins("21:00"), OVER]


async def test_a_rota_that_goes_to_another_room_takes_them_there() -> None:
    desk = await with_rota()
    await desk.ask(ASH, "rota change 1, where: garden")
    if desk.choices and desk.choices[0].command == "rota agree":
        await desk.ask(ASH, desk.choices[0].typed)
    await desk.pass_time(DAY)

    assert [to for to, words in desk.said if words in {begins("20:00"), OVER}] == [GARDEN, GARDEN]


async def test_slept_through_for_days_only_a_shift_that_is_on_is_told_of() -> None:
    desk = await with_rota()
    await desk.ask(BEE, "rota join every week")
    await desk.sleep_through(2 * DAY + 7 * HOUR + 30 * MINUTE)
    await desk.pass_time(HOUR)

    assert of_hours(desk) == [begins("20:00"), OVER]


async def test_who_is_on_is_named_by_none_of_it() -> None:
    desk = await with_rota()
    await desk.pass_time(DAY)

    assert not [words for words in of_hours(desk) if "bee" in words]
