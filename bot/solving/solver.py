"""Asks HiGHS, in a process of its own: one that hangs, crashes or eats the machine's time takes nobody with it.

A process for each question costs a moment to start, and nothing while nobody asks. It is given numbers and is told
nothing else: no id, no name, no token of the bot's.
"""

import asyncio
import contextlib
import os
import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

import msgspec
from whenever import TimeDelta

import bot
from bot.domain.rota.breaches import check
from bot.domain.rota.fairness import Problem, Suggestion
from bot.ports.solving import NotInstalledError, TooLongError, UnsolvedError
from bot.solving.child import NOT_INSTALLED, TOO_LONG
from bot.solving.numbers import Asked, Choice, Found, Numbers, choices, in_numbers

CHILD = (sys.executable, "-P", "-m", "bot.solving.child")
PATIENCE = TimeDelta(seconds=30)
# For starting, and for ending by itself when its time is over.
GRACE = TimeDelta(seconds=10)
_HERE = Path(bot.__file__).parent.parent


class HighsSolver:
    """Answers one question after another; `patience` is for the turn and the answer together.

    A process that has not answered `grace` after that is ended.
    """

    def __init__(
        self,
        *,
        threads: int = 2,
        patience: TimeDelta = PATIENCE,
        grace: TimeDelta = GRACE,
        child: Sequence[str] = CHILD,
    ) -> None:
        self._threads = threads
        self._patience = patience.total("seconds")
        self._grace = grace.total("seconds")
        self._child = child
        self._turn = asyncio.Lock()

    @property
    def installed(self) -> bool:
        """As the port says."""
        return find_spec("highspy") is not None

    async def fairest(self, problem: Problem) -> Suggestion:
        """As the port says."""
        of, numbers = await asyncio.to_thread(_in_numbers, problem)
        found = await self._found(numbers) if of else Found(taken=(), within=0)
        return await asyncio.to_thread(_suggestion, problem, of, found)

    async def _found(self, numbers: Numbers) -> Found:
        time = asyncio.get_running_loop().time
        until = time() + self._patience
        try:
            async with asyncio.timeout_at(until + self._grace), self._turn:
                asked = Asked(numbers=numbers, seconds=max(0.0, until - time()), threads=self._threads)
                return await _answer(self._child, asked)
        except TimeoutError as error:
            raise TooLongError from error


async def _answer(child: Sequence[str], asked: Asked) -> Found:
    process = await asyncio.create_subprocess_exec(
        *child,
        env=_environment(),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert process.stdin is not None  # noqa: S101  Both were asked for.
    assert process.stdout is not None  # noqa: S101  As above.
    try:
        with contextlib.suppress(ConnectionError):  # It ended before it heard all, and its status says why.
            process.stdin.write(msgspec.json.encode(asked) + b"\n")
            await process.stdin.drain()
        told = await process.stdout.read()
        status = await process.wait()
    finally:
        process.stdin.close()
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    return _understood(told, status)


def _understood(told: bytes, status: int) -> Found:
    if status == NOT_INSTALLED:
        raise NotInstalledError
    if status == TOO_LONG:
        raise TooLongError
    try:
        return msgspec.json.decode(told, type=Found)
    except msgspec.DecodeError as error:
        raise UnsolvedError(f"it ended with {status}") from error


def _in_numbers(problem: Problem) -> tuple[tuple[Choice, ...], Numbers]:
    of = choices(problem)
    return of, in_numbers(problem, of)


def _suggestion(problem: Problem, of: Sequence[Choice], found: Found) -> Suggestion:
    """Return what was found, if nothing is wrong with it. Raises `RuntimeError` otherwise: that is a bug."""
    taken = [of[choice] for choice in found.taken]
    pairs = [(choice.opening.key, choice.who.person) for choice in taken]
    suggestion = Suggestion.of(problem, pairs, within=found.within)
    breaches = check(problem, suggestion)
    if breaches:
        raise RuntimeError(f"not a suggestion: {', '.join(sorted({breach.kind for breach in breaches}))}")
    return suggestion


def _environment() -> Mapping[str, str]:
    """Return what Python needs to start, and nothing of what the bot was told."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT") if name in os.environ}
    path = os.pathsep.join((str(_HERE), *filter(None, [os.environ.get("PYTHONPATH")])))
    return kept | {"PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1"}
