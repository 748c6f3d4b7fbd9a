"""A thousand messages at once in one room: commands among them are answered once each, and nobody else waits."""

import asyncio
import time
from pathlib import Path

import pytest

from tests.synapse.conftest import NewPeer
from tests.synapse.homeserver import Homeserver
from tests.synapse.lives import Lives, lives
from tests.synapse.peer import Peer

pytestmark = pytest.mark.long

MESSAGES = 1000
ONE_IN = 40
AT_ONCE = 20
LONGEST_WAIT_SECONDS = 10
MOST_MEGABYTES = 40


async def flood(peer: Peer, room_id: str, numbers: range) -> None:
    """Write a message for each number, many at a time, every so often a command."""
    for first in numbers[::AT_ONCE]:
        texts = ("!me" if number % ONE_IN == 0 else f"chatter {number}" for number in range(first, first + AT_ONCE))
        await asyncio.gather(*(peer.say(room_id, text) for text in texts))


def told(peer: Peer) -> int:
    return len([heard for heard in peer.heard if "This is how I do things for you" in heard.body])


async def asked(peer: Peer, room_id: str) -> float:
    """Let someone ask; return how long the answer took, in seconds."""
    before, begun = told(peer), time.monotonic()
    await peer.say(room_id, "!me")
    await peer.wait_until(lambda: told(peer) > before)
    return time.monotonic() - begun


async def megabytes(bot: Lives) -> float:
    assert bot.process is not None
    status = await asyncio.to_thread(Path(f"/proc/{bot.process.pid}/status").read_text)
    [line] = [line for line in status.splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1]) / 1024


@pytest.mark.parametrize("encrypted", [False, True], ids=["plain", "encrypted"])
async def test_a_flood_in_one_room_is_answered_once_each_and_holds_up_no_other_room(
    homeserver: Homeserver,
    new_peer: NewPeer,
    tmp_path: Path,
    encrypted: bool,  # noqa: FBT001  A parameter of the test.
) -> None:
    ann, bob = await new_peer("ann"), await new_peer("bob")
    account = homeserver.register(f"flooded{encrypted}".casefold())
    async with lives(homeserver, account, tmp_path) as bot:
        await bot.begin()
        await ann.wait_until(lambda: any("/sync" in request.path for request in bot.between.seen), 90)
        group = await ann.make_group(account.user_id, encrypted=encrypted)
        other = await bob.make_group(account.user_id)
        await ann.wait_for_people(group, account.user_id)
        await bob.wait_for_people(other, account.user_id)
        for peer, room in ((ann, group), (bob, other)):
            await asked(peer, room)
        before = await megabytes(bot)
        flooding = asyncio.create_task(flood(ann, group, range(MESSAGES)))
        waits = [await asked(bob, other) for _ in range(5)]
        await flooding
        await ann.wait_until(lambda: told(ann) == 1 + MESSAGES // ONE_IN, 60)
        await ann.say(group, "!group")
        await ann.wait_for(lambda heard: "This is how this group has things" in heard.body)
        after = await megabytes(bot)

    assert told(ann) == 1 + MESSAGES // ONE_IN
    assert max(waits) < LONGEST_WAIT_SECONDS
    assert after - before < MOST_MEGABYTES
