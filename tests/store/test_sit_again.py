"""What may come after a sit, in rows, on both databases: each group has its own, and all of it goes."""

from dataclasses import replace

from sqlalchemy import func, select
from whenever import Instant, TimeDelta

from bot.domain.ids import GroupId, PersonId
from bot.domain.sit.again import Willing
from bot.domain.sit.looking import Look, State
from bot.store.belongings import BelongingsStore
from bot.store.database import Database
from bot.store.purging import Purge
from bot.store.sit_again import AgainStore, LookStore
from bot.store.tables.sit_again import sit_again, sit_looks
from bot.store.traces import TraceStore
from tests.fakes.tombstones import NoTombstones

NOON = Instant.from_utc(2026, 11, 23, 12)
HOUR = TimeDelta(hours=1)
GROUP, ELSEWHERE = GroupId.of("fake", "group"), GroupId.of("fake", "elsewhere")
ASH, BEA, CAI = (PersonId.of("fake", name) for name in ("ash", "bea", "cai"))
OPEN = Willing(group=GROUP, code="aaaaaaaa", person=ASH, until=NOON + HOUR)
LOOK = Look(code="aaaaaaaa", group=GROUP, person=ASH, other=BEA, at=NOON + HOUR, until=NOON + HOUR * 2)


async def test_what_people_said_comes_back_by_its_code_and_by_who_said_it(database: Database) -> None:
    store = AgainStore(database)
    bea, other = replace(OPEN, person=BEA), replace(OPEN, code="bbbbbbbb")
    async with database.transaction():
        for one in (OPEN, bea, other, replace(OPEN, group=ELSEWHERE)):
            await store.keep(one)
        said = await store.said(GROUP, OPEN.code)
        of = await store.of(GROUP, ASH)

    assert said == [OPEN, bea]
    assert of == [OPEN, other]


async def test_said_again_it_is_one_row_and_lasts_from_then(database: Database) -> None:
    store = AgainStore(database)
    later = replace(OPEN, until=NOON + HOUR * 9)
    async with database.transaction():
        for one in (OPEN, OPEN, later):
            await store.keep(one)
        said = await store.said(GROUP, OPEN.code)

    assert said == [later]


async def test_only_what_is_taken_back_goes(database: Database) -> None:
    store = AgainStore(database)
    there = replace(OPEN, group=ELSEWHERE)
    async with database.transaction():
        for one in (OPEN, there):
            await store.keep(one)
        dropped = [await store.drop(GROUP, OPEN.code, person) for person in (BEA, ASH, ASH)]
        left = [*await store.said(GROUP, OPEN.code), *await store.said(ELSEWHERE, OPEN.code)]

    assert (dropped, left) == ([False, True, False], [there])


async def test_an_invitation_and_a_date_come_back_as_they_were_last_kept(database: Database) -> None:
    store = LookStore(database)
    again = replace(LOOK, at=None, state=State.TAKEN_BACK)
    async with database.transaction():
        await store.keep(LOOK)
        first = await store.one(GROUP, LOOK.code)
        await store.keep(again)
        second = await store.one(GROUP, LOOK.code)
        elsewhere = await store.one(ELSEWHERE, LOOK.code)

    assert (first, second, elsewhere) == (LOOK, again, None)


async def test_what_is_about_somebody_is_theirs_and_what_others_hold_with_them(database: Database) -> None:
    store = LookStore(database)
    with_ash = replace(LOOK, code="bbbbbbbb", person=CAI, other=ASH, until=NOON + HOUR)
    others = replace(LOOK, code="cccccccc", person=CAI, other=BEA)
    there = replace(LOOK, code="dddddddd", group=ELSEWHERE)
    async with database.transaction():
        for one in (LOOK, with_ash, others, there):
            await store.keep(one)
        about = await store.about(GROUP, ASH)
        await store.drop(replace(there, group=GROUP))
        await store.drop(LOOK)
        left = [*await store.about(GROUP, ASH), *await store.about(ELSEWHERE, ASH)]

    assert about == [with_ash, LOOK]
    assert left == [with_ash, there]


async def test_what_others_hold_with_somebody_is_not_shown_to_them_and_goes_when_they_go_or_are_forgotten(
    database: Database,
) -> None:
    store = LookStore(database)
    traces = TraceStore(database, NoTombstones())
    there = replace(LOOK, code="bbbbbbbb", group=ELSEWHERE)
    async with database.transaction():
        for one in (LOOK, there):
            await store.keep(one)
        shown = [await traces.groups(BEA), await traces.kept(GROUP, BEA), await traces.groups(ASH)]
        await BelongingsStore(database, NoTombstones()).part(GROUP, BEA, NOON)
        parted = [await store.one(look.group, look.code) for look in (LOOK, there)]
        await traces.erase(BEA, NOON)
        erased = await store.one(ELSEWHERE, there.code)

    assert shown == [[], [], [ELSEWHERE, GROUP]]
    assert (parted, erased) == ([None, there], None)


async def test_the_purge_takes_both_when_their_time_is_over(database: Database) -> None:
    counts = []
    async with database.transaction():
        await AgainStore(database).keep(OPEN)
        await LookStore(database).keep(replace(LOOK, state=State.AGREED))
    for hours in (0.5, 1, 2):
        async with database.transaction():
            await Purge(database)(NOON + HOUR * hours)
            counts += [
                int((await database.execute(select(func.count()).select_from(table))).scalar_one())
                for table in (sit_again, sit_looks)
            ]

    assert counts == [1, 1, 0, 1, 0, 0]
