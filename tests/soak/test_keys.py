"""A bot that is killed while it puts keys on the server can be reached all the same, by whoever was given one."""

import signal
from pathlib import Path

import pytest

from tests.soak.process import settled
from tests.synapse.conftest import NewPeer, new_peer
from tests.synapse.homeserver import Homeserver

pytestmark = pytest.mark.long

__all__ = ["new_peer"]


@pytest.mark.parametrize(
    "step",
    [
        "one-time keys: before they are uploaded",
        "one-time keys: after the server has them",
        "one-time keys: after they were uploaded",
        "fallback key: after the server has it",
    ],
)
async def test_a_bot_that_was_killed_while_uploading_keys_can_be_reached(
    homeserver: Homeserver, new_peer: NewPeer, tmp_path: Path, step: str
) -> None:
    ann = await new_peer("ann")
    account = homeserver.register(f"keys{abs(hash(step))}")
    async with settled(tmp_path / "process", homeserver.url, account) as process:
        await process.start(0, step)
        status = await process.ended(60)
        await process.start(0)
        await process.serves()
        group = await ann.make_group(account.user_id)
        await ann.wait_for_people(group, account.user_id)
        await ann.say(group, "!me")
        answer = await ann.wait_for(lambda heard: "Nation" in heard.body)

    assert status == -signal.SIGKILL
    assert answer.encrypted
