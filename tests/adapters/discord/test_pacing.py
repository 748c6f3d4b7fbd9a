"""The pace of what is sent by itself: Discord refuses nothing of it for being too much."""

import asyncio
import time

from bot.adapters.discord.pacing import Pace


async def test_who_comes_alone_does_not_wait() -> None:
    loop = asyncio.get_running_loop()
    began = loop.time()
    await Pace(a_second=0.01).turn()

    assert loop.time() - began < 1


async def test_many_at_once_get_their_turns_one_after_another() -> None:
    loop, pace = asyncio.get_running_loop(), Pace(a_second=50)
    began = loop.time()
    await asyncio.gather(*(pace.turn() for _ in range(11)))

    assert loop.time() - began >= 10 / 50 - 0.001


async def test_turns_of_a_while_that_all_stood_still_are_not_made_up_for_at_once() -> None:
    loop, pace = asyncio.get_running_loop(), Pace(a_second=20)
    turns: list[float] = []

    async def take() -> None:
        await pace.turn()
        turns.append(loop.time())

    waiting = [asyncio.create_task(take()) for _ in range(12)]
    await asyncio.sleep(0.07)
    time.sleep(0.3)  # noqa: ASYNC251  Nothing goes on, as when the machine is busy.
    began = loop.time()
    await asyncio.gather(*waiting)

    assert len([at for at in turns if began <= at < began + 0.2]) <= 0.2 * 20 + 2
