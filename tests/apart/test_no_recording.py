"""No setting, option, variable or debug switch makes the bot write down what it hears.

Everything that can be set stands in a table here, with what it does. What is added later does too, or this fails.
"""

import ast
import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
import typer

import bot
from bot import settings
from bot.__main__ import app
from tests.discord.conftest import loopback
from tests.discord.gateway import until
from tests.discord.loopback import Loopback
from tests.discord.operating import Operator
from tests.discord.test_house import Village
from tests.test_command_line import LONGEST, Trying

__all__ = ["loopback"]

HEARD = "a-word-for-nobody-else"
# It makes a rota, and holds what nobody else is to hear.
FILE = f"date,start,{HEARD}\n28 february,19:00,{HEARD}\n{HEARD},19:00,{HEARD}\n"
_WHERE, _WHO, _HOW = "where something is", "which account or server", "how groups want things until they say otherwise"

SETTINGS: Mapping[str, str] = {
    "data": _WHERE,
    "database": _WHERE,
    "database_file": _WHERE,
    "database_key_file": _WHERE,
    "database_key": "that the key of the database is typed at the start",
    "backup.recipients": "whose keys open backups, which hold rows and nothing that was said",
    "backup.folder": _WHERE,
    "backup.keep_days": "for how long backups stay",
    "calendar.address": "what people are told where their calendar fetches from",
    "calendar.port": _WHERE,
    "calendar.host": _WHERE,
    "words": "a folder of sentences that the bot says",
    "log": "text or json: the shape of a line, and not what is in it",
    "worlds.matrix.homeserver": _WHO,
    "worlds.matrix.account": _WHO,
    "worlds.matrix.name": "what the world is called",
    "worlds.matrix.access_token_file": _WHERE,
    "worlds.matrix.device_id": _WHO,
    "worlds.matrix.password_file": _WHERE,
    "worlds.matrix.store_key_file": _WHERE,
    "worlds.matrix.defaults.zone": _HOW,
    "worlds.matrix.defaults.nation": _HOW,
    "worlds.matrix.defaults.locale": _HOW,
    "worlds.discord.token_file": _WHERE,
    "worlds.discord.name": "what the world is called",
    "worlds.discord.shard_count": _WHO,
    "worlds.discord.shard_ids": _WHO,
    "worlds.discord.defaults.zone": _HOW,
    "worlds.discord.defaults.nation": _HOW,
    "worlds.discord.defaults.locale": _HOW,
}
VARIABLES: Mapping[str, str] = {
    "ALONGSIDE_DATA": _WHERE,
    "ALONGSIDE_DATABASE": _WHERE,
    "ALONGSIDE_DATABASE_FILE": _WHERE,
    "ALONGSIDE_WORDS": "as the setting",
    "ALONGSIDE_LOG": "as the setting",
    "CREDENTIALS_DIRECTORY": "where systemd puts the key of the database",
}
# The files that look at the environment: each hands all of it to `settings.read`; one reads where the data is; and
# those of a throw-away bot that is searched hand it on, and read how loud that is to be.
READ_IN = {
    *("operator/database_key.py", "operator/discord_setup.py", "operator/keeping.py", "operator/setting_up.py"),
    "operator/giving.py",
    *("operator/canaries/begin.py", "operator/canaries/child.py"),
    # It gives its child what Python needs to start, and nothing of the bot's.
    "solving/solver.py",
}
OPTIONS: Mapping[str, str] = {
    "--version": "shows the version",
    "try --port": _WHERE,
    "try --keep": _WHERE,
    "run --config": _WHERE,
    "check --config": _WHERE,
    "check --json": "the shape of what is found",
    "check --measure": "whether the message limit is found out",
    "data-map --json": "the shape of the map",
    "data-map --html": "as above",
    "verify-no-logs --config": _WHERE,
    "verify-no-logs --seed": "which life a throw-away bot lives",
    "verify-no-logs --steps": "how long that life is",
    "verify-no-logs --json": "the shape of what is found",
    "verify-no-logs --keep-folder": "leaves the throw-away folder, in which nothing that was said may be found",
    "verify-no-logs --look-for": "looks for words, and shows none",
    "verify-no-logs --also": _WHERE,
    "backup --config": _WHERE,
    "restore --config": _WHERE,
    "restore --identity": _WHERE,
    "restore --force": "puts a backup over what is there",
    "restore file": _WHERE,
    "encrypt --config": _WHERE,
    "init backup-key file": _WHERE,
    "init discord --config": _WHERE,
    "init discord --name": "what the world is called",
    "init discord --token-file": _WHERE,
    "init discord --data": _WHERE,
    "init discord --force": "writes settings anew",
    "init matrix --config": _WHERE,
    "init matrix --name": "what the world is called",
    "init matrix --homeserver": _WHO,
    "init matrix --account": _WHO,
    "init matrix --password-file": _WHERE,
    "init matrix --token-file": _WHERE,
    "init matrix --data": _WHERE,
    "init matrix --force": "writes settings anew",
    "init matrix --new-identity": "makes signing keys",
}
# Python's own switches, and those of what the bot is built on: docs.python.org/3.11/using/cmdline.html.
SWITCHES: Mapping[str, str] = {
    "PYTHONASYNCIODEBUG": "1",
    "PYTHONDEVMODE": "1",
    "PYTHONFAULTHANDLER": "1",
    "PYTHONDEBUG": "3",
    "PYTHONINSPECT": "",
    "PYTHONWARNINGS": "always",
    "PYTHONPROFILEIMPORTTIME": "1",
    "PYTHONUNBUFFERED": "1",
    "PYTHONMALLOCSTATS": "1",
    "AIOHTTP_NO_EXTENSIONS": "1",
    "DISABLE_SQLALCHEMY_CEXT_RUNTIME": "1",
    "SQLALCHEMY_WARN_20": "1",
    "SQLALCHEMY_ECHO": "debug",
    "DISCORD_DEBUG": "1",
    "NIO_DEBUG": "1",
    "DEBUG": "1",
    "LOG_LEVEL": "DEBUG",
    "LOGLEVEL": "DEBUG",
    "ALONGSIDE_DEBUG": "1",
    "ALONGSIDE_LOG_LEVEL": "debug",
    "TYPER_STANDARD_TRACEBACK": "1",
    "_TYPER_STANDARD_TRACEBACK": "1",
}


def _fields(struct: type[msgspec.Struct], before: str = "") -> Iterator[str]:
    """Give the path of every setting."""
    for field in msgspec.structs.fields(struct):
        inner = [kind for kind in (field.type, *getattr(field.type, "__args__", ())) if isinstance(kind, type)]
        structs = [kind for kind in inner if issubclass(kind, msgspec.Struct)]
        for each in structs:
            yield from _fields(each, f"{before}{field.name}.")
        if not structs:
            yield f"{before}{field.name}"


class Watched(dict[str, str]):
    """An environment that remembers what it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def __contains__(self, name: object) -> bool:
        self.asked.add(str(name))
        return super().__contains__(name)


def _looks_at_environment(file: Path) -> bool:
    names = {"environ", "environb", "getenv", "getenvb"}
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return any(
        (isinstance(node, ast.Attribute) and node.attr in names)
        or (isinstance(node, ast.alias) and node.name in names)
        or (isinstance(node, ast.keyword) and node.arg in {"envvar", "auto_envvar_prefix"})
        for node in ast.walk(tree)
    )


def _options(command: Any, before: str = "") -> Iterator[str]:  # noqa: ANN401  Typer has no public name for it.
    for option in command.params:
        yield f"{before}{option.opts[0]}"
    for name, inner in getattr(command, "commands", {}).items():
        yield from _options(inner, f"{before}{name} ")


def test_every_setting_stands_in_the_table() -> None:
    assert set(_fields(settings.Settings)) == SETTINGS.keys()


def test_every_variable_that_is_read_stands_in_the_table(tmp_path: Path) -> None:
    file, environment = tmp_path / "alongside.toml", Watched()
    file.touch()
    settings.read(file, environment)
    house = Path(bot.__file__).parent
    looking = {str(each.relative_to(house)) for each in house.rglob("*.py") if _looks_at_environment(each)}

    assert environment.asked == VARIABLES.keys()
    assert looking == READ_IN


def test_every_option_of_every_command_stands_in_the_table() -> None:
    assert set(_options(typer.main.get_command(app))) == OPTIONS.keys()


def _holding(folder: Path, word: str) -> list[str]:
    """Return the files in which a word stands, in any of the ways that a file may be written."""
    written = [word.encode(coding) for coding in ("utf-8", "utf-16-le", "utf-32-le")]
    files = [file for file in folder.rglob("*") if file.is_file()]
    return [str(file) for file in files if any(each in file.read_bytes() for each in written)]


@asynccontextmanager
async def _trying(folder: Path, *python: str) -> AsyncIterator[Trying]:
    """Start `alongside try` with every switch on, in a folder that is all it may write to."""
    with (folder / "stderr").open("wb") as errors:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, *python, "-m", "bot", "try", "--port", "0", "--keep", str(folder / "kept.db")),
            env={**os.environ, **SWITCHES, "TMPDIR": str(folder)},
            stdout=subprocess.PIPE,
            stderr=errors,
        )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(LONGEST):
            async for line in process.stdout:
                if b"http://" in line:
                    break
        yield Trying(process=process, address=line.decode().strip())
    finally:
        if process.returncode is None:
            process.kill()
        (folder / "stdout").write_bytes(await process.stdout.read())
        await process.wait()


@pytest.mark.parametrize(
    "python",
    [
        ("-X", "dev"),
        pytest.param(("-X", "dev", "-X", "tracemalloc=1"), marks=pytest.mark.long),
        pytest.param(("-v",), marks=pytest.mark.long),
    ],
    ids=["dev", "traced", "verbose"],
)
async def test_with_every_switch_on_what_is_typed_in_the_local_room_is_written_nowhere(
    tmp_path: Path, python: tuple[str, ...]
) -> None:
    async with _trying(tmp_path, *python) as trying:
        for text in (
            HEARD,
            f"find {HEARD}",
            f"sit ask {HEARD}",
            "sit open",
            f"sit can {HEARD}",
            f"rota join {HEARD}",
            f"me zone {HEARD}",
            f"help {HEARD}",
            "me zone",
        ):
            page = await trying.types("ash", text)
        during = _holding(tmp_path, HEARD)
        page = await trying.types("ash", HEARD)
        status = await trying.end(signal.SIGTERM)

    assert (HEARD in page, status) == (True, 0)
    assert (during, _holding(tmp_path, HEARD)) == ([], [])
    assert (tmp_path / "stderr").exists()


@pytest.mark.parametrize("log", ["text", pytest.param("json", marks=pytest.mark.long)])
async def test_with_every_switch_on_what_is_given_to_a_bot_on_discord_is_written_nowhere(
    loopback: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, log: str
) -> None:
    loopback.checks_itself, loopback.gateway.identify_every = False, 0
    operator, village = Operator(loopback=loopback, folder=tmp_path), Village(loopback)
    await operator.init()
    for name, value in {**SWITCHES, "ALONGSIDE_LOG": log}.items():
        monkeypatch.setenv(name, value)
    async with operator.running():
        await until(lambda: loopback.commands and loopback.gateway.connected, 60)
        given = [
            await village.slash(village.ann, path, **options)
            for path, options in (
                ("rota import", {"name": "Tea", "file": loopback.file(f"{HEARD}.csv", FILE.encode())}),
                ("rota import", {"name": "Tea", "file": loopback.file(f"{HEARD}.pdf", HEARD.encode())}),
                ("find", {"need": HEARD}),
                ("rota show", {"rota": HEARD}),
                ("rota join", {"date": HEARD}),
                ("me zone", {"zone": HEARD}),
                ("help", {"topic": HEARD}),
            )
        ]

    assert all(each.contents for each in given)
    assert given[0].contents[0].startswith("This is how “Tea” would be.")
    assert "serving" in operator.told
    assert HEARD not in operator.told
    assert _holding(tmp_path, HEARD) == []


def test_a_word_that_is_written_somewhere_is_found(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "file").write_bytes(b"\x00" + HEARD.encode("utf-16-le"))

    assert _holding(tmp_path, HEARD) == [str(tmp_path / "in" / "file")]
