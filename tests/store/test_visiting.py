"""One visit to SQLite's thread for each statement: what SQLAlchemy is told of it is what a cursor would have told."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, Text, delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from bot.store.visiting import VisitingConnection, visiting

words = Table("words", MetaData(), Column("id", Integer, primary_key=True), Column("word", Text, unique=True))


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncIterator[AsyncConnection]:
    engine = create_async_engine("sqlite+aiosqlite://", async_creator=lambda: visiting(str(tmp_path / "words.db")))
    async with engine.begin() as making:
        await making.run_sync(words.metadata.create_all)
    async with engine.connect() as open_:
        yield open_
    await engine.dispose()


async def driver(connection: AsyncConnection) -> VisitingConnection:
    raw = (await connection.get_raw_connection()).driver_connection
    assert isinstance(raw, VisitingConnection)
    return raw


async def test_rows_come_back_and_those_written_are_counted(connection: AsyncConnection) -> None:
    first = await connection.execute(insert(words).values(word="one").returning(words.c.id))
    several = await connection.execute(insert(words), [{"word": "two"}, {"word": "three"}])
    found = await connection.execute(select(words.c.word).order_by(words.c.id))
    gone = await connection.execute(delete(words).where(words.c.id > 1))

    assert first.scalar() == 1
    assert several.rowcount == 2
    assert found.scalars().all() == ["one", "two", "three"]
    assert gone.rowcount == 2


async def test_a_transaction_begins_with_the_first_statement_and_ends_when_it_is_kept(
    connection: AsyncConnection,
) -> None:
    file = await driver(connection)
    before = file.in_transaction
    await connection.execute(select(words))
    during = file.in_transaction
    await connection.commit()

    assert (before, during, file.in_transaction) == (False, True, False)


async def test_what_is_undone_was_never_there(connection: AsyncConnection) -> None:
    await connection.execute(insert(words).values(word="one"))
    await connection.rollback()
    found = await connection.execute(select(words))

    assert found.all() == []


async def test_a_fault_in_the_thread_is_the_statements_own(connection: AsyncConnection) -> None:
    await connection.execute(insert(words).values(word="one"))
    with pytest.raises(IntegrityError):
        await connection.execute(insert(words).values(word="one"))
    found = await connection.execute(select(words.c.word))

    assert found.scalars().all() == ["one"]


async def test_a_file_is_safe_against_a_lost_supply_and_keeps_no_deleted_byte(connection: AsyncConnection) -> None:
    pragmas = ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
    told = [(await connection.exec_driver_sql(f"PRAGMA {pragma}")).scalar() for pragma in pragmas]

    assert told == ["wal", 2, 1, 1]
