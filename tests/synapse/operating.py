"""The bot as its operator has it: commands, a settings file, a process that runs."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.synapse.homeserver import Homeserver, Person

LONGEST = 90


@dataclass(kw_only=True)
class Operator:
    """One operator with a folder of their own. `told` is everything that was ever written to a terminal."""

    homeserver: Homeserver
    person: Person
    folder: Path
    told: str = ""
    config: Path = field(init=False)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.config = self.folder / "alongside.toml"

    @property
    def world(self) -> Path:
        return self.folder / "data" / "matrix"

    @property
    def token_file(self) -> Path:
        return self.folder / "secrets" / "matrix-token.secret"

    @property
    def token(self) -> str:
        return self.token_file.read_text()

    def init(self, *more: str, piped: str | None = None) -> tuple[int, str]:
        """Set it up with the password, unless more is said."""
        given = more or ("--account", self.person.user_id, "--password-file", "-")
        where = ("--homeserver", self.homeserver.url, "--data", "data")
        return self.does("init", "matrix", *where, *given, piped=self.person.password if piped is None else piped)

    def does(self, *words: str, piped: str = "") -> tuple[int, str]:
        """Run a command to its end; return its status and all it wrote."""
        done = subprocess.run(  # noqa: S603  The words are the tests' own.
            [sys.executable, "-m", "bot", *words, "--config", str(self.config)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            encoding="utf-8",
            input=piped + "\n",
            timeout=LONGEST,
        )
        self.told += done.stdout
        return done.returncode, done.stdout

    def checks(self, *more: str) -> dict[str, tuple[str, str]]:
        """Return what a check found: state and sentence by what it is about."""
        _, told = self.does("check", "--json", *more)
        return {found["about"]: (found["state"], found["text"]) for found in json.loads(told)["found"]}

    @contextlib.contextmanager
    def running(self, end: signal.Signals = signal.SIGTERM) -> Iterator[subprocess.Popen[str]]:
        """Run the bot; the block begins when it serves, and at the block's end it is ended."""
        command = [sys.executable, "-m", "bot", "run", "--config", str(self.config)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)  # noqa: S603  As above.
        assert process.stdout is not None
        try:
            for line in process.stdout:
                self.told += line
                if "serving" in line:
                    break
            yield process
        finally:
            process.send_signal(end)
            self.told += process.stdout.read()
            process.wait(timeout=LONGEST)
            process.stdout.close()

    def devices(self) -> list[str]:
        """Return the ids of the account's devices, seen from an app that logs out again."""
        who = {"type": "m.id.user", "user": self.person.user_id}
        login = {"type": "m.login.password", "identifier": who, "password": self.person.password}
        app = self.homeserver.ask("POST", "/_matrix/client/v3/login", login)
        answer = self.homeserver.ask("GET", "/_matrix/client/v3/devices", token=app["access_token"])
        self.homeserver.ask("POST", "/_matrix/client/v3/logout", {}, app["access_token"])
        return [device["device_id"] for device in answer["devices"] if device["device_id"] != app["device_id"]]

    def files(self) -> dict[str, bytes]:
        """Return every file of the world's folder."""
        return {file.name: file.read_bytes() for file in sorted(self.world.iterdir())}


def processes_that_show(secret: str) -> list[int]:
    """Return the processes on whose command line a secret can be read by anybody on the machine."""
    return [
        int(process.name)
        for process in Path("/proc").iterdir()
        if process.name.isdecimal() and secret.encode() in _command_line(process)
    ]


def _command_line(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
    except OSError:
        return b""


def is_one_sentence(told: str) -> bool:
    return told.count("\n") == 1 and told.startswith("alongside: ") and os.linesep in told
