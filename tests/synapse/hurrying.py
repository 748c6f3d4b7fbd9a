"""A loop whose time can be made to run faster, so that an hour passes in seconds and nothing of ours is changed."""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any


class _Selector(selectors.DefaultSelector):
    speed = 1.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        return super().select(timeout if timeout is None else timeout / self.speed)


class HurriedLoop(asyncio.SelectorEventLoop):
    """Everything on it that waits, waits in its own time."""

    def __init__(self) -> None:
        self._hurried = _Selector()
        self._here = self._there = 0.0
        super().__init__(self._hurried)

    def time(self) -> float:
        return self._there + (super().time() - self._here) * self._hurried.speed

    def hurry(self, speed: float) -> None:
        """Let time run so many times as fast from now on."""
        self._there, self._here = self.time(), super().time()
        self._hurried.speed = speed


def on_a_hurried_loop(work: Coroutine[Any, Any, None]) -> None:
    with asyncio.Runner(loop_factory=HurriedLoop) as runner:
        runner.run(work)


def this_loop() -> HurriedLoop:
    loop = asyncio.get_running_loop()
    assert isinstance(loop, HurriedLoop)
    return loop
