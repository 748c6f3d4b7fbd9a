"""The command line, as a process of its own: status, stderr, signals, and what is left behind."""

import asyncio
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import threading
import warnings
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import pytest
from aiohttp import ClientSession, CookieJar

from bot.__main__ import main

LONGEST = 60
PASSWORD = 'password_file = "password"\n'


Here = Callable[..., tuple[int, str, str]]


@pytest.fixture
def alone(tmp_path: Path) -> dict[str, str]:
    """Return an environment whose folder for temporary things is the test's own."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    return {**os.environ, "TMPDIR": str(temporary), "COLUMNS": "80"}


def alongside(*words: str, env: Mapping[str, str] | None = None, python: tuple[str, ...] = ()) -> tuple[int, str, str]:
    """Run it to its end; return status, stdout and stderr."""
    done = subprocess.run(  # noqa: S603  The words are the tests' own.
        [sys.executable, *python, "-m", "bot", *words],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=env,
        timeout=LONGEST,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Here:
    """Return a way to run it in this process, for what ends before anything is begun."""

    # Put back at the end, for it changes how this process speaks of what nobody catches.
    for place, name in ((sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook")):
        monkeypatch.setattr(place, name, getattr(place, name))
    monkeypatch.setattr(warnings, "showwarning", warnings.showwarning)

    def run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["alongside", *words])
        with pytest.raises(SystemExit) as end:
            main()
        told = capfd.readouterr()
        return int(end.value.code or 0), told.out, told.err

    return run


@dataclass(kw_only=True)
class Trying:
    """`alongside try`, running."""

    process: asyncio.subprocess.Process
    address: str

    async def types(self, who: str, text: str) -> str:
        """Open the page, let a person type to the bot, and return the page as it then is."""
        base = self.address.partition("/?")[0]
        async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as browser:
            await browser.get(self.address)
            typed = {"as": who, "text": text}
            await browser.post(f"{base}/type", data=typed, headers={"Origin": base, "Accept": "text/plain"})
            async with browser.get(base) as page:
                return await page.text()

    async def end(self, by: signal.Signals) -> int:
        self.process.send_signal(by)
        async with asyncio.timeout(LONGEST):
            return await self.process.wait()


TryIt = Callable[..., Awaitable[Trying]]


@pytest.fixture
async def try_it(alone: dict[str, str]) -> AsyncGenerator[TryIt]:
    """Return a way to start `alongside try`; whatever still runs at the end is ended."""
    running: list[asyncio.subprocess.Process] = []

    async def start(*words: str) -> Trying:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "bot", "try", "--port", "0", *words),
            env=alone,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        running.append(process)
        assert process.stdout
        async with asyncio.timeout(LONGEST):
            async for line in process.stdout:
                if b"http://" in line:
                    return Trying(process=process, address=line.decode().strip())
        raise AssertionError("it ended before it served")

    yield start
    for process in running:
        if process.returncode is None:
            process.kill()
        await process.wait()


def temporary(alone: Mapping[str, str]) -> list[str]:
    """Return what is in the folder for temporary things."""
    return [path.name for path in Path(alone["TMPDIR"]).iterdir()]


def one_line(text: str) -> bool:
    return text.count("\n") == 1 and text.startswith("alongside: ") and "Traceback" not in text


def settings_in(folder: Path, text: str) -> str:
    """Write a settings file, with a password beside it, and return its path."""
    secret = folder / "password"
    secret.touch(mode=0o600)
    secret.write_text("s3cret", encoding="utf-8")
    file = folder / "alongside.toml"
    file.write_text(f'data = "kept"\n{text}', encoding="utf-8")
    return str(file)


def matrix(homeserver: str) -> str:
    return f'[[worlds.matrix]]\nhomeserver = "{homeserver}"\naccount = "@alongside:example.org"\n{PASSWORD}'


async def test_a_crash_would_leave_no_picture_of_what_was_said(try_it: TryIt) -> None:
    trying = await try_it()
    limits = await asyncio.to_thread(Path(f"/proc/{trying.process.pid}/limits").read_text)

    assert re.search(r"^Max core file size +0 +0 ", limits, re.MULTILINE)


def test_the_version_is_that_of_the_package() -> None:
    assert alongside("--version") == (0, f"alongside {version('alongside')}\n", "")


def test_it_starts_without_a_warning() -> None:
    status, _, errors = alongside("--version", python=("-W", "error"))

    assert (status, errors) == (0, "")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), ("try", "run", "It keeps no conversation logs", "Try everything in a room on this machine.")),
        (("--help",), ("try", "run", "init", "check", "--version")),
        (("try", "--help"), ("--port", "--keep", "several people at once", "8017")),
        (("run", "--help"), ("--config", "config/alongside.toml", "until stopped")),
        (("check", "--help"), ("--config", "--json", "--no-measure", "status 0 when all is well")),
        (("init", "--help"), ("matrix", "Set up an account")),
        (("init", "matrix", "--help"), ("--config", "--token-file", "--force", "no secret is ever an argument")),
    ],
)
def test_help_reads_well(here: Here, words: tuple[str, ...], says: tuple[str, ...]) -> None:
    status, told, errors = here(*words)

    assert (status, errors) == (0, "")
    assert [word for word in says if word not in " ".join(told.split())] == []
    assert "..." not in told.replace("[ARGS]...", "")


@pytest.mark.parametrize(
    "words",
    [
        ("tyr",),
        ("--versoin",),
        ("try", "--port", "many"),
        ("try", "--port", "70000"),
        ("try", "extra"),
        ("run", "--config"),
        ("run", "--config", "/nowhere/alongside.toml"),
        ("check", "--config", "/nowhere/alongside.toml"),
        ("init", "elsewhere"),
    ],
)
def test_wrong_use_ends_with_2_and_one_line(here: Here, words: tuple[str, ...]) -> None:
    status, told, errors = here(*words)

    assert (status, told) == (2, "")
    assert one_line(errors), errors


def test_a_process_that_is_used_wrongly_says_so_in_one_line_and_nothing_more() -> None:
    status, told, errors = alongside("tyr")

    assert (status, told, errors) == (2, "", "alongside: No such command 'tyr'. Did you mean 'try'?\n")


def test_settings_that_are_wrong_end_with_2_and_one_line_and_make_nothing(here: Here, tmp_path: Path) -> None:
    texts = ("", "colour = 1", matrix("https://example.org").replace('"password"', '"nowhere"'))
    ends = [here("run", "--config", settings_in(tmp_path, text)) for text in texts]

    assert [(status, one_line(errors)) for status, _, errors in ends] == [(2, True)] * 3
    assert not (tmp_path / "kept").exists()


def test_a_taken_port_ends_with_1_and_one_line(alone: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        status, told, errors = alongside("try", "--port", str(port), env=alone)

    assert (status, told) == (1, "")
    assert errors == f"alongside: port {port} is taken: choose another with --port, or 0 for any that is free\n"
    assert temporary(alone) == []


@pytest.mark.parametrize("place", ["a-file/alongside.db", "a-folder", "a-file"])
def test_a_place_that_cannot_hold_a_database_ends_with_1_and_one_line(tmp_path: Path, place: str) -> None:
    (tmp_path / "a-folder").mkdir()
    (tmp_path / "a-file").touch(mode=0o644)
    (tmp_path / "a-file").write_text("Something else that nobody wants to lose.\n" * 300, encoding="utf-8")
    before = (tmp_path / "a-file").read_bytes()
    status, _, errors = alongside("try", "--port", "0", "--keep", str(tmp_path / place))

    assert (status, one_line(errors)) == (1, True), errors
    assert (tmp_path / "a-file").read_bytes() == before
    assert stat.S_IMODE((tmp_path / "a-file").stat().st_mode) == 0o644


def test_a_homeserver_that_is_away_is_waited_for_and_a_signal_ends_the_waiting(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    config = settings_in(tmp_path, matrix(f"http://127.0.0.1:{port}"))
    command = [sys.executable, "-m", "bot", "run", "--config", config]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603  Our own command.
        assert process.stderr
        lines = [process.stderr.readline() for _ in range(3)]
        process.send_signal(signal.SIGTERM)
        status = process.wait(LONGEST)

    assert (status, ["server-away" in line for line in lines]) == (0, [True, False, True])


def test_a_data_folder_that_others_can_read_ends_with_1_and_the_command_that_mends_it(tmp_path: Path) -> None:
    config = settings_in(tmp_path, matrix("http://127.0.0.1:1"))
    (tmp_path / "kept").mkdir(mode=0o755)
    status, _, errors = alongside("run", "--config", config)
    mended = f"alongside: {tmp_path}/kept can be read or written by others: chmod -R go= {tmp_path}/kept\n"

    assert (status, errors) == (1, mended)
    assert list((tmp_path / "kept").iterdir()) == []


def test_a_postgresql_that_is_away_ends_with_1_and_one_line_without_its_password(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    database = f'database = "postgresql://me:s3cret-of-mine@127.0.0.1:{port}/x"\n'
    status, _, errors = alongside("run", "--config", settings_in(tmp_path, database + matrix("http://127.0.0.1:1")))

    assert (status, one_line(errors), "s3cret" in errors) == (1, True, False), errors


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_ends_it_cleanly_and_leaves_no_folder(
    try_it: TryIt, alone: dict[str, str], by: signal.Signals
) -> None:
    trying = await try_it()
    during = temporary(alone)
    status = await trying.end(by)
    assert trying.process.stderr
    errors = await trying.process.stderr.read()

    assert re.fullmatch(r"alongside-\w+", during[0])
    assert (status, errors.decode()) == (0, "")
    assert temporary(alone) == []


async def test_a_page_that_is_open_does_not_keep_it_from_ending(try_it: TryIt) -> None:
    trying = await try_it()
    base = trying.address.partition("/?")[0]
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as browser:
        await browser.get(trying.address)
        async with browser.get(f"{base}/stream?after=0") as stream:
            status = stream.status
            async with asyncio.timeout(20):
                ended = await trying.end(signal.SIGTERM)

    assert (status, ended) == (200, 0)


async def test_what_is_kept_is_there_at_the_second_start_and_is_the_owners_alone(
    try_it: TryIt, tmp_path: Path, alone: dict[str, str]
) -> None:
    file = tmp_path / "kept" / "mine.db"
    first = await try_it("--keep", str(file))
    await first.types("ash", "rota new Evening tea, daily 20:00")
    await first.end(signal.SIGTERM)
    second = await try_it("--keep", str(file))
    page = await second.types("ash", "rota show")
    await second.end(signal.SIGTERM)

    assert "Evening tea" in page
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert temporary(alone) == []
