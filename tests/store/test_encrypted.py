"""An encrypted file is a database like any other to whoever has its key, and noise to everybody else."""

import sqlite3
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import DatabaseError, IntegrityError

from bot.store.database import Database, InClear, is_encrypted
from bot.store.dumping import dumped
from bot.store.encrypted import encrypt
from bot.store.migrating import migrate
from bot.store.tables.house import bookmarks
from tests.store.everything import contents
from tests.store.rows import ASH, fill
from tests.store.test_belongings import BEA, OTHER, ROOM
from tests.store.test_dumping import HEAD, through_memory
from tests.tables import with_tables

KEY = "it's a key"
RAW = "0123456789abcdef" * 4


@pytest.fixture(params=[KEY, RAW], ids=["words", "raw"])
async def encrypted(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncGenerator[Database]:
    database = Database.at(f"sqlite:///{tmp_path / 'encrypted.db'}", request.param)
    await migrate(database)
    await fill(database, ROOM, ASH)
    await fill(database, OTHER, BEA)
    yield database
    await database.close()


def noise_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.iterdir()))


def names_in(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


async def test_no_byte_on_disk_tells_anything_while_it_is_open_and_after(encrypted: Database, tmp_path: Path) -> None:
    during = noise_in(tmp_path)
    there = await contents(encrypted)
    await encrypted.close()
    after = noise_in(tmp_path)

    assert b"fake:ash" not in during + after
    assert b"SQLite format 3" not in during + after
    assert b"CREATE TABLE" not in during + after
    assert there["wishes"]


async def test_it_opens_with_its_key_alone(encrypted: Database, tmp_path: Path) -> None:
    await encrypted.close()
    before = (tmp_path / "encrypted.db").read_bytes()
    for key in ("another key", None):
        wrong = Database.at(f"sqlite:///{tmp_path / 'encrypted.db'}", key)
        with pytest.raises((DatabaseError, sqlite3.DatabaseError)) as caught:
            await contents(wrong)
        await wrong.close()

        assert "not a database" in str(caught.value)
    assert (tmp_path / "encrypted.db").read_bytes() == before


async def test_it_is_kept_as_safely_as_one_in_clear(encrypted: Database) -> None:
    async with encrypted.engine.connect() as connection:
        pragmas = ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
        told = [(await connection.exec_driver_sql(f"PRAGMA {pragma}")).scalar() for pragma in pragmas]

    assert told == ["wal", 2, 1, 1]


async def twice(database: Database, rows: list[dict[str, str]]) -> None:
    """Put the same there twice in one transaction, one by one and several at once."""
    async with database.transaction():
        await database.execute(insert(bookmarks), rows[0])
        await database.execute(insert(bookmarks), rows if len(rows) > 1 else rows[0])


async def test_a_fault_is_told_as_of_any_other_and_what_was_undone_was_never_there(encrypted: Database) -> None:
    row = {"world": "w", "name": "n", "mark": "m"}
    for rows in ([row], [row, row]):
        with pytest.raises(IntegrityError):
            await twice(encrypted, rows)
    async with encrypted.transaction():
        found = (await encrypted.execute(select(bookmarks).where(bookmarks.c.world == "w"))).all()

    assert found == []


async def test_it_is_backed_up_and_restored_like_any_other(encrypted: Database) -> None:
    there = await contents(encrypted)
    await through_memory(await dumped(encrypted, HEAD), encrypted)

    assert await contents(encrypted) == there


async def test_a_file_in_clear_is_not_opened_with_a_key_until_it_is_encrypted(tmp_path: Path) -> None:
    url, file = with_tables(tmp_path / "alongside.db"), tmp_path / "alongside.db"
    clear = Database.at(url)
    await fill(clear, ROOM)
    there = await contents(clear)
    await clear.close()
    with pytest.raises(InClear):
        Database.at(url, KEY)
    old = file.open("rb")
    encrypt(file, KEY)
    left = old.read()
    old.close()
    encrypted = Database.at(url, KEY)
    now_there = await contents(encrypted)
    await encrypted.close()

    assert is_encrypted(file)
    assert now_there == there
    assert (len(left) > 0, left.strip(b"\0")) == (True, b"")
    assert file.stat().st_mode & 0o077 == 0
    assert b"fake:ash" not in noise_in(tmp_path)
    assert names_in(tmp_path) == ["alongside.db"]


def test_what_cannot_be_encrypted_is_left_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "alongside.db"
    with_tables(file)
    whole = file.read_bytes()[:-5000]
    file.write_bytes(whole)
    with pytest.raises(sqlite3.DatabaseError):
        encrypt(file, KEY)

    assert file.read_bytes() == whole
    assert names_in(tmp_path) == ["alongside.db"]
