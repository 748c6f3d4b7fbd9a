"""The key of an encrypted database: where it may come from, what is said without the right one, and `encrypt`."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot import settings
from bot.settings import SettingsError
from bot.store.database import is_encrypted
from tests.tables import with_tables

LONGEST = 60


@dataclass(frozen=True, kw_only=True)
class Place:
    """Settings and a database in clear."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "data" / "alongside.db"

    def sets(self, line: str) -> None:
        (self.folder / "alongside.toml").write_text(f'data = "data"\n{line}\n')

    def keeps(self, name: str, key: str) -> Path:
        """Keep a key in a file of its own."""
        file = self.folder / name
        file.touch(mode=0o600)
        file.write_text(key)
        return file

    def runs(self, *words: str, stdin: str = "", env: Mapping[str, str] | None = None) -> tuple[int, str]:
        """Run a command; return its status and all that it says."""
        command = [sys.executable, "-m", "bot", *words, "--config", str(self.folder / "alongside.toml")]
        done = subprocess.run(  # noqa: S603  Our own command.
            command, capture_output=True, check=False, encoding="utf-8", input=stdin, env=env, timeout=LONGEST
        )
        return done.returncode, done.stdout + done.stderr


@pytest.fixture
def place(tmp_path: Path) -> Place:
    (tmp_path / "data").mkdir(mode=0o700)
    with_tables(tmp_path / "data" / "alongside.db")
    (tmp_path / "data" / "alongside.db").chmod(0o600)
    return Place(folder=tmp_path)


@pytest.mark.long
def test_a_file_in_clear_is_told_of_encrypted_once_and_opens_with_its_key_from_wherever_it_comes(place: Place) -> None:
    key = place.keeps("key", "s3cret")
    place.sets('database_key_file = "key"')
    told = [place.runs("check")[1], place.runs("encrypt")[1]]
    from_file = place.runs("check")[1]
    again = place.runs("encrypt")
    place.sets("")
    credentials = place.folder / "credentials"
    credentials.mkdir()
    key.rename(credentials / settings.CREDENTIAL)
    without = place.runs("check")[1]
    from_systemd = place.runs("check", env={**os.environ, settings.CREDENTIALS: str(credentials)})[1]
    place.sets('database_key = "ask"')
    typed = place.runs("check", stdin="s3cret\n")[1]
    wrong = place.runs("check", stdin="another\n")[1]

    assert "alongside encrypt does that" in told[0]
    assert is_encrypted(place.database)
    assert [("database: it can be used" in said) for said in (from_file, from_systemd, typed)] == [True] * 3
    assert (again[0], "encrypted already" in again[1]) == (1, True)
    assert [("encrypted under another key" in said) for said in (without, wrong)] == [True, True]
    assert "s3cret" not in repr((told, from_file, again, without, from_systemd, typed, wrong))


def test_a_key_that_is_asked_for_and_not_given_ends_in_one_line(place: Place) -> None:
    place.sets('database_key = "ask"')
    status, said = place.runs("check")

    assert (status, said.count("\n")) == (1, 1)
    assert "nothing was typed" in said


def test_without_a_key_or_a_database_nothing_is_encrypted(place: Place) -> None:
    place.sets("")
    none_set = place.runs("encrypt")
    place.keeps("key", "s3cret")
    place.sets('database_key_file = "key"')
    place.database.unlink()
    none_there = place.runs("encrypt")

    assert (none_set[0], "no key is set" in none_set[1]) == (1, True)
    assert (none_there[0], "there is no database yet" in none_there[1]) == (1, True)
    assert not place.database.exists()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('database_key = "s3cret"', 'give "ask", or database_key_file'),
        ('database_key = "ask"\ndatabase_key_file = "key"', "give either"),
        ('database_key_file = "key"\ndatabase = "postgresql://localhost/alongside"', "only a SQLite file"),
        ('database_key_file = "nowhere"', "cannot be read"),
    ],
)
def test_settings_of_a_key_that_cannot_be_are_refused_without_showing_it(place: Place, line: str, says: str) -> None:
    place.keeps("key", "s3cret")
    place.sets(line)
    with pytest.raises(SettingsError) as caught:
        settings.read(place.folder / "alongside.toml", {})

    assert says in str(caught.value)
    assert "s3cret" not in str(caught.value)
