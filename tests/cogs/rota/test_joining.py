"""People on a rota: they join, leave and look, in typed lines."""

from whenever import Instant, TimeDelta

from bot.domain.people import Wish
from tests.cogs.rota.desk import ASH, BEE, CAT, ELM, OAK, ROOM, ROTA, Desk


async def with_rota(more: str = "") -> Desk:
    desk = Desk()
    await desk.ask(ASH, ROTA + more)
    return desk


async def test_a_new_rota_is_read_back_with_its_first_dates_and_how_to_end_it() -> None:
    desk = Desk()

    answer = await desk.ask(ASH, ROTA)

    assert answer.splitlines() == [
        "The rota “Evening check-in” is kept. It is number 1, and its room has been told.",
        "Every Tuesday and Thursday, 19:00 to 20:00 (Europe/London). One person on each shift.",
        "The first is Tuesday 24 November, 19:00. Then Thursday 26 November and Tuesday 1 December.",
        "Nobody is on it until they join. To join, type “rota join 1”. To end it, type “rota end 1”.",
    ]


async def test_the_room_hears_once_of_a_new_rota() -> None:
    desk = await with_rota()

    assert [said.splitlines()[0] for _, said in desk.said] == ["There is a new rota: Evening check-in."]


async def test_two_rotas_of_a_group_cannot_share_a_name_but_two_groups_can() -> None:
    desk = await with_rota()

    again = await desk.ids(BEE, "rota new EVENING check-in, daily 20:00")
    elsewhere = await desk.ids(CAT, ROTA, ELM)

    assert again == ["rota-name-taken"]
    assert elsewhere[0] == "rota-kept"


async def test_a_clock_change_ahead_is_said_when_a_rota_is_made() -> None:
    desk = Desk(now=Instant.from_utc(2027, 3, 26, 12))

    answer = await desk.ask(ASH, "rota new Late check-in, sun 01:30")

    assert "The clocks go forward on Sunday 28 March, so 01:30 does not come. That shift starts at 02:30." in answer


async def test_joining_one_date_says_when_and_how_to_leave() -> None:
    desk = await with_rota()

    answer = await desk.ask(BEE, "rota join 1 tuesday")

    assert answer.splitlines() == [
        "You are on “Evening check-in”, Tuesday 24 November, 19:00.",
        "You get a ping in private this long before: 1 day and 15 minutes.",
        "You can leave at any time. No reason is needed.",
    ]
    assert [choice.typed for choice in desk.choices] == ["rota leave 1 2026-11-24"]


async def test_the_choice_that_leaves_can_be_typed_as_it_stands() -> None:
    desk = await with_rota()
    await desk.ask(BEE, "rota join tuesday")
    [leave] = desk.choices

    assert await desk.ids(BEE, leave.typed) == ["rota-left"]
    assert await desk.ids(BEE, "rota mine") == ["rota-mine-none"]


async def test_joining_twice_is_a_plain_answer() -> None:
    desk = await with_rota()
    await desk.ask(BEE, "rota join tuesday")
    await desk.ask(BEE, "rota join 1 every week, thursday")

    assert await desk.ids(BEE, "rota join tuesday") == ["rota-join-already"]
    assert await desk.ids(BEE, "rota join every thursday") == ["rota-join-already-weekly"]


async def test_a_full_shift_is_refused_and_says_what_would_work() -> None:
    desk = await with_rota()
    await desk.ask(BEE, "rota join tuesday")

    assert await desk.ids(CAT, "rota join tuesday") == ["rota-shift-full"]
    assert await desk.ask(CAT, "rota join every week") == (
        "Some of those shifts are full: Tuesday 24 November. Nothing was changed. You can join single days instead."
    )


async def test_a_weekly_place_is_on_all_days_or_on_the_day_that_was_named() -> None:
    desk = await with_rota()

    all_days = await desk.ask(BEE, "rota join every week")
    await desk.ask(BEE, "rota leave every week")
    one_day = await desk.ask(BEE, "rota join every thursday")

    assert "every Tuesday and Thursday. The next are Tuesday 24 November, Thursday 26 November" in all_days
    assert "every Thursday. The next are Thursday 26 November, Thursday 3 December" in one_day


async def test_leaving_a_weekly_place_names_the_single_dates_that_stay() -> None:
    desk = await with_rota()
    await desk.ask(BEE, "rota join 1 thursday")
    await desk.ask(BEE, "rota join 1 every tuesday")

    answer = await desk.ask(BEE, "rota leave 1 every week")

    assert answer.splitlines() == [
        "Your weekly place on “Evening check-in” has ended.",
        "You are still on these days, which you joined one by one: Thursday 26 November.",
    ]


async def test_one_date_can_be_left_while_the_weekly_place_stays() -> None:
    desk = await with_rota()
    await desk.ask(BEE, "rota join every week")

    assert await desk.ids(BEE, "rota leave thursday") == ["rota-left"]
    assert await desk.ids(BEE, "rota leave thursday") == ["rota-leave-not-on"]
    assert "Thursday 26 November" not in await desk.ask(BEE, "rota mine")
    assert "Thursday 3 December" in await desk.ask(BEE, "rota mine")


async def test_leaving_what_one_is_not_on_is_a_plain_answer() -> None:
    desk = await with_rota()

    assert await desk.ids(BEE, "rota leave tuesday") == ["rota-leave-not-on"]
    assert await desk.ids(BEE, "rota leave every week") == ["rota-leave-no-weekly"]
    assert await desk.ids(BEE, "rota leave") == ["rota-leave-none"]


async def test_without_a_day_the_open_shifts_are_there_to_pick() -> None:
    desk = await with_rota()
    await desk.ask(BEE, "rota join tuesday")

    await desk.ask(CAT, "rota join")

    assert [choice.typed for choice in desk.choices][:2] == ["rota join 1 2026-11-26", "rota join 1 2026-12-01"]
    await desk.ask(BEE, "rota leave")
    assert [choice.typed for choice in desk.choices] == ["rota leave 1 2026-11-24"]


async def test_the_next_two_weeks_are_shown_in_the_readers_own_time() -> None:
    desk = await with_rota(", 2 people")
    await desk.ask(BEE, "rota join tuesday")
    await desk.people.keep(OAK, CAT, Wish(zone="Europe/Paris"))

    answer = await desk.ask(CAT, "rota show")

    assert answer.splitlines()[:6] == [
        "1. Evening check-in",
        "Every Tuesday and Thursday, 19:00 to 20:00 (Europe/London). Two people on each shift.",
        "The next one: in 2 days.",
        "Next week",
        "Tue 24 Nov, 20:00, 1 open: bee.",
        "Thu 26 Nov, 20:00, 2 open: nobody yet.",
    ]
    assert "Shifts are shown in your own time (Europe/Paris)." in answer
    assert desk.choices[0].typed == "rota join 1 2026-11-24"


async def test_several_rotas_are_listed_until_one_is_named() -> None:
    desk = await with_rota()
    await desk.ask(BEE, "rota new Morning, weekdays 8am")

    assert await desk.ids(CAT, "rota show") == [
        "rota-several",
        *["rota-numbered", "rota-pattern", "rota-row"] * 2,
    ]
    assert (await desk.ask(CAT, "rota show morning")).startswith("2. Morning")
    assert await desk.ask(CAT, "rota join tuesday") == (
        "Which rota? Give its number or name: 1. Evening check-in and 2. Morning."
    )


async def test_another_groups_rota_does_not_exist() -> None:
    desk = await with_rota()
    [id_] = desk.shelf.rotas

    assert await desk.ids(CAT, "rota show 1", ELM) == ["rota-none"]
    await desk.ask(CAT, "rota new Elm evening, daily 20:00", ELM)
    assert await desk.ids(CAT, "rota join Evening check-in, tuesday", ELM) == ["rota-unknown"]
    assert await desk.ids(CAT, f"rota end {id_}", ELM) == ["rota-unknown"]
    assert len(desk.shelf.rotas) == 2


async def test_a_number_is_never_given_to_another_rota() -> None:
    desk = await with_rota()
    await desk.ask(ASH, "rota end 1")

    await desk.ask(ASH, "rota new Morning, daily 9am")

    assert await desk.ids(BEE, "rota join 1 2026-11-24") == ["rota-unknown"]


async def test_a_rota_that_ends_is_told_to_the_room_and_to_those_on_its_coming_shifts() -> None:
    desk = await with_rota(", 2 people")
    await desk.ask(BEE, "rota join tuesday")
    await desk.ask(CAT, "rota join every week")
    desk.said.clear()

    answer = await desk.ask(CAT, "rota end evening")

    assert answer == "The rota “Evening check-in” has ended, and its room has been told."
    assert [(to.native, said) for to, said in desk.said] == [
        ("bee", "The rota “Evening check-in” has ended, so these shifts of yours are off: Tuesday 24 November."),
        ("room", "The rota “Evening check-in” has ended."),
    ]
    assert (desk.shelf.rotas, desk.diary.dues) == ({}, {})


async def test_a_rota_that_has_ended_wakes_to_nothing() -> None:
    desk = await with_rota()
    due = desk.diary.dues["rota:" + next(iter(desk.shelf.rotas))]
    await desk.ask(ASH, "rota end 1")

    await desk.feature.steps["rota"](due, desk.now + TimeDelta(hours=48))

    assert desk.outbox.waiting == {}


async def test_someone_who_left_the_group_is_off_every_shift_and_the_room_hears_only_of_the_open_place() -> None:
    desk = await with_rota(", 2 people")
    await desk.ask(ASH, "rota join every week")
    await desk.ask(ASH, "rota leave thursday")
    await desk.ask(ASH, "rota new Soup, daily 18:00")
    await desk.ask(BEE, "rota join 2 tomorrow")
    await desk.ask(ASH, "rota join 2 tuesday")
    before = len(desk.said)
    await desk.feature.without(OAK, ASH, desk.now)
    told = [*desk.said[before:], *await desk.pass_time(TimeDelta(hours=24 * 4))]
    people = {person for sheet in await desk.shelf.sheets(OAK) for person in sheet.roster.people}
    away = [no for sheet in await desk.shelf.sheets(OAK) for no in sheet.roster.away]

    assert (people, away) == ({BEE}, [])
    assert {to for to, _ in told} == {BEE, ROOM}
    assert not [text for _, text in told if "ash" in text]
