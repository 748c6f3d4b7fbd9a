"""Whatever fails, wherever nobody waits for it, is told by kind and place: no text, no locals, no stack and no core."""

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

LONGEST = 60
MARK = "what-ash-said-to-bea"
# Fails in one way at a time, below the command line itself; each local variable holds what nobody may read.
FAILING = """
import asyncio, concurrent.futures, gc, logging, socket, sys, threading, warnings
import bot.__main__ as cli

MARK = "what-ash-" + "said-to-bea"

class Odd(Exception):
    pass

class Final(BaseException):
    pass

def fails(*_):
    local = MARK
    raise Odd(MARK, local)

async def fails_later(said=MARK):
    fails(said)

class Gone:
    def __del__(self):
        fails()

async def everything():
    loop = asyncio.get_running_loop()
    task = asyncio.create_task(fails_later(), name=MARK)
    loop.call_soon(fails, MARK)
    thread = threading.Thread(target=fails, name=MARK)
    thread.start()
    thread.join()
    Gone()
    done = concurrent.futures.Future()
    done.add_done_callback(fails)
    done.set_result(None)
    logging.getLogger("some.library").critical(MARK)
    logging.getLogger().error(MARK)
    warnings.warn(MARK)
    fails_later()
    socket.socket()
    loop.call_exception_handler({"message": MARK, "handle": MARK})
    await asyncio.sleep(0.2)
    del task
    gc.collect()
    await asyncio.sleep(0.2)

async def final():
    raise Final(MARK)

async def several():
    raise ExceptionGroup(MARK, [ExceptionGroup(MARK, [Odd(MARK)])])

async def disk():
    raise OSError(MARK)

async def missing():
    raise FileNotFoundError(2, MARK, "a-file")

HOW = {"everything": everything, "fails": fails_later, "final": final, "several": several, "disk": disk,
       "missing": missing, "early": None}[sys.argv[1]]

async def room(*_):
    await HOW()

def early(*_):
    raise Final(MARK)

cli._local_room = room
cli.settings.read = early
sys.argv = ["alongside", "check" if sys.argv[1] == "early" else "try"]
cli.main()
"""


def failed(folder: Path, how: str, *python: str, **more: str) -> subprocess.CompletedProcess[str]:
    script = folder / "failing.py"
    script.write_text(FAILING, encoding="utf-8")
    return subprocess.run(  # noqa: S603  Our own code.
        [sys.executable, *python, str(script), how],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=os.environ | more,
        timeout=LONGEST,
    )


@pytest.mark.parametrize("python", [(), ("-X", "dev"), ("-W", "always"), ("-X", "faulthandler")])
def test_what_fails_where_nobody_waits_for_it_is_noted_by_kind_and_place(
    tmp_path: Path, python: tuple[str, ...]
) -> None:
    done = failed(tmp_path, "everything", *python, PYTHONASYNCIODEBUG="1")
    noted = [line.split("]")[-1].split()[0] for line in done.stderr.splitlines()]

    assert done.returncode == 0, done.stderr
    assert MARK not in done.stdout + done.stderr
    assert {"task-failed", "thread-failed", "unraisable", "loop-warning", "warning"} <= set(noted), done.stderr
    assert done.stderr.count("error=Odd") == 4, done.stderr
    assert done.stderr.count("where=failing.py:15") == 4, done.stderr
    assert not [word for word in ("Traceback", "File ", "raise", "local") if word in done.stderr], done.stderr


@pytest.mark.parametrize(
    ("how", "status", "says"),
    [
        ("fails", 1, ("stopped", "error=Odd", "alongside: something went wrong; the line above says where")),
        ("several", 1, ("stopped", "error=Odd")),
        ("final", 1, ("not-caught", "error=Final")),
        ("early", 1, ("not-caught", "error=Final")),
        ("disk", 1, ("stopped", "error=OSError")),
        ("missing", 1, ("alongside: No such file or directory: a-file",)),
    ],
)
def test_what_ends_the_programme_is_told_by_kind_and_place(
    tmp_path: Path, how: str, status: int, says: tuple[str, ...]
) -> None:
    done = failed(tmp_path, how, "-X", "dev")

    assert done.returncode == status
    assert [word for word in says if word not in done.stderr] == [], done.stderr
    assert MARK not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def cores_allowed() -> None:
    """Let a process leave as much of itself as the machine lets it."""
    most = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (most, most))


def killed(folder: Path, by: signal.Signals, *command: str) -> tuple[str, list[str]]:
    """Start it where it may leave a core, kill it once it says something; return its stderr, and what it left."""
    process = subprocess.Popen(  # noqa: S603  Our own commands.
        [sys.executable, "-X", "faulthandler", *command],
        cwd=folder,
        env=os.environ | {"PYTHONFAULTHANDLER": "1", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        preexec_fn=cores_allowed,  # noqa: PLW1509  No thread of ours holds a lock here.
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.readline()
    filter_ = Path(f"/proc/{process.pid}/coredump_filter")
    kept = filter_.read_text().strip() if filter_.exists() else "none"
    process.send_signal(by)
    _, told = process.communicate(timeout=LONGEST)
    assert process.returncode == -by
    return told, [kept.lstrip("0"), *sorted(file.name for file in folder.iterdir() if file.name.startswith("core"))]


@pytest.mark.parametrize("by", [signal.SIGABRT, signal.SIGSEGV])
def test_a_process_that_is_killed_by_a_fault_leaves_no_core_and_shows_no_stack(
    tmp_path: Path, by: signal.Signals
) -> None:
    told, left = killed(tmp_path, by, "-m", "bot", "try", "--port", "0")

    assert (told, left) == ("", [""])


def test_a_process_that_takes_no_care_shows_its_stack(tmp_path: Path) -> None:
    """Without this, the test above could pass on a machine where nothing is ever shown."""
    told, _ = killed(tmp_path, signal.SIGABRT, "-c", "import time; print('begun', flush=True); time.sleep(60)")

    assert "Fatal Python error" in told
