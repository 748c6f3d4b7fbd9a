"""A world's folder: whatever does not fit is said, changed in nothing, and never made to fit by a new device."""

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.adapters.matrix.folder import Folder
from bot.ports.chat import ChatError
from tests.operator.keys import ACCOUNT, SESSION, contents, used_folder

Harm = Callable[[Path], object]


def truncated(path: Path) -> None:
    whole = (path / "keys.db").read_bytes()
    (path / "keys.db").write_bytes(whole[: len(whole) // 2])


def garbled(path: Path) -> None:
    whole = bytearray((path / "keys.db").read_bytes())
    middle = len(whole) // 2
    whole[middle - 6000 : middle + 6000] = b"\xa5" * 12000
    (path / "keys.db").write_bytes(whole)


def killed_while_writing(file: Path) -> None:
    code = (
        "import sqlite3, os, sys; database = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "database.executescript('PRAGMA cache_size = 1; BEGIN; CREATE TABLE big (text TEXT);');"
        "[database.execute('INSERT INTO big VALUES (?)', ('x' * 3000,)) for _ in range(300)];"
        "database.execute('DELETE FROM accounts'); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(file)], check=False)  # noqa: S603  Our own command.


def fault_of(path: Path, secret: str | None = None) -> tuple[str, bool]:
    """Return the fault that reading the folder ends with."""
    with pytest.raises(ChatError) as caught:
        _read(path, secret)
    return caught.value.kind, caught.value.permanent


def _read(path: Path, secret: str | None) -> None:
    folder = Folder.taken(path, secret)
    try:
        folder.session(ACCOUNT.user_id)
        folder.own_keys(SESSION)
    finally:
        folder.free()


@pytest.mark.parametrize(
    ("harm", "kind"),
    [
        (truncated, "keys-broken"),
        (garbled, "keys-broken"),
        (lambda path: (path / "keys.db").write_bytes(b"not a database at all" * 1000), "keys-broken"),
        (lambda path: (path / "store.secret").unlink(), "secret-missing"),
        (lambda path: (path / "store.secret").write_text(""), "secret-missing"),
        (lambda path: (path / "store.secret").write_bytes(b"\xff\xfe"), "secret-missing"),
        (lambda path: (path / "store.secret").write_text("another"), "secret-wrong"),
        (lambda path: (path / "session.json").write_text("{"), "session-broken"),
        (lambda path: (path / "session.json").write_text("[1]"), "session-broken"),
        (lambda path: (path / "session.json").write_bytes(b"\xff"), "session-broken"),
        (lambda path: (path / "session.json").write_text('{"user_id": 1}'), "session-broken"),
    ],
)
async def test_what_was_harmed_is_said_and_nothing_is_changed(tmp_path: Path, harm: Harm, kind: str) -> None:
    path = await used_folder(tmp_path / "world")
    harm(path)
    before = contents(path)
    faults = [fault_of(path), fault_of(path)]

    assert faults == [(kind, True)] * 2
    assert contents(path) == before


async def test_a_secret_that_is_a_link_is_no_secret(tmp_path: Path) -> None:
    path = await used_folder(tmp_path / "world")
    (path / "store.secret").rename(tmp_path / "elsewhere")
    (path / "store.secret").symlink_to(tmp_path / "elsewhere")

    assert fault_of(path) == ("secret-missing", True)


async def test_keys_that_were_kept_under_a_secret_of_the_settings_open_with_it_alone(tmp_path: Path) -> None:
    path = await used_folder(tmp_path / "world", "of the settings")

    assert fault_of(path) == ("secret-missing", True)
    assert fault_of(path, "another") == ("secret-wrong", True)
    _read(path, "of the settings")


async def test_a_folder_without_its_session_still_knows_its_device(tmp_path: Path) -> None:
    path = await used_folder(tmp_path / "world")
    (path / "session.json").unlink()
    folder = Folder.taken(path)
    session = folder.session(ACCOUNT.user_id)
    folder.free()

    assert session is not None
    assert (session.device_id, session.access_token) == (SESSION.device_id, "")


async def test_the_keys_of_another_account_are_left_alone(tmp_path: Path) -> None:
    path = await used_folder(tmp_path / "world")
    folder = Folder.taken(path)
    with pytest.raises(ChatError) as caught:
        folder.session("@another:example.org")
    folder.free()

    assert caught.value.kind == "folder-of-another"


def test_a_folder_is_held_by_one_at_a_time(tmp_path: Path) -> None:
    first = Folder.taken(tmp_path / "world")
    held = Folder.seen(tmp_path / "world").is_held
    with pytest.raises(ChatError) as caught:
        Folder.taken(tmp_path / "world")
    first.free()
    second = Folder.taken(tmp_path / "world")
    second.free()

    assert (caught.value.kind, caught.value.permanent) == ("in-use", True)
    assert (held, Folder.seen(tmp_path / "world").is_held) == (True, False)


def test_looking_makes_nothing(tmp_path: Path) -> None:
    Folder.seen(tmp_path / "world")

    assert not (tmp_path / "world").exists()


async def test_keys_that_were_half_written_when_the_process_was_killed_are_read_as_they_were(tmp_path: Path) -> None:
    path = await used_folder(tmp_path / "world")
    with closing(sqlite3.connect(path / "keys.db")) as database:
        before = database.execute("SELECT count(*) FROM accounts").fetchone()
    await asyncio.to_thread(killed_while_writing, path / "keys.db")
    assert (path / "keys.db-journal").exists()
    _read(path, None)
    with closing(sqlite3.connect(path / "keys.db")) as database:
        after = database.execute("SELECT count(*) FROM accounts").fetchone()

    assert before == after == (1,)
