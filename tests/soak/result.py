"""What a soak prints at its end, and what can be asked of one."""

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.soak.run import Plan, Soak
from tests.soak.scene import Props, Scene


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The last line that is printed."""

    commands: int
    kills: int
    lost: int
    doubled: int
    pings_lost: int
    pings_doubled: int


async def run(plan: Plan, make: Callable[[Props], Scene]) -> tuple[Result, bool]:
    """Run a soak; return what came of it, and whether all is well."""
    with tempfile.TemporaryDirectory(prefix="alongside-soak-") as folder:
        soak = Soak(plan, Path(folder), make)
        await soak.run()
        book = soak.book
        result = Result(
            commands=book.typed,
            kills=soak.kills,
            lost=book.lost,
            doubled=book.doubled,
            pings_lost=book.pings_lost,
            pings_doubled=book.pings_doubled,
        )
        faults = [*book.faults(), *soak.faults()]
        for line in (*soak.story(), *faults):
            print(line, flush=True)
        return result, not faults


def parser(prog: str, about: str | None) -> argparse.ArgumentParser:
    """Return what reads what is asked of a soak on any platform."""
    made = argparse.ArgumentParser(prog=prog, description=about)
    made.add_argument("--commands", type=int, default=1000)
    made.add_argument("--kills", type=int, default=40)
    made.add_argument("--people", type=int, default=None, help="how many type; enough if left out")
    made.add_argument("--minutes", type=float, default=45, help="stop by itself after that long")
    made.add_argument("--seed", type=int, default=None)
    made.add_argument("--patience", type=float, default=150, help="seconds after which an answer is lost")
    made.add_argument("--step", action="append", help="kill at this step alone; may be given several times")
    made.add_argument("--json", action="store_true", help="the last line as JSON")
    return made


def plan_of(asked: argparse.Namespace, restarts: int = 0) -> Plan:
    """Return what was asked for."""
    return Plan(
        commands=asked.commands,
        kills=asked.kills,
        restarts=restarts,
        people=asked.people or min(40, max(8, asked.commands // 20)),
        minutes=asked.minutes,
        seed=asked.seed if asked.seed is not None else time.time_ns() % 1_000_000,
        patience_seconds=asked.patience,
        only=tuple(asked.step or ()),
    )


def tell(result: Result, *, as_json: bool) -> None:
    """Print the last line."""
    told = ", ".join(f"{name.replace('_', ' ')} {count}" for name, count in asdict(result).items())
    print(json.dumps(asdict(result)) if as_json else told, flush=True)
