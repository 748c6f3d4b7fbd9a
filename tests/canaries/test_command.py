"""`alongside verify-no-logs`, as a process of its own: a whole life in a local room, and words of an operator's own."""

import gzip
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.store.database import Database

WORDS = "I could not sleep again last night"
LONGEST_SECONDS = 300
SETTINGS = 'data = "data"\n'


def verify(*words: str, piped: str = "", temporary: Path | None = None) -> tuple[int, str, str]:
    """Run it to its end; return status, stdout and stderr."""
    done = subprocess.run(  # noqa: S603  The words are the tests' own.
        [sys.executable, "-m", "bot", "verify-no-logs", *words],
        capture_output=True,
        check=False,
        encoding="utf-8",
        input=piped,
        env={**os.environ, **({} if temporary is None else {"TMPDIR": str(temporary)})},
        timeout=LONGEST_SECONDS,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Return the settings of an operator who has a data folder and a log elsewhere."""
    data = tmp_path / "data"
    (data / "backups").mkdir(parents=True)
    with closing(sqlite3.connect(data / "alongside.db")) as connection:
        connection.execute("CREATE TABLE kept (what TEXT)")
        connection.commit()
    (tmp_path / "bot.log").write_text("answered command=me\n")
    file = tmp_path / "alongside.toml"
    file.write_text(SETTINGS)
    return file


def looked_for(config: Path, *more: str, words: str = WORDS) -> tuple[int, dict[str, Any], str]:
    status, out, error = verify("--config", str(config), "--look-for", "-", "--json", *more, piped=f"{words}\n")
    assert words not in out + error
    return status, json.loads(out), error


def test_a_whole_life_in_a_local_room_leaves_nothing_and_its_folder_is_gone(tmp_path: Path) -> None:
    status, out, error = verify("--seed", "1", "--steps", "80", "--json", temporary=tmp_path)
    told = json.loads(out)

    assert (status, told["found"], told["unread"]) == (0, [], []), out + error
    assert told["markers"] > 50
    assert told["bytes_searched"] > 500_000
    assert told["answered"] > told["asked"] / 2 > 25
    assert told["kept"] >= 2
    assert list(tmp_path.iterdir()) == []


def test_words_that_are_nowhere_are_not_found(config: Path) -> None:
    status, told, error = looked_for(config, "--also", str(config.parent / "bot.log"))

    assert (status, told["found"], told["markers"], error) == (0, [], 1, "")
    assert told["bytes_searched"] > 8192


def test_words_are_found_in_the_database_in_a_backup_and_in_a_log_and_never_repeated(config: Path) -> None:
    folder = config.parent
    with closing(sqlite3.connect(folder / "data" / "alongside.db")) as connection:
        connection.execute("INSERT INTO kept VALUES (?)", (WORDS,))
        connection.commit()
    (folder / "data" / "backups" / "old.gz").write_bytes(gzip.compress(WORDS.encode()))
    with (folder / "bot.log").open("a") as log:
        log.write(f"{json.dumps({'said': WORDS.upper()})}\n")

    status, told, _ = looked_for(config, "--also", str(folder / "bot.log"))

    assert status == 1
    assert {(each["file"], each["typed"]) for each in told["found"]} == {
        ("alongside.db", "line 1"),
        ("backups/old.gz", "line 1"),
        ("bot.log", "line 1"),
    }
    assert "kept.what" in {each["at"] for each in told["found"]}


def test_a_database_file_that_stands_elsewhere_is_searched_as_well(config: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.db"
    with closing(sqlite3.connect(elsewhere)) as connection:
        connection.execute("CREATE TABLE kept AS SELECT ? AS what", (WORDS,))
        connection.commit()
    config.write_text(f'{SETTINGS}database = "sqlite+aiosqlite:///{elsewhere}"\n')

    assert {each["file"] for each in looked_for(config)[1]["found"]} == {"elsewhere.db"}


async def _keep(url: str) -> None:
    database = Database.at(url)
    async with database.engine.begin() as connection:
        await connection.execute(text("INSERT INTO bookmarks VALUES ('matrix', 'x', :words)"), {"words": WORDS})
    await database.close()


@pytest.fixture
async def server_with_words(postgresql_with_tables: str) -> str:
    """Return the URL of a database on a server that holds the words."""
    await _keep(postgresql_with_tables)
    return postgresql_with_tables


def test_the_values_of_a_database_on_a_server_are_searched_as_well(config: Path, server_with_words: str) -> None:
    config.write_text(f'{SETTINGS}database = "{server_with_words}"\n')

    found = looked_for(config)[1]["found"]

    assert [(each["file"], each["at"]) for each in found] == [("the database", "bookmarks.mark")]


@pytest.mark.parametrize(
    ("words", "piped", "says"),
    [
        (("--look-for", WORDS), "", "words that were said are no argument"),
        (("--look-for", "-"), "\n", "nothing to look for"),
        (("--look-for", "-"), "tea\n", "too short to look for: give 8 letters or more"),
        (("--look-for", "-", "--also", "/nowhere"), WORDS, "/nowhere is not there"),
    ],
)
def test_what_cannot_be_looked_for_is_one_sentence(config: Path, words: tuple[str, ...], piped: str, says: str) -> None:
    status, out, error = verify("--config", str(config), *words, piped=piped)

    assert (status, out) == (1, "")
    assert error.startswith("alongside: ")
    assert error.count("\n") == 1
    assert says in error
    assert WORDS not in error
