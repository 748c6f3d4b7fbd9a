"""`rota suggest` in a whole house, with its own store and solver, which goes down in the middle and comes up again."""

import asyncio
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from whenever import Instant, TimeDelta

from bot.domain.commands import Typed
from bot.domain.rota.fairness import Problem, Suggestion
from bot.ports.solving import Solver
from bot.solving.solver import HighsSolver
from tests.scenarios.memory import GROUP, IDS, ROOM, MemoryStage
from tests.scenarios.stage import ASH, BEA, CAI, PEOPLE
from tests.tables import with_tables

MINUTE = TimeDelta(minutes=1)
# As exact as a clock is, which is more than a moment is kept.
NOON = Instant.from_utc(2026, 11, 23, 12, nanosecond=203_402_301)
OFFERED, DONE = "you could take", "offered, in private"
_numbers: Iterator[int] = count(1, 100)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return with_tables(tmp_path / "alongside.db")


async def house_at(url: str, moment: Instant = NOON, solver: Solver | None = None) -> MemoryStage:
    """Start a house on the file at a moment, and let it do what is due."""
    stage = await MemoryStage.on(url, solver=solver, first=next(_numbers))
    stage.clock.time = moment
    await stage.settled()
    return stage


async def rota_for(stage: MemoryStage, *willing: str) -> None:
    """Begin a rota that nobody is on, with people who may be asked."""
    await stage.types(ASH, "rota new Tea, every tuesday and thursday 19:00 from 1 december")
    for who in willing:
        await stage.types(who, "me ask yes")


async def told(stage: MemoryStage) -> dict[str, int]:
    """Return how many messages with an offer, or of what came of it, each was told."""
    return {who: sum(OFFERED in text or DONE in text for text in await stage.everything_read(who)) for who in PEOPLE}


async def hears(stage: MemoryStage, who: str, text: str) -> None:
    """Let the house hear a line, and wait for nothing that takes long."""
    typed = Typed(key=f"fake:{text}", text=text, private=True, person=IDS[who], group=GROUP, places={"room": ROOM})
    answer = await stage.house.switchboard.hear(typed)
    if answer is not None:
        stage.world.private[IDS[who]].append(answer)
    await stage.house.works.round()


async def kept(stage: MemoryStage) -> list[str]:
    """Return what is due of it."""
    async with stage.house.database.transaction():
        due = await stage.house.diary.kept(f"rota-suggest:{GROUP}")
    return [] if due is None else [due.kind]


class Killed(Solver):
    """Solves it, and then everything ends, as when the process is killed. `asked` are the problems."""

    installed = True

    def __init__(self) -> None:
        self.asked: list[Problem] = []

    async def fairest(self, problem: Problem) -> Suggestion:
        self.asked.append(problem)
        await HighsSolver().fairest(problem)
        raise asyncio.CancelledError


class Waits(Solver):
    """Solves it when it is `done`, and says when it has `begun`."""

    installed = True

    def __init__(self) -> None:
        self.begun, self.done = asyncio.Event(), asyncio.Event()

    async def fairest(self, problem: Problem) -> Suggestion:
        self.begun.set()
        await self.done.wait()
        return await HighsSolver().fairest(problem)


async def test_shifts_are_shared_out_evenly_and_each_counts_only_with_that_persons_yes(url: str) -> None:
    stage = await house_at(url)
    await rota_for(stage, BEA, CAI)
    await stage.types(ASH, "rota suggest 2 weeks")
    done = await stage.reads(ASH, DONE)
    await stage.goes_by(MINUTE)
    before = await stage.rows()
    [offer] = [said for said in stage.world.private[IDS[BEA]] if said.choices]
    [choice] = offer.choices
    await stage.types(BEA, choice.typed)
    joined = await stage.reads(BEA, "You are on “Tea”")
    after = await stage.rows()
    await stage.house.close()

    assert done.startswith("2 places have been offered")
    assert joined
    assert [before[table] for table in ("rota_single", "rota_standing", "rota_asked")] == [0, 0, 2]
    assert [after[table] for table in ("rota_single", "rota_standing", "rota_asked")] == [1, 0, 1]


async def test_it_holds_up_nobody_else_meanwhile_and_where_all_is_taken_by_then_nobody_is_asked(url: str) -> None:
    solver = Waits()
    stage = await house_at(url, solver=solver)
    await rota_for(stage, BEA)
    await hears(stage, ASH, "rota suggest 2 weeks")
    await solver.begun.wait()
    for day in ("1 december", "3 december"):
        await hears(stage, CAI, f"rota join 1, {day}")
    meanwhile = [said.lines[0].id for said in stage.world.private[IDS[CAI]]]
    solver.done.set()
    await stage.settled()
    await stage.goes_by(MINUTE)
    heard = await stage.reads(ASH, "Nobody can be asked just now")
    asked = await told(stage)
    await stage.house.close()

    assert meanwhile == ["rota-joined", "rota-joined"]
    assert heard
    assert asked == {ASH: 0, BEA: 0, CAI: 0}


async def test_whoever_leaves_meanwhile_is_asked_nothing_and_hears_nothing(url: str) -> None:
    stage = await house_at(url)
    await rota_for(stage, BEA, CAI)
    await stage.types(ASH, "rota suggest 3 weeks")
    await stage.leaves(BEA)
    await stage.goes_by(MINUTE)
    asked = await told(stage)
    await stage.house.close()

    assert asked == {ASH: 1, BEA: 0, CAI: 1}


async def test_where_whoever_asked_has_left_nobody_is_asked(url: str) -> None:
    stage = await house_at(url, solver=Killed())
    await rota_for(stage, BEA, CAI)
    await stage.types(ASH, "rota suggest 3 weeks")
    await stage.leaves(ASH)
    await stage.house.close()
    later = await house_at(url, NOON + MINUTE * 6)
    await later.goes_by(MINUTE)
    asked, due = await told(later), await kept(later)
    await later.house.close()

    assert (asked, due) == ({ASH: 0, BEA: 0, CAI: 0}, [])


async def test_killed_between_solving_and_giving_it_is_begun_anew_and_nobody_is_told_twice(url: str) -> None:
    solver = Killed()
    stage = await house_at(url, solver=solver)
    await rota_for(stage, BEA, CAI)
    await stage.types(ASH, "rota suggest 3 weeks")
    first = (await told(stage), await kept(stage), (await stage.rows())["rota_asked"])
    await stage.house.close()
    later = await house_at(url, NOON + MINUTE * 6)
    second = (await told(later), await kept(later))
    await later.house.close()
    last = await house_at(url, NOON + MINUTE * 7)
    third = (await told(last), await kept(last))
    await last.house.close()
    again = await house_at(url, NOON + MINUTE * 90)
    fourth = await told(again)
    await again.house.close()

    assert len(solver.asked) == 1
    assert first == ({ASH: 0, BEA: 0, CAI: 0}, ["rota-suggest"], 0)
    assert second == ({ASH: 1, BEA: 0, CAI: 0}, [])
    assert third == ({ASH: 0, BEA: 1, CAI: 1}, [])
    assert fourth == {ASH: 0, BEA: 0, CAI: 0}
