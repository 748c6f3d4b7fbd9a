"""On the way back: what was forgotten since is forgotten again, and what was said by then is not said twice."""

import json
from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.exc import StatementError
from whenever import Instant, TimeDelta

from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.outgoing import Departure, Due, Meeting
from bot.domain.saying import line, say
from bot.store.belongings import BelongingsStore
from bot.store.database import Database
from bot.store.house import DiaryShelf
from bot.store.migrating import migrate
from bot.store.outbox import OutboxShelf
from bot.store.restoring import forget_again, is_empty, put_in_place, settle
from bot.store.tables.house import outbox
from tests.fakes.tombstones import NoTombstones
from tests.store.everything import contents
from tests.store.rows import ASH, fill
from tests.store.test_belongings import BEA, OTHER, ROOM, message

NOON = Instant.from_utc(2026, 11, 23, 12)
MINUTE = TimeDelta(minutes=1)
CAI = PersonId.of("fake", "cai")


@pytest.fixture
async def staged() -> AsyncGenerator[Database]:
    """Return a database in memory, as what is restored is staged in one."""
    database = Database.at("sqlite+aiosqlite:///:memory:")
    await migrate(database)
    yield database
    await database.close()


async def test_who_was_forgotten_in_one_group_goes_from_every_table_there_and_stays_elsewhere(staged: Database) -> None:
    await fill(staged, ROOM)
    await fill(staged, OTHER)
    gone = await forget_again(staged, lambda group, person: (group, person) == (ROOM, ASH), NOON)
    belongings = BelongingsStore(staged, NoTombstones())
    async with staged.transaction():
        left = [await belongings.people(GroupId(group)) for group in (ROOM, OTHER)]
        keys = set((await staged.execute(select(outbox.c.key))).scalars())

    assert (gone, left) == (1, [frozenset(), frozenset({ASH})])
    assert keys == {f"{OTHER} {ASH}"}


async def test_a_group_that_was_forgotten_leaves_nothing_its_rooms_for_two_among_it(staged: Database) -> None:
    meeting = Meeting(
        key="sit:a:room",
        group=GroupId(ROOM),
        people=(ASH, BEA),
        card=say("sit-card"),
        missed=say("sit-missed"),
        not_before=NOON,
        expires_at=NOON,
    )
    await fill(staged, ROOM)
    await fill(staged, OTHER, BEA)
    async with staged.transaction():
        await OutboxShelf(staged).put(meeting)
    gone = await forget_again(staged, lambda group, person: (group, person) == (ROOM, None), NOON)
    left = {name: rows for name, rows in (await contents(staged)).items() if name not in {"bookmarks", "inbox"}}

    assert gone == 1
    assert ROOM not in repr({name: rows for name, rows in left.items() if name != "forgotten"})
    assert left["groups"]


async def test_who_is_named_only_in_what_was_said_goes_too(staged: Database) -> None:
    shelf = OutboxShelf(staged)
    of_cai = message("a", ROOM, CAI)
    about_cai = replace(message("b", ROOM, BEA), say=say("sit-offer", who=CAI))
    within = replace(message("c", ROOM, BEA), say=say("sit-offer", one=(line("x", who=CAI),)))
    keyed = message(f"rota:r:2026-11-24:ping:{CAI}:60", ROOM, PlaceId(ROOM))
    others = (message("d", ROOM, BEA), message("e", OTHER, CAI), message(f"rota:r:ping:{CAI}nia:60", ROOM, BEA))
    async with staged.transaction():
        for each in (of_cai, about_cai, within, keyed, *others):
            await shelf.put(each)
        await shelf.put(replace(keyed, key=f"thanks:{CAI}"))
        kept = (await staged.execute(select(outbox.c.body).where(outbox.c.key == "b"))).scalar_one()
    await forget_again(staged, lambda group, person: (group, person) == (ROOM, CAI), NOON)
    async with staged.transaction():
        left = set((await staged.execute(select(outbox.c.key))).scalars())

    assert CAI in json.dumps(json.loads(kept))
    assert left == {one.key for one in others}


async def test_what_was_in_hand_at_the_backup_is_not_said_again_and_what_waited_is(staged: Database) -> None:
    shelf, far = OutboxShelf(staged), NOON + 60 * MINUTE
    meeting = Meeting(
        key="room",
        group=GroupId(ROOM),
        people=(ASH, BEA),
        card=say("sit-card"),
        missed=say("sit-missed"),
        not_before=NOON,
        expires_at=far,
    )
    departure = Departure(key="left", group=GroupId(ROOM), room="room", closing=False, not_before=NOON, expires_at=far)
    waiting = replace(message("waiting", ROOM, ASH), not_before=NOON + MINUTE, expires_at=far)
    async with staged.transaction():
        for sending in (message("in hand", ROOM, ASH), message("to the room", ROOM, PlaceId(ROOM)), meeting, departure):
            await shelf.put(sending)
        await shelf.claim(NOON, NOON + 2 * MINUTE, 10)
        await shelf.put(waiting)
        await shelf.put(message("put just now", ROOM, BEA))
    await settle(staged, NOON)
    async with staged.transaction():
        claimed = await shelf.claim(NOON + MINUTE, NOON + 2 * MINUTE, 10)
        remembered = [await shelf.holds(key) for key in ("in hand", "to the room")]
        bodies = (await staged.execute(select(outbox.c.body).where(outbox.c.done_at == NOON))).scalars().all()

    assert {one.sending.key for one in claimed} == {"room", "left", "waiting", "put just now"}
    assert (remembered, bodies) == ([True, True], [None, None])


async def test_a_database_in_which_only_the_house_marked_its_own_moments_is_empty(database: Database) -> None:
    diary = DiaryShelf(database)
    purge = Due(key="purge", kind="purge", group=GroupId.of("house", "all"), about="", at=NOON)
    async with database.transaction():
        await diary.mark(purge)
    first = await is_empty(database)
    async with database.transaction():
        await diary.mark(replace(purge, key="a", group=GroupId(ROOM)))

    assert (first, await is_empty(database)) == (True, False)


async def test_a_restore_that_fails_halfway_changes_nothing(database: Database, staged: Database) -> None:
    await fill(database, ROOM)
    await fill(staged, OTHER)
    before = await contents(database)
    with pytest.raises(StatementError):
        await put_in_place(staged, database, {"digest": "no moment"})  # type: ignore[dict-item]  # It is to fail.

    assert await contents(database) == before


async def test_the_tombstones_of_this_machine_stay_and_those_of_the_backup_come_to_them(
    database: Database, staged: Database
) -> None:
    await put_in_place(staged, database, {"a": NOON})
    await put_in_place(staged, database, {"a": NOON + MINUTE, "b": NOON})

    assert (await contents(database))["forgotten"] == [("a", NOON + MINUTE), ("b", NOON)]
