"""A bot in a process of its own, for the drill: each line it reads is something that happens, each it writes is heard.

`python -m tests.drill.bot SETTINGS MILLISECONDS FIRST`: the settings file, the time it is there, and the number of the
first thing that is heard.
"""

import asyncio
import json
import os
import sys
from pathlib import Path

from whenever import Instant, TimeDelta

from bot import settings
from bot.operator.serving import ground_of
from tests.fakes.timing import FakeClock
from tests.fakes.world import read
from tests.scenarios.memory import NAMES, MemoryStage


async def serve(file: Path, now: Instant, first: int) -> None:
    """Let happen what is told on stdin, and tell on stdout what was said since the last time, until killed."""
    read_ = settings.read(file, os.environ)
    stage = await MemoryStage.on(read_.database, clock=FakeClock(now), ground=ground_of(read_), first=first)
    told = heard(stage)
    await stage.settled()
    while True:
        said = heard(stage)
        sys.stdout.write(f"{json.dumps([one for one in said if one not in told])}\n")
        sys.stdout.flush()
        told = said
        line = await asyncio.to_thread(sys.stdin.readline)
        what, *words = json.loads(line)
        match what:
            case "types":
                await stage.types(*words)
            case "picks":
                await stage.picks(*words)
            case "leaves":
                await stage.leaves(*words)
            case "goes by":
                await stage.goes_by(TimeDelta(minutes=words[0]))


def heard(stage: MemoryStage) -> list[tuple[str, int, str]]:
    """Return all that was said: to whom, the how-manieth, and what."""
    private = [(str(to), said) for to, said in stage.world.private.items()]
    public = [(str(to), said) for to, said in stage.world.public.items()]
    return [
        (to, number, read(said, stage.house.words, NAMES))
        for to, several in (*private, *public)
        for number, said in enumerate(several)
    ]


if __name__ == "__main__":
    moment = Instant.from_timestamp(int(sys.argv[2]), unit="millisecond")
    asyncio.run(serve(Path(sys.argv[1]), moment, int(sys.argv[3])))
