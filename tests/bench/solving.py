"""Twelve weeks of three shifts a day and sixty people: how long until what is fairest is found and proven."""

import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from whenever import TimeDelta

from bot.domain.rota.fairness import Problem, Suggestion, missing, unevenness
from bot.solving.numbers import choices, in_numbers
from bot.solving.solver import HighsSolver
from tests.bench.result import Result
from tests.domain.rota.openings import town

ROUNDS = 5
AIM_SECONDS = 10.0
PATIENCE = TimeDelta(seconds=120)
_LOOKS_EVERY_SECONDS = 0.005


# The process that solves, telling what it took: the kernel's own peak, as in the bench of what it costs to start.
_TELLS = """
import json, runpy, sys, time
from bot.solving import highs
solve = highs.solve
def watched(asked):
    began = time.perf_counter()
    found = solve(asked)
    took = time.perf_counter() - began
    peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
    with open(sys.argv[1], "w") as file:
        json.dump([took, int(peak.split()[1]) / 1024], file)
    return found
highs.solve = watched
runpy.run_module("bot.solving.child", run_name="__main__")
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One problem: seconds for its numbers, for HiGHS alone, and for all of it; the loop's longest stall, in seconds.

    `memory` is the most that the process that solves took, in MB.
    """

    numbers: float
    highs: float
    trip: float
    stall: float
    memory: float
    worth: tuple[int, int, int]


def run() -> Iterator[Result]:
    """Solve five problems as the bot does."""
    rounds = [asyncio.run(_round(town(weeks=12, people=60, seed=seed))) for seed in range(ROUNDS)]
    worths = "; ".join("{} empty, {} from even, within {}".format(*each.worth) for each in rounds)
    yield _result("numbers", "seconds to put it into numbers", rounds, lambda each: each.numbers)
    yield _result("highs", "seconds for HiGHS alone", rounds, lambda each: each.highs)
    yield _result("trip", f"seconds from question to answer ({worths})", rounds, lambda each: each.trip, AIM_SECONDS)
    yield _result("stall", "seconds that the loop stood still at most", rounds, lambda each: each.stall)
    yield _result("memory", "MB that the process took", rounds, lambda each: each.memory)


async def _round(problem: Problem) -> Round:
    began = time.perf_counter()
    in_numbers(problem, choices(problem))
    numbered = time.perf_counter()
    watching = asyncio.create_task(_longest_stall(enough := asyncio.Event()))
    with tempfile.NamedTemporaryFile() as told:
        solver = HighsSolver(patience=PATIENCE, child=(sys.executable, "-c", _TELLS, told.name))
        asked = time.perf_counter()
        suggestion = await solver.fairest(problem)
        ended = time.perf_counter()
        highs, memory = json.load(told)
    enough.set()
    return Round(
        numbers=numbered - began,
        highs=highs,
        trip=ended - asked,
        stall=await watching,
        memory=memory,
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
