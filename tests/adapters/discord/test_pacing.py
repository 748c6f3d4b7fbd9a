"""The pace of what is sent by itself: Discord refuses nothing of it for being too much."""

import asyncio

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
