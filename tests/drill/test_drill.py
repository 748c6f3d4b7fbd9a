"""The drill: a bot is backed up while it runs, lives on, is killed, loses all it has, and comes back days later."""

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import text
from whenever import Date, Instant, Time

from bot.store.database import Database
from bot.store.sealing import new_identity
from bot.store.tables import metadata
from tests.scenarios.stage import ASH, BEA, CAI
from tests.store.everything import contents

LONGEST = 90
# What people do who are not looked at: each of them something that is kept.
ACTIVITY = (
    "me zone Europe/Paris",
    "me nation scotland",
    "rota remind 2 hours",
    "sit open 2 hours",
    "sit pause",
    "rota join tomorrow",
    "rota leave tomorrow",
    "rota mine",
    "me reach mention",
)


class Bot:
    """A process of the bot's, told what happens line by line."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def start(cls, config: Path, now: Instant, first: int) -> "Bot":
        words = (str(config), str(now.timestamp(unit="millisecond")), str(first))
        command = [sys.executable, "-m", "tests.drill.bot", *words]
        pipe = asyncio.subprocess.PIPE
        return cls(await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe))

    async def heard(self) -> list[tuple[str, str]]:
        """Return what was said since the last time: to whom, and what."""
        assert self._process.stdout
        async with asyncio.timeout(LONGEST):
            line = await self._process.stdout.readline()
        return [(to, said) for to, _, said in json.loads(line)]

    async def when(self, *what: Any) -> list[tuple[str, str]]:  # noqa: ANN401  Words and numbers.
        """Let something happen, and return what was said on it."""
        assert self._process.stdin
        self._process.stdin.write(f"{json.dumps(what)}\n".encode())
        await self._process.stdin.drain()
        return await self.heard()

    async def kill(self) -> None:
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()


@dataclass(frozen=True, kw_only=True)
class Place:
    """A machine with a bot on it."""

    folder: Path
    url: str

    @property
    def config(self) -> Path:
        return self.folder / "alongside.toml"

    async def runs(self, *words: str) -> str:
        """Run a command, which must end well, and return what it says."""
        command = [sys.executable, "-m", "bot", *words, "--config", str(self.config)]
        done = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, timeout=LONGEST)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        return str(done.stdout)

    async def loses_everything(self) -> None:
        """Lose the data folder and every table."""
        for file in (self.folder / "data").iterdir():
            file.unlink()
        if self.url.startswith("postgresql"):
            database = Database.at(self.url)
            async with database.engine.begin() as connection:
                for name in (*metadata.tables, "alembic_version"):
                    await connection.execute(text(f"DROP TABLE {name} CASCADE"))
            await database.close()

    async def everything(self) -> str:
        """Return all that is kept, to look for somebody in it."""
        database = Database.at(self.url)
        rows = repr(await contents(database))
        await database.close()
        return rows + repr([file.read_bytes() for file in (self.folder / "data").iterdir()])


@pytest.fixture
def place(tmp_path: Path, url_with_tables: str) -> Place:
    """Return a machine that is set up and holds no private key."""
    identity, recipient = new_identity()
    folder = tmp_path / "machine"
    (folder / "data").mkdir(mode=0o700, parents=True)
    is_sqlite = url_with_tables.startswith("sqlite")
    url = f"sqlite+aiosqlite:///{folder}/data/alongside.db" if is_sqlite else url_with_tables
    database = "" if is_sqlite else f'database = "{url}"\n'
    (folder / "alongside.toml").write_text(f'data = "data"\n{database}[backup]\nrecipients = ["{recipient}"]\n')
    (tmp_path / "key.txt").touch(mode=0o600)
    (tmp_path / "key.txt").write_text(identity)
    return Place(folder=folder, url=url)


@pytest.fixture
async def bots() -> AsyncGenerator[list[Bot]]:
    running: list[Bot] = []
    yield running
    for bot in running:
        await bot.kill()


def at(day: Date, hour: int, minute: int) -> Instant:
    """Return a moment by the clock on the group's wall."""
    return day.at(Time(hour, minute)).assume_tz("Europe/London").to_instant()


async def some_activity(bot: Bot, random: Random, *people: str) -> None:
    for _ in range(6):
        await bot.when("types", random.choice(people), random.choice(ACTIVITY))


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.long)])
async def test_the_drill(place: Place, bots: list[Bot], tmp_path: Path, seed: int) -> None:
    random = Random(seed)  # noqa: S311  Dice, and no secrets.
    today = Instant.now().to_tz("Europe/London").date()
    first = await Bot.start(place.config, at(today, 12, 0), first=1)
    bots.append(first)
    await first.heard()
    before = await first.when("types", ASH, "rota new Evening tea, daily 20:00, 1 hour, words: The kettle is on.")
    for person in (ASH, BEA):
        before += await first.when("types", person, "rota join every week")
    before += await first.when("types", BEA, "me zone Asia/Kolkata")
    await some_activity(first, random, CAI)
    told = await place.runs("backup")

    before += await first.when("types", CAI, "rota new Late soup, daily 22:00")
    await some_activity(first, random, CAI, BEA)
    before += await first.when("goes by", 24 * 60)
    await first.when("leaves", BEA)
    await first.kill()
    await place.loses_everything()
    restored = await place.runs("restore", told.partition(",")[0], "--identity", str(tmp_path / "key.txt"))

    # Two days after the backup, ten minutes before Ash's shift, in a process that heard nothing of all that.
    second = await Bot.start(place.config, at(today.add(days=2), 19, 50), first=1000)
    bots.append(second)
    at_once = await second.heard()
    shown = await second.when("types", ASH, "rota show")
    later = await second.when("goes by", 15)
    kept = await place.everything()
    pings = [to for to, said in at_once if "Your shift" in said]
    openings = [said for _, said in later if "The kettle is on" in said]

    assert "of 1 who were forgotten since, nothing" in restored
    assert pings == ["fake:ash"]
    assert len(openings) == 1
    assert (ASH in openings[0], BEA in openings[0]) == (True, False)
    assert "Late soup" not in repr(shown)
    assert "fake:bea" not in kept
    assert "Asia/Kolkata" not in kept
    assert "fake:ash" in kept
    assert not [said for _, said in at_once if "There is a new rota" in said]
    assert [said for _, said in before if "There is a new rota: Evening tea" in said]
