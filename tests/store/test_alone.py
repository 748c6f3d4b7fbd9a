"""One process on an account: PostgreSQL tells two machines of each other."""

import asyncio
import os
import signal
import subprocess
import sys

import pytest

from bot.store.database import Database

NAME = "account:@alongside:example.org"
HOLDS = """
import asyncio, sys
from bot.store.database import Database
async def hold():
    database = Database.at(sys.argv[1])
    print(await database.keep_alone(sys.argv[2]), flush=True)
    await asyncio.sleep(60)
asyncio.run(hold())
"""


def another(url: str) -> tuple[subprocess.Popen[str], str]:
    """Let another process hold the name; return what it was told."""
    process = subprocess.Popen([sys.executable, "-c", HOLDS, url, NAME], stdout=subprocess.PIPE, text=True)  # noqa: S603  Our own code.
    assert process.stdout
    return process, process.stdout.readline().strip()


async def is_free(url: str) -> bool:
    database = Database.at(url)
    try:
        return await database.keep_alone(NAME)
    finally:
        await database.close()


async def test_a_name_that_another_process_holds_is_not_free_until_that_one_is_killed(postgresql_url: str) -> None:
    process, told = await asyncio.to_thread(another, postgresql_url)
    during = await is_free(postgresql_url)
    os.kill(process.pid, signal.SIGKILL)
    await asyncio.to_thread(process.communicate)
    async with asyncio.timeout(10):
        while not await is_free(postgresql_url):
            pass

    assert (told, during) == ("True", False)


async def test_closing_the_database_lets_go_of_the_name(postgresql_url: str) -> None:
    assert [await is_free(postgresql_url), await is_free(postgresql_url)] == [True, True]


async def test_two_names_are_held_side_by_side(database: Database) -> None:
    held = [await database.keep_alone(NAME), await database.keep_alone(f"{NAME}:other")]

    assert held == [True, True]
    async with database.transaction():
        pass


@pytest.mark.parametrize("times", [1, 2])
async def test_a_sqlite_file_has_one_house_and_every_name_is_free(sqlite_url: str, times: int) -> None:
    assert [await is_free(sqlite_url) for _ in range(times)] == [True] * times
