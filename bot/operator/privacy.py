"""Whether anybody but the owner could read or write what is kept: then the bot does not start."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from bot.operator.sentences import Stop

OTHERS = stat.S_IRWXG | stat.S_IRWXO


def refuse_loose(data: Path) -> None:
    """Raise `Stop` when the data folder, or anything in it, is not its owner's alone; one that is not there is fine."""
    for sentence in loose(data):
        raise Stop(sentence)


def loose(data: Path) -> Iterator[str]:
    """Give a sentence for each kind of thing that is wrong, with the command that mends it."""
    paths = [data, *_inside(data)] if data.exists() else []
    if open_ := next((path for path in paths if _mode(path) & OTHERS), None):
        yield f"{open_} can be read or written by others: chmod -R go= {data}"
    # What is root's is nobody else's: root may read everything anyway.
    if strange := next((path for path in paths if path.lstat().st_uid not in {0, os.geteuid()}), None):
        yield f"{strange} belongs to somebody else: chown -R {os.geteuid()} {data}"


def _inside(data: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(data):
        yield from (Path(folder) / name for name in (*folders, *files))


def _mode(path: Path) -> int:
    """Return who may do what; a link has no say in that, and what it leads to may be gone."""
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return 0
