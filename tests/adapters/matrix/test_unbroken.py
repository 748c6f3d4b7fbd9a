"""Work that is not broken off."""

import asyncio

import pytest

from bot.adapters.matrix.unbroken import Unbroken


async def test_what_was_begun_goes_on_when_whoever_asked_is_gone() -> None:
    unbroken, begun, may_end, done = Unbroken(), asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def work() -> None:
        begun.set()
        await may_end.wait()
        done.set()

    asker = asyncio.create_task(unbroken.run(work()))
    await begun.wait()
    asker.cancel()
    await asyncio.wait([asker])
    may_end.set()
    await unbroken.rest()

    assert asker.cancelled()
    assert done.is_set()


async def test_whoever_still_waits_hears_how_it_went() -> None:
    async def work() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await Unbroken().run(work())
