"""Several processes on one database share the servers: each identifies in its turn, and one that dies loses nothing."""

import asyncio
from pathlib import Path

import pytest
from whenever import TimeDelta

from bot.clockwork.clock import MovableClock
from bot.store.database import Database
from bot.store.house import TurnsShelf
from tests.discord.gateway import until
from tests.discord.house import Host
from tests.discord.loopback import Loopback
from tests.discord.permissions import Json
from tests.discord.test_house import FOR_ALL, answered


@pytest.mark.long
async def test_two_processes_share_four_shards_and_one_that_is_killed_leaves_nothing_undone(
    loopback: Loopback, tmp_path: Path, postgresql_with_tables: str
) -> None:
    clock = MovableClock()
    guilds = [loopback.guild(f"peers {number}", granted=FOR_ALL) for number in range(8)]
    first, second = (
        Host(
            loopback=loopback,
            folder=tmp_path,
            clock=clock,
            database=postgresql_with_tables,
            shard_count=4,
            shard_ids=ids,
        )
        for ids in ((0, 1), (2, 3))
    )
    people = {guild["id"]: loopback.user(f"ann of {guild['name']}") for guild in guilds}
    for guild in guilds:
        loopback.world.join(guild, people[guild["id"]])
    stopping = asyncio.Event()

    async def killed_half_way() -> None:
        async with first.running():
            await stopping.wait()

    dying = asyncio.create_task(killed_half_way())
    async with second.running():
        await until(lambda: len(loopback.gateway.connected) == 4, 60)
        for guild in guilds:
            await answered(await loopback.people.slash(guild, people[guild["id"]], "me nation", nation="wales"))
        stopping.set()
        await dying
        async with first.running():
            for guild in guilds:
                seen = await answered(await loopback.people.slash(guild, people[guild["id"]], "me show"))
                assert "Wales" in seen.contents[0]

    assert loopback.gateway.too_early == 0


async def test_turns_are_given_out_one_after_the_other_whoever_asks(database: Database) -> None:
    shelf, now, every = TurnsShelf(database), MovableClock().now(), TimeDelta(seconds=5)
    turns = [await shelf.turn("discord", "identify:0", now, every) for _ in range(3)]
    other = await shelf.turn("discord", "identify:1", now, every)
    later = await shelf.turn("discord", "identify:0", now + TimeDelta(hours=1), every)
    wrong = await shelf.turn("discord", "identify:0", now - TimeDelta(hours=5), every)

    assert turns == [now, now + every, now + every * 2]
    assert (other, later, wrong) == (now, now + TimeDelta(hours=1), now - TimeDelta(hours=5))


async def test_a_button_in_a_direct_message_reaches_a_group_whose_shard_another_process_has(
    loopback: Loopback, tmp_path: Path, postgresql_with_tables: str
) -> None:
    guild = next(made for made in (loopback.guild(granted=FOR_ALL) for _ in range(8)) if int(made["id"]) >> 22 & 1)
    ann, bea = loopback.user("ann"), loopback.user("bea")
    for user in (ann, bea):
        loopback.world.join(guild, user)
    hosts = [
        Host(loopback=loopback, folder=tmp_path, database=postgresql_with_tables, shard_count=2, shard_ids=(shard,))
        for shard in (0, 1)
    ]
    async with hosts[0].running(), hosts[1].running():
        await answered(await loopback.people.slash(guild, bea, "sit open"))
        preview = await answered(await loopback.people.slash(guild, ann, "sit ask"))
        await answered(await loopback.people.press(preview.messages[0], ann, "Send it"))
        asked = await heard(loopback, "Someone would like")
        said = await answered(await loopback.people.press(asked, bea, "I can"))
        picked = await heard(loopback, "can sit with you")
        await answered(await loopback.people.press(picked, ann, "Sit with bea"))
        card = await heard(loopback, "What was agreed")

    assert "I have told the person who asked" in said.contents[0]
    assert loopback.channels[card["channel_id"]]["guild_id"] == guild["id"]


async def heard(loopback: Loopback, words: str) -> Json:
    def found() -> list[Json]:
        return [each for messages in loopback.messages.values() for each in messages if words in each["content"]]

    await until(found, 30)
    return found()[-1]
