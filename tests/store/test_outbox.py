"""The outbox, on both databases: in order, each key once, and never claimed by two at a time."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest
from sqlalchemy import select
from whenever import Instant, TimeDelta

from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.outgoing import Message, Sending, Tidying
from bot.domain.saying import say
from bot.ports.chat import Posted
from bot.ports.keeping import AlreadyKept
from bot.ports.queues import Claimed
from bot.store.database import Database
from bot.store.outbox import OutboxShelf
from bot.store.tables.house import outbox
from tests.store.asked import statements

NOON = Instant.from_utc(2026, 11, 23, 12)
ASH = PersonId.of("fake", "ash")
MINUTE = TimeDelta(minutes=1)
HOUR = TimeDelta(hours=1)


def message(key: str, not_before: Instant = NOON) -> Message:
    return Message(
        key=key,
        group=GroupId.of("fake", "group"),
        to=ASH,
        say=say("hello"),
        not_before=not_before,
        expires_at=NOON + HOUR,
    )


async def put(database: Database, *sendings: Sending) -> None:
    async with database.transaction():
        for sending in sendings:
            await OutboxShelf(database).put(sending)


async def claim(
    database: Database, now: Instant = NOON, most: int = 100, also: frozenset[int] = frozenset()
) -> Sequence[Claimed]:
    async with database.transaction():
        return await OutboxShelf(database).claim(now, now + MINUTE, most, also=also)


def keys(claimed: Sequence[Claimed]) -> list[str]:
    return [one.sending.key for one in claimed]


async def next_at(database: Database) -> Instant | None:
    async with database.transaction():
        return await OutboxShelf(database).next_at()


@pytest.fixture
def other(database: Database) -> Database:
    """Return the database as another process has it: the same one, through its own connections."""
    return Database.at(database.engine.url.render_as_string(hide_password=False))


async def test_things_are_claimed_in_the_order_they_were_put(database: Database) -> None:
    words = [f"key-{number}" for number in range(12)]
    await put(database, *(message(word) for word in words))
    first, rest = await claim(database, most=5), await claim(database)

    assert (keys(first), keys(rest)) == (words[:5], words[5:])


async def test_what_comes_back_equals_what_was_put(database: Database) -> None:
    sending = message("one")
    await put(database, sending)
    [claimed] = await claim(database)

    assert (claimed.sending, claimed.failures) == (sending, 0)


async def test_a_key_is_put_once_whether_it_waits_or_was_sent(database: Database) -> None:
    await put(database, message("one"))
    with pytest.raises(AlreadyKept):
        await put(database, message("one"))
    [claimed] = await claim(database)
    async with database.transaction():
        await OutboxShelf(database).done([claimed], NOON)

    with pytest.raises(AlreadyKept):
        await put(database, message("one"))


async def test_of_several_only_those_are_put_whose_keys_are_new_in_their_order_and_at_once(database: Database) -> None:
    words = [f"key-{number}" for number in range(12)]
    await put(database, message(words[7]))
    async with database.transaction():
        asked = statements(database)
        await OutboxShelf(database).put_new([message(word) for word in (*words, words[3])])
        await OutboxShelf(database).put_new([])
    at_once = len(asked)

    assert keys(await claim(database)) == [words[7], *words[:7], *words[8:]]
    assert at_once == 1


async def test_a_key_kept_before_undoes_what_came_with_it(database: Database) -> None:
    await put(database, message("one"))
    with pytest.raises(AlreadyKept):
        await put(database, message("two"), message("one"))

    assert keys(await claim(database)) == ["one"]


async def test_what_is_for_later_waits_unless_it_is_named(database: Database) -> None:
    await put(database, message("later", NOON + HOUR), message("much later", NOON + HOUR))
    nothing = await claim(database)
    at_its_time = await claim(database, NOON + HOUR, most=1)
    async with database.transaction():
        await OutboxShelf(database).later(at_its_time[0], NOON + HOUR * 2, 3)
    named = await claim(database, also=frozenset({at_its_time[0].id}))

    assert (keys(nothing), keys(at_its_time), keys(named)) == ([], ["later"], ["later"])
    assert named[0].failures == 3


async def test_a_claim_keeps_others_off_until_it_is_over(database: Database) -> None:
    await put(database, message("one"))
    first, second, after = (
        await claim(database),
        await claim(database, NOON + MINUTE - TimeDelta(seconds=1)),
        await claim(database, NOON + MINUTE),
    )

    assert (keys(first), keys(second), keys(after)) == (["one"], [], ["one"])


async def test_what_may_have_reached_a_person_is_claimed_whoever_has_it(database: Database) -> None:
    ashley = replace(message("one who is called almost the same"), to=PersonId.of("fake", "ash%"))
    in_a_room = replace(message("in a room"), to=PlaceId.of("fake", "ash"))
    await put(database, message("claimed"), message("failed"), message("sent"), ashley, in_a_room)
    failed, sent = (await claim(database))[1:3]
    async with database.transaction():
        await OutboxShelf(database).later(failed, NOON + HOUR, 1)
        await OutboxShelf(database).done([sent], NOON)
    await put(database, message("due"), message("not due", NOON + HOUR))
    async with database.transaction():
        begun = await OutboxShelf(database).begun(ASH, NOON, NOON + MINUTE, but=frozenset())
        without = await OutboxShelf(database).begun(ASH, NOON, NOON + MINUTE, but=frozenset({begun[0].id}))

    assert (keys(begun), keys(without)) == (["claimed", "failed", "due"], ["failed", "due"])
    assert keys(await claim(database, NOON, also=frozenset({failed.id}))) == []


async def test_two_processes_that_claim_at_once_share_nothing(database: Database, other: Database) -> None:
    await put(database, *(message(f"key-{number}") for number in range(40)))
    claims = await asyncio.gather(*(claim(one, most=7) for one in (database, other) * 3))
    await other.close()
    claimed = [key for part in claims for key in keys(part)]

    assert len(claimed) == len(set(claimed)) > 7


async def test_what_one_process_claims_another_passes_by_before_it_is_committed(
    database: Database, other: Database
) -> None:
    if database.alone:
        pytest.skip("SQLite lets one in at a time")
    await put(database, message("one"), message("two"))
    async with database.transaction():
        mine = await OutboxShelf(database).claim(NOON, NOON + MINUTE, 1)
        async with asyncio.timeout(5):
            theirs = await claim(other)
    await other.close()

    assert (keys(mine), keys(theirs)) == (["one"], ["two"])


async def test_what_was_sent_leaves_a_key_and_no_body(database: Database) -> None:
    await put(database, message("one"))
    [claimed] = await claim(database)
    async with database.transaction():
        await OutboxShelf(database).done([claimed], NOON)
        rows = (await database.execute(select(outbox.c.key, outbox.c.body, outbox.c.claimed_until))).all()

    assert [tuple(row) for row in rows] == [("one", None, None)]
    assert keys(await claim(database, NOON + HOUR)) == []


async def test_what_was_not_sent_can_be_withdrawn_and_what_was_sent_keeps_its_key(database: Database) -> None:
    await put(database, message("sent"), message("waiting"))
    sent, _ = await claim(database)
    async with database.transaction():
        await OutboxShelf(database).done([sent], NOON)
        for key in ("sent", "waiting", "not there"):
            await OutboxShelf(database).withdraw(key)
        left = (await database.execute(select(outbox.c.key))).scalars().all()

    assert left == ["sent"]


async def test_the_next_look_is_at_the_earliest_time_or_when_a_claim_is_over(database: Database) -> None:
    moments = [await next_at(database)]
    await put(database, message("later", NOON + HOUR))
    moments.append(await next_at(database))
    await put(database, message("now"))
    moments.append(await next_at(database))
    [claimed] = await claim(database)
    moments.append(await next_at(database))
    async with database.transaction():
        await OutboxShelf(database).done([claimed], NOON)
    moments.append(await next_at(database))

    assert moments == [None, NOON + HOUR, NOON, NOON + MINUTE, NOON + HOUR]


async def test_at_start_claims_of_a_process_that_is_gone_are_freed(database: Database) -> None:
    await put(database, message("one"))
    await claim(database)
    async with database.transaction():
        await OutboxShelf(database).release()

    assert keys(await claim(database)) == ["one"]


async def test_what_is_to_be_said_later_is_said_now_in_other_words_within_its_own_group(
    database: Database,
) -> None:
    own, other = message("K").group, GroupId.of("fake", "another")
    said = say("rota-suggest-failed")
    for key, at in (("K", NOON + HOUR), ("L", NOON), ("M", NOON + HOUR)):
        await put(database, message(key, at))
    async with database.transaction():
        shelf = OutboxShelf(database)
        await shelf.withdraw("M")
        found = [await shelf.reword(*which, said, NOON) for which in (("K", other), ("L", own), ("M", own), ("K", own))]
        found.append(await shelf.reword("K", own, said, NOON))
    claimed = await claim(database)

    assert found == [False, False, False, True, False]
    assert sorted(keys(claimed)) == ["K", "L"]
    assert [one.sending for one in claimed if one.sending.key == "K"] == [replace(message("K", NOON), say=said)]


async def test_which_messages_it_became_is_kept_in_its_group_until_it_is_tidied(database: Database) -> None:
    shelf, group, said = OutboxShelf(database), GroupId.of("fake", "group"), message("said")
    tidying = Tidying(key="tidy", group=group, of="said", to=ASH, not_before=NOON, expires_at=NOON + HOUR)
    await put(database, said, tidying)
    first, last = await claim(database)
    async with database.transaction():
        before = await shelf.standing("said", group)
        await shelf.done([first], NOON)
        gone = await shelf.stands([(first, Posted(messages=("one", "$two:example.org")))])
        meanwhile = [await shelf.standing("said", each) for each in (group, GroupId.of("fake", "other"))]
        await shelf.done([last], NOON)
        after = await shelf.standing("said", group)

    assert list(gone) == []
    assert (list(before), [list(each) for each in meanwhile]) == ([], [["one", "$two:example.org"], []])
    assert list(after) == []


async def test_what_was_withdrawn_while_it_was_sent_stands_nowhere(database: Database) -> None:
    shelf = OutboxShelf(database)
    await put(database, message("said"))
    [claimed] = await claim(database)
    async with database.transaction():
        await shelf.withdraw("said")
        await shelf.put(message("another"))
        await shelf.done([claimed], NOON)
        gone = await shelf.stands([(claimed, Posted(messages=("one",)))])

    assert [each for each, _ in gone] == [claimed]
    assert keys(await claim(database)) == ["another"]
