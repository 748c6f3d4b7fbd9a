"""Welcomes are of both whom they are between: they go with either, and no list of them shows how many there are."""

from bot.cogs.mydata.telling import group, of_group
from bot.domain.firststep import FirstStep
from bot.domain.group import GroupWays
from bot.domain.ids import GroupId, PersonId
from bot.store.belongings import BelongingsStore
from bot.store.database import Database
from bot.store.groups import GroupStore
from bot.store.traces import TraceStore
from bot.store.welcomes import WelcomeStore
from tests.fakes.tombstones import NoTombstones
from tests.store.rows import ASH, NOON
from tests.store.test_belongings import OTHER, ROOM

GROUP, ELSEWHERE = GroupId(ROOM), GroupId(OTHER)
BEA, CAI = PersonId.of("fake", "bea"), PersonId.of("fake", "cai")


async def counts(database: Database, group: GroupId = GROUP) -> dict[PersonId, int]:
    async with database.transaction():
        return dict(await WelcomeStore(database).counts(group, (ASH, BEA, CAI)))


async def with_welcomes(database: Database) -> WelcomeStore:
    """Let Bea and Cai welcome Ash, and Ash welcome Cai; the first of them says it twice."""
    shelf = WelcomeStore(database)
    async with database.transaction():
        for person, welcomer in ((ASH, BEA), (ASH, BEA), (ASH, CAI), (CAI, ASH)):
            await shelf.keep(GROUP, person, welcomer)
    return shelf


async def test_each_member_welcomes_somebody_once_in_one_group(database: Database) -> None:
    shelf = await with_welcomes(database)
    async with database.transaction():
        by = [await shelf.by(group, person) for group in (GROUP, ELSEWHERE) for person in (ASH, BEA)]

    assert await counts(database) == {ASH: 2, BEA: 0, CAI: 1}
    assert await counts(database, ELSEWHERE) == {ASH: 0, BEA: 0, CAI: 0}
    assert by == [{CAI}, {ASH}, frozenset(), frozenset()]


async def test_one_is_taken_back_and_no_other(database: Database) -> None:
    shelf = await with_welcomes(database)
    async with database.transaction():
        await shelf.drop(GROUP, ASH, BEA)
        await shelf.drop(ELSEWHERE, ASH, CAI)

    assert await counts(database) == {ASH: 1, BEA: 0, CAI: 1}


async def test_they_go_with_whoever_said_them_and_with_whom_they_were_said_to(database: Database) -> None:
    await with_welcomes(database)
    async with database.transaction():
        await BelongingsStore(database, NoTombstones()).part(GROUP, BEA, NOON)
    without_bea = await counts(database)
    async with database.transaction():
        await BelongingsStore(database, NoTombstones()).part(GROUP, ASH, NOON)

    assert without_bea == {ASH: 1, BEA: 0, CAI: 1}
    assert await counts(database) == {ASH: 0, BEA: 0, CAI: 0}


async def test_what_is_told_of_them_is_one_sentence_however_many_there_are(database: Database) -> None:
    await with_welcomes(database)
    async with database.transaction():
        traces = TraceStore(database, NoTombstones())
        of_two, of_one = [await traces.kept(GROUP, person) for person in (ASH, BEA)]
    told = [[line.id for line in of_group(group(None, here=True), kept, "UTC")] for kept in (of_two, of_one)]

    assert (len(of_two), len(of_one)) == (3, 1)
    assert told == [["mydata-in-this-group", "mydata-welcomes"]] * 2


async def test_a_group_keeps_its_first_step_and_its_own_words_and_lets_go_of_them(database: Database) -> None:
    shelf, own = GroupStore(database), []
    for step, stance in ((FirstStep(days=14), "Ring Sam."), (FirstStep(welcomes=2), None), (FirstStep(), None)):
        async with database.transaction():
            await shelf.keep(GROUP, GroupWays(first_step=step, stance=stance))
            own.append(await shelf.own(GROUP))

    assert own == [
        GroupWays(first_step=FirstStep(days=14), stance="Ring Sam."),
        GroupWays(first_step=FirstStep(welcomes=2)),
        GroupWays(),
    ]
