"""A bot in a process of its own finds the loopback Discord by its environment, and never the real one."""

import asyncio
import sys

import pytest

from tests.discord.bare import TOKEN
from tests.discord.loopback import Loopback
from tests.discord.pointing import environment, point


async def test_another_process_finds_it(loopback: Loopback) -> None:
    channel = loopback.guild()["channels"][0]
    told = environment(loopback.url) | {TOKEN: loopback.token}
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.discord.bare", env=told)
    async with asyncio.timeout(60):
        status = await process.wait()

    assert status == 0
    assert [each["content"] for each in loopback.messages[channel["id"]]] == ["hello"]


@pytest.mark.parametrize("url", ["https://discord.com", "http://localhost.example.org:80", "http://0.0.0.0:80"])
def test_nothing_but_this_machine_is_pointed_at(url: str) -> None:
    with pytest.raises(ValueError, match="not on loopback"):
        point(url)
