"""A rota from a file: shown first, kept at the same person's word, and nobody is on it."""

from whenever import TimeDelta

from bot.cogs.rota.commands import IMPORT
from bot.domain.commands import Asked, Reading
from bot.domain.ids import PersonId
from bot.domain.reading.files import words_of
from bot.domain.saying import Refused, Say
from tests.cogs.rota.desk import ASH, BEE, ELM, OAK, ROOM, ROTA, Desk, text
from tests.domain.rota.files import GOOGLE, LIBREOFFICE

WOULD = (
    "This is how “Tea” would be.\n"
    "Every Tuesday, 19:00 to 21:00, from 1 December until 15 December (Europe/London). Two people on each shift.\n"
    "On 19 December, 10:00 to 12:00 (Europe/London). One person on each shift.\n"
    "The first is Tuesday 1 December, 19:00. Then Tuesday 8 December and Tuesday 15 December.\n"
    "One line of the file is not in it:\n"
    "Line 8: I need a date, such as 2026-12-03 or 3 December 2026.\n"
    "Names in the file are left out. Each person can join for themselves.\n"
    "Nothing is made yet, and nobody has been told. If you keep it, its room is told. "
    "This waits until Monday 23 November, 12:00."
)


async def brings(desk: Desk, file: str | bytes, person: PersonId = ASH, **options: str) -> Say:
    """Let somebody bring a file in, called "Tea" if they say nothing else."""
    words = {"name": "Tea", "file": words_of(file if isinstance(file, bytes) else file.encode()), **options}
    reading = Reading(now=desk.now, zone="Europe/London", places={"room": ROOM})
    desk.asked += 1
    asked = Asked(
        key=f"file-{desk.asked}",
        command=IMPORT.name,
        options={each.name: each.kind.read(words[each.name], reading) for each in IMPORT.options if each.name in words},
        person=person,
        group=OAK,
        place=ROOM,
        at=desk.now,
    )
    said = await desk.feature.answers[IMPORT](asked)
    desk.choices = said.choices
    return said


async def refused(desk: Desk, file: str | bytes, **options: str) -> str:
    """Return why a file is not taken."""
    try:
        await brings(desk, file, ASH, **options)
    except Refused as why:
        return text(why.say)
    raise AssertionError(options)


async def test_what_the_rota_would_be_is_shown_and_nothing_is_made() -> None:
    desk = Desk()

    assert text(await brings(desk, LIBREOFFICE)) == WOULD
    assert await desk.shelf.sheets(OAK) == []
    assert desk.said == []


async def test_the_same_person_keeps_it_and_its_room_is_told_as_of_any_new_rota() -> None:
    desk = Desk()
    await brings(desk, LIBREOFFICE)
    [keep] = desk.choices

    assert "no such change" in await desk.ask(BEE, keep.typed)
    kept = await desk.ask(ASH, keep.typed)
    [sheet] = await desk.shelf.sheets(OAK)
    assert kept.startswith("The rota “Tea” is kept. It is number 1, and its room has been told.\nEvery Tuesday")
    assert [to for to, _ in desk.said] == [ROOM]
    assert desk.said[0][1].startswith("There is a new rota: Tea.\nEvery Tuesday, 19:00")
    assert sheet.roster.people == ()
    assert "no such change" in await desk.ask(ASH, keep.typed)


async def test_it_waits_for_a_day_and_of_one_persons_only_the_last() -> None:
    desk = Desk()
    await brings(desk, LIBREOFFICE)
    [first] = desk.choices
    await brings(desk, GOOGLE)
    [second] = desk.choices

    assert "no such change" in await desk.ask(ASH, first.typed)
    desk.now += TimeDelta(hours=24)
    assert "no such change" in await desk.ask(ASH, second.typed)
    assert await desk.shelf.sheets(OAK) == []


async def test_another_group_knows_nothing_of_it() -> None:
    desk = Desk()
    await brings(desk, LIBREOFFICE)

    assert "no such change" in await desk.ask(ASH, desk.choices[0].typed, ELM)


async def test_no_word_of_the_file_is_kept_or_said_again() -> None:
    desk = Desk()
    said = text(await brings(desk, GOOGLE)) + text(await brings(desk, LIBREOFFICE))

    assert not [word for word in ("Jo", "Sam", "jo.smith", "perhaps", "Christmas") if word in said]
    assert not [word for word in ("Jo", "Sam", "perhaps") if word in repr(desk.drafts.waiting)]


async def test_of_many_lines_that_cannot_be_read_the_first_are_named_and_the_others_counted() -> None:
    rows = "\n".join(["date;start", "1 dec;19:00", *["soon;19:00"] * 22])
    told = text(await brings(Desk(), rows)).splitlines()

    assert told[3] == "22 lines of the file are not in it:"
    assert told[4] == "Line 3: I need a date, such as 2026-12-03 or 3 December 2026."
    assert told[13:15] == [
        "Line 12: I need a date, such as 2026-12-03 or 3 December 2026.",
        "and 12 more",
    ]


async def test_what_is_over_and_what_goes_by_another_clock_is_said() -> None:
    told = text(await brings(Desk(), GOOGLE.replace("20261205", "20261005"), zone="Europe/Paris"))

    assert "One date or event in the file is over and is left out.\n" in told
    assert "Some of it comes round in another time zone. Here it goes by the clock of Europe/Paris, so" in told
    assert "Every Tuesday, 20:00 to 22:00 (Europe/Paris). One person on each shift.\n" in told


async def test_a_file_of_which_nothing_can_be_read_says_why_line_by_line() -> None:
    assert await refused(Desk(), "date;start\nsoon;19:00\n") == (
        "I could make no rota of that file. Nothing was kept.\n"
        "One line of the file is not in it:\n"
        "Line 2: I need a date, such as 2026-12-03 or 3 December 2026."
    )
    assert await refused(Desk(), "date;start\n1 dec 2025;19:00\n") == (
        "All of those dates are over. I need one that is still to come."
    )
    assert await refused(Desk(), "date;start\n") == "There is no date in that file to make a rota of."


async def test_files_of_other_kinds_are_refused_with_what_would_work() -> None:
    unlike = "That is not a file I can make a rota of. I can read a calendar (.ics), or a table (.csv) whose first line"

    assert (await refused(Desk(), b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")).startswith(unlike)
    assert (await refused(Desk(), "hello")).startswith(unlike)
    assert "save it as CSV" in await refused(Desk(), b"PK\x03\x04rest")
    assert "save it again as UTF-8" in await refused(Desk(), LIBREOFFICE.encode("utf-16"))
    assert "save it again as UTF-8" in await refused(Desk(), "date;start\n1 d\xe9c;19:00\n".encode("latin-1"))
    assert await refused(Desk(), b"") == "There is nothing in that file."
    assert await refused(Desk(), b" \n") == "There is nothing in that file."
    assert await refused(Desk(), b"x" * 300_000) == "That file is too large. Up to 256 kilobytes fit."
    assert text(await brings(Desk(), b"\xef\xbb\xbf" + LIBREOFFICE.encode())) == WOULD


async def test_a_name_that_is_taken_is_refused_with_two_commands_that_would_work() -> None:
    desk = Desk()
    await desk.ask(ASH, ROTA)

    assert await refused(desk, LIBREOFFICE, name="evening check-in") == (
        "There is a rota called “Evening check-in” here. "
        "Type “rota import” with another name, or change that one: “rota change 1”."
    )


async def test_a_name_that_was_taken_meanwhile_is_refused_and_the_draft_waits_on() -> None:
    desk = Desk()
    await brings(desk, LIBREOFFICE, name="Evening check-in")
    [keep] = desk.choices
    await desk.ask(BEE, ROTA)

    assert await desk.ask(ASH, keep.typed) == (
        "There is a rota called “Evening check-in” here. Please choose another name."
    )
    await desk.ask(BEE, "rota end 1")
    assert "is kept. It is number 2" in await desk.ask(ASH, keep.typed)


async def test_of_several_rotas_in_one_file_a_name_says_which() -> None:
    file = "rota,date,start\nTea,2026-12-01,19:00\n'=Nights,2026-12-02,22:00\n@everyone,2026-12-02,22:00\n"

    assert "2 December" not in text(await brings(Desk(), file))
    assert await refused(Desk(), file, name="Lunch") == (
        "There are several rotas in that file: Tea and =Nights. Type “rota import” with one of these names."
    )
