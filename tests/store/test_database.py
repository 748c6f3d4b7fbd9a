"""Transactions, on both databases: lazy, joined, all or nothing, and each task's own."""

import asyncio
import stat
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.pool import QueuePool
from whenever import Instant

from bot.domain.ids import GroupId, PersonId
from bot.domain.outgoing import Due
from bot.domain.people import Ways, Wish
from bot.store.database import Database
from bot.store.house import BookmarkShelf, DiaryShelf, PeopleShelf
from bot.store.migrating import migrate
from tests.store.asked import statements

NOON = Instant.from_utc(2026, 11, 23, 12)
GROUP = GroupId.of("fake", "group")


@pytest.fixture
def marks(database: Database) -> BookmarkShelf:
    return BookmarkShelf(database)


@pytest.fixture
async def file(tmp_path: Path) -> AsyncGenerator[tuple[Path, Database]]:
    """Return a SQLite database in a folder of its own, and its file."""
    path = tmp_path / "kept" / "alongside.db"
    database = Database.at(f"sqlite+aiosqlite:///{path}")
    await migrate(database)
    yield path, database
    await database.close()


def _connections(database: Database) -> int:
    pool = database.engine.pool
    assert isinstance(pool, QueuePool)
    return pool.checkedout()


async def test_a_transaction_without_a_statement_takes_no_connection(database: Database) -> None:
    async with database.transaction() as transaction:
        taken = _connections(database)

    assert (taken, transaction.kept, transaction.stirred) == (0, False, False)


async def test_a_connection_goes_back_at_the_end_and_after_a_fault(database: Database, marks: BookmarkShelf) -> None:
    async with database.transaction():
        await marks.read("fake", "sync")
        taken = _connections(database)
    with pytest.raises(LookupError):
        await _keep_and_fail(database, marks)

    assert (taken, _connections(database)) == (1, 0)


async def test_what_was_written_is_kept_at_the_end(database: Database, marks: BookmarkShelf) -> None:
    async with database.transaction() as transaction:
        await marks.keep("fake", "sync", "one")
    async with database.transaction():
        kept = await marks.read("fake", "sync")

    assert (kept, transaction.kept) == ("one", True)


async def test_raising_undoes_everything(database: Database, marks: BookmarkShelf) -> None:
    with pytest.raises(LookupError):
        await _keep_and_fail(database, marks)
    async with database.transaction():
        kept = await marks.read("fake", "one")

    assert kept is None


async def test_a_cancelled_task_leaves_nothing_behind(database: Database, marks: BookmarkShelf) -> None:
    written = asyncio.Event()

    async def never_ends() -> None:
        async with database.transaction():
            await marks.keep("fake", "one", "mark")
            written.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(never_ends())
    await written.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with database.transaction():
        kept = await marks.read("fake", "one")

    assert kept is None


async def test_a_transaction_inside_another_joins_it(database: Database, marks: BookmarkShelf) -> None:
    async def fail() -> None:
        async with database.transaction():
            async with database.transaction():
                await marks.keep("fake", "one", "mark")
            raise LookupError

    async with database.transaction() as outer, database.transaction() as inner:
        pass
    with pytest.raises(LookupError):
        await fail()
    async with database.transaction():
        kept = await marks.read("fake", "one")

    assert inner is outer
    assert kept is None


async def test_reading_keeps_nothing_and_neither_does_a_write_that_changes_nothing(
    database: Database, marks: BookmarkShelf
) -> None:
    async with database.transaction() as transaction:
        await marks.read("fake", "sync")
        await DiaryShelf(database).strike("not there")

    assert not transaction.kept


async def test_the_clockwork_hears_of_what_is_for_it_once_it_is_kept(database: Database) -> None:
    heard: list[str] = []
    database.on_stirred = lambda: heard.append("stirred")
    async with database.transaction():
        await DiaryShelf(database).mark(Due(key="one", kind="test", group=GROUP, about="", at=NOON))
        before = list(heard)
    after = list(heard)
    async with database.transaction():
        await BookmarkShelf(database).keep("fake", "one", "mark")

    assert (before, after, heard) == ([], ["stirred"], ["stirred"])


async def test_the_clockwork_hears_nothing_of_what_was_undone(database: Database) -> None:
    heard: list[str] = []
    database.on_stirred = lambda: heard.append("stirred")

    async def fail() -> None:
        async with database.transaction():
            await DiaryShelf(database).mark(Due(key="one", kind="test", group=GROUP, about="", at=NOON))
            raise LookupError

    with pytest.raises(LookupError):
        await fail()

    assert heard == []


async def test_a_group_that_is_held_is_not_asked_for_again_before_the_next_transaction(database: Database) -> None:
    asked, counts = statements(database), []
    for _ in range(2):
        async with database.transaction():
            await database.hold("one")
            await database.hold("one")
            await database.hold_if_free("two")
            await database.hold("two")
        counts.append(len(asked))

    assert counts == ([0, 0] if database.alone else [2, 4])


async def test_two_tasks_at_once_do_not_share_a_transaction(database: Database, marks: BookmarkShelf) -> None:
    async def keep(name: str) -> object:
        async with database.transaction() as transaction:
            await marks.keep("fake", name, name)
            return transaction

    first, second = await asyncio.gather(keep("one"), keep("two"))

    assert first is not second


async def test_a_task_begun_inside_a_transaction_has_none_of_its_own(database: Database, marks: BookmarkShelf) -> None:
    async with database.transaction() as outer:
        reading = asyncio.create_task(marks.read("fake", "one"))
        await asyncio.wait([reading])
        opening = asyncio.create_task(_open(database))
        opened = await opening

    assert isinstance(reading.exception(), RuntimeError)
    assert opened is not outer


async def test_a_statement_without_a_transaction_is_a_bug(marks: BookmarkShelf) -> None:
    with pytest.raises(RuntimeError):
        await marks.read("fake", "one")


async def test_many_tasks_take_turns(database: Database) -> None:
    people = PeopleShelf(database, lambda _group: Ways())
    names = [PersonId.of("fake", f"person-{number}") for number in range(30)]

    async def tell(person: PersonId) -> None:
        async with database.transaction():
            await people.wish(GROUP, person)
            await people.keep(GROUP, person, Wish(zone="Europe/Dublin"))

    await asyncio.gather(*(tell(person) for person in names))
    async with database.transaction():
        told = [(await people.wish(GROUP, person)).zone for person in names]

    assert told == ["Europe/Dublin"] * 30


async def test_the_file_is_its_owners_alone_and_so_are_its_journals(file: tuple[Path, Database]) -> None:
    path, database = file
    async with database.transaction():
        await BookmarkShelf(database).keep("fake", "one", "mark")
        modes = {found.name: stat.S_IMODE(found.stat().st_mode) for found in path.parent.iterdir()}

    assert modes == {"alongside.db": 0o600, "alongside.db-wal": 0o600, "alongside.db-shm": 0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


async def test_a_file_that_others_could_read_is_its_owners_alone_from_then_on(tmp_path: Path) -> None:
    path = tmp_path / "alongside.db"
    path.touch(mode=0o644)
    await Database.at(f"sqlite+aiosqlite:///{path}").close()

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


async def test_a_plain_sqlite_url_means_the_same_file(tmp_path: Path) -> None:
    database = Database.at(f"sqlite:///{tmp_path / 'alongside.db'}")
    done = await migrate(database)
    await database.close()

    assert done


async def test_what_was_deleted_is_in_no_byte_of_the_file(file: tuple[Path, Database]) -> None:
    path, database = file
    marks = BookmarkShelf(database)
    for name in map(str, range(200)):
        async with database.transaction():
            await marks.keep("fake", name, "MARKER" * 20)
    await _checkpoint(database)
    before = b"MARKER" in path.read_bytes()
    async with database.transaction():
        await database.execute(text("DELETE FROM bookmarks"))
    await _checkpoint(database)

    assert before
    assert [found.name for found in path.parent.iterdir() if b"MARKER" in found.read_bytes()] == []


async def test_rows_that_hang_on_another_go_with_it(file: tuple[Path, Database]) -> None:
    _, database = file
    async with database.transaction():
        on = (await database.execute(text("PRAGMA foreign_keys"))).scalar()
        mode = (await database.execute(text("PRAGMA journal_mode"))).scalar()

    assert (on, mode) == (1, "wal")


async def _keep_and_fail(database: Database, marks: BookmarkShelf) -> None:
    async with database.transaction():
        await marks.keep("fake", "one", "mark")
        raise LookupError


async def _open(database: Database) -> object:
    async with database.transaction() as transaction:
        return transaction


async def _checkpoint(database: Database) -> None:
    async with database.engine.connect() as connection:
        await connection.rollback()
        raw = await connection.get_raw_connection()
        assert raw.driver_connection is not None
        await raw.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
