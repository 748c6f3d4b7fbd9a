"""Lines are of the one who made them: they go with that person alone, and the other never sees them."""

from bot.domain.apart import Apart
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.store.apart import ApartStore
from bot.store.belongings import BelongingsStore
from bot.store.database import Database
from bot.store.traces import TraceStore
from tests.fakes.tombstones import NoTombstones
from tests.store.rows import ASH, NOON
from tests.store.test_belongings import OTHER, ROOM, SPACE, begin, rota

GROUP, ELSEWHERE = GroupId(ROOM), GroupId(OTHER)
BEA, CAI = PersonId.of("fake", "bea"), PersonId.of("fake", "cai")


async def made(database: Database, group: GroupId = GROUP) -> frozenset[tuple[PersonId, PersonId]]:
    async with database.transaction():
        return (await ApartStore(database).all(group)).made


async def with_line(database: Database) -> None:
    """Let Ash never want to be paired with Bea."""
    async with database.transaction():
        await ApartStore(database).keep(GROUP, ASH, BEA)


async def test_a_line_is_of_one_group_and_of_who_made_it_and_keeping_it_twice_is_as_once(database: Database) -> None:
    await with_line(database)
    await with_line(database)
    shelf = ApartStore(database)
    async with database.transaction():
        await shelf.keep(GROUP, BEA, ASH)
        await shelf.drop(GROUP, BEA, ASH)
        await shelf.drop(ELSEWHERE, ASH, BEA)

    assert await made(database) == {(ASH, BEA)}
    assert await made(database, ELSEWHERE) == frozenset()


async def test_it_stays_when_the_one_it_names_is_forgotten_who_could_come_back(database: Database) -> None:
    await with_line(database)
    async with database.transaction():
        await TraceStore(database, NoTombstones()).erase(BEA, NOON)
        await BelongingsStore(database, NoTombstones()).part(GROUP, BEA, NOON)

    assert await made(database) == {(ASH, BEA)}


async def test_it_goes_with_the_one_who_made_it(database: Database) -> None:
    await with_line(database)
    async with database.transaction():
        await BelongingsStore(database, NoTombstones()).part(GROUP, ASH, NOON)

    assert await made(database) == frozenset()


async def test_nothing_that_is_kept_of_the_other_tells_of_it(database: Database) -> None:
    await with_line(database)
    traces, belongings = TraceStore(database, NoTombstones()), BelongingsStore(database, NoTombstones())
    async with database.transaction():
        theirs = await traces.groups(BEA), await traces.kept(GROUP, BEA)
        [own] = await traces.kept(GROUP, ASH)
        people = await belongings.people(GROUP)

    assert theirs == ([], [])
    assert (own.table, dict(own.facts)) == ("apart", {"group_id": GROUP, "person": ASH})
    assert people == {ASH}


async def test_it_comes_along_where_a_room_takes_its_rotas_and_those_on_them_to_a_group_of_its_own(
    database: Database,
) -> None:
    await begin(database, rota(1, SPACE, ROOM), ASH)
    async with database.transaction():
        for person in (ASH, BEA):
            await ApartStore(database).keep(GroupId(SPACE), person, CAI)
        await BelongingsStore(database, NoTombstones()).carry(PlaceId(ROOM), GroupId(SPACE), GROUP)

    assert await made(database) == {(ASH, CAI)}
    assert await made(database, GroupId(SPACE)) == {(ASH, CAI), (BEA, CAI)}


def test_a_line_keeps_both_apart_whoever_made_it_and_shows_to_its_maker_alone() -> None:
    lines = Apart(made=frozenset({(ASH, BEA), (CAI, ASH)}))

    assert lines.named_by(ASH) == {BEA}
    assert lines.kept_from(ASH) == {BEA, CAI}
    assert lines.named_by(BEA) == frozenset()
    assert lines.kept_from(BEA) == {ASH}
    assert (lines.are(BEA, ASH), lines.are(ASH, BEA), lines.are(BEA, CAI)) == (True, True, False)
    assert lines.pairs == {frozenset({ASH, BEA}), frozenset({ASH, CAI})}
    assert lines.people == {ASH, BEA, CAI}
