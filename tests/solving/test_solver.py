"""The solver in a process of its own, which may be missing, crash, hang, or be wanted no more."""

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

import pytest
from whenever import TimeDelta

from bot.domain.rota.fairness import Problem, Suggestion, Willing
from bot.operator.canaries.child import until
from bot.ports.solving import NotInstalledError, Solver, TooLongError, UnsolvedError
from bot.solving.solver import HighsSolver
from tests.domain.rota.openings import ASH, BEE, opening, town

TELLS_WHETHER = "print(HighsSolver().installed, 'highspy' in sys.modules)"
SMALL = Problem(
    openings=(opening("evening", 0),),
    people=tuple(Willing(person=who, free=frozenset({"evening"}), load=load) for who, load in ((ASH, 9), (BEE, 1))),
)
BEST = Suggestion(given={"evening": (BEE,)}, unfilled=())
LONG = TimeDelta(seconds=120)
LONGEST_SECONDS = 60.0

# The real one, after something else; and the real one, whose HiGHS never comes back.
REAL = "import runpy; runpy.run_module('bot.solving.child', run_name='__main__')"
HANGS = f"import time, bot.solving.highs as highs; highs.solve = lambda asked: time.sleep(600)\n{REAL}"
# Tells which process it is, in the file that is named first, which is there only when all of it is.
TELLS = """
import os, sys
with open(sys.argv[1] + ".new", "w") as file:
    file.write(str(os.getpid()))
os.rename(sys.argv[1] + ".new", sys.argv[1])
"""


def solver(code: str, *words: Path | str, patience: TimeDelta = LONG) -> Solver:
    return HighsSolver(patience=patience, grace=TimeDelta(), child=(sys.executable, "-c", code, *map(str, words)))


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


async def number_in(file: Path) -> int:
    assert await until(file.exists, LONGEST_SECONDS)
    return int(await asyncio.to_thread(file.read_text))


async def test_the_real_one_answers_and_leaves_no_process_behind(tmp_path: Path) -> None:
    told = tmp_path / "told"

    assert await solver(TELLS + REAL, told).fairest(SMALL) == BEST
    assert not is_there(await number_in(told))
    assert await HighsSolver().fairest(SMALL) == BEST


async def test_a_file_where_the_bot_was_started_is_not_taken_for_a_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "msgspec.py").write_text("raise RuntimeError")
    monkeypatch.chdir(tmp_path)

    assert await HighsSolver().fairest(SMALL) == BEST


async def test_a_bigger_one_has_the_same_answer_from_two_processes() -> None:
    of = town(weeks=2, people=14, seed=3)
    first = await HighsSolver().fairest(of)

    assert first == await HighsSolver().fairest(of)
    assert first.given


async def test_with_nobody_free_nothing_is_started() -> None:
    nobody = Problem(openings=SMALL.openings, people=())

    assert await solver("never run").fairest(nobody) == Suggestion(given={}, unfilled=("evening",))


@pytest.mark.parametrize(("before", "expected"), [("", "True False"), ("sys.modules['highspy'] = None", "False True")])
async def test_whether_it_is_installed_is_seen_without_loading_it(before: str, expected: str) -> None:
    seen = f"import sys\n{before}\nfrom bot.solving.solver import HighsSolver\n{TELLS_WHETHER}"
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", seen, stdout=asyncio.subprocess.PIPE)
    told, _ = await process.communicate()

    assert told.decode().strip() == expected


async def test_without_the_extra_it_says_that_there_is_no_solver() -> None:
    with pytest.raises(NotInstalledError):
        await solver(f"import sys; sys.modules['highspy'] = None\n{REAL}").fairest(SMALL)


@pytest.mark.parametrize(
    "code",
    [
        f"import os, signal; os.kill(os.getpid(), {signal.SIGKILL.value})",
        f"import os, sys, signal; sys.stdin.readline(); os.kill(os.getpid(), {signal.SIGSEGV.value})",
        "raise SystemExit(1)",
        "print('not an answer')",
        "print('{}')",
        f"import bot.solving.highs as highs; highs.solve = lambda asked: 1 / 0\n{REAL}",
    ],
    ids=["killed", "crashed", "failed", "talks", "answers-nothing", "raised"],
)
async def test_one_that_breaks_is_an_error_of_the_ports_and_no_suggestion(code: str) -> None:
    with pytest.raises(UnsolvedError) as error:
        await solver(code).fairest(SMALL)
    assert type(error.value) is UnsolvedError


async def test_one_that_is_gone_before_it_heard_all_is_the_same() -> None:
    with pytest.raises(UnsolvedError) as error:
        await solver("import os; os.close(0); raise SystemExit(1)").fairest(town(weeks=12, people=60, seed=1))
    assert type(error.value) is UnsolvedError


async def test_one_that_is_killed_while_it_works_is_the_same(tmp_path: Path) -> None:
    told = tmp_path / "told"
    asking = asyncio.create_task(solver(TELLS + HANGS, told).fairest(SMALL))
    os.kill(await number_in(told), signal.SIGKILL)

    with pytest.raises(UnsolvedError):
        await asking


async def test_one_that_never_ends_is_ended(tmp_path: Path) -> None:
    told = tmp_path / "told"

    with pytest.raises(TooLongError):
        await solver(TELLS + HANGS, told, patience=TimeDelta(seconds=3)).fairest(SMALL)
    # On a busy machine it may be ended before it told who it is.
    assert not await until(told.exists, 0.0) or not is_there(await number_in(told))


async def test_one_that_knows_itself_that_it_took_too_long_says_so() -> None:
    never = HighsSolver(patience=TimeDelta(), grace=LONG)

    with pytest.raises(TooLongError):
        await never.fairest(town(weeks=2, people=14, seed=3))


@pytest.mark.parametrize("code", [HANGS, "import time; time.sleep(600)"], ids=["works", "does-not-listen"])
async def test_who_asks_no_more_leaves_no_process_behind(tmp_path: Path, code: str) -> None:
    told = tmp_path / "told"
    asking = asyncio.create_task(solver(TELLS + code, told).fairest(SMALL))
    process = await number_in(told)
    asking.cancel()

    with pytest.raises(asyncio.CancelledError):
        await asking
    assert not is_there(process)


async def test_a_bot_that_is_killed_takes_its_solver_with_it(tmp_path: Path) -> None:
    told, this = tmp_path / "told", "tests.solving.test_solver"
    asks = f"here.solver(here.TELLS + here.HANGS, {str(told)!r}).fairest(here.SMALL)"
    code = f"import asyncio, {this} as here; asyncio.run({asks})"
    bot = await asyncio.create_subprocess_exec(sys.executable, "-c", code)
    process = await number_in(told)
    bot.kill()
    await bot.wait()

    assert await until(lambda: not is_there(process), LONGEST_SECONDS)


async def test_the_bot_goes_on_while_it_waits(tmp_path: Path) -> None:
    told, go = tmp_path / "told", tmp_path / "go"
    waits = f"""
import time
ends = time.monotonic() + {LONGEST_SECONDS}
while not os.path.exists(sys.argv[2]):
    assert time.monotonic() < ends
    time.sleep(0.01)
"""
    asking = asyncio.create_task(solver(TELLS + waits + REAL, told, go).fairest(SMALL))
    await number_in(told)
    go.touch()

    assert await asking == BEST


async def test_it_leaves_the_processor_to_the_bot(tmp_path: Path) -> None:
    told = tmp_path / "told"
    tells = "import os, sys, bot.solving.highs as highs; solve = highs.solve\n"
    tells += "def watched(asked): open(sys.argv[1], 'w').write(str(os.nice(0))); return solve(asked)\n"
    await solver(f"{tells}highs.solve = watched\n{REAL}", told).fairest(SMALL)

    assert await number_in(told) == min(19, os.nice(0) + 10)


async def test_one_question_waits_for_the_other(tmp_path: Path) -> None:
    lines = tmp_path / "lines"
    tells = """
import atexit, sys
def tell(what):
    with open(sys.argv[1], "a") as file:
        file.write(what)
tell("begins ")
atexit.register(tell, "ends ")
"""
    one = solver(tells + REAL, lines)
    await asyncio.gather(*(one.fairest(SMALL) for _ in range(3)))

    assert lines.read_text() == "begins ends " * 3


async def test_no_id_leaves_the_process_and_nothing_the_bot_was_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALONGSIDE_TOKEN", "hush")
    told = tmp_path / "told"
    hears = "import os, sys; open(sys.argv[1], 'w').write(repr(dict(os.environ)) + sys.stdin.readline())"
    with pytest.raises(UnsolvedError):
        await solver(hears, told).fairest(SMALL)
    heard = told.read_text()

    assert '"numbers"' in heard
    assert not [word for word in ("ash", "bee", "local:", "evening", "2026", "London", "hush") if word in heard]


async def test_an_answer_with_a_breach_is_a_bug_and_is_never_shown() -> None:
    both = json.dumps({"taken": [0, 1], "within": 0})

    with pytest.raises(RuntimeError, match="not a suggestion: too-many"):
        await solver(f"print({both!r})").fairest(SMALL)
