"""The gateway of the loopback Discord takes bots in, tells each shard what is its own, and goes wrong as documented."""

import asyncio

import discord
import pytest
from aiohttp import WSServerHandshakeError

from tests.discord.gateway import until
from tests.discord.loopback import Loopback, connected
from tests.discord.making import PRIVATE_THREAD
from tests.discord.permissions import May
from tests.discord.plain import Plain, identity
from tests.discord.sessions import shard_of


@pytest.fixture(autouse=True)
def at_once(loopback: Loopback) -> None:
    loopback.gateway.identify_every = 0


async def test_a_server_is_told_to_its_shard_and_direct_messages_to_the_first(loopback: Loopback, plain: Plain) -> None:
    guilds, ann = [loopback.guild(f"g{number}") for number in range(4)], loopback.user("ann")
    loopback.world.commands = [{"id": "1", "name": "find", "type": 1}]
    async with plain.shard((0, 2)) as first, plain.shard((1, 2)) as second:
        ready = [await each.next("READY") for each in (first, second)]
        for guild in guilds:
            await loopback.slash(guild, ann, "find")
        await loopback.slash(None, ann, "find")
        await until(lambda: len(first.names + second.names) == 2 + 4 + 5)
        wheres = [
            [f["d"].get("guild_id") for f in each.frames if f.get("t") == "INTERACTION_CREATE"]
            for each in (first, second)
        ]

    of_each = [[guild["id"] for guild in guilds if shard_of(guild["id"], 2) == number] for number in (0, 1)]
    assert [[guild["id"] for guild in each["guilds"]] for each in ready] == of_each
    assert wheres == [[*of_each[0], None], of_each[1]]
    assert all(of_each)


async def test_an_identify_too_soon_after_another_is_not_taken(loopback: Loopback, plain: Plain) -> None:
    loopback.gateway.identify_every = 5
    loopback.gateway.max_concurrency = 2
    async with plain.shard((0, 4)) as first, plain.shard((1, 4)) as second, plain.shard((2, 4)) as third:
        await first.next("READY")
        await second.next("READY")
        invalid = await third.op(9)
        loopback.clock.pass_by(5)
        async with plain.shard((2, 4)) as later:
            await later.next("READY")

    assert invalid["d"] is False
    assert loopback.gateway.too_early == 1
    assert loopback.gateway.identified == [(0, 4), (1, 4), (2, 4)]
    limit = (await plain.ask("GET /gateway/bot")).body["session_start_limit"]
    assert (limit["max_concurrency"], limit["remaining"]) == (2, 997)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"token": "wrong"}, 4004),
        ({"shard": (2, 2)}, 4010),
        ({"intents": 3}, 4014),
    ],
)
async def test_who_may_not_come_in_is_told_why(
    loopback: Loopback, plain: Plain, said: dict[str, object], code: int
) -> None:
    async with plain.listening() as listener:
        await listener.send(2, identity(loopback.token) | said)
        await until(lambda: listener.socket.closed)

    assert listener.socket.close_code == code


async def test_a_shard_that_was_cut_off_hears_what_it_missed(loopback: Loopback, plain: Plain) -> None:
    guild = loopback.guild()
    async with plain.shard() as before:
        session = (await before.next("READY"))["session_id"]
        await before.next("GUILD_CREATE")
        await loopback.gateway.drop()
        await until(lambda: before.socket.closed)
    await loopback.happening.channel_made(guild, "other")
    async with plain.listening() as after:
        await after.send(6, {"token": loopback.token, "session_id": session, "seq": 2})
        await after.next("RESUMED")

    assert after.names == ["CHANNEL_CREATE", "RESUMED"]


async def test_a_resume_can_be_refused_and_one_after_a_goodbye_always_is(loopback: Loopback, plain: Plain) -> None:
    sessions = []
    for _ in range(2):
        async with plain.shard() as before:
            sessions.append((await before.next("READY"))["session_id"])
            if not sessions[1:]:
                await loopback.gateway.drop()
                await until(lambda: before.socket.closed)
    loopback.gateway.refuse_resumes = 1
    refused = []
    for session in sessions:
        async with plain.listening() as after:
            await after.send(6, {"token": loopback.token, "session_id": session, "seq": 1})
            refused.append((await after.op(9))["d"])

    assert refused == [False, False]
    assert loopback.gateway.resumed == 0


async def test_the_gateway_can_ask_for_another_connection_or_close_this_one(loopback: Loopback, plain: Plain) -> None:
    async with plain.shard() as listener:
        await listener.next("READY")
        await loopback.gateway.ask_to_reconnect()
        await listener.op(7)
        await loopback.gateway.close(4000)
        await until(lambda: listener.socket.closed)

    assert listener.socket.close_code == 4000


async def test_a_heartbeat_is_answered_until_the_gateway_is_dead(loopback: Loopback, plain: Plain) -> None:
    async with plain.shard() as listener:
        await listener.next("READY")
        await listener.send(1, 1)
        await listener.op(11)
        loopback.gateway.acknowledges = False
        await listener.send(1, 1)
        await asyncio.sleep(0.1)

    assert [frame["op"] for frame in listener.frames].count(11) == 1


async def test_what_happens_in_a_server_is_told_and_what_was_not_asked_for_is_not(
    loopback: Loopback, plain: Plain
) -> None:
    guild, ann = loopback.guild(), loopback.user("ann")
    channel = guild["channels"][0]
    happening = loopback.happening
    async with plain.shard() as listener:
        await listener.next("GUILD_CREATE")
        await happening.member_joined(guild, ann)
        await happening.said(channel, ann, "hello")
        thread = await happening.thread_opened(channel, ann, "seen")
        await happening.thread_archived(thread)
        await happening.channel_deleted(thread)
        await happening.permission_taken(guild, May.MANAGE_THREADS, guild["roles"][1]["id"])
        hidden = await happening.thread_opened(channel, ann, "not seen", PRIVATE_THREAD)
        await happening.channel_deleted(hidden)
        await happening.overwritten(channel, ann, deny=May.SEND_MESSAGES)
        await happening.channel_deleted(channel)
        await happening.outage(guild)
        await happening.outage_over(guild)
        await happening.bot_removed(guild)
        await until(lambda: listener.names.count("GUILD_DELETE") == 2)

    assert listener.names[2:] == [
        *("THREAD_CREATE", "THREAD_UPDATE", "THREAD_DELETE", "GUILD_ROLE_UPDATE", "CHANNEL_UPDATE", "CHANNEL_DELETE"),
        *("GUILD_DELETE", "GUILD_CREATE", "GUILD_DELETE"),
    ]
    assert [frame["d"].get("unavailable") for frame in listener.frames if frame.get("t") == "GUILD_DELETE"] == [
        True,
        None,
    ]


async def test_a_server_that_is_out_of_reach_is_named_and_not_described(loopback: Loopback, plain: Plain) -> None:
    guild = loopback.guild()
    await loopback.happening.outage(guild)
    async with plain.shard() as listener:
        ready = await listener.next("READY")
        await asyncio.sleep(0.1)
        before = list(listener.names)
        await loopback.happening.outage_over(guild)
        await listener.next("GUILD_CREATE")

    assert ready["guilds"] == [{"id": guild["id"], "unavailable": True}]
    assert before == ["READY"]


async def test_who_may_see_a_channel_again_is_told_of_its_threads(loopback: Loopback, plain: Plain) -> None:
    guild = loopback.guild()
    channel = guild["channels"][0]
    thread = await loopback.happening.thread_opened(channel, loopback.user("ann"), "a room")
    async with plain.shard() as listener:
        await listener.next("GUILD_CREATE")
        await loopback.happening.overwritten(channel, loopback.me, deny=May.VIEW_CHANNEL)
        await loopback.happening.overwritten(channel, loopback.me)
        synced = await listener.next("THREAD_LIST_SYNC")

    assert synced["channel_ids"] == [channel["id"]]
    assert [each["id"] for each in synced["threads"]] == [thread["id"]]


async def test_the_gateway_can_be_out_of_reach(loopback: Loopback, plain: Plain) -> None:
    loopback.gateway.turns_away = 1
    with pytest.raises(WSServerHandshakeError):
        async with plain.shard():
            pass
    async with plain.shard() as listener:
        await listener.next("READY")


async def test_the_gateway_wants_things_in_their_order(loopback: Loopback, plain: Plain) -> None:
    async with plain.shard() as once:
        session = (await once.next("READY"))["session_id"]
        await once.send(2, identity(loopback.token))
        await until(lambda: once.socket.closed)
    async with plain.listening() as other:
        await other.send(6, {"token": loopback.token, "session_id": session, "seq": 100})
        await until(lambda: other.socket.closed)
    async with plain.listening() as stranger:
        await stranger.send(8, {"guild_id": "1", "query": "", "limit": 0})
        await until(lambda: stranger.socket.closed)

    assert [each.socket.close_code for each in (once, other, stranger)] == [4005, 4007, 4003]


async def test_a_frame_that_is_not_as_described_is_a_fault(loopback: Loopback, plain: Plain) -> None:
    async with plain.listening() as listener:
        wrong = {name: value for name, value in identity(loopback.token).items() if name != "properties"}
        await listener.send(2, wrong)
        await until(lambda: loopback.gateway.faults)
    loopback.gateway.faults.clear()


async def test_discord_py_goes_along_with_all_of_it(loopback: Loopback) -> None:
    guild, ann = loopback.guild(), loopback.user("ann")
    client = discord.AutoShardedClient(intents=discord.Intents(guilds=True), shard_count=1)
    async with connected(client, loopback.token):
        seen = client.guilds[0]
        thread = await loopback.happening.thread_opened(guild["channels"][0], ann, "a room")
        await until(lambda: seen.threads)
        await loopback.gateway.ask_to_reconnect()
        await until(lambda: loopback.gateway.resumed == 1, 30)
        loopback.gateway.refuse_resumes = 1
        await loopback.gateway.drop()
        await until(lambda: len(loopback.gateway.identified) == 2, 30)
        await loopback.happening.channel_deleted(thread)
        await until(lambda: client.guilds and not client.guilds[0].threads)
        await loopback.happening.bot_removed(guild)
        await until(lambda: not client.guilds)
