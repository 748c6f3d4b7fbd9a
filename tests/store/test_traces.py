"""All that names a person is found through the schema, on both databases; what is others' stays theirs."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import Table, insert, select, update
from whenever import Instant

from bot.cogs.mydata.export import document
from bot.cogs.mydata.telling import TOLD, args, of_group
from bot.domain.commands import Asked
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.saying import line, say
from bot.ports.mydata import Kept
from bot.store.database import Database
from bot.store.outbox import OutboxShelf
from bot.store.tables.house import outbox
from bot.store.tables.sit import asks, sit_named, sit_words, sitters
from bot.store.traces import TraceStore, tables_of_people
from tests import shipped
from tests.cogs.mydata.kept import kept as made_up
from tests.fakes.tombstones import NoTombstones
from tests.store.rows import ASH, NOON, fill
from tests.store.test_belongings import BEA, OTHER, ROOM, message

LOCALE = "en-GB"
ASHLEY = PersonId(f"{ASH}ley")
TABLES = {table.name: table for table in tables_of_people()}


async def rows(database: Database, person: PersonId) -> dict[str, int]:
    """Return how many rows of each table name the person, in a column of its own."""
    async with database.transaction():
        found = {table: (await database.execute(select(table))).mappings().all() for table in tables_of_people()}
    return {table.name: sum(person in row.values() for row in rows) for table, rows in found.items()}


async def test_every_table_is_shown_and_let_go_of_in_every_group_and_others_stay(database: Database) -> None:
    traces = TraceStore(database, NoTombstones())
    for group, person in ((ROOM, ASH), (OTHER, ASH), ("fake:third", BEA), ("fake:fourth", ASHLEY)):
        await fill(database, group, person)
    async with database.transaction():
        groups = await traces.groups(ASH)
        kept = {group: {one.table for one in await traces.kept(group, ASH)} for group in groups}
        await traces.erase(ASH, NOON)
        after = [await traces.groups(person) for person in (ASH, BEA, ASHLEY)]

    assert kept == {key: set(TABLES) for key in (GroupId(OTHER), GroupId(ROOM))}
    assert after == [[], ["fake:third"], ["fake:fourth"]]
    assert await rows(database, ASH) == dict.fromkeys(TABLES, 0)
    assert await rows(database, BEA) == await rows(database, ASHLEY) == dict.fromkeys(TABLES, 1)


async def test_every_table_can_be_taken_along_as_json(database: Database) -> None:
    await fill(database, ROOM, ASH)
    async with database.transaction():
        kept = {GroupId(ROOM): await TraceStore(database, NoTombstones()).kept(GroupId(ROOM), ASH)}
    asked = Asked(
        key="k", command="mydata export", options={}, person=ASH, group=GroupId(ROOM), place=PlaceId(ROOM), at=NOON
    )
    read = json.loads(document(asked, kept, ("backup",)))

    assert (read["made"], read["person"], read["cannot_reach"]) == (NOON.format_iso(), ASH, ["backup"])
    assert [(group["group"], set(group["tables"])) for group in read["groups"]] == [(ROOM, set(TABLES))]
    assert read["groups"][0]["tables"]["rota_single"][0]["date"] == "2026-11-24"


async def test_nobody_else_is_in_what_a_person_is_shown(database: Database) -> None:
    await fill(database, ROOM, BEA)
    async with database.transaction():
        await database.execute(update(asks).values(change_by=ASH))
        kept = await TraceStore(database, NoTombstones()).kept(GroupId(ROOM), ASH)

    assert [one.table for one in kept] == ["asks"]
    assert BEA not in kept[0].facts.values()


@pytest.mark.parametrize("table", [sitters, sit_named, sit_words], ids=str)
async def test_who_meets_or_is_named_sees_that_and_not_who_asked(database: Database, table: Table) -> None:
    await fill(database, ROOM, BEA)
    async with database.transaction():
        await database.execute(update(table).values(person=ASH))
        kept = await TraceStore(database, NoTombstones()).kept(GroupId(ROOM), ASH)

    assert [one.table for one in kept] == [table.name]
    assert BEA not in kept[0].facts.values()


async def test_what_others_are_still_to_hear_names_nobody_and_is_sent_once(database: Database) -> None:
    shelf = OutboxShelf(database)
    named = message("offered", ROOM, BEA)
    async with database.transaction():
        await shelf.put(message("to them", ROOM, ASH))
        await database.execute(
            insert(outbox).values(
                key=f"old:{ASH}", group_id=ROOM, body=None, not_before=NOON, expires_at=NOON, failures=0, done_at=NOON
            )
        )
        await shelf.put(message(f"new:{ASH.mark}:1", ROOM, BEA))
        [claimed] = [one for one in await shelf.claim(NOON, NOON, 10) if one.sending.key.startswith("new")]
        await shelf.done([claimed], NOON)
        await shelf.put(replace(named, say=say("sit-offered", person=ASH)))
        assert await TraceStore(database, NoTombstones()).groups(ASH) == [ROOM]
        await TraceStore(database, NoTombstones()).erase(ASH, NOON)
        left = (await database.execute(select(outbox))).mappings().all()

    assert [row["key"] for row in left] == ["offered"]
    assert "someone" in left[0]["body"]
    assert ASH not in str(left)


@pytest.mark.parametrize("empty", [False, True])
@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_table_that_names_people_has_its_words(name: str, *, empty: bool) -> None:
    row = next(each for each in made_up(empty=empty) if each.table == name)
    told = [*of_group(line("mydata-in-this-group"), [row], "Asia/Kolkata")]
    words = shipped.words()
    sentences = ["".join(map(str, words.spans(each, LOCALE))) for each in told]

    assert len(sentences) == 2
    assert ASH not in str(sentences)
    assert words.text(line(f"data-{name.replace('_', '-')}"), LOCALE)
    assert words.text(line(f"data-{name.replace('_', '-')}.ends"), LOCALE)


def test_tables_that_are_told_row_by_row_are_there() -> None:
    assert set(TABLES) >= TOLD


def test_a_moment_is_told_in_the_persons_own_zone() -> None:
    told = args(Kept(table="openings", facts={"until": Instant.from_utc(2026, 11, 23, 12)}), "Asia/Kolkata")

    assert str(told["until"]).startswith("2026-11-23T17:30")
