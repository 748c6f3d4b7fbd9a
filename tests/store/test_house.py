"""The diary, people's wishes and bookmarks, on both databases."""

import asyncio
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import builds, integers, lists, none, sampled_from, tuples
from sqlalchemy import select
from whenever import Instant, Time, TimeDelta

from bot.domain.ids import GroupId, PersonId
from bot.domain.outgoing import Due
from bot.domain.people import Nation, Pause, Reach, Ways, Wish
from bot.domain.quiet import Quiet
from bot.store.database import Database
from bot.store.house import BookmarkShelf, DiaryShelf, PeopleShelf
from bot.store.tables.house import pauses
from bot.store.tables.house import wishes as wishes_table
from tests.store.asked import statements

NOON = Instant.from_utc(2026, 11, 23, 12)
HOUR = TimeDelta(hours=1)
GROUP, ELSEWHERE = GroupId.of("fake", "group"), GroupId.of("fake", "elsewhere")
ASH, BEA = PersonId.of("fake", "ash"), PersonId.of("fake", "bea")

leads = lists(integers(0, 7 * 24 * 60).map(lambda minutes: TimeDelta(minutes=minutes)), max_size=5).map(tuple)
minutes = integers(0, 24 * 60 - 1).map(lambda count: Time(count // 60, count % 60))


def _quiet(times: tuple[Time, Time]) -> Quiet:
    return Quiet(starts=times[0], ends=times[1])


wishes = builds(
    Wish,
    zone=none() | sampled_from(["Europe/London", "Asia/Kolkata"]),
    nation=none() | sampled_from(Nation),
    leads=none() | leads,
    reach=none() | sampled_from(Reach),
    quiet=none() | tuples(minutes, minutes).filter(lambda pair: pair[0] != pair[1]).map(_quiet),
    weekly=none() | integers(1, 20),
    rest=none() | integers(60, 7 * 24 * 60).map(lambda count: TimeDelta(minutes=count)),
    gaps=none() | sampled_from([True]),
    pause=none() | builds(Pause, until=none() | integers(0, 10**6).map(lambda count: NOON.add(seconds=count))),
)


def due(key: str, at: Instant = NOON, about: str = "it", failures: int = 0) -> Due:
    return Due(key=key, kind="test", group=GROUP, about=about, at=at, failures=failures)


async def mark(database: Database, *dues: Due) -> None:
    async with database.transaction():
        for one in dues:
            await DiaryShelf(database).mark(one)


async def take(database: Database, now: Instant = NOON) -> Due | None:
    async with database.transaction():
        return await DiaryShelf(database).take(now)


async def test_a_mark_replaces_the_earlier_one_with_its_key(database: Database) -> None:
    await mark(database, due("one", failures=2), due("one", NOON - HOUR, "something else"))

    assert await take(database) == due("one", NOON - HOUR, "something else")
    assert await take(database) is None


async def test_what_is_kept_under_a_key_can_be_looked_at_and_stays(database: Database) -> None:
    await mark(database, due("one", failures=2))
    async with database.transaction():
        found = [await DiaryShelf(database).kept(key) for key in ("one", "another")]

    assert found == [due("one", failures=2), None]
    assert await take(database) == due("one", failures=2)


async def test_the_longest_due_is_taken_first_and_what_is_to_come_is_not(database: Database) -> None:
    await mark(database, due("now"), due("long ago", NOON - HOUR), due("later", NOON + HOUR))
    taken = [await take(database) for _ in range(3)]

    assert taken == [due("long ago", NOON - HOUR), due("now"), None]


async def test_of_what_is_due_at_the_same_moment_each_is_taken_once_in_the_order_of_keys(database: Database) -> None:
    await mark(database, due("b"), due("a"), due("c"))
    taken = [await take(database) for _ in range(4)]

    assert taken == [due("a"), due("b"), due("c"), None]


async def test_a_moment_is_back_when_its_step_is_undone(database: Database) -> None:
    await mark(database, due("one"))

    async def fail() -> None:
        async with database.transaction():
            await DiaryShelf(database).take(NOON)
            raise LookupError

    with pytest.raises(LookupError):
        await fail()

    assert await take(database) == due("one")


async def test_two_processes_take_each_moment_once(database: Database) -> None:
    other = Database.at(database.engine.url.render_as_string(hide_password=False))
    await mark(database, *(due(f"key-{number}") for number in range(12)))
    taken = await asyncio.gather(*(take(one) for one in (database, other) * 8))
    taken += [await take(database) for _ in range(12)]
    await other.close()
    keys = [one.key for one in taken if one is not None]

    assert sorted(keys) == sorted(f"key-{number}" for number in range(12))


async def test_a_group_whose_step_runs_elsewhere_is_passed_by(database: Database) -> None:
    if database.alone:
        pytest.skip("SQLite lets one in at a time")
    other = Database.at(database.engine.url.render_as_string(hide_password=False))
    elsewhere = replace(due("two"), group=GroupId.of("fake", "another group"))
    await mark(database, due("one", NOON - HOUR), due("one more", NOON - HOUR), elsewhere)
    async with database.transaction():
        mine = await DiaryShelf(database).take(NOON)
        async with asyncio.timeout(5):
            theirs = await take(other)
    await other.close()

    assert (mine, theirs) == (due("one", NOON - HOUR), elsewhere)


async def test_a_struck_moment_is_gone_and_the_next_one_is_known(database: Database) -> None:
    await mark(database, due("one"), due("two", NOON + HOUR))
    async with database.transaction():
        before = await DiaryShelf(database).next_at()
        await DiaryShelf(database).strike("one")
        after = await DiaryShelf(database).next_at()
        await DiaryShelf(database).strike("two")
        empty = await DiaryShelf(database).next_at()

    assert (before, after, empty) == (NOON, NOON + HOUR, None)


@given(wish=wishes)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_a_wish_comes_back_as_it_was_told(database: Database, wish: Wish) -> None:
    people = PeopleShelf(database, lambda _group: Ways())
    async with database.transaction():
        await people.keep(GROUP, ASH, Wish(zone="UTC", nation=Nation.NI, leads=()))
        await people.keep(GROUP, ASH, wish)
        kept = await people.wish(GROUP, ASH)

    assert kept == wish


async def test_a_wish_is_of_one_person_in_one_group_and_lies_over_the_groups_ways(database: Database) -> None:
    people = PeopleShelf(database, lambda group: Ways(zone="UTC") if group == ELSEWHERE else Ways())
    async with database.transaction():
        await people.keep(GROUP, ASH, Wish(nation=Nation.WALES, reach=Reach.MENTION))
        ways = [await people.ways(group, person) for group, person in [(GROUP, ASH), (GROUP, BEA), (ELSEWHERE, ASH)]]

    assert ways == [Ways(nation=Nation.WALES, reach=Reach.MENTION), Ways(), Ways(zone="UTC")]


@given(told=lists(wishes, min_size=3, max_size=3))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_the_ways_of_several_are_read_at_once_and_are_those_of_each(database: Database, told: list[Wish]) -> None:
    people = PeopleShelf(database, lambda _group: Ways(zone="Europe/Dublin"))
    three = ASH, BEA, PersonId.of("fake", "cat")
    async with database.transaction():
        for person, wish in zip(three, told, strict=True):
            await people.keep(GROUP, person, wish)
            await people.keep(ELSEWHERE, person, Wish(zone="UTC", pause=Pause()))
        each = {person: await people.ways(GROUP, person) for person in three}
        asked = statements(database)
        at_once = await people.ways_of(GROUP, three)

    assert at_once == each
    assert len(asked) == 1


async def test_the_ways_of_nobody_are_none_and_of_whoever_told_nothing_the_usual(database: Database) -> None:
    people = PeopleShelf(database, lambda _group: Ways(zone="UTC"))
    async with database.transaction():
        nobody, somebody = await people.ways_of(GROUP, ()), await people.ways_of(GROUP, (ASH,))

    assert (nobody, somebody) == ({}, {ASH: Ways(zone="UTC")})


async def test_an_empty_wish_leaves_no_row_and_taking_back_nothing_writes_nothing(database: Database) -> None:
    people = PeopleShelf(database, lambda _group: Ways())
    async with database.transaction():
        await people.keep(GROUP, ASH, Wish(zone="UTC"))
        await people.keep(GROUP, ASH, Wish())
        kept = await people.wish(GROUP, ASH)
    async with database.transaction() as transaction:
        await people.keep(GROUP, ASH, Wish())

    assert (kept, transaction.kept) == (Wish(), False)


async def test_a_pause_alone_is_a_row_of_its_own_that_goes_when_it_is_ended(database: Database) -> None:
    people = PeopleShelf(database, lambda _group: Ways())
    read = []
    for wish in (Wish(pause=Pause()), Wish(weekly=2, pause=Pause(until=NOON)), Wish(weekly=2), Wish()):
        async with database.transaction():
            await people.keep(GROUP, ASH, wish)
            rows = [
                list((await database.execute(select(table.c.person))).scalars()) for table in (wishes_table, pauses)
            ]
            read.append((await people.wish(GROUP, ASH), *rows))

    assert read == [
        (Wish(pause=Pause()), [], [ASH]),
        (Wish(weekly=2, pause=Pause(until=NOON)), [ASH], [ASH]),
        (Wish(weekly=2), [ASH], []),
        (Wish(), [], []),
    ]


async def test_a_bookmark_is_of_one_world_and_one_name_and_is_replaced(database: Database) -> None:
    marks = BookmarkShelf(database)
    async with database.transaction():
        await marks.keep("matrix", "sync", "one")
        await marks.keep("matrix", "sync", "two")
        read = [await marks.read(*where) for where in [("matrix", "sync"), ("matrix", "other"), ("other", "sync")]]

    assert read == ["two", None, None]
