"""A meeting whose process is killed at any step of it is one room with one card, and both are in it."""

import sqlite3
from contextlib import closing

import pytest

from tests.discord.gateway import until
from tests.discord.house import Host
from tests.discord.loopback import Loopback
from tests.discord.luck import When
from tests.discord.making import PRIVATE_THREAD
from tests.discord.permissions import Json
from tests.discord.test_crashes import THREAD
from tests.discord.test_house import Village

LET_IN = "PUT /channels/{channel_id}/thread-members/{user_id}"
IS_IN = "GET /channels/{channel_id}/thread-members/{user_id}"
CARD = "POST /channels/{room}/messages"
CLOSING = "DELETE /channels/{channel_id}"


def rooms(loopback: Loopback) -> list[Json]:
    return [channel for channel in loopback.channels.values() if channel["type"] == PRIVATE_THREAD]


def is_begun(host: Host) -> bool:
    """Whether the meeting is over for the outbox, and the bot's going waits in it."""
    with closing(sqlite3.connect(host.folder / "alongside.db")) as database:
        bodies = database.execute("SELECT body FROM outbox WHERE done_at IS NULL").fetchall()
    return any(body.startswith('{"room":') for (body,) in bodies)


@pytest.mark.long
@pytest.mark.parametrize("when", list(When))
@pytest.mark.parametrize("step", [THREAD, LET_IN, IS_IN, CARD])
async def test_a_meeting_that_is_cut_short_is_one_room_with_one_card_and_both_in_it(
    loopback: Loopback, host: Host, step: str, when: When
) -> None:
    village = Village(loopback)
    async with host.dying():
        making = loopback.luck.slow(THREAD, 60 if step == THREAD else 0.3, when=when if step == THREAD else When.AFTER)
        await village.agree()
        await until(lambda: making.happened and (rooms(loopback) or step == THREAD), 20)
        path = step.format(room=rooms(loopback)[0]["id"]) if step == CARD else step
        cut = making if step == THREAD else loopback.luck.slow(path, 60, when=when)
        await until(lambda: cut.happened, 20)
    loopback.luck.mend()
    async with host.running():
        await until(lambda: is_begun(host), 20)

    [room] = rooms(loopback)
    assert len(village.said("What was agreed")) == 1
    assert loopback.world.thread_members[room["id"]].keys() >= {user["id"] for user in village.both}


async def test_an_ending_that_is_cut_short_is_gone_on_with(loopback: Loopback, host: Host) -> None:
    village = Village(loopback)
    async with host.dying():
        card = await village.meet()
        cut = loopback.luck.slow(CLOSING, 60)
        await loopback.people.press(card, village.ann, "Step away")
        await until(lambda: cut.happened, 20)
    loopback.luck.mend()
    async with host.running():
        await until(lambda: not rooms(loopback), 20)
