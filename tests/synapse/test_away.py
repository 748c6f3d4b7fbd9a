"""A server that is away for an hour: the bot waits, asks seldom, and goes on where it was."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from bot.domain.commands import Typed
from bot.domain.saying import Say
from tests.fakes.answering import echo
from tests.synapse.bot import Bot
from tests.synapse.deeds import in_a_group, said
from tests.synapse.homeserver import Homeserver
from tests.synapse.hurrying import on_a_hurried_loop, this_loop
from tests.synapse.peer import Peer

pytestmark = pytest.mark.long

HOUR_SECONDS = 3600
MOST_IN_A_MINUTE = 10


@contextlib.asynccontextmanager
async def away(homeserver: Homeserver) -> AsyncIterator[Counter[int]]:
    """Stop the server; where it was, requests are counted by the minute and nobody answers."""
    await asyncio.to_thread(homeserver.stop)
    minutes: Counter[int] = Counter()
    began = this_loop().time()

    def asked(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        minutes[int(this_loop().time() - began) // 60] += 1
        writer.close()

    listening = await asyncio.start_server(asked, "127.0.0.1", urlsplit(homeserver.url).port)
    try:
        yield minutes
    finally:
        listening.close()
        await listening.wait_closed()
        await asyncio.to_thread(homeserver.resume)


def write(homeserver: Homeserver, peer: Peer, room_id: str, text: str) -> None:
    """Write without waiting for anything on this loop."""
    path = f"/_matrix/client/v3/rooms/{quote(room_id)}/send/m.room.message/{quote(text)}"
    homeserver.ask("PUT", path, {"msgtype": "m.text", "body": text}, peer.client.access_token)


async def an_hour_away(homeserver: Homeserver, folder: Path) -> None:
    bot = Bot(homeserver=homeserver, person=homeserver.register("waiting"), folder=folder)
    heard = asyncio.Event()

    def answer(typed: Typed) -> Say:
        if typed.text == "after":
            heard.set()
        return echo(typed)

    bot.answering.answer = answer
    ann = await Peer.come(homeserver, homeserver.register("anaway"), folder / "ann")
    async with bot.running():
        group = await in_a_group(bot, ann, encrypted=False)
        await ann.say(group, "!before")
        await ann.wait_for(said("before"))
        async with away(homeserver) as minutes:
            this_loop().hurry(240)
            await asyncio.sleep(HOUR_SECONDS)
            this_loop().hurry(1)
        await asyncio.to_thread(write, homeserver, ann, group, "!after")
        this_loop().hurry(20)
        await heard.wait()
        this_loop().hurry(1)
        await ann.wait_for(said("after"))
    await ann.go()

    assert max(minutes.values()) <= MOST_IN_A_MINUTE
    assert max(count for minute, count in minutes.items() if minute >= 5) <= 2
    assert len(minutes) >= 50
    assert [message.body for message in ann.heard if "after" in message.body] == ["You said: after"]


def test_an_hour_without_its_server_is_waited_out_with_few_requests_and_nothing_lost(
    homeserver: Homeserver, tmp_path: Path
) -> None:
    on_a_hurried_loop(an_hour_away(homeserver, tmp_path))
