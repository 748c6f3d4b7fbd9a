"""What is kept is its owner's alone, or the bot does not start."""

import os
from pathlib import Path

import pytest

from bot.operator.privacy import loose, refuse_loose
from bot.operator.sentences import Stop


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a data folder as the bot makes it."""
    folder = tmp_path / "data"
    (folder / "matrix").mkdir(parents=True)
    (folder / "matrix" / "keys.db").touch()
    folder.chmod(0o700)
    (folder / "matrix").chmod(0o700)
    (folder / "matrix" / "keys.db").chmod(0o600)
    return folder


def test_a_folder_that_is_its_owners_alone_is_fine_and_so_is_none(data: Path, tmp_path: Path) -> None:
    assert [*loose(data), *loose(tmp_path / "none")] == []


@pytest.mark.parametrize("place", [".", "matrix", "matrix/keys.db"])
@pytest.mark.parametrize("more", [0o040, 0o020, 0o004, 0o002, 0o001])
def test_whatever_others_may_touch_is_refused_with_the_command_that_mends_it(data: Path, place: str, more: int) -> None:
    path = data / place
    path.chmod(path.stat().st_mode | more)
    with pytest.raises(Stop) as caught:
        refuse_loose(data)
    sentence = str(caught.value)
    os.system(sentence.partition(": ")[2])  # noqa: S605  It is the command that is tried.

    assert sentence == f"{path} can be read or written by others: chmod -R go= {data}"
    assert [*loose(data)] == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_what_belongs_to_somebody_else_is_refused(data: Path) -> None:
    os.chown(data / "matrix" / "keys.db", 65534, -1)

    assert [*loose(data)] == [f"{data}/matrix/keys.db belongs to somebody else: chown -R 0 {data}"]


def test_a_link_counts_as_what_it_leads_to(data: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").touch(mode=0o600)
    (data / "link").symlink_to(tmp_path / "elsewhere")
    before = [*loose(data)]
    (tmp_path / "elsewhere").chmod(0o644)

    assert (before, len([*loose(data)])) == ([], 1)
