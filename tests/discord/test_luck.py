"""Whatever goes wrong with a request to the loopback Discord goes wrong as Discord documents it."""

import asyncio

import discord
import pytest
from aiohttp import ServerDisconnectedError

from tests.discord.loopback import Loopback
from tests.discord.luck import When
from tests.discord.plain import Plain
from tests.discord.refusing import MISSING_ACCESS

HELLO = {"content": "hello"}
SAY = "POST /channels/{channel_id}/messages"
WHO = "GET /users/@me"


@pytest.fixture
def say(loopback: Loopback) -> str:
    return f"POST /channels/{loopback.guild()['channels'][0]['id']}/messages"


def said(loopback: Loopback) -> int:
    return sum(map(len, loopback.messages.values()))


async def test_a_lost_reply_is_of_something_done_and_a_lost_request_of_nothing(
    loopback: Loopback, plain: Plain, say: str
) -> None:
    reply, request = loopback.luck.lose_reply(SAY), loopback.luck.lose_request(SAY, skip=1)
    with pytest.raises(ServerDisconnectedError):
        await plain.ask(say, HELLO)
    after_reply = said(loopback)
    with pytest.raises(ServerDisconnectedError):
        await plain.ask(say, HELLO)

    assert (after_reply, said(loopback)) == (1, 1)
    assert (reply.happened, request.happened) == (1, 1)
    assert (await plain.ask(say, HELLO)).status == 200


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_discord_is_broken_as_often_as_is_wanted(loopback: Loopback, plain: Plain, say: str, status: int) -> None:
    loopback.luck.fail(say, status, times=2, skip=1)

    assert [(await plain.ask(say, HELLO)).status for _ in range(4)] == [200, status, status, 200]
    assert said(loopback) == 2


async def test_discord_can_be_broken_and_have_done_it_nevertheless(loopback: Loopback, plain: Plain, say: str) -> None:
    loopback.luck.fail_after_all(SAY, 502)

    assert (await plain.ask(say, HELLO)).status == 502
    assert said(loopback) == 1


async def test_a_limit_says_how_long_and_whose_it_is(loopback: Loopback, plain: Plain) -> None:
    loopback.luck.limit(WHO, 1.5)
    loopback.luck.limit(WHO, 2.5, scope="shared")
    loopback.luck.limit("*", 3.5, scope="global")
    own, shared, everywhere = [await plain.ask(WHO) for _ in range(3)]

    assert [each.status for each in (own, shared, everywhere)] == [429] * 3
    assert own.body == {"message": "You are being rate limited.", "retry_after": 1.5, "global": False}
    assert shared.body["message"] == "The resource is being rate limited."
    assert everywhere.body["global"]
    assert [each.headers["Retry-After"] for each in (own, shared, everywhere)] == ["2", "3", "4"]
    scopes = [each.headers["X-RateLimit-Scope"] for each in (own, shared, everywhere)]
    assert scopes == ["user", "shared", "global"]
    assert [each.headers.get("X-RateLimit-Global") for each in (own, everywhere)] == [None, "true"]
    assert all("Via" in each.headers for each in (own, shared, everywhere))
    assert loopback.invalid == 2


async def test_whoever_is_shut_out_is_told_by_another_than_discord(loopback: Loopback, plain: Plain) -> None:
    loopback.luck.ban(times=None)
    reply = await plain.ask(WHO)

    assert reply.status == 429
    assert "Via" not in reply.headers
    assert isinstance(reply.body, str)
    loopback.luck.mend()
    assert (await plain.ask(WHO)).status == 200


@pytest.mark.parametrize("when", list(When))
async def test_a_reply_can_be_slow_before_it_is_done_or_after(
    loopback: Loopback, plain: Plain, say: str, when: When
) -> None:
    loopback.luck.slow(SAY, 0.3, when=when)
    asking = asyncio.create_task(plain.ask(say, HELLO))
    await asyncio.sleep(0.15)
    done_already = said(loopback)
    await asking

    assert done_already == (when is When.AFTER)
    assert said(loopback) == 1


async def test_discord_can_refuse_for_reasons_of_its_own(loopback: Loopback, plain: Plain, say: str) -> None:
    loopback.luck.refuse(SAY, MISSING_ACCESS)

    assert (await plain.ask(say, HELLO)).refusal == (403, 50001)


async def test_what_goes_wrong_by_chance_goes_wrong_alike_each_time(loopback: Loopback, plain: Plain) -> None:
    mishap = loopback.luck.fail(WHO, 503, times=None, chance=0.5)
    statuses = [(await plain.ask(WHO)).status for _ in range(20)]

    assert 0 < mishap.happened < 20
    assert statuses.count(503) == mishap.happened


async def test_a_real_limit_is_told_of_before_it_is_met(loopback: Loopback, plain: Plain) -> None:
    loopback.limits.enforced = True
    loopback.limits.routes[WHO] = (2, 30)
    first, second, third = [await plain.ask(WHO) for _ in range(3)]
    loopback.clock.pass_by(31)

    assert [each.headers["X-RateLimit-Remaining"] for each in (first, second, third)] == ["1", "0", "0"]
    assert [each.status for each in (first, second, third)] == [200, 200, 429]
    assert first.headers["X-RateLimit-Limit"] == "2"
    assert 29 < float(first.headers["X-RateLimit-Reset-After"]) <= 30
    assert (await plain.ask(WHO)).status == 200


async def test_each_channel_has_a_bucket_of_its_own_under_one_name(loopback: Loopback, plain: Plain) -> None:
    loopback.limits.enforced = True
    loopback.limits.most = 1
    guild = loopback.guild()
    channels = [guild["channels"][0], loopback.world.channel(guild, "other")]
    replies = [await plain.ask(f"GET /channels/{each['id']}") for each in channels]

    assert [each.status for each in replies] == [200, 200]
    assert len({each.headers["X-RateLimit-Bucket"] for each in replies}) == 1


async def test_only_so_many_are_answered_in_a_second_but_for_interactions(loopback: Loopback, plain: Plain) -> None:
    loopback.limits.enforced = True
    loopback.limits.most, loopback.limits.most_a_second = 100, 5
    replies = [await plain.ask(WHO) for _ in range(6)]
    callback = await plain.ask("POST /interactions/1/t/callback", {"type": 5}, token="")

    assert [each.status for each in replies] == [200] * 5 + [429]
    assert replies[-1].headers["X-RateLimit-Scope"] == "global"
    assert callback.refusal == (404, 10062)


async def test_discord_py_waits_a_limit_out(loopback: Loopback, say: str) -> None:
    channel = int(say.split("/")[2])
    async with discord.Client(intents=discord.Intents(guilds=True)) as client:
        await client.login(loopback.token)
        loopback.luck.limit(SAY, 0.3)
        loopback.luck.limit(WHO, 0.3, scope="global")
        await client.get_partial_messageable(channel).send("hello")

    assert said(loopback) == 1
    assert loopback.counted[SAY] == 2
