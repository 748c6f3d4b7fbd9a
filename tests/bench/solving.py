"""Twelve weeks of three shifts a day and sixty people: how long until what is fairest is found and proven."""

import asyncio
import resource
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from whenever import TimeDelta

from bot.domain.rota.fairness import Problem, Suggestion, missing, unevenness
from bot.solving.highs import solve
from bot.solving.numbers import Asked, choices, in_numbers
from bot.solving.solver import HighsSolver
from tests.bench.result import Result
from tests.domain.rota.openings import town

ROUNDS = 5
AIM_SECONDS = 10.0
PATIENCE = TimeDelta(seconds=120)
_LOOKS_EVERY_SECONDS = 0.005


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One problem: seconds for its numbers, for HiGHS alone, and for all of it; the loop's longest stall, in seconds.

    `memory` is the most that any process so far took, in MB.
    """

    numbers: float
    solving: float
    trip: float
    stall: float
    memory: float
    worth: tuple[int, int, int]


def run() -> Iterator[Result]:
    """Solve five problems, each in this process and then as the bot does it."""
    rounds = [asyncio.run(_round(town(weeks=12, people=60, seed=seed))) for seed in range(ROUNDS)]
    worths = "; ".join("{} empty, {} from even, within {}".format(*each.worth) for each in rounds)
    yield _result("numbers", "seconds to put it into numbers", rounds, lambda each: each.numbers)
    yield _result("highs", "seconds for HiGHS alone", rounds, lambda each: each.solving)
    yield _result("trip", f"seconds from question to answer ({worths})", rounds, lambda each: each.trip, AIM_SECONDS)
    yield _result("stall", "seconds that the loop stood still at most", rounds, lambda each: each.stall)
    yield _result("memory", "MB that the process took", rounds, lambda each: each.memory)


async def _round(problem: Problem) -> Round:
    began = time.perf_counter()
    of = choices(problem)
    numbers = in_numbers(problem, of)
    numbered = time.perf_counter()
    await asyncio.to_thread(solve, Asked(numbers=numbers, seconds=PATIENCE.total("seconds"), threads=2))
    solved = time.perf_counter()
    watching = asyncio.create_task(_longest_stall(enough := asyncio.Event()))
    suggestion = await HighsSolver(patience=PATIENCE).fairest(problem)
    ended = time.perf_counter()
    enough.set()
    return Round(
        numbers=numbered - began,
        solving=solved - numbered,
        trip=ended - solved,
        stall=await watching,
        memory=resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
        worth=_worth(problem, suggestion),
    )


async def _longest_stall(enough: asyncio.Event) -> float:
    longest = 0.0
    while not enough.is_set():
        before = time.perf_counter()
        await asyncio.sleep(_LOOKS_EVERY_SECONDS)
        longest = max(longest, time.perf_counter() - before - _LOOKS_EVERY_SECONDS)
    return longest


def _worth(problem: Problem, suggestion: Suggestion) -> tuple[int, int, int]:
    return missing(problem, suggestion), unevenness(problem, suggestion), suggestion.within


def _result(
    name: str, what: str, rounds: Sequence[Round], read: Callable[[Round], float], aim: float | None = None
) -> Result:
    figures = [read(each) for each in rounds]
    spread = f"{min(figures):.3g} to {max(figures):.3g} in {len(figures)} problems"
    return Result(
        bench=f"solving-{name}",
        ratio=round(statistics.median(figures), 3),
        aim=aim,
        better="lower",
        note=f"{what}; {spread}",
    )
