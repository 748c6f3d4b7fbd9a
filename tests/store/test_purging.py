"""The purge does what each table says of itself: with rows of every table, on both databases."""

from collections.abc import Mapping

import pytest
from whenever import Date, Instant, TimeDelta

from bot.store.database import Database
from bot.store.purging import Purge
from bot.store.tables import metadata
from bot.store.tables.base import Limit, LocalDate, limit_of
from tests.store.rows import NOON, fill, filled

ROOM = "fake:room"
DAY = TimeDelta(hours=24)
MOMENT = TimeDelta(milliseconds=1)

LIMITS: Mapping[str, Limit] = {
    table.name: limit for table in metadata.sorted_tables if (limit := limit_of(table)) is not None
}
BY_DATE = {
    name
    for name, limit in LIMITS.items()
    if any(isinstance(metadata.tables[name].c[each].type, LocalDate) for each in limit.columns)
}
# Who was on which shift, and which there were, is known to the end of the week that it was in: for a weekly limit.
OF_A_WEEK = {"rota_single", "rota_away", "rota_absent", "rota_closed"}
BY_MOMENT = LIMITS.keys() - BY_DATE


def may_be_empty(name: str, limit: Limit) -> bool:
    return all(metadata.tables[name].c[each].nullable for each in limit.columns)


@pytest.mark.parametrize("name", sorted(BY_MOMENT))
async def test_a_row_goes_at_the_end_of_its_time_and_not_before(database: Database, name: str) -> None:
    limit = LIMITS[name]
    await fill(database, ROOM, told={name: dict.fromkeys(limit.columns, NOON)})

    assert await is_left(database, name, NOON + limit.after - MOMENT)
    assert not await is_left(database, name, NOON + limit.after)


@pytest.mark.parametrize("name", sorted(BY_DATE))
async def test_a_date_goes_when_its_days_are_over_wherever_people_live(database: Database, name: str) -> None:
    [column] = LIMITS[name].columns
    await fill(database, ROOM, told={name: {column: Date(2026, 11, 24)}})
    midnight = Instant.from_utc(2026, 11, 25) + (DAY * 8 if name in OF_A_WEEK else DAY * 3)

    assert await is_left(database, name, midnight - MOMENT)
    assert not await is_left(database, name, midnight)


@pytest.mark.parametrize("name", [name for name, limit in LIMITS.items() if len(limit.columns) > 1])
@pytest.mark.parametrize("later", [NOON + DAY, None])
async def test_of_several_moments_the_last_counts_and_an_empty_one_does_not(
    database: Database, name: str, later: Instant | None
) -> None:
    limit = LIMITS[name]
    first, second, *others = limit.columns
    await fill(database, ROOM, told={name: {first: NOON, second: later, **dict.fromkeys(others)}})
    last = (later or NOON) + limit.after

    assert await is_left(database, name, last - MOMENT)
    assert not await is_left(database, name, last)


@pytest.mark.parametrize("name", [name for name, limit in LIMITS.items() if may_be_empty(name, limit)])
async def test_what_has_no_moment_to_end_at_does_not_go_by_the_clock(database: Database, name: str) -> None:
    await fill(database, ROOM, told={name: dict.fromkeys(LIMITS[name].columns)})

    assert await is_left(database, name, NOON + DAY * 5000)


async def test_the_rows_of_tables_without_a_limit_stay(database: Database) -> None:
    await fill(database, ROOM)
    await purge(database, NOON + DAY * 5000)
    left = await filled(database)
    on_what_goes = {
        table.name for table in metadata.sorted_tables for key in table.foreign_keys if key.column.table.name in LIMITS
    }

    assert {name for name in left if not left[name]} <= LIMITS.keys() | on_what_goes
    assert left.keys() - LIMITS.keys() - on_what_goes, "and there are some"


async def purge(database: Database, now: Instant) -> None:
    async with database.transaction():
        await Purge(database)(now)


async def is_left(database: Database, name: str, now: Instant) -> bool:
    """Purge as if it were that moment, and return whether the table still holds its row."""
    await purge(database, now)
    return bool((await filled(database))[name])
