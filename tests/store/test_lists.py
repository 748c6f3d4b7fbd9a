"""Lists to choose from, on both databases: by their message, to one person, for a day, with no words of people."""

import json

from sqlalchemy import select
from whenever import Instant, TimeDelta

from bot.domain.dialogue import LIST_STANDS, Offered
from bot.domain.ids import GroupId, PersonId
from bot.domain.saying import Choice, Line, choice, line, undo
from bot.ports.lists import Answered
from bot.store.database import Database
from bot.store.lists import ListsShelf
from bot.store.tables.lists import list_answers, lists

NOON = Instant.from_utc(2026, 11, 24, 12)
ASH, BEA = PersonId.of("fake", "ash"), PersonId.of("fake", "bea")
GROUP = GroupId.of("fake", "group")
CHOICES = (
    choice("sit-i-can", "sit can", ask="aaaaaaaa").undone_by(undo("sit withdraw", ask="aaaaaaaa")),
    choice("sit-withdraw-it", "sit withdraw").undone_by(line("sit-withdraw-stands")),
    choice("now-title", "now"),
)


def offered(message: str = "m1", person: PersonId = ASH, choices: tuple[Choice, ...] = CHOICES) -> Offered:
    return Offered(person=person, group=GROUP, choices=choices, until=NOON + LIST_STANDS, message=message)


async def keep(database: Database, *given: Offered, last: dict[PersonId, str | None] | None = None) -> ListsShelf:
    shelf = ListsShelf(database)
    async with database.transaction():
        await shelf.keep(given, last or {one.person: one.message for one in given})
    return shelf


async def last(database: Database, person: PersonId, now: Instant = NOON) -> Offered | None:
    async with database.transaction():
        return await ListsShelf(database).last(person, now)


async def under(database: Database, message: str, now: Instant = NOON) -> Offered | None:
    async with database.transaction():
        return await ListsShelf(database).under(message, now)


async def by(database: Database, reaction: str, now: Instant = NOON) -> Answered | None:
    async with database.transaction():
        return await ListsShelf(database).by(reaction, now)


async def test_a_list_comes_back_whole_by_its_message(database: Database) -> None:
    await keep(database, offered())

    assert await under(database, "m1") == offered()
    assert await under(database, "m2") is None


async def test_a_number_means_the_last_list_of_that_person_alone(database: Database) -> None:
    await keep(database, offered("m1"), offered("m2"), offered("m3", BEA))

    assert await last(database, ASH) == offered("m2")
    assert await last(database, BEA) == offered("m3", BEA)
    assert await last(database, PersonId.of("fake", "cai")) is None


async def test_a_list_that_was_put_away_is_found_by_its_message_and_no_more_by_a_number(database: Database) -> None:
    await keep(database, offered())
    await keep(database, last={ASH: None})

    assert await last(database, ASH) is None
    assert await under(database, "m1") == offered()


async def test_a_list_that_is_told_again_becomes_the_last_once_more(database: Database) -> None:
    await keep(database, offered("m1"), offered("m2"))
    await keep(database, offered("m1"))

    assert await last(database, ASH) == offered("m1")


async def test_a_list_stands_a_day_and_then_goes_with_its_answers(database: Database) -> None:
    shelf = await keep(database, offered())
    later = NOON + LIST_STANDS
    async with database.transaction():
        await shelf.note(Answered(reaction="r1", offered=offered(), number=0))
    found = (await last(database, ASH, later), await under(database, "m1", later), await by(database, "r1", later))
    async with database.transaction():
        await shelf.purge(later - TimeDelta(milliseconds=1))
        before = len((await database.execute(select(lists))).all())
        await shelf.purge(later)
        rows = (await database.execute(select(lists))).all(), (await database.execute(select(list_answers))).all()

    assert found == (None, None, None)
    assert before == 1
    assert rows == ([], [])


async def test_what_a_reaction_answered_is_kept_once_until_it_is_taken_back(database: Database) -> None:
    shelf = await keep(database, offered())
    answered = Answered(reaction="r1", offered=offered(), number=1)
    async with database.transaction():
        await shelf.note(answered)
        await shelf.note(answered)
    kept = await by(database, "r1")
    async with database.transaction():
        await shelf.forget("r1")

    assert kept == answered
    assert kept is not None
    assert kept.choice == CHOICES[1]
    assert await by(database, "r1") is None
    assert await under(database, "m1") == offered()


async def test_no_name_and_no_text_of_people_is_in_a_row(database: Database) -> None:
    named = Choice(label=line("sit-with", person=BEA), command="sit pick", options={"offer": "1"})
    worded = choice("rota-see-it", "rota show", rota="2")
    titled = Choice(label=line("rota-see-this", name="Marmalade"), command="rota show", options={"rota": "2"})
    nested = Choice(label=line("list-unclear", of=(Line(id="x", args={"text": "Marmalade"}),)), command="now")
    stands = choice("now-title", "now").undone_by(line("not-undone", name="Marmalade"))
    await keep(database, offered(choices=(named, worded, titled, nested, stands)))
    async with database.transaction():
        body = str((await database.execute(select(lists.c.choices))).scalar_one())
    kept = await under(database, "m1")

    assert "Marmalade" not in body
    assert BEA not in body
    assert len(json.loads(body)) == 5
    assert kept is not None
    assert [one.label for one in kept.choices] == [
        line("list-choice", typed="sit pick 1"),
        line("rota-see-it"),
        line("list-choice", typed="rota show 2"),
        line("list-choice", typed="now"),
        line("now-title"),
    ]


async def test_a_list_that_no_message_holds_leaves_no_row(database: Database) -> None:
    nowhere = Offered(person=ASH, group=GROUP, choices=CHOICES, until=NOON + LIST_STANDS)
    await keep(database, nowhere, last={ASH: None})

    assert await last(database, ASH) is None
