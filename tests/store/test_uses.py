"""What nobody uses for thirteen months has an end, on both databases."""

import pytest
from sqlalchemy import insert, select
from whenever import Instant

from bot.domain.ids import GroupId
from bot.store.database import Database
from bot.store.tables.group import groups, uses
from bot.store.uses import UsesShelf
from tests.store.rows import fill

ROOM, OTHER = GroupId("fake:room"), GroupId("fake:other")
START = Instant.from_utc(2026, 11, 24, 12)
LAST = Instant.from_utc(2027, 11, 30, 23, 59)
OVER = Instant.from_utc(2027, 12, 1)


async def begin(database: Database, *which: GroupId) -> UsesShelf:
    """Let something be kept of each group, and take stock of it."""
    shelf = UsesShelf(database)
    async with database.transaction():
        for group in which:
            await database.execute(insert(groups).values(group_id=group, verified_only=False))
    await unused(shelf, database, START)
    return shelf


async def unused(shelf: UsesShelf, database: Database, now: Instant) -> tuple[GroupId, ...]:
    async with database.transaction():
        return await shelf.unused(now)


async def noted(database: Database) -> dict[GroupId, str]:
    async with database.transaction():
        return {row.group_id: row.month.format_iso() for row in await database.execute(select(uses))}


async def test_a_group_that_uses_nothing_for_thirteen_months_is_over(database: Database) -> None:
    shelf = await begin(database, ROOM, OTHER)

    assert await unused(shelf, database, LAST) == ()
    assert await unused(shelf, database, OVER) == (OTHER, ROOM)


async def test_whatever_is_asked_in_a_group_puts_its_end_off_and_no_other_groups(database: Database) -> None:
    shelf = await begin(database, ROOM, OTHER)
    for now in (Instant.from_utc(2026, 12, 31), Instant.from_utc(2027, 1, 1), Instant.from_utc(2027, 1, 2)):
        await shelf.used(ROOM, now)

    assert await noted(database) == {ROOM: "2027-01-01", OTHER: "2026-11-01"}
    assert await unused(shelf, database, OVER) == (OTHER,)


async def test_nothing_is_noted_of_a_group_of_which_nothing_is_kept(database: Database) -> None:
    shelf = await begin(database)
    await shelf.used(ROOM, START)

    assert await noted(database) == {}


async def test_a_group_of_which_nothing_is_kept_any_more_loses_its_month(database: Database) -> None:
    shelf = await begin(database, ROOM)
    async with database.transaction():
        await database.execute(groups.delete())
    await unused(shelf, database, START)

    assert await noted(database) == {}


@pytest.mark.parametrize("table", ["rota_standing", "rota_single"])
async def test_a_rota_with_somebody_on_it_is_in_use(database: Database, table: str) -> None:
    await fill(database, ROOM)
    async with database.transaction():
        for other in {"rota_standing", "rota_single"} - {table}:
            await database.execute(uses.metadata.tables[other].delete())
    shelf = UsesShelf(database)

    assert await unused(shelf, database, OVER) == ()
    assert await noted(database) == {ROOM: "2027-12-01"}
