"""Long work in pieces: between any two of them, whoever waits has a turn."""

import asyncio
from itertools import pairwise

from nio import AsyncClient

from bot.adapters.matrix.pieces import Pieces


async def test_between_two_pieces_of_anybodys_work_others_have_a_turn() -> None:
    pieces, done = Pieces(AsyncClient("http://example.org")), []

    async def long_work(name: str) -> None:
        for _ in range(3):
            await pieces.do(lambda: done.append(name))

    async def short_work() -> None:
        while True:
            done.append("else")
            await asyncio.sleep(0)

    other = asyncio.create_task(short_work())
    await asyncio.gather(long_work("one"), long_work("two"))
    other.cancel()

    assert sorted(name for name in done if name != "else") == ["one"] * 3 + ["two"] * 3
    assert [both for both in pairwise(done) if "else" not in both] == []
