"""Hellos in rows, on both databases: what is kept comes back, each group has its own, and all of it goes."""

from dataclasses import replace

from sqlalchemy import Table, func, select
from whenever import Date, Time

from bot.domain.hello.hello import Buddy, Question, Times, Unanswered, Who
from bot.domain.ids import GroupId
from bot.domain.rota.recurrence import recurrence
from bot.store.database import Database
from bot.store.hello import HelloStore
from bot.store.purging import Purge
from bot.store.tables.hello import hello_buddies, hello_questions, hello_times, hellos
from tests.domain.hello.examples import BEE, CAT, GROUP, HOUR, NINE, NOW, hello

ELM = GroupId.of("local", "elm")
TABLES = (hellos, hello_times, hello_buddies, hello_questions)
SOME = Times(
    recurrence=recurrence("FREQ=MONTHLY;BYDAY=2TU"), starts=Date(2026, 12, 1), last=Date(2027, 1, 31), time=Time(18, 30)
)
EVERYTHING = hello(
    times=(SOME, NINE),
    who=Who.BUDDY,
    unanswered=Unanswered.TELL,
    wait=HOUR * 0.5,
    buddy=Buddy(person=BEE, agreed=True),
    paused=True,
    questions=(
        Question(asked_at=NOW - HOUR, answer_by=NOW, tell_at=NOW + HOUR),
        Question(asked_at=NOW, answer_by=NOW + HOUR, tell_at=NOW + HOUR),
    ),
)


async def counted(database: Database, table: Table) -> int:
    return int((await database.execute(select(func.count()).select_from(table))).scalar_one())


async def test_what_is_kept_comes_back(database: Database) -> None:
    store = HelloStore(database)
    async with database.transaction():
        await store.keep(EVERYTHING)
        kept = await store.all(GROUP)
        later = replace(EVERYTHING, buddy=Buddy(person=CAT), questions=(), times=(NINE,), paused=False)
        await store.keep(later)
        changed = await store.all(GROUP)

    assert kept == [EVERYTHING]
    assert changed == [later]


async def test_each_group_has_its_own(database: Database) -> None:
    store = HelloStore(database)
    there = replace(EVERYTHING, id="bbbbbbbb", group=ELM)
    async with database.transaction():
        await store.keep(EVERYTHING)
        await store.keep(there)
        await store.drop(ELM, EVERYTHING.id)
        here = await store.all(GROUP)
        elsewhere = await store.all(ELM)

    assert (here, elsewhere) == ([EVERYTHING], [there])


async def test_nothing_is_left_of_what_was_dropped(database: Database) -> None:
    store = HelloStore(database)
    async with database.transaction():
        await store.keep(EVERYTHING)
        await store.drop(GROUP, EVERYTHING.id)
        left = [await counted(database, table) for table in TABLES]

    assert left == [0, 0, 0, 0]


async def test_the_purge_takes_what_is_over(database: Database) -> None:
    store = HelloStore(database)
    async with database.transaction():
        await store.keep(EVERYTHING)
    purge = Purge(database)
    async with database.transaction():
        await purge(EVERYTHING.until + HOUR * 47)
        soon = await counted(database, hellos)
        await purge(EVERYTHING.until + HOUR * 49)
        left = [await counted(database, table) for table in TABLES]

    assert soon == 1
    assert left == [0, 0, 0, 0]
