"""For each test a bot and people of its own, on the one homeserver of the run."""

import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from tests.synapse.bot import Bot
from tests.synapse.homeserver import Homeserver
from tests.synapse.house import Host
from tests.synapse.peer import Peer

NewPeer = Callable[[str], Awaitable[Peer]]

_numbers = itertools.count(1)


@pytest.fixture
def bot(homeserver: Homeserver, tmp_path: Path) -> Bot:
    return Bot(homeserver=homeserver, person=homeserver.register(f"bot{next(_numbers)}"), folder=tmp_path)


@pytest.fixture
def host(homeserver: Homeserver, tmp_path: Path) -> Host:
    """Return a whole house, for the bot of this test alone."""
    return Host(homeserver=homeserver, account=homeserver.register(f"host{next(_numbers)}"), folder=tmp_path)


@pytest.fixture
async def new_peer(homeserver: Homeserver, tmp_path: Path) -> AsyncIterator[NewPeer]:
    """Return a function that lets someone of that name come onto the server."""
    peers = []

    async def come(name: str) -> Peer:
        person = homeserver.register(f"{name}{next(_numbers)}")
        peers.append(await Peer.come(homeserver, person, tmp_path / person.user_id))
        return peers[-1]

    yield come
    for peer in peers:
        await peer.go()
