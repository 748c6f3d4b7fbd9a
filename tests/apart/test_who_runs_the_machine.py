"""No command for whoever runs the machine shows who asked whom."""

import asyncio
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from bot.__main__ import app
from tests.apart import life
from tests.apart.town import IDS, OF_THE_NORTH, Town
from tests.fakes.timing import FakeClock
from tests.tables import with_tables
from tests.test_command_line import alongside, settings_in

AWAY = '[[worlds.matrix]]\nhomeserver = "http://127.0.0.1:1"\naccount = "@alongside:example.org"\n'
# What each is given to run, besides the settings; None for what serves until it is stopped, and prints where.
GIVEN = {
    "": (),
    "try": None,
    "run": None,
    "check": ("--json", "--no-measure"),
    "data-map": ("--json",),
    "sit-rules": (),
    "verify-no-logs": ("--look-for", "-"),
    "backup": (),
    "restore": ("backup.age", "--identity", "/dev/null"),
    "encrypt": (),
    "init": (),
    "init backup-key": ("/dev/null/backup.key",),
    "init discord": ("--token-file", "/dev/null"),
    "init matrix": ("--homeserver", "http://127.0.0.1:1", "--account", "@a:b", "--password-file", "/dev/null"),
}

WITHOUT_SETTINGS = {"", "data-map", "sit-rules", "init", "init backup-key"}


def _commands(command: Any, before: str = "") -> Iterator[str]:  # noqa: ANN401  Typer has no public name for it.
    yield before
    for name, inner in getattr(command, "commands", {}).items():
        yield from _commands(inner, f"{before} {name}".strip())


@pytest.fixture
def config(tmp_path: Path) -> str:
    """Return settings of a bot in whose database an ask is open, with two who can, and one for whom one was picked."""
    file = settings_in(tmp_path, AWAY + 'password_file = "password"\n')
    (tmp_path / "kept").mkdir(mode=0o700)
    asyncio.run(_lived(tmp_path / "kept" / "alongside.db"))
    (tmp_path / "kept" / "alongside.db").chmod(0o600)
    return file


async def _lived(file: Path) -> None:
    url = with_tables(file)
    town = await Town.on(url, FakeClock().now())
    await life.lived(town)
    kept = await town.rows()
    await town.house.close()
    assert any(row.startswith("asks ") and IDS["Ashgrove"] in row for row in kept.north)


def test_every_command_is_known_here() -> None:
    assert set(_commands(typer.main.get_command(app))) == GIVEN.keys()


def test_nothing_that_a_command_prints_names_who_asked_or_who_sits(config: str) -> None:
    told = {}
    for command, given in GIVEN.items():
        told[f"{command} --help"] = CliRunner().invoke(app, [*command.split(), "--help"]).output
        if given is not None:
            where = ["--config", config] if command not in WITHOUT_SETTINGS else []
            _, out, errors = alongside(*command.split(), *where, *given)
            told[command] = out + errors
    everything = "\n".join(told.values()).casefold()

    assert '"found"' in told["check"]
    assert all("Usage" in told[f"{command} --help"] for command in GIVEN)
    assert [name for name in itertools.chain(OF_THE_NORTH, IDS.values()) if name.casefold() in everything] == []
