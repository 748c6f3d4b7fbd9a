"""A disk that is full: the bot ends with one sentence, and once there is room nothing is lost and nothing is twice."""

import asyncio
import contextlib
import os
import subprocess
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.synapse.conftest import NewPeer
from tests.synapse.homeserver import Homeserver
from tests.synapse.operating import Operator
from tests.synapse.peer import Peer

pytestmark = pytest.mark.long

# Room enough to start, and little more.
SIZE = "3m"


@pytest.fixture
def small(homeserver: Homeserver, tmp_path: Path) -> Generator[Operator]:
    """Return an operator whose data folder is a disk of its own, and a small one."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    operator = Operator(homeserver=homeserver, person=homeserver.register("small"), folder=tmp_path / "own")
    data = operator.folder / "data"
    data.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=0700", "tmpfs", str(data)]
    mounted = subprocess.run(mount, check=False)  # noqa: S603  Our own command.
    if mounted.returncode:
        pytest.skip("nothing can be mounted here")
    yield operator
    subprocess.run(["umount", str(data)], check=True)  # noqa: S603, S607  As above.


def fill(data: Path) -> Path:
    filler = data / "filler"
    filler.touch(mode=0o600)
    with filler.open("wb", buffering=0) as opened, contextlib.suppress(OSError):
        while True:
            opened.write(b"\0" * 4096)
    return filler


def bodies(peer: Peer, words: str) -> list[str]:
    return [heard.body for heard in peer.heard if words in heard.body]


async def test_a_full_disk_ends_the_bot_with_a_sentence_and_what_was_typed_meanwhile_is_done_once(
    small: Operator, new_peer: NewPeer
) -> None:
    ann, eve = await new_peer("ann"), await new_peer("eve")
    await asyncio.to_thread(small.init)
    with small.running() as process:
        group = await ann.make_group(small.person.user_id, eve.user_id)
        await eve.wait_until(lambda: group in eve.rooms)
        await ann.wait_for_people(group, small.person.user_id, eve.user_id)
        await ann.say(group, "!me")
        await ann.wait_for(lambda heard: "Nation" in heard.body)
        filler = await asyncio.to_thread(fill, small.folder / "data")
        await eve.say(group, "!rota new Evening tea, daily 20:00")
        await asyncio.to_thread(process.wait, 60)
    ended = await asyncio.to_thread(small.does, "run")
    filler.unlink()
    with small.running() as again:
        await eve.wait_for(lambda heard: "Evening tea" in heard.body and heard.room_id != group)
        await eve.say(group, "!rota show")
        await eve.wait_for(lambda heard: "1" in heard.body and "Evening tea" in heard.body and heard.room_id != group)

    assert (process.returncode, again.returncode) == (1, 0)
    assert "alongside: the disk is full" in small.told
    assert (ended[0], ended[1].startswith("alongside: the disk is full")) == (1, True), ended
    assert len(bodies(ann, "Evening tea")) <= 1
