"""A loopback Discord for each test, that found no fault with anything by the end, and the least that can ask it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession
from whenever import TimeDelta

from bot.adapters.discord import identifying
from tests.discord.described import needed
from tests.discord.house import Host
from tests.discord.loopback import Loopback
from tests.discord.plain import Plain


@pytest.fixture
async def loopback() -> AsyncIterator[Loopback]:
    needed()
    made = Loopback()
    made.checks_itself = True
    async with made.served():
        yield made
    assert made.faults == []
    assert made.own_faults == []
    assert made.gateway.faults == []


@pytest.fixture
async def plain(loopback: Loopback) -> AsyncIterator[Plain]:
    async with ClientSession() as session:
        yield Plain(loopback, session)


@pytest.fixture
def host(loopback: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Host:
    """A house that may identify as often as it starts."""
    loopback.gateway.identify_every = 0
    monkeypatch.setattr(identifying, "EVERY", TimeDelta())
    return Host(loopback=loopback, folder=tmp_path)
