"""A rota as it is seen: week by week, a short line for each shift; and one's own shifts, with how long it is until."""

from whenever import Instant

from bot.domain.ids import PersonId
from bot.domain.outgoing import Message
from bot.domain.people import Wish
from bot.domain.saying import Look, Say
from bot.store.sayings import packed, unpacked
from tests.cogs.rota.desk import ASH, BEE, CAT, OAK, ROTA, Desk, sentence, text

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
