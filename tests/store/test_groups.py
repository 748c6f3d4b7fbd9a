"""Groups' own ways and invitations, on both databases."""

import pytest
from whenever import Instant, TimeDelta

from bot.domain.group import GroupWays
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.people import Nation, Ways, Wish
from bot.store.belongings import BelongingsStore
from bot.store.database import Database
from bot.store.groups import GroupStore
from bot.store.house import PeopleShelf
from tests.fakes.tombstones import NoTombstones
from tests.store.asked import statements

NOON = Instant.from_utc(2026, 11, 23, 12)
GROUP, ELSEWHERE = GroupId.of("fake", "group"), GroupId.of("fake", "elsewhere")
ROOM = PlaceId.of("fake", "group")
ASH, BEA = PersonId.of("fake", "ash"), PersonId.of("fake", "bea")


async def test_a_group_has_its_own_ways_and_another_has_others(database: Database) -> None:
    store = GroupStore(database)
    ways = GroupWays(zone="UTC", nation=Nation.NI, locale="en-GB", verified_only=True)
    async with database.transaction():
        await store.keep(GROUP, GroupWays(zone="Europe/Dublin"))
        await store.keep(GROUP, ways)
        kept = [await store.own(group) for group in (GROUP, ELSEWHERE)]
    verified = [await store.verified_only(group) for group in (GROUP, ELSEWHERE)]

    assert kept == [ways, GroupWays()]
    assert verified == [True, False]


async def test_what_a_group_has_set_is_read_once_and_again_when_it_changed(database: Database) -> None:
    store = GroupStore(database)
    asked = statements(database)
    before = [await store.locale(GROUP) for _ in range(3)]
    reads = len(asked)
    async with database.transaction():
        await store.keep(GROUP, GroupWays(locale="cy", verified_only=True))
    after = [await store.locale(GROUP), await store.verified_only(GROUP)]
    async with database.transaction():
        await BelongingsStore(database, NoTombstones()).move(GROUP, ELSEWHERE)
    moved = [await store.locale(group) for group in (GROUP, ELSEWHERE)]
    async with database.transaction():
        await BelongingsStore(database, NoTombstones()).forget(ELSEWHERE, NOON)
    forgotten = await store.locale(ELSEWHERE)

    assert before == [None, None, None]
    assert reads == 1
    assert after == ["cy", True]
    assert moved == [None, "cy"]
    assert forgotten is None


async def test_what_a_group_set_in_a_transaction_that_is_undone_is_not_remembered(database: Database) -> None:
    store = GroupStore(database)

    async def undone() -> str | None:
        async with database.transaction():
            await store.keep(GROUP, GroupWays(locale="cy"))
            inside.append(await store.locale(GROUP))
            raise UndoneError

    inside: list[str | None] = []
    with pytest.raises(UndoneError):
        await undone()

    assert inside == ["cy"]
    assert await store.locale(GROUP) is None


class UndoneError(Exception):
    """Nothing of it is to be kept."""


async def test_a_persons_wish_lies_over_the_groups_ways_and_these_over_the_worlds(database: Database) -> None:
    store, people = GroupStore(database), PeopleShelf(database, lambda _: Ways(nation=Nation.WALES))
    async with database.transaction():
        untouched = await people.ways(GROUP, ASH)
        await store.keep(GROUP, GroupWays(zone="UTC", nation=Nation.SCOTLAND))
        await people.keep(GROUP, ASH, Wish(zone="Asia/Kolkata", leads=()))
        ways = [await people.ways(GROUP, person) for person in (ASH, BEA)]
        at_once = await people.ways_of(GROUP, (ASH, BEA))

    assert untouched == Ways(nation=Nation.WALES)
    assert ways == [
        Ways(zone="Asia/Kolkata", nation=Nation.SCOTLAND, leads=()),
        Ways(zone="UTC", nation=Nation.SCOTLAND),
    ]
    assert at_once == dict(zip((ASH, BEA), ways, strict=True))


async def test_an_invitation_stands_until_it_is_taken_and_the_last_inviter_counts(database: Database) -> None:
    store = GroupStore(database)
    async with database.transaction():
        await store.invite(ROOM, ASH, NOON)
        await store.invite(ROOM, BEA, NOON + TimeDelta(minutes=1))
        standing = [await store.invited(world) for world in ("fake", "other")]
        taken = [await store.take(ROOM) for _ in range(2)]

    assert standing == [{ROOM: BEA}, {}]
    assert taken == [(BEA, NOON), None]
