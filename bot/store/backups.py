"""The folder of backups: one file for each, named by the moment it shows. A file goes when its days are over."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from whenever import Instant, TimeDelta

from bot.files import keep_bytes
from bot.store.sealing import is_sealed

_NAME = re.compile(
    r"alongside-(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)T(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)Z\.age",
    re.ASCII,
)
# Long enough to know what age sealed by its beginning.
_BEGINNING = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A backup that is there, and the moment it shows."""

    file: Path
    at: Instant


def keep(folder: Path, sealed: bytes, at: Instant) -> Path:
    """Put a backup there, whole or not at all; return its file."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / at.to_tz("UTC").format("'alongside-'YYYYMMDD'T'HHmmss'Z.age'")
    keep_bytes(file, sealed)
    return file


def kept(folder: Path) -> list[Kept]:
    """Return the backups of a folder, the newest last: what has such a name and no such beginning is not ours."""
    return sorted(_ours(folder), key=lambda each: each.at) if folder.is_dir() else []


def prune(folder: Path, before: Instant) -> int:
    """Take away the backups that show a moment before that one; return how many."""
    old = [each for each in kept(folder) if each.at <= before]
    for each in old:
        each.file.unlink(missing_ok=True)
    return len(old)


def is_over(at: Instant, lasts: TimeDelta, now: Instant) -> bool:
    """Whether a backup of that moment is past its date."""
    return at + lasts <= now


def _ours(folder: Path) -> Iterator[Kept]:
    for file in folder.iterdir():
        match = _NAME.fullmatch(file.name)
        if match is None or file.is_symlink() or not file.is_file():
            continue
        try:
            at = Instant.from_utc(*(int(part) for part in match.groups()))
        except ValueError:
            continue
        with file.open("rb") as opened:
            if is_sealed(opened.read(_BEGINNING)):
                yield Kept(file=file, at=at)
