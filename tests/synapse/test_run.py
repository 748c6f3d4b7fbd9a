"""`alongside run`, as an operator runs it: a process of its own, on two accounts at once."""

import asyncio
import signal
import sys
from pathlib import Path

from tests.synapse.conftest import NewPeer
from tests.synapse.homeserver import Homeserver, Person

_CONFIG = """
[[worlds.matrix]]
name = "{name}"
homeserver = "{url}"
account = "{account}"
password_file = "{name}.secret"
[worlds.matrix.defaults]
nation = "{nation}"
"""


def add_world(folder: Path, name: str, url: str, account: Person, nation: str) -> None:
    secret = folder / f"{name}.secret"
    secret.touch(mode=0o600)
    secret.write_text(account.password)
    block = _CONFIG.format(name=name, url=url, account=account.user_id, nation=nation)
    config = folder / "alongside.toml"
    config.write_text((config.read_text() if config.exists() else 'data = "data"\n') + block)


async def test_two_accounts_are_served_at_once_each_with_its_own_ways_until_it_is_asked_to_stop(
    homeserver: Homeserver, new_peer: NewPeer, tmp_path: Path
) -> None:
    north, south = homeserver.register("north"), homeserver.register("south")
    add_world(tmp_path, "north", homeserver.url, north, "scotland")
    add_world(tmp_path, "south", homeserver.url, south, "wales")
    peer = await new_peer("ash")
    command = ("-m", "bot", "run", "--config", str(tmp_path / "alongside.toml"))
    process = await asyncio.create_subprocess_exec(sys.executable, *command, stderr=asyncio.subprocess.PIPE)
    answers = []
    for account in (north, south):
        group = await peer.make_group(account.user_id)
        await peer.wait_for_people(group, account.user_id)
        await peer.say(group, "!me")
        answers.append(await peer.wait_for(lambda heard: "for you in this group" in heard.body))
    process.send_signal(signal.SIGTERM)
    _, log = await process.communicate()

    assert ["Scotland" in answers[0].body, "Wales" in answers[1].body] == [True, True]
    assert [answer.sender for answer in answers] == [north.user_id, south.user_id]
    assert process.returncode == 0
    assert b"ash" not in log
    assert oct((tmp_path / "data").stat().st_mode & 0o777) == oct(0o700)
    loose = [str(file) for file in (tmp_path / "data").rglob("*") if file.is_file() and file.stat().st_mode & 0o077]
    assert loose == []
