"""A rota as it is seen: week by week, a short line for each shift; and one's own shifts, with how long it is until."""

from whenever import Instant

from bot.domain.ids import PersonId
from bot.domain.outgoing import Message
from bot.domain.people import Wish
from bot.domain.saying import Line, Look, Say
from bot.store.sayings import packed, unpacked
from tests.cogs.rota.desk import ASH, BEE, CAT, ELM, OAK, ROTA, Desk, sentence, text

PHONE = 40
BEGINNING = len("Tue 24 Nov, 19:00, ")


async def lived() -> Desk:
    """Return a group in which a Tuesday is full but for its first hour."""
    desk = Desk()
    await desk.ask(ASH, f"{ROTA} to 21:00, 3 people")
    await desk.ask(BEE, "rota join every tuesday")
    await desk.ask(ASH, "rota join tuesday")
    await desk.ask(CAT, "rota join 1 tuesday, part: from 20:00")
    return desk


async def shown(desk: Desk, person: PersonId = CAT) -> Say:
    return await desk.answer(person, "rota show")


async def test_shifts_stand_below_their_week_with_what_is_open_and_who_is_on_for_which_part() -> None:
    desk = await lived()

    assert text(await shown(desk)).splitlines()[2:9] == [
        "The next one: in 2 days.",
        "Next week",
        "Tue 24 Nov, 19:00, part open: ash, bee and cat (20:00 to 21:00).",
        "Thu 26 Nov, 19:00, 3 open: nobody yet.",
        "Week of Monday 30 November",
        "Tue \u20071 Dec, 19:00, 2 open: bee.",
        "Thu \u20073 Dec, 19:00, 3 open: nobody yet.",
    ]


async def test_the_lines_of_all_shifts_begin_alike_and_hold_all_but_long_names_on_a_phone() -> None:
    desk = await lived()

    rows = [sentence(line) for line in (await shown(desk)).lines if line.look is Look.ITEM]

    assert {row[:BEGINNING][-2:] for row in rows} == {", "}
    assert all(len(f"- {row}") <= PHONE for row in rows if "(" not in row)


async def test_a_shift_that_is_on_now_is_the_next_one_and_stands_in_this_week() -> None:
    desk = await lived()
    desk.now = Instant.from_utc(2026, 11, 24, 19, 30)

    lines = text(await shown(desk)).splitlines()

    assert lines[2:5] == [
        "The next one: now.",
        "This week",
        "Tue 24 Nov, 19:00, part open: ash, bee and cat (20:00 to 21:00).",
    ]


async def test_weeks_are_those_of_the_readers_own_time() -> None:
    desk = Desk()
    await desk.ask(ASH, "rota new Late, sunday 23:30")
    await desk.people.keep(OAK, CAT, Wish(zone="Europe/Paris"))

    assert text(await shown(desk, BEE)).splitlines()[3:5] == ["This week", "Sun 22 Nov, 23:30, 1 open: nobody yet."]
    assert text(await shown(desk)).splitlines()[3:5] == ["Next week", "Mon 23 Nov, 00:30, 1 open: nobody yet."]


async def test_what_is_shown_is_the_same_after_it_has_waited() -> None:
    desk = await lived()
    said = await shown(desk)
    kept = Message(key="k", group=OAK, not_before=desk.now, expires_at=desk.now, to=CAT, say=said)
    about = {"key": "k", "group": OAK, "not_before": desk.now, "expires_at": desk.now}

    waited = unpacked(packed(kept), about)

    assert isinstance(waited, Message)
    assert text(waited.say) == text(said)
    assert [each.typed for each in waited.say.choices] == [each.typed for each in said.choices]


async def test_ones_own_shifts_say_how_long_it_is_until_ones_own_part_of_them() -> None:
    desk = await lived()
    desk.now = Instant.from_utc(2026, 11, 24, 16)

    assert (await desk.ask(CAT, "rota mine")).splitlines()[1] == (
        "Evening check-in: in 4 hours, Tuesday 24 November, 20:00 to 21:00, with ash and bee."
    )
    assert (await desk.ask(ASH, "rota mine")).splitlines()[1] == (
        "Evening check-in: in 3 hours, Tuesday 24 November, 19:00, with bee and cat (20:00 to 21:00)."
    )


async def test_ones_own_weeks_add_up_beside_ones_own_limit_with_what_was_before_today() -> None:
    desk = await lived()
    await desk.ask(BEE, "rota join thursday")
    await desk.people.keep(OAK, BEE, Wish(weekly=3))
    desk.now = Instant.from_utc(2026, 11, 29, 16)

    assert (await desk.ask(BEE, "rota mine")).splitlines()[-6:] == [
        "Your weeks, Monday to Sunday. Only you see this.",
        "This week: 2 shifts, 4 hours.",
        "Next week: 1 shift, 2 hours.",
        "Week of Monday 7 December: 1 shift, 2 hours.",
        "Week of Monday 14 December: 1 shift, 2 hours.",
        "You are not asked for more than 3 shifts a week. To change that, type “me limit”.",
    ]


async def test_what_one_was_on_this_week_counts_also_when_the_standing_place_is_left() -> None:
    desk = await lived()
    desk.now = Instant.from_utc(2026, 11, 27, 16)
    await desk.ask(BEE, "rota leave every week")
    await desk.ask(BEE, "rota join thursday")

    assert (await desk.ask(BEE, "rota mine")).splitlines()[-4:-1] == [
        "This week: 1 shift, 2 hours.",
        "Next week: 1 shift, 2 hours.",
        "Week of Monday 7 December: nothing.",
    ]


async def test_a_part_adds_up_to_what_it_lasts_and_a_week_without_any_says_so() -> None:
    desk = await lived()

    assert (await desk.ask(CAT, "rota mine")).splitlines()[-4:-1] == [
        "This week: nothing.",
        "Next week: 1 shift, 1 hour.",
        "Week of Monday 30 November: nothing.",
    ]


async def test_a_picture_comes_with_all_of_it_in_words_for_four_weeks() -> None:
    desk = await lived()

    said = await desk.answer(CAT, "rota picture")
    [file] = said.files

    assert (file.name, file.kind) == ("rota.png", "image/png")
    assert file.content.startswith(b"\x89PNG")
    assert file.seen is not None
    assert file.seen.alt == (
        "The rota “Evening check-in” from Tuesday 24 November to Thursday 17 December: who is on each shift,"
        " and what is open. The message beside it says the same."
    )
    assert text(said).splitlines()[-3:-1] == [
        "Tue 15 Dec, 19:00, 2 open: bee.",
        "Thu 17 Dec, 19:00, 3 open: nobody yet.",
    ]
    assert text(said.in_text) == text(said)


async def test_a_picture_that_has_to_wait_is_not_kept_and_neither_is_what_is_on_it() -> None:
    desk = await lived()
    said = await desk.answer(CAT, "rota picture")
    kept = Message(key="k", group=OAK, not_before=desk.now, expires_at=desk.now, to=CAT, say=said)

    assert text(said.to_be_kept) == "To see the picture, type “rota picture 1”."
    assert all(word not in packed(kept) for word in ("bee", "PNG", "Evening"))


async def test_there_is_no_picture_of_nothing_nor_of_another_groups_rota() -> None:
    desk = Desk()
    await desk.ask(ASH, "rota new Far away, 3 june 19:00")

    assert await desk.ids(CAT, "rota picture") == ["rota-picture-nothing"]
    assert await desk.ids(CAT, "rota picture 1", ELM) == ["rota-none"]


async def test_of_many_on_one_shift_a_picture_names_some_and_counts_the_others() -> None:
    desk = Desk()
    await desk.ask(ASH, f"{ROTA}, 20 people")
    people = [PersonId.of("local", f"person-{number:02}") for number in range(11)]
    for person in people:
        await desk.ask(person, "rota join tuesday")

    await desk.answer(CAT, "rota picture")

    assert desk.pictures[-1].weeks[0].rows[0].people[:8] == tuple(people[:8])
    assert [sentence(one) for one in desk.pictures[-1].weeks[0].rows[0].people[8:] if isinstance(one, Line)] == [
        "3 more"
    ]
