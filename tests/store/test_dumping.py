"""What is restored from a backup is what was there, from either database to either, and from earlier steps too."""

import json
import zlib
from collections.abc import AsyncGenerator

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import Connection, insert, select, text
from whenever import Instant, TimeDelta

from bot.domain.ids import GroupId, PersonId
from bot.domain.people import Ways
from bot.store.database import Database
from bot.store.dumping import DumpError, Head, dumped, lasting, load, read_head
from bot.store.house import PeopleShelf
from bot.store.migrating import NEWEST, alembic_config
from bot.store.outbox import OutboxShelf
from bot.store.restoring import put_in_place
from bot.store.tables import metadata
from bot.store.tables.house import outbox
from tests.store.everything import Everything, contents, everything, put
from tests.store.rows import fill
from tests.store.test_belongings import ROOM, message

NOON = Instant.from_utc(2026, 11, 23, 12)
HEAD = Head(at=NOON, until=NOON + TimeDelta(hours=24 * 30))
MEMORY = "sqlite+aiosqlite:///:memory:"

slow = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
async def staged() -> AsyncGenerator[Database]:
    database = Database.at(MEMORY)
    yield database
    await database.close()


async def through_memory(dump: bytes, database: Database) -> None:
    """Restore a dump with nothing forgotten and nothing settled."""
    staged = Database.at(MEMORY)
    try:
        await load(dump, staged)
        await put_in_place(staged, database, {})
    finally:
        await staged.close()


@given(before=everything(), after=everything())
@slow
async def test_what_is_restored_is_what_was_backed_up_whatever_came_after(
    database: Database, before: Everything, after: Everything
) -> None:
    await put(database, before)
    there = await contents(database)
    dump = await dumped(database, HEAD)
    await put(database, after)
    await through_memory(dump, database)

    assert await contents(database) == there


async def test_a_backup_of_one_kind_of_database_is_restored_into_the_other(
    sqlite_with_tables: str, postgresql_with_tables: str
) -> None:
    for one, other in ((sqlite_with_tables, postgresql_with_tables), (postgresql_with_tables, sqlite_with_tables)):
        source, target = Database.at(one), Database.at(other)
        if one == sqlite_with_tables:
            await fill(source, ROOM)
        there = await contents(source)
        await through_memory(await dumped(source, HEAD), target)
        restored = await contents(target)
        await source.close()
        await target.close()
        names = [table.name for table in lasting()]

        assert [restored[name] for name in names] == [there[name] for name in names]
        assert all(there[name] for name in names)


async def test_what_is_put_out_after_a_restore_is_numbered_after_what_was_there(database: Database) -> None:
    async with database.transaction():
        row = {"key": "a", "group_id": GroupId(ROOM), "not_before": NOON, "expires_at": NOON, "failures": 0}
        await database.execute(insert(outbox).values(id=41, **row))
    await through_memory(await dumped(database, HEAD), database)
    async with database.transaction():
        await OutboxShelf(database).put(message("b", ROOM, PersonId("fake:ash")))
        ids = (await database.execute(select(outbox.c.id).order_by(outbox.c.id))).scalars().all()

    assert ids == [41, 42]


async def test_what_passes_within_hours_is_in_no_backup_and_stays_as_it_is(database: Database) -> None:
    await fill(database, ROOM)
    dump = await dumped(database, HEAD)
    there = await contents(database)
    await through_memory(dump, database)
    passing = {table.name for table in metadata.sorted_tables} - {table.name for table in lasting()}
    named = {json.loads(line)["table"] for line in zlib.decompress(dump).decode().split("\n") if '{"table"' in line}

    assert passing == {"bookmarks", "feeds", "inbox", "invitations", "lists", "list_answers"}
    assert named == {table.name for table in lasting()}
    assert await contents(database) == there


async def test_a_backup_of_earlier_tables_comes_up_to_the_newest(empty_database: Database, staged: Database) -> None:
    def before(connection: Connection) -> None:
        from alembic import command  # noqa: PLC0415  Beside the one use of it.

        command.upgrade(alembic_config(connection), "0006")
        connection.execute(text("INSERT INTO wishes (group_id, person, zone) VALUES ('fake:group', 'fake:ash', 'UTC')"))
        connection.execute(text("INSERT INTO groups (group_id, verified_only) VALUES ('fake:group', true)"))

    async with empty_database.engine.begin() as connection:
        await connection.run_sync(before)
    dump = await dumped(empty_database, HEAD)
    await load(dump, staged)
    async with staged.transaction():
        ways = await PeopleShelf(staged, lambda _: Ways()).ways(GroupId("fake:group"), PersonId("fake:ash"))
        step = (await staged.execute(text("SELECT version_num FROM alembic_version"))).scalar()

    assert read_head(dump).step == "0006"
    assert (ways, step) == (Ways(zone="UTC"), NEWEST)


async def test_a_database_without_tables_is_no_backup(empty_database: Database) -> None:
    with pytest.raises(DumpError, match="empty"):
        await dumped(empty_database, HEAD)


def lines_of(dump: bytes) -> list[str]:
    return zlib.decompress(dump).decode().split("\n")


def packed(lines: list[str]) -> bytes:
    return zlib.compress("\n".join(lines).encode())


async def kind_of(dump: bytes) -> str:
    """Return why a dump cannot be loaded."""
    database = Database.at(MEMORY)
    try:
        with pytest.raises(DumpError) as caught:
            await load(dump, database)
    finally:
        await database.close()
    return caught.value.kind


async def test_lines_that_were_cut_or_are_of_something_else_are_told_apart(sqlite_with_tables: str) -> None:
    database = Database.at(sqlite_with_tables)
    await fill(database, ROOM)
    lines = lines_of(await dumped(database, HEAD))
    await database.close()
    head = json.loads(lines[0])
    kinds = [
        await kind_of(packed(lines[:-1])),
        await kind_of(packed([*lines[:5], *lines[6:]])),
        await kind_of(packed([*lines[:-1], '{"rows": 1}'])),
        await kind_of(packed(["[]", *lines[1:]])),
        await kind_of(packed(["{}", *lines[1:]])),
        await kind_of(packed([json.dumps(head | {"at": "yesterday"}), *lines[1:]])),
        await kind_of(b"nothing of the kind"),
        await kind_of(packed([json.dumps(head | {"step": "9999"}), *lines[1:]])),
        await kind_of(packed([json.dumps(head | {"alongside": 2}), *lines[1:]])),
    ]

    assert kinds == ["broken"] * 7 + ["newer"] * 2


async def test_a_backup_shows_one_moment_while_others_go_on_writing(url_with_tables: str) -> None:
    database, reading = Database.at(url_with_tables), Database.reading(url_with_tables)
    shelf = OutboxShelf(database)
    async with database.transaction():
        await shelf.put(message("before", ROOM, PersonId("fake:ash")))
    async with reading.transaction():
        first = (await reading.execute(select(outbox.c.key))).scalars().all()
        async with database.transaction():
            await shelf.put(message("meanwhile", ROOM, PersonId("fake:ash")))
        second = (await reading.execute(select(outbox.c.key))).scalars().all()
    async with reading.transaction():
        third = (await reading.execute(select(outbox.c.key))).scalars().all()
    await reading.close()
    await database.close()

    assert (first, second, sorted(third)) == (["before"], ["before"], ["before", "meanwhile"])
