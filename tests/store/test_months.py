"""After random months of use no row of any table is older than its limit, and every other hangs on one that is not."""

import asyncio
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Column
from whenever import Date, Instant, TimeDelta

from bot.clockwork.housekeeping import EVERY
from bot.store.tables import metadata
from bot.store.tables.base import Limit, limit_of
from bot.store.uses import UNUSED_LASTS_MONTHS, month_of
from tests.cogs.mydata.circle import ASKS, GROUPS, LINES, OTHERS, QUILL, Circle
from tests.cogs.mydata.test_no_trace import PHASES, SLOW, Act, act
from tests.tables import with_tables

Rows = Mapping[str, list[Mapping[str, Any]]]

DAY = TimeDelta(hours=24)
ACTS = st.lists(
    st.tuples(
        st.tuples(
            st.sampled_from(("types", "types", "types", "chooses", "sits", "cut off", "back", "invites")),
            st.integers(0, len(OTHERS)),
            st.integers(0, len(GROUPS) - 1),
            st.integers(0, max(len(LINES), len(ASKS)) - 1),
        ),
        # How many days go by until the next.
        st.one_of(st.integers(0, 3), st.integers(0, 60), st.just(420)),
    ),
    min_size=5,
    max_size=25,
)


@given(ACTS)
@settings(max_examples=5, deadline=None, phases=PHASES, suppress_health_check=SLOW)
def test_after_random_months_no_row_is_older_than_its_limit(acts: list[tuple[Act, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert asyncio.run(_months(Path(folder), acts)) == []


async def _months(folder: Path, acts: list[tuple[Act, int]]) -> list[str]:
    circle = await Circle.on(with_tables(folder / "alongside.db"))
    try:
        found: list[str] = []
        for what, days in acts:
            await act(circle, QUILL, what)
            await circle.goes_by(DAY * float(days) + TimeDelta(minutes=2))
            found += too_old(await circle.rows(), circle.clock.now())
        return found
    finally:
        await circle.house.close()


def too_old(rows: Rows, now: Instant) -> list[str]:
    """Return each row that should be gone, as the table and what it is known by."""
    wrong = [f"{name}: {row}" for name, found in rows.items() for row in found if not _may_be(name, row, rows, now)]
    return [*wrong, *_late(rows, now)]


def _may_be(name: str, row: Mapping[str, Any], rows: Rows, now: Instant) -> bool:
    table = metadata.tables[name]
    limit = limit_of(table)
    if limit is not None:
        return _is_in_time(limit, row, now)
    if table.foreign_keys:
        return all(_has_parent(key.parent, key.column, row, rows) for key in table.foreign_keys)
    # What is the house's own, and what ends with the world or with the backups.
    if name in {"bookmarks", "forgotten"} or str(row["group_id"]).startswith("house:"):
        return True
    months = {used["group_id"]: used["month"] for used in rows["uses"]}
    last = month_of(now).subtract(months=UNUSED_LASTS_MONTHS)
    # Kept since the last purge, it gets its month with the next.
    return row["group_id"] not in months or months[row["group_id"]] > last


def _is_in_time(limit: Limit, row: Mapping[str, Any], now: Instant) -> bool:
    moments = [row[name] for name in limit.columns if row[name] is not None]
    return not moments or now <= max(map(_end_of, moments)) + limit.after + EVERY


def _end_of(moment: Instant | Date) -> Instant:
    """Return the moment, or one at which the date is over everywhere."""
    if isinstance(moment, Instant):
        return moment
    return Instant.from_utc(moment.year, moment.month, moment.day) + DAY * 2.0


def _has_parent(own: Column[Any], parent: Column[Any], row: Mapping[str, Any], rows: Rows) -> bool:
    return any(other[parent.name] == row[own.name] for other in rows[parent.table.name])


def _late(rows: Rows, now: Instant) -> Iterator[str]:
    """Give what should have been done or said long ago."""
    yield from (f"due: {row}" for row in rows["dues"] if row["at"] <= now)
    yield from (
        f"unsaid: {row['key']}"
        for row in rows["outbox"]
        if row["done_at"] is None and row["not_before"] <= now and row["expires_at"] + EVERY <= now
    )


def test_a_row_past_its_limit_is_found() -> None:
    """Without this, a look that finds nothing would let everything pass."""
    now = Instant.from_utc(2026, 11, 26)
    old = {"key": "k", "done_at": now - DAY * 9.0, "not_before": now, "expires_at": now}
    rows: Rows = {table.name: [] for table in metadata.sorted_tables} | {"outbox": [old]}

    assert len(too_old(rows, now)) == 1
    assert too_old(rows, now - DAY * 1.5) == []
