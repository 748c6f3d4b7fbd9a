"""Open hours in rows, on both databases: what is kept comes back, each group has its own, and all of it goes."""

from dataclasses import replace

from sqlalchemy import select
from whenever import TimeDelta

from bot.domain.ids import GroupId, PlaceId
from bot.domain.outgoing import Due
from bot.domain.together.hour import Company, Hour
from bot.store.belongings import BelongingsStore
from bot.store.database import Database
from bot.store.house import DiaryShelf
from bot.store.purging import Purge
from bot.store.rota import RotaStore
from bot.store.tables.house import dues
from bot.store.together import TogetherStore
from bot.store.traces import TraceStore
from tests.fakes.tombstones import NoTombstones
from tests.store.rows import ASH, NOON
from tests.store.test_belongings import OTHER, ROOM, SPACE, begin, rota

HOUR = TimeDelta(hours=1)
GROUP, ELSEWHERE = GroupId(SPACE), GroupId(OTHER)
OPEN = Hour(
    id="aaaaaaaa",
    group=GROUP,
    place=PlaceId(ROOM),
    company=Company.BESIDE,
    starts=NOON,
    ends=NOON + HOUR,
    starter=ASH,
    named=True,
    begun=True,
)
LATER = replace(OPEN, id="bbbbbbbb", starts=NOON + HOUR, ends=NOON + 2 * HOUR, starter=None, named=False, begun=False)


async def kept(database: Database, *hours: Hour) -> TogetherStore:
    """Keep these, each with its moment."""
    store = TogetherStore(database)
    async with database.transaction():
        for hour in hours:
            await store.keep(hour)
            due = Due(key=hour.due_key, kind="together", group=hour.group, about=hour.id, at=hour.ends)
            await DiaryShelf(database).mark(due)
    return store


async def all_of(database: Database, group: GroupId = GROUP) -> list[Hour]:
    async with database.transaction():
        return list(await TogetherStore(database).all(group))


async def moments(database: Database) -> list[tuple[str, str]]:
    """Return of which group each moment is, and what it is about."""
    async with database.transaction():
        rows = (await database.execute(select(dues).order_by(dues.c.key))).mappings()
        return [(row["group_id"], row["about"]) for row in rows]


async def test_what_is_kept_comes_back_by_its_beginning_and_changes_with_what_is_kept_next(database: Database) -> None:
    store = await kept(database, LATER, OPEN)
    before = await all_of(database)
    async with database.transaction():
        await store.keep(OPEN.without_starter())

    assert before == [OPEN, LATER]
    assert await all_of(database) == [OPEN.without_starter(), LATER]


async def test_each_group_has_its_own(database: Database) -> None:
    there = replace(OPEN, id="cccccccc", group=ELSEWHERE)
    store = await kept(database, OPEN, there)
    async with database.transaction():
        await store.drop(ELSEWHERE, OPEN.id)

    assert (await all_of(database), await all_of(database, ELSEWHERE)) == ([OPEN], [there])


async def test_a_rota_holds_them_until_it_does_no_more_or_ends_and_only_for_its_own_group(database: Database) -> None:
    store, (one, two) = TogetherStore(database), (rota(number, SPACE) for number in (1, 2))
    for each in (one, two):
        await begin(database, each)
    async with database.transaction():
        for company in (Company.QUIET, Company.TALK):
            await store.hold(GROUP, one.id, company)
        await store.hold(GROUP, two.id, Company.BESIDE)
        await store.hold(ELSEWHERE, "no such", Company.BESIDE)
        await store.hold(ELSEWHERE, two.id, Company.QUIET)
        await store.release(ELSEWHERE, two.id)
        both, none = await store.rotas(GROUP), await store.rotas(ELSEWHERE)
        await store.release(GROUP, one.id)
        released = await store.rotas(GROUP)
        await RotaStore(database).end(GROUP, two.id)
        ended = await store.rotas(GROUP)

    assert both == {one.id: Company.TALK, two.id: Company.BESIDE}
    assert (none, released, ended) == ({}, {two.id: Company.BESIDE}, {})


async def test_the_purge_takes_what_is_over_for_a_day(database: Database) -> None:
    await kept(database, OPEN, LATER)
    async with database.transaction():
        await Purge(database)(OPEN.ends + 24 * HOUR)

    assert await all_of(database) == [LATER]


async def test_a_room_taken_out_of_a_group_takes_its_open_hours_and_their_moments_along(database: Database) -> None:
    stays = replace(LATER, place=PlaceId(SPACE))
    await kept(database, OPEN, stays)
    async with database.transaction():
        await BelongingsStore(database, NoTombstones()).carry(PlaceId(ROOM), GROUP, GroupId(ROOM))

    assert await all_of(database) == [stays]
    assert await all_of(database, GroupId(ROOM)) == [replace(OPEN, group=GroupId(ROOM))]
    assert await moments(database) == [(ROOM, OPEN.id), (SPACE, stays.id)]


async def test_a_place_that_is_no_more_takes_its_open_hours_and_their_moments_with_it(database: Database) -> None:
    stays = replace(LATER, place=PlaceId(SPACE))
    await kept(database, OPEN, stays)
    async with database.transaction():
        await BelongingsStore(database, NoTombstones()).forget_place(PlaceId(ROOM))

    assert await all_of(database) == [stays]
    assert await moments(database) == [(SPACE, stays.id)]


async def test_it_is_among_what_is_kept_of_who_started_it_and_goes_with_them_but_what_is_nobodys_stays(
    database: Database,
) -> None:
    await kept(database, OPEN, LATER)
    traces = TraceStore(database, NoTombstones())
    async with database.transaction():
        [theirs] = await traces.kept(GROUP, ASH)
        await traces.erase(ASH, NOON)

    assert theirs.table == "open_hours"
    assert await all_of(database) == [LATER]
