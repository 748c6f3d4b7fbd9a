"""`python -m tests.soak.matrix --commands N --kills K`: nothing lost, nothing doubled, shown on a real Synapse.

Several people type commands in plain and encrypted rooms and chats, while the bot is killed at random and at each
named step, the server is restarted, and its replies are cut off after it acted. Every command must be answered once,
and every ping said once.
"""

import argparse
import asyncio
import json
import logging
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.journal import silence_libraries
from tests.soak.run import Plan, Soak


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The last line that is printed."""

    commands: int
    kills: int
    lost: int
    doubled: int
    pings_lost: int
    pings_doubled: int


async def run(plan: Plan) -> tuple[Result, bool]:
    """Run a soak; return what came of it, and whether all is well."""
    with tempfile.TemporaryDirectory(prefix="alongside-soak-") as folder:
        soak = Soak(plan, Path(folder))
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


def _asked(arguments: Sequence[str] | None) -> tuple[Plan, bool]:
    parser = argparse.ArgumentParser(prog="python -m tests.soak.matrix", description=__doc__)
    parser.add_argument("--commands", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--synapse-restarts", type=int, default=None, help="one for every fifteen kills if left out")
    parser.add_argument("--people", type=int, default=None, help="how many type; enough if left out")
    parser.add_argument("--minutes", type=float, default=45, help="stop by itself after that long")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--patience", type=float, default=150, help="seconds after which an answer is lost")
    parser.add_argument("--step", action="append", help="kill at this step alone; may be given several times")
    parser.add_argument("--json", action="store_true", help="the last line as JSON")
    asked = parser.parse_args(arguments)
    restarts = asked.synapse_restarts if asked.synapse_restarts is not None else max(1, asked.kills // 15)
    plan = Plan(
        commands=asked.commands,
        kills=asked.kills,
        restarts=restarts,
        people=asked.people or min(40, max(8, asked.commands // 20)),
        minutes=asked.minutes,
        seed=asked.seed if asked.seed is not None else time.time_ns() % 1_000_000,
        patience_seconds=asked.patience,
        only=tuple(asked.step or ()),
    )
    return plan, asked.json


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a soak and print what came of it; return the status to end with."""
    plan, as_json = _asked(arguments)
    silence_libraries()
    logging.getLogger("nio").setLevel(logging.CRITICAL + 1)
    result, is_well = asyncio.run(run(plan))
    told = ", ".join(f"{name.replace('_', ' ')} {count}" for name, count in asdict(result).items())
    print(json.dumps(asdict(result)) if as_json else told, flush=True)
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main())
