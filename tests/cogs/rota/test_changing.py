"""A rota is changed: whose shifts move or go is shown first, each is told in private, and pings go by the new times."""

import pytest
from whenever import Instant, Time, TimeDelta

from bot.cogs.rota.commands import AGREE, CHANGE
from bot.domain.commands import Asked, Reading
from bot.domain.outgoing import Message
from bot.domain.people import Reach, Wish
from bot.domain.quiet import Quiet
from bot.domain.rota.reading import Which
from bot.domain.rota.said import When
from tests.cogs.rota.desk import ASH, BEE, CAT, ELM, OAK, ROOM, ROTA, Desk

DAY = TimeDelta(hours=24)
LINE = "Every Tuesday and Thursday, 19:00 to 20:00 (Europe/London). Two people on each shift."
LATER = "Every Tuesday, 20:00 to 21:00 (Europe/London). Two people on each shift."
WAITS = (
    "Nothing has changed yet, and nobody has been told. If you agree, each of them is told in private. "
    "This waits until Monday 23 November, 12:00."
)
GONE = (
    "There is no such change to agree to. Nothing was changed. "
    "“rota change” and “rota import” show what one would mean now."
)
LEAVE_ANY = "You can leave one day or all of it at any time: type “rota leave 1”. No reason is needed."


YOURS = "The rota “Evening check-in” has changed, and shifts of yours with it."


async def with_people() -> Desk:
    """Return a desk with Bee on a Tuesday and Cat on a Thursday, and nothing said yet."""
    desk = Desk()
    await desk.ask(ASH, f"{ROTA}, 2 people")
    await desk.ask(BEE, "rota join tuesday")
    await desk.ask(CAT, "rota join thursday")
    desk.said.clear()
    return desk


async def changed(desk: Desk, what: str) -> str:
    """Let Ash change the rota, and agree."""
    await desk.ask(ASH, f"rota change 1, {what}")
    [agree] = desk.choices
    return await desk.ask(ASH, agree.typed)


async def _asked(desk: Desk) -> Asked:
    """Return the word of Ash to what waits."""
    [code] = desk.proposals.waiting
    return Asked(
        key="agreed", command=AGREE.name, options={"code": code}, person=ASH, group=OAK, place=ROOM, at=desk.now
    )


def _read(desk: Desk, what: str) -> dict[str, object]:
    """Return a change of the first rota's days as options."""
    reading = Reading(now=desk.now, zone="Europe/London")
    return {"rota": Which().read("1", reading), "when": When().read(what, reading)}


async def test_whose_shifts_would_move_or_go_is_shown_first_and_nothing_is_done() -> None:
    desk = await with_people()
    before = dict(desk.shelf.rotas)

    answer = await desk.ask(ASH, "rota change 1, every tuesday 20:00")

    assert answer.splitlines() == [
        "This is how “Evening check-in” would be.",
        LATER,
        "These shifts would move, go or come back:",
        "bee: Tuesday 24 November, 19:00, would be Tuesday 24 November, 20:00 to 21:00.",
        "cat: Thursday 26 November, 19:00, would go.",
        WAITS,
    ]
    assert [choice.command for choice in desk.choices] == ["rota agree"]
    assert (desk.shelf.rotas, desk.said) == (before, [])


async def test_once_agreed_each_hears_in_private_what_moved_or_went_for_them_and_the_room_hears_once() -> None:
    desk = await with_people()

    answer = await changed(desk, "every tuesday 20:00")

    assert answer.splitlines() == [
        "“Evening check-in” has changed, and its room has been told.",
        "Each person whose shifts this touches has been told in private.",
        LATER,
        "The first is Tuesday 24 November, 20:00. Then Tuesday 1 December and Tuesday 8 December.",
    ]
    assert desk.said == [
        (
            BEE,
            (f"{YOURS}\nTuesday 24 November, 19:00, is now Tuesday 24 November, 20:00 to 21:00.\n{LEAVE_ANY}"),
        ),
        (
            CAT,
            f"{YOURS}\nThursday 26 November, 19:00, is off.",
        ),
        (
            ROOM,
            (
                f"The rota “Evening check-in” has changed.\n{LATER}\n"
                "Anyone may join, for one shift or every week. Type “rota join 1”."
            ),
        ),
    ]
    assert "rota leave 1 2026-11-24" in desk.offered
    assert desk.proposals.waiting == {}


async def test_whoever_changes_it_reads_their_own_shifts_in_the_answer_alone() -> None:
    desk = Desk()
    await desk.ask(ASH, ROTA)
    await desk.ask(ASH, "rota join tuesday")
    desk.said.clear()

    answer = await changed(desk, "20:30 to 21:00 every tuesday")

    assert "Tuesday 24 November, 19:00, is now Tuesday 24 November, 20:30 to 21:00." in answer.splitlines()
    assert "Each person whose shifts this touches has been told in private." not in answer
    assert [to for to, _ in desk.said] == [ROOM]
    assert [choice.typed for choice in desk.choices] == ["rota show 1", "rota leave 1 2026-11-24"]


@pytest.mark.parametrize("what", ["name: Late", "words: The kettle is on.", "4 people", "12 weeks", "daily 19:00"])
async def test_what_touches_nobodys_shifts_is_done_at_once_and_the_room_is_told(what: str) -> None:
    desk = await with_people()

    answer = await desk.ask(ASH, f"rota change 1, {what}")

    assert "has changed, and its room has been told." in answer
    assert [to for to, _ in desk.said] == [ROOM]
    assert desk.proposals.waiting == {}


async def test_a_name_is_changed_at_once_and_never_waits() -> None:
    desk = await with_people()

    answer = await desk.ask(ASH, "rota change 1, name: Late, every tuesday 20:00")

    assert answer.splitlines()[:2] == [
        "What touches nobody’s shifts is done, and the room has been told. The rest waits for you.",
        "This is how “Late” would be.",
    ]
    assert desk.said == [
        (
            ROOM,
            (
                f"The rota “Evening check-in” has changed. It is called “Late” now.\n{LINE}\n"
                "Anyone may join, for one shift or every week. Type “rota join 1”."
            ),
        )
    ]
    await desk.ask(ASH, desk.choices[0].typed)
    assert [sheet.rota.name for sheet in await desk.shelf.sheets(OAK)] == ["Late"]


async def test_a_change_is_nothing_to_anybody_else_in_another_group_or_after_a_day() -> None:
    desk = await with_people()
    await desk.ask(ASH, "rota change 1, every tuesday 20:00")
    [agree] = desk.choices

    assert await desk.ask(BEE, agree.typed) == GONE
    assert await desk.ask(ASH, agree.typed, ELM) == GONE
    assert await desk.ask(ASH, "rota agree zzzzzzzz") == GONE
    desk.now += DAY
    assert await desk.ask(ASH, agree.typed) == GONE


async def test_if_somebody_joined_meanwhile_it_is_shown_anew_and_not_done() -> None:
    desk = await with_people()
    await desk.ask(ASH, "rota change 1, every tuesday 20:00")
    [agree] = desk.choices
    await desk.ask(CAT, "rota join tuesday")

    answer = await desk.ask(ASH, agree.typed)

    assert answer.splitlines()[0] == (
        "Who is on the rota has changed since you were shown this, so nothing was done. This is what it would mean now."
    )
    assert "cat: Tuesday 24 November, 19:00, would be Tuesday 24 November, 20:00 to 21:00." in answer.splitlines()
    assert await desk.ask(ASH, agree.typed) == GONE


async def test_if_the_rota_was_changed_meanwhile_nothing_is_done() -> None:
    desk = await with_people()
    await desk.ask(ASH, "rota change 1, every tuesday 20:00")
    [agree] = desk.choices
    await desk.ask(BEE, "rota change 1, daily 19:00")

    assert await desk.ask(ASH, agree.typed) == (
        "The rota has changed since you were shown this, so nothing was done. "
        "“rota change” shows what a change would mean now."
    )


async def test_pings_and_the_check_in_go_by_the_new_time_though_the_old_ones_were_said() -> None:
    desk = await with_people()
    desk.now = Instant.from_utc(2026, 11, 24, 18, 50)
    await desk.pass_time(TimeDelta.ZERO)
    before = len(desk.said)

    await changed(desk, "every tuesday 20:00")
    said = [*desk.said[before:], *await desk.pass_time(TimeDelta(hours=3))]

    assert [(to.native, text.splitlines()[0]) for to, text in said if "has changed" not in text] == [
        ("bee", "Your shift: Evening check-in, Tuesday 24 November, 20:00."),
        ("room", "The check-in “Evening check-in” is open."),
    ]


@pytest.mark.parametrize("what", ["every thursday 19:00", "every tuesday 20:00"])
async def test_a_ping_that_is_not_out_yet_and_true_no_more_is_taken_back(what: str) -> None:
    desk = await with_people()
    desk.now = Instant.from_utc(2026, 11, 24, 18, 46)
    while due := desk.diary.take(desk.now):
        await desk.feature.steps[due.kind](due, desk.now)
    assert [key for key in desk.outbox.waiting if ":ping:" in key] != []

    change = Asked(
        key="c", command="rota change", options=_read(desk, what), person=ASH, group=OAK, place=ROOM, at=desk.now
    )
    await desk.feature.answers[CHANGE](change)
    await desk.feature.answers[AGREE](await _asked(desk))

    assert [key for key in desk.outbox.waiting if ":ping:" in key] == []


async def test_a_shift_that_has_come_to_be_on_by_now_opens_at_once() -> None:
    desk = await with_people()
    desk.now = Instant.from_utc(2026, 11, 24, 18, 30)
    await desk.pass_time(TimeDelta.ZERO)

    await changed(desk, "every tuesday 18:00 to 19:00")

    assert [text for to, text in desk.said if "is open" in text] == [
        "The check-in “Evening check-in” is open.\nHere until 19:00: bee."
    ]


async def test_a_check_in_that_was_open_and_moved_opens_again_at_its_new_time() -> None:
    desk = await with_people()
    desk.now = Instant.from_utc(2026, 11, 24, 19, 10)
    await desk.pass_time(TimeDelta.ZERO)

    await changed(desk, "every tuesday 21:00")
    said = await desk.pass_time(TimeDelta(hours=3))

    assert [text.splitlines()[0] for to, text in said if to == ROOM] == ["The check-in “Evening check-in” is open."]


async def test_in_quiet_hours_it_waits_for_their_end_unless_a_shift_of_theirs_is_in_them() -> None:
    desk, near = await with_people(), await with_people()
    for one, ends in ((desk, Time(18)), (near, Time(9))):
        await one.people.keep(OAK, BEE, Wish(quiet=Quiet(starts=Time(11), ends=ends)))
    near.now = Instant.from_utc(2026, 11, 24, 12)

    await changed(near, "every tuesday 20:00")
    await desk.ask(ASH, "rota change 1, every tuesday 20:00")
    await desk.feature.answers[AGREE](await _asked(desk))

    [waits] = [one for one in desk.outbox.waiting.values() if isinstance(one, Message) and one.to == BEE]
    assert waits.not_before == Instant.from_utc(2026, 11, 22, 18)
    assert BEE in [to for to, _ in near.said]


async def test_who_may_be_named_in_the_room_is_if_nothing_reaches_them_in_private() -> None:
    desk = await with_people()
    await desk.people.keep(OAK, BEE, Wish(reach=Reach.MENTION))

    await changed(desk, "every tuesday 20:00")

    assert [to for to, _ in desk.fallbacks] == [BEE]


async def test_nobody_is_put_off_by_a_smaller_number_and_it_says_so() -> None:
    desk = await with_people()
    await desk.ask(CAT, "rota join tuesday")

    answer = await desk.ask(ASH, "rota change 1, 1 person")

    assert answer.splitlines()[-1] == (
        "On some shifts there are more people than that now: Tuesday 24 November. They all stay on."
    )


async def test_dates_without_shifts_are_shown_and_told_and_can_be_opened_again() -> None:
    desk = Desk()
    await desk.ask(ASH, f"{ROTA}, closed: 1 december, holidays: wales, 3 weeks")
    assert (await desk.ask(ASH, "rota show")).splitlines()[2] == ("Closed 1 December, and on bank holidays in Wales.")
    await desk.ask(BEE, "rota join every week")
    desk.said.clear()

    await changed(desk, "closed: none, holidays: open")

    assert desk.said[0] == (
        BEE,
        (f"{YOURS}\nTuesday 1 December, 19:00, is on again, and you are on it.\n{LEAVE_ANY}"),
    )
    assert [sheet.rota.opens for sheet in await desk.shelf.sheets(OAK)] == [21 * DAY]


async def test_another_shift_at_the_new_time_is_named_to_whoever_has_it() -> None:
    desk = await with_people()
    await desk.ask(ASH, "rota new Soup, daily 20:00")
    await desk.ask(BEE, "rota join 2 tuesday")
    desk.said.clear()

    await changed(desk, "every tuesday 20:00")

    assert desk.said[0][1].splitlines()[2] == (
        "At Tuesday 24 November, 20:00, you are on “Soup” too, Tuesday 24 November, 20:00. You can leave either."
    )


async def test_lines_may_stand_apart_by_semicolons_in_one_typed_line() -> None:
    desk = await with_people()

    await desk.ask(ASH, "rota change 1, every tuesday and thursday 19:00; saturday 10:00, 3 people")

    assert (await desk.ask(ASH, "rota show 1")).splitlines()[1:3] == [
        LINE,
        "Every Saturday, 10:00 to 11:00 (Europe/London). Three people on each shift.",
    ]


@pytest.mark.parametrize("what", ["", " tusday 20:00", ", wibble"])
async def test_words_that_nothing_reads_change_nothing(what: str) -> None:
    desk = await with_people()
    before = dict(desk.shelf.rotas)

    try:
        await desk.ask(ASH, f"rota change 1{what}")
    finally:
        assert desk.shelf.rotas == before


async def test_the_name_of_another_rota_and_what_is_so_already_are_refused() -> None:
    desk = await with_people()
    await desk.ask(ASH, "rota new Soup, daily 20:00")

    assert await desk.ids(ASH, "rota change 1, name: soup") == ["rota-name-taken"]
    assert await desk.ids(ASH, "rota change 1, name: Evening check-in") == ["rota-change-same"]
    assert await desk.ids(ASH, "rota change 1") == ["rota-change-what"]
    assert await desk.ids(ASH, "rota change 1, 99 weeks") == ["line-unclear"]


async def test_every_other_week_from_a_day_comes_first_on_its_next_day() -> None:
    desk = Desk()

    answer = await desk.ask(ASH, "rota new Tea, every other tuesday 19:00 from 6 january 2027")

    assert "The first is Tuesday 12 January" in answer
