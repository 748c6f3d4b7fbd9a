"""What is let go of leaves the files too: no page and no log holds on to it. SQLite alone, where the files are ours."""

import asyncio
import random
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, update
from whenever import Instant

from bot.domain.ids import GroupId, PersonId
from bot.domain.outgoing import Message
from bot.domain.saying import say
from bot.store.database import Database
from bot.store.outbox import OutboxShelf
from bot.store.tables.house import outbox
from bot.store.traces import TraceStore
from bot.store.wiping import WipingStore
from tests.fakes.tombstones import NoTombstones
from tests.tables import with_tables

NOON = Instant.from_utc(2026, 11, 23, 12)
QUILL, ASH = PersonId.of("fake", "quillfeather"), PersonId.of("fake", "ash")
GROUP = GroupId.of("fake", "group")


@pytest.fixture
async def database(tmp_path: Path) -> AsyncGenerator[Database]:
    database = Database.at(with_tables(tmp_path / "wiped.db"))
    yield database
    await database.close()


def files_naming(folder: Path, person: PersonId) -> set[str]:
    return {file.name for file in folder.iterdir() if person.native.encode() in file.read_bytes()}


async def put(database: Database, number: int, chance: random.Random) -> None:
    """Put out something of any length to either of two people, and let go of something else, as time does."""
    who = chance.choice((QUILL, ASH, ASH))
    row = {
        "key": f"{chance.random()}:{who}",
        "group_id": GROUP,
        "body": who * chance.randint(1, 60),
        "not_before": NOON,
        "expires_at": NOON,
        "failures": 0,
    }
    async with database.transaction():
        await database.execute(insert(outbox).values(row))
        earlier = outbox.c.id == chance.randint(1, number + 1)
        if chance.random() < 0.4:
            await database.execute(delete(outbox).where(earlier))
        if chance.random() < 0.3:
            await database.execute(update(outbox).where(earlier).values(body=None))


async def test_no_page_keeps_a_copy_of_what_was_moved_about_and_then_let_go(database: Database, tmp_path: Path) -> None:
    # One of many: here SQLite moves rows to other pages and leaves copies where they were.
    chance = random.Random(7)  # noqa: S311  Nothing is secret.
    for number in range(400):
        await put(database, number, chance)
    async with database.transaction():
        await database.execute(delete(outbox).where(outbox.c.body.contains(QUILL) | outbox.c.key.contains(QUILL)))
    before = files_naming(tmp_path, QUILL)
    await database.wipe()

    assert before != set()
    assert files_naming(tmp_path, QUILL) == set()
    assert files_naming(tmp_path, ASH) != set()


async def test_it_is_wiped_again_once_the_last_word_to_them_was_sent(database: Database, tmp_path: Path) -> None:
    shelf, wiping = OutboxShelf(database), WipingStore(database)
    last = Message(key="last", group=GROUP, to=QUILL, say=say("mydata-gone"), not_before=NOON, expires_at=NOON)
    async with database.transaction():
        await TraceStore(database, NoTombstones()).erase(QUILL, NOON)
        await shelf.put(last)
    await wiping.wipe()
    waiting = files_naming(tmp_path, QUILL)
    async with database.transaction():
        await shelf.done(await shelf.claim(NOON, NOON, 1), NOON)
    await wiping.wipe()

    assert waiting == {"wiped.db"}
    assert files_naming(tmp_path, QUILL) == set()
    assert database.to_wipe == set()


async def test_while_somebody_reads_the_file_it_is_put_off_and_nobody_waits(database: Database, tmp_path: Path) -> None:
    wiping = WipingStore(database)
    async with database.transaction():
        await OutboxShelf(database).put(
            Message(key="k", group=GROUP, to=QUILL, say=say("hello"), not_before=NOON, expires_at=NOON)
        )
    with closing(sqlite3.connect(tmp_path / "wiped.db", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM outbox").fetchall()
        async with database.transaction():
            await TraceStore(database, NoTombstones()).erase(QUILL, NOON)
        await wiping.wipe()
        put_off = set(database.to_wipe)
    await wiping.wipe()

    assert put_off == {QUILL}
    assert database.to_wipe == set()
    assert files_naming(tmp_path, QUILL) == set()


async def test_what_ended_by_its_time_is_wiped_once_a_day(database: Database, tmp_path: Path) -> None:
    wiping, chance = WipingStore(database), random.Random(7)  # noqa: S311  Nothing is secret.
    for number in range(400):
        await put(database, number, chance)
    async with database.transaction():
        await database.execute(delete(outbox).where(outbox.c.body.contains(QUILL) | outbox.c.key.contains(QUILL)))
    await wiping.wipe()
    not_asked = files_naming(tmp_path, QUILL)
    async with database.transaction():
        await wiping.daily(NOON)
    await wiping.wipe()

    assert not_asked == {"wiped.db"}, "the log is cut, and copies lie about in the file"
    assert files_naming(tmp_path, QUILL) == set()


async def test_a_transaction_that_is_undone_has_nothing_wiped_from_under_it(database: Database) -> None:
    async def undone() -> None:
        async with database.transaction():
            await TraceStore(database, NoTombstones()).erase(QUILL, NOON)
            raise LookupError

    with pytest.raises(LookupError):
        await undone()
    await WipingStore(database).wipe()

    assert database.to_wipe == set()


async def test_the_log_is_cut_soon_after_anything_was_let_go_and_not_at_each_round(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wiping, log = WipingStore(database), tmp_path / "wiped.db-wal"
    sizes = []
    for seconds in (0, 1, 31):
        monkeypatch.setattr(asyncio.get_running_loop(), "time", lambda seconds=seconds: 1e6 + seconds)
        await come_and_go(database)
        await wiping.wipe()
        sizes.append(log.stat().st_size)
    monkeypatch.undo()

    assert [size > 0 for size in sizes] == [False, True, False]
    assert files_naming(tmp_path, QUILL) == set()


async def come_and_go(database: Database) -> None:
    """Put something out, and let go of it."""
    message = Message(key="k", group=GROUP, to=QUILL, say=say("fault"), not_before=NOON, expires_at=NOON)
    async with database.transaction():
        await OutboxShelf(database).put(message)
    async with database.transaction():
        await OutboxShelf(database).withdraw("k")
