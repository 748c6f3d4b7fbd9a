"""Feeds in rows, on both databases: one of each person in each group, by the digest of a token and not the token."""

from bot.domain.ids import GroupId
from bot.domain.rota.calendar import digest
from bot.store.database import Database
from bot.store.feeds import FeedStore
from bot.store.tombstones import TombstoneStore
from bot.store.traces import TraceStore
from tests.domain.rota.examples import ASH, BEE, GROUP, NOW

ELM = GroupId.of("local", "elm")
ONE, TWO, THREE = (digest(token) for token in ("one", "two", "three"))


async def test_a_feed_is_found_by_its_digest_and_by_nothing_else(database: Database) -> None:
    feeds = FeedStore(database)
    async with database.transaction():
        await feeds.put(GROUP, ASH, ONE)
        await feeds.put(ELM, ASH, TWO)
        await feeds.put(GROUP, BEE, THREE)

    async with database.transaction():
        assert [await feeds.whose(each) for each in (ONE, TWO, THREE)] == [(GROUP, ASH), (ELM, ASH), (GROUP, BEE)]
        assert [await feeds.whose(each) for each in ("one", ONE.upper(), ONE[:-1], "")] == [None] * 4


async def test_a_new_token_ends_the_old_one_of_that_person_in_that_group_alone(database: Database) -> None:
    feeds = FeedStore(database)
    async with database.transaction():
        await feeds.put(GROUP, ASH, ONE)
        await feeds.put(ELM, ASH, TWO)
        await feeds.put(GROUP, ASH, THREE)

    async with database.transaction():
        assert [await feeds.whose(each) for each in (ONE, TWO, THREE)] == [None, (ELM, ASH), (GROUP, ASH)]


async def test_a_feed_that_is_ended_is_gone_and_ends_once(database: Database) -> None:
    feeds = FeedStore(database)
    async with database.transaction():
        await feeds.put(GROUP, ASH, ONE)
        await feeds.put(ELM, ASH, TWO)
        ended = [await feeds.end(GROUP, ASH), await feeds.end(GROUP, ASH), await feeds.end(GROUP, BEE)]

    async with database.transaction():
        assert ended == [True, False, False]
        assert [await feeds.has(GROUP, ASH), await feeds.has(ELM, ASH)] == [False, True]
        assert await feeds.whose(ONE) is None


async def test_whoever_is_forgotten_has_no_feed_any_more(database: Database) -> None:
    feeds = FeedStore(database)
    async with database.transaction():
        await feeds.put(GROUP, ASH, ONE)
        await feeds.put(GROUP, BEE, TWO)
    async with database.transaction():
        await TraceStore(database, TombstoneStore(database, None)).erase(ASH, NOW)

    async with database.transaction():
        assert [await feeds.whose(each) for each in (ONE, TWO)] == [None, (GROUP, BEE)]
