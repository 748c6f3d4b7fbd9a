"""What reminders are held against: SQLAlchemy on the same database, as many rows, and nothing to be worked out."""

import time

from sqlalchemy import BigInteger, Column, Integer, MetaData, Table, Text, bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

# As much as a reminder of ours takes.
BODY = "x" * 900

_all = MetaData()
_moments = Table("bare_moments", _all, Column("sheet", Integer, primary_key=True), Column("at", BigInteger, index=True))
_sheets = Table("bare_sheets", _all, Column("id", Integer, primary_key=True), Column("watermark", BigInteger))
_people = Table(
    "bare_people", _all, Column("sheet", Integer, primary_key=True), Column("person", Integer, primary_key=True)
)
_messages = Table(
    "bare_messages",
    _all,
    Column("id", Integer, primary_key=True),
    Column("key", Text, unique=True),
    Column("body", Text),
)

_SHEET = _sheets.c.id == bindparam("this_one")
_longest = select(_moments.c.sheet).order_by(_moments.c.at).limit(1).scalar_subquery()
_TAKE = delete(_moments).where(_moments.c.sheet == _longest).returning(_moments.c.sheet)
_READ = select(_sheets).where(_SHEET)
_ON_IT = select(_people.c.person).where(_people.c.sheet == bindparam("this_one"))
_KEEP = update(_sheets).where(_SHEET).values(watermark=1)


async def reminded(url: str, sheets: int, people: int) -> float:
    """Return how long it takes to put out a message for each of so many people on each of so many sheets, in seconds.

    Each sheet has a transaction of six statements.
    """
    engine = create_async_engine(url)
    await _fill(engine, sheets, people)
    began = time.perf_counter()
    for _ in range(sheets):
        await _remind(engine)
    took = time.perf_counter() - began
    async with engine.begin() as connection:
        await connection.run_sync(_all.drop_all)
    await engine.dispose()
    return took


async def _fill(engine: AsyncEngine, sheets: int, people: int) -> None:
    async with engine.begin() as connection:
        await connection.run_sync(_all.create_all)
        await connection.execute(insert(_moments), [{"sheet": sheet, "at": 0} for sheet in range(sheets)])
        await connection.execute(insert(_sheets), [{"id": sheet, "watermark": 0} for sheet in range(sheets)])
        on = [{"sheet": sheet, "person": person} for sheet in range(sheets) for person in range(people)]
        await connection.execute(insert(_people), on)


async def _remind(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        sheet = (await connection.execute(_TAKE)).scalar_one()
        this_one = {"this_one": sheet}
        (await connection.execute(_READ, this_one)).one()
        people = (await connection.execute(_ON_IT, this_one)).scalars().all()
        rows = [{"key": f"{sheet}:{person}", "body": BODY} for person in people]
        await connection.execute(insert(_messages), rows)
        await connection.execute(_KEEP, this_one)
        await connection.execute(insert(_moments), {"sheet": sheet, "at": 1})
