"""What an encrypted file costs: the same commands through the whole house, on one in clear and on one encrypted."""

import asyncio
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from whenever import TimeDelta

from bot.store.database import Database
from bot.store.migrating import migrate
from tests.bench.result import Result, of_rounds
from tests.scenarios.memory import MemoryStage
from tests.scenarios.stage import ASH, BEA, CAI

ROUNDS = 7
COMMANDS = 120
# Thirty things a minute from one person are heard; the clock goes on by a minute between rounds.
READS, KEEPS = "me", "sit open 2 hours"
KEY = "0123456789abcdef" * 4


def run() -> Iterator[Result]:
    """Measure a command that reads and one that keeps something."""
    with tempfile.TemporaryDirectory() as name:
        yield from asyncio.run(_measured(Path(name)))


async def _measured(folder: Path) -> list[Result]:
    stages = [await _stage(folder / "encrypted.db", KEY), await _stage(folder / "clear.db", None)]
    results = []
    for kind, text in (("reads", READS), ("keeps", KEEPS)):
        rounds: tuple[list[float], list[float]] = ([], [])
        for _ in range(ROUNDS):
            for stage, seconds in zip(stages, rounds, strict=True):
                seconds.append(await _round(stage, text))
        results.append(of_rounds(f"encrypted-{kind}", *rounds, aim=None, what="seconds a command"))
    for stage in stages:
        await stage.house.close()
    return results


async def _stage(file: Path, key: str | None) -> MemoryStage:
    url = f"sqlite+aiosqlite:///{file}"
    database = Database.at(url, key)
    await migrate(database)
    await database.close()
    return await MemoryStage.on(url, key=key)


async def _round(stage: MemoryStage, text: str) -> float:
    took = 0.0
    for _ in range(COMMANDS // 60):
        await stage.goes_by(TimeDelta(minutes=2))
        began = time.perf_counter()
        for _ in range(20):
            for person in (ASH, BEA, CAI):
                await stage.types(person, text)
        took += time.perf_counter() - began
    return took / COMMANDS
