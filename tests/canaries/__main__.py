"""`python -m tests.canaries --steps N --seed S --json`: a long life in every world, and what is left of it."""

import argparse
import asyncio
import json
import logging
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

from bot.journal import silence_libraries
from bot.operator.canaries.judging import Verdict, in_words
from bot.operator.canaries.living import Plan, Silent
from bot.operator.canaries.verifying import Missed, verify
from tests.canaries.stages import STAGES


def _parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m tests.canaries", description=__doc__)
    made.add_argument("--steps", type=int, default=600, help="how much happens at least in each world")
    made.add_argument("--seed", type=int, default=None)
    made.add_argument("--world", action="append", choices=sorted(STAGES), help="this kind of world alone")
    made.add_argument("--json", action="store_true", help="the last line as JSON")
    return made


async def _live(kinds: Sequence[str], plan: Plan) -> Verdict:
    verdicts = []
    for kind in kinds:
        with tempfile.TemporaryDirectory(prefix="alongside-canaries-") as folder:
            verdicts.append(await verify(STAGES[kind](Path(folder), Random(plan.seed)), plan))
        for line in in_words(verdicts[-1]):
            print(f"{kind}: {line}", file=sys.stderr, flush=True)
    return _together(verdicts)


def _together(verdicts: Sequence[Verdict]) -> Verdict:
    return Verdict(
        markers=sum(each.markers for each in verdicts),
        bytes_searched=sum(each.bytes_searched for each in verdicts),
        found=tuple(found for each in verdicts for found in each.found),
        asked=sum(each.asked for each in verdicts),
        answered=sum(each.answered for each in verdicts),
        kept=sum(each.kept for each in verdicts),
        unread=tuple(unread for each in verdicts for unread in each.unread),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Live in every world and print what came of it; return the status to end with."""
    asked = _parser().parse_args(arguments)
    silence_libraries()
    logging.getLogger("aiohttp").setLevel(logging.CRITICAL + 1)
    seed = asked.seed if asked.seed is not None else time.time_ns() % 1_000_000
    print(f"seed {seed}", file=sys.stderr, flush=True)
    try:
        verdict = asyncio.run(_live(asked.world or sorted(STAGES), Plan(seed=seed, steps=asked.steps)))
    except (Missed, Silent) as nothing:
        print(f"nothing is shown: {nothing}", file=sys.stderr, flush=True)
        return 1
    print(json.dumps(verdict.as_json(), ensure_ascii=False) if asked.json else list(in_words(verdict))[-1], flush=True)
    return 0 if verdict.is_well else 1


if __name__ == "__main__":
    sys.exit(main())
