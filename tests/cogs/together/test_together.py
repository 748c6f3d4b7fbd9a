"""Open hours: shown first, said once, ended by who started one or by themselves; and nobody who comes is counted."""

from dataclasses import replace

import pytest
from whenever import TimeDelta

from bot.domain.people import Wish
from tests.cogs.rota.desk import ASH, BEE, CAT, ELM, OAK, ROOM
from tests.cogs.together.desk import GARDEN, OTHERS, TogetherDesk

MINUTE, HOUR = TimeDelta(minutes=1), TimeDelta(hours=1)
BEGINS = "There is an open hour here, until 13:00: quiet company. Come and go as you like; nobody keeps a list."
PLANNED = (
    "There will be an open hour here on Tuesday 24 November, 19:00, until 20:00: talking."
    " Come and go as you like; nobody keeps a list."
)
BY_BEE = (
    "bee has started an open hour here, until 13:00: side by side, each doing something of their own."
    " Come and go as you like; nobody keeps a list."
)
OVER = "The open hour is over. Thank you for being here."
NOTHING = "You have no open hour here. There is nothing to end."
TAKEN = "There is an open hour in that room then"


async def test_what_the_preview_shows_is_what_the_room_hears_and_until_then_it_hears_nothing() -> None:
    desk = TogetherDesk()
    shown = await desk.ask(ASH, "sit together quiet")
    before = [*desk.said]
    [say_it] = desk.choices
    await desk.ask(ASH, say_it.typed)
    await desk.pass_time(2 * HOUR)

    assert before == []
    assert shown.splitlines()[:3] == [
        "Nothing has been said yet. I will say this in the room, at the beginning and at the end:",
        BEGINS,
        OVER,
    ]
    assert desk.said == [(ROOM, BEGINS), (ROOM, OVER)]


async def test_nothing_of_it_is_left_once_it_is_over() -> None:
    desk = TogetherDesk()
    await desk.ask(ASH, "sit together open quiet")
    kept = len(desk.hours.hours), len(desk.diary.dues)
    await desk.pass_time(HOUR)

    assert kept == (1, 1)
    assert (desk.hours.hours, desk.diary.dues) == ({}, {})


async def test_one_for_later_is_announced_and_then_begins_and_ends() -> None:
    desk = TogetherDesk()
    shown = await desk.ask(ASH, "sit together talk, tuesday 19:00")
    await desk.ask(ASH, desk.choices[0].typed)
    announced = [*desk.said]
    await desk.pass_time(HOUR * 24 * 3)
    begins = "There is an open hour here, until 20:00: talking. Come and go as you like; nobody keeps a list."

    assert shown.splitlines()[1:4] == [PLANNED, begins, OVER]
    assert announced == [(ROOM, PLANNED)]
    assert desk.said == [(ROOM, PLANNED), (ROOM, begins), (ROOM, OVER)]


@pytest.mark.parametrize(("others", "told"), [((), "Whoever has the address"), (OTHERS, "server")])
async def test_the_preview_says_who_can_read_the_room(others: tuple[object, ...], told: str) -> None:
    desk = TogetherDesk(others=others)  # type: ignore[arg-type]  # One of the two above.
    shown = await desk.ask(ASH, "sit together")

    assert told in shown
    assert "Nobody is pinged, and I do not look who comes." in shown
    assert "not a crisis service" in shown


async def test_nobody_is_pinged_or_named_unless_who_starts_it_chooses_to_be() -> None:
    desk = TogetherDesk()
    await desk.ask(ASH, "sit together open quiet")
    await desk.ask(BEE, "sit together open side by side, garden, with my name")
    nameless, named = (message for _, message in desk.sent)

    assert "ash" not in desk.said[0][1]
    assert desk.said[1] == (
        GARDEN,
        BY_BEE,
    )
    assert (nameless.say.rings, named.say.rings) == ((), ())


async def test_the_rooms_times_are_the_groups_and_the_answers_are_the_persons_own() -> None:
    desk = TogetherDesk(zone="Europe/Helsinki")
    await desk.people.keep(OAK, ASH, Wish(zone="Asia/Kolkata"))
    answer = await desk.ask(ASH, "sit together open quiet")

    assert "until 15:00" in desk.said[0][1]
    assert "open until 18:30" in answer


async def test_a_choice_of_another_room_leads_to_that_room() -> None:
    desk = TogetherDesk()
    await desk.ask(ASH, "sit together quiet, 2 hours, tomorrow 20:00, where: garden, named")
    await desk.ask(ASH, desk.choices[0].typed)
    [hour] = desk.hours.hours.values()

    assert (hour.place, hour.ends - hour.starts, hour.named) == (GARDEN, 2 * HOUR, True)
    assert [to for to, _ in desk.said] == [GARDEN]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("sit together open quiet, in 15 days", "up to 14 days ahead"),
        ("sit together open length: 5 hours", "from 5 minutes to 4 hours"),
        ("sit together open where: nowhere", "room and garden"),
        ("sit together open wanted: loud", "quiet, talk, either and side by side"),
    ],
)
async def test_what_cannot_be_is_refused_with_what_would_work_and_nothing_is_kept(line: str, told: str) -> None:
    desk = TogetherDesk()
    answer = await desk.ask(ASH, line)

    assert told in answer
    assert (desk.said, desk.hours.hours) == ([], {})


async def test_at_one_time_there_is_one_in_a_room_and_whoever_has_it_can_end_it_from_there() -> None:
    desk = TogetherDesk()
    await desk.ask(ASH, "sit together open quiet")
    refused = await desk.ask(ASH, "sit together talk, in 30 minutes")
    own = [choice.typed for choice in desk.choices]
    others = await desk.ask(BEE, "sit together open talk"), desk.choices
    after = await desk.ask(BEE, "sit together open talk, in 1 hour")
    elsewhere = await desk.ask(BEE, "sit together open talk, garden")
    [code] = [hour.id for hour in desk.hours.hours.values() if hour.starter == ASH]

    assert refused.startswith(f"{TAKEN}, from Sunday 22 November, 12:00 until Sunday 22 November, 13:00.")
    assert own == [f"sit together end {code}"]
    assert others[0].startswith(TAKEN)
    assert others[1] == ()
    assert after.startswith("It is planned for Sunday 22 November, 13:00.")
    assert elsewhere.startswith("It is open until 13:00")


async def test_there_can_be_ten_in_a_group_and_another_group_has_its_own() -> None:
    desk = TogetherDesk()
    answers = [await desk.ask(ASH, f"sit together open 1 hour, in {2 * each + 1} hours") for each in range(11)]
    there = await desk.ask(CAT, "sit together open in 40 hours", ELM)

    assert [answer.startswith("It is planned") for answer in answers] == [True] * 10 + [False]
    assert answers[-1] == (
        "This group has 10 open hours already, and that is as many as can be. Start another when one of them is over."
    )
    assert there.startswith("It is planned")


async def test_what_there_is_is_shown_to_everybody_and_one_s_own_can_be_ended_from_there() -> None:
    desk = TogetherDesk()
    await desk.ask(ASH, "sit together open quiet")
    await desk.ask(BEE, "sit together open talk, tuesday 19:00")
    shown = await desk.ask(BEE, "sit together wednesday 19:00")

    assert shown.splitlines()[-3:] == [
        "Open hours in this group",
        "Now, until 13:00: quiet company",
        "Tuesday 24 November, 19:00, until 20:00: talking",
    ]
    assert [choice.command for choice in desk.choices] == ["sit together open", "sit together end"]


async def test_whoever_started_it_ends_it_with_one_word_and_for_others_there_is_nothing_to_end() -> None:
    desk = TogetherDesk()
    await desk.ask(ASH, "sit together open quiet")
    [code] = desk.hours.hours
    others = [await desk.ask(BEE, f"sit together end{which}") for which in ("", f" {code}", " zzzzzzzz")]
    elsewhere = await desk.ask(ASH, f"sit together end {code}", ELM)
    still = len(desk.hours.hours)
    await desk.pass_time(10 * MINUTE)
    ended = await desk.ask(ASH, "sit together end")
    again = await desk.ask(ASH, "sit together end")
    await desk.pass_time(3 * HOUR)

    assert [*others, elsewhere, again] == [NOTHING] * 5
    assert still == 1
    assert ended == "It is over. The room is told so, and nothing of it is kept."
    assert desk.said == [(ROOM, BEGINS), (ROOM, OVER)]
    assert (desk.hours.hours, desk.diary.dues) == ({}, {})


async def test_one_for_later_is_called_off_and_the_room_hears_so_once() -> None:
    desk = TogetherDesk()
    await desk.ask(ASH, "sit together open talk, tuesday 19:00")
    answer = await desk.ask(ASH, "sit together end")
    await desk.pass_time(HOUR * 24 * 3)

    assert answer.startswith("The open hour on Tuesday 24 November, 19:00 is called off.")
    assert desk.said == [(ROOM, PLANNED), (ROOM, "The open hour on Tuesday 24 November, 19:00 will not be.")]


async def test_who_has_several_is_asked_which() -> None:
    desk = TogetherDesk()
    for when in ("in 1 hour", "tuesday 19:00"):
        await desk.ask(ASH, f"sit together open {when}")
    which = await desk.ask(ASH, "sit together end")
    await desk.ask(ASH, desk.choices[1].typed)

    assert which == "You have more than one. Which one is it?"
    assert len(desk.hours.hours) == 1
    assert desk.said[-1][1] == "The open hour on Tuesday 24 November, 19:00 will not be."


async def test_taking_back_means_the_one_that_was_opened_then() -> None:
    desk = TogetherDesk()
    await desk.ask(ASH, "sit together open quiet")
    first = f"asked:{desk.asked}"
    await desk.ask(ASH, "sit together open talk, tuesday 19:00")
    desk.undoes = first
    await desk.ask(ASH, "sit together end")
    [left] = desk.hours.hours.values()

    assert not left.begun
    assert desk.said[-1] == (ROOM, OVER)


async def test_one_that_has_begun_goes_on_when_who_started_it_leaves_and_one_that_has_not_is_called_off() -> None:
    desk = TogetherDesk()
    await desk.ask(ASH, "sit together open quiet")
    await desk.ask(ASH, "sit together open talk, tuesday 19:00, named")
    await desk.ask(BEE, "sit together open talk, wednesday 19:00")
    await desk.leaves(ASH, OAK)
    said = [*desk.said]
    left = [(hour.starter, hour.named) for hour in desk.hours.hours.values()]
    later = await desk.pass_time(HOUR)

    assert said[-1] == (ROOM, "The open hour on Tuesday 24 November, 19:00 will not be.")
    assert left == [(None, False), (BEE, False)]
    assert later == [(ROOM, OVER)]


async def test_slept_through_it_begins_late_with_its_right_end() -> None:
    desk = TogetherDesk()
    await desk.ask(ASH, "sit together open talk, tuesday 19:00")
    to_tuesday = HOUR * (24 * 2 + 7)
    late = await desk.sleep_through(to_tuesday + 40 * MINUTE)
    end = await desk.pass_time(HOUR)

    assert [words.split(":")[0] for _, words in late] == ["There is an open hour here, until 20"]
    assert end == [(ROOM, OVER)]


async def test_slept_through_altogether_nothing_is_said_of_it() -> None:
    desk = TogetherDesk()
    await desk.ask(ASH, "sit together open talk, tuesday 19:00")

    assert await desk.sleep_through(HOUR * 24 * 3) == []
    assert (desk.hours.hours, desk.diary.dues) == ({}, {})


async def test_what_waits_to_be_said_is_said_no_more_once_it_is_ended() -> None:
    desk = TogetherDesk()
    desk.offline = True
    await desk.ask(ASH, "sit together open talk, tuesday 19:00")
    await desk.ask(ASH, "sit together end")
    desk.offline = False
    await desk.ask(BEE, "rota mine")

    assert [words for _, words in desk.said] == ["The open hour on Tuesday 24 November, 19:00 will not be."]


async def test_a_wake_too_many_changes_nothing() -> None:
    desk = TogetherDesk()
    await desk.ask(ASH, "sit together open quiet")
    [due] = desk.diary.dues.values()
    for _ in range(2):
        await desk.together.wake(replace(due, at=desk.now), desk.now)
        await desk.pass_time(MINUTE)

    assert desk.said == [(ROOM, BEGINS)]
    assert [*desk.diary.dues.values()] == [due]
