"""A loopback Discord for each test, that found no fault with anything by the end, and the least that can ask it."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession

from tests.discord.described import needed
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
