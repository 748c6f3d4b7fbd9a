"""Open hours in a house that goes down and comes up again, and in two houses on one database: each is said once."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from whenever import TimeDelta

from bot.ports.chat import ChatError
from tests.cogs.sit.test_two_houses import Houses, houses
from tests.scenarios.memory import ROOM, MemoryStage
from tests.scenarios.stage import ASH, BEA
from tests.tables import with_tables

__all__ = ["houses"]

MINUTE, HOUR = TimeDelta(minutes=1), TimeDelta(hours=1)
BEGINS, OVER = "There is an open hour here, until", "The open hour is over."


class Lives:
    """One database, one world, and one house after another."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._lives = 0
        self.stage: MemoryStage

    async def begin(self, *, down_for: TimeDelta = TimeDelta.ZERO) -> MemoryStage:
        """Let the house go, if there is one, time go by, and another take its place."""
        before = self.stage if self._lives else None
        if before is not None:
            await before.house.close()
        self._lives += 1
        self.stage = await MemoryStage.on(self._url, first=1000 * self._lives)
        if before is not None:
            self.stage.clock.time = before.clock.now() + down_for
            self.stage.world = self.stage.house.worlds["fake"] = before.world
        await self.stage.settled()
        return self.stage


@pytest.fixture
async def lives(tmp_path: Path) -> AsyncGenerator[Lives]:
    lives = Lives(with_tables(tmp_path / "alongside.db"))
    await lives.begin()
    yield lives
    await lives.stage.house.close()


def heard(stage: MemoryStage, words: str) -> list[str]:
    """Return what the room heard that begins so."""
    texts = [stage._text(said) for said in stage.world.public[ROOM]]  # noqa: SLF001  As the stage itself reads it.
    return [text for text in texts if text.startswith(words)]


async def test_each_is_said_once_however_often_the_house_goes_down(lives: Lives) -> None:
    await lives.stage.types(ASH, "sit together open quiet, in 1 hour")
    await lives.begin()
    stage = await lives.begin(down_for=HOUR)
    for _ in range(3):
        stage = await lives.begin(down_for=15 * MINUTE)
        await stage.goes_by(MINUTE)
    await lives.begin(down_for=HOUR)
    stage = await lives.begin()

    assert (len(heard(stage, BEGINS)), len(heard(stage, OVER))) == (1, 1)
    assert (await stage.rows())["open_hours"] == 0


async def test_down_at_the_beginning_it_is_said_late_and_down_until_the_end_it_is_not_said(lives: Lives) -> None:
    await lives.stage.types(ASH, "sit together open quiet, in 1 hour")
    await lives.stage.types(BEA, "sit together open talk, in 5 hours")
    stage = await lives.begin(down_for=HOUR + 40 * MINUTE)
    late = heard(stage, BEGINS)
    await stage.goes_by(20 * MINUTE)
    stage = await lives.begin(down_for=9 * HOUR)

    assert [text.partition(". ")[0] for text in late] == [f"{BEGINS} 14:00: quiet company"]
    assert (heard(stage, BEGINS), len(heard(stage, OVER))) == (late, 1)
    assert (await stage.rows())["open_hours"] == 0


async def test_a_house_that_dies_before_the_room_has_heard_says_it_in_its_next_life(lives: Lives) -> None:
    lives.stage.world.refuses = [ChatError("away", permanent=False)] * 9
    await lives.stage.types(ASH, "sit together open quiet")
    before = heard(lives.stage, BEGINS)
    lives.stage.world.refuses.clear()
    stage = await lives.begin(down_for=5 * MINUTE)

    assert (before, len(heard(stage, BEGINS))) == ([], 1)


async def test_two_houses_say_the_beginning_and_the_end_of_a_shifts_open_hour_once(houses: Houses) -> None:
    one, _ = houses
    await one.types(ASH, "rota new Tea, daily 20:00")
    await one.types(BEA, "rota join today")
    await one.types(ASH, "rota together 1")
    for time in (8 * HOUR, MINUTE, HOUR):
        for stage in houses:
            stage.clock.move(time)
        await asyncio.gather(*(stage.settled() for stage in houses))
    told = [len(heard(one, words)) for words in (BEGINS, OVER)]

    assert told == [1, 1]
    assert (await one.rows())["open_hours"] == 0
