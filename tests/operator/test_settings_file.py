"""The settings file that a set-up writes is the shipped one, filled in."""

import stat
from pathlib import Path

import pytest

from bot import settings
from bot.operator import settings_file

WORLD = {
    "name": "mx",
    "homeserver": "https://matrix.example.org",
    "account": "@alongside:example.org",
    "access_token_file": "mx-token.secret",
    "device_id": 'AB"C\\D',
}


def test_it_reads_back_as_what_was_put_in_and_keeps_its_comments(tmp_path: Path) -> None:
    (tmp_path / "mx-token.secret").touch(mode=0o600)
    (tmp_path / "mx-token.secret").write_text("s3cret")
    file = tmp_path / "alongside.toml"
    settings_file.write(file, "matrix", WORLD, "kept")
    read = settings.read(file, {})
    (world,) = read.settings.worlds.matrix

    assert {name: getattr(world, name) for name in WORLD} == WORLD
    assert read.data == tmp_path / "kept"
    assert (file.read_text().count("\n# "), stat.S_IMODE(file.stat().st_mode)) > (10, 0o577)
    assert "s3cret" not in file.read_text()


def test_one_that_was_there_is_kept_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "alongside.toml"
    file.write_text("# mine")
    settings_file.write(file, "matrix", WORLD, None)

    assert (tmp_path / "alongside.toml.old").read_text() == "# mine"


def test_a_template_without_such_a_line_is_a_bug_that_is_seen() -> None:
    with pytest.raises(ValueError, match="homeserver"):
        settings_file.filled_in("# [[worlds.matrix]]\n", "matrix", {"homeserver": "x"}, None)
