"""Looks through every byte of files for texts in all their forms, also in what is packed in them.

Files are read in windows that overlap by more than the longest form, so that no border hides anything. A window is
searched as it is and once more without its line ends, as mail and some logs break long lines.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

from bot.operator.canaries.cells import Cells, cells
from bot.operator.canaries.sources import Held, OnDisk, Source
from bot.operator.canaries.spelling import forms
from bot.operator.canaries.unpacking import LONGEST_BEGINNING, beginnings, closed, unpacked

WINDOW = 1 << 22
_DEEPEST = 4
_BREAKS = (b"=\r\n", b"=\n")
_FOLDED_BREAKS = (b"\\r\\n", b"\\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One text that was found: the number it was given, in which file, where in it, and how it was written.

    `at` is a place in the file, in bytes; or, where it `is_value`, the names of a table and its column.
    """

    number: int
    file: str
    at: str
    how: str
    is_value: bool = False


class Search:
    """Looks for texts, each known by its place in the sequence; `cut` looks for their beginnings alone as well.

    `searched` counts the bytes, but for those that were packed in others. `unread` names what could not be read.
    """

    def __init__(self, texts: Sequence[str], *, cut: bool = True, window: int = WINDOW) -> None:
        self._forms = [
            (form, number, how) for number, text in enumerate(texts) for form, how in forms(text, cut=cut).items()
        ]
        self._overlap = 2 * max((len(form) for form, _, _ in self._forms), default=0) + LONGEST_BEGINNING
        self._window = max(window, 2 * self._overlap)
        self._finder = BytesAhoCorasick(
            (form for form, _, _ in self._forms), MatchKind.LeftmostLongest, Implementation.ContiguousNFA
        )
        self.searched = 0
        self.unread: list[str] = []

    def folders(self, folders: Iterable[Path]) -> Iterator[Finding]:
        """Look through every file in these folders, and their names; one that is a file is looked through itself."""
        for folder in folders:
            for file in _files(folder):
                name = str(file.relative_to(folder)) if file != folder else file.name
                yield from self._bytes(Held(name.encode(errors="surrogateescape")), name, "in its name, ")
                yield from self.file(file, name)

    def file(self, file: Path, name: str) -> Iterator[Finding]:
        """Look through one file; what is no file, such as a socket, holds nothing."""
        if file.is_symlink() or not file.is_file():
            return
        try:
            source = OnDisk(file)
        except FileNotFoundError:
            return
        except OSError as error:
            self.unread.append(f"{name}: {error.strerror}")
            return
        try:
            yield from self._whole(source, file, name)
        except OSError as error:
            self.unread.append(f"{name}: {error.strerror}")
        finally:
            source.close()

    def held(self, whole: bytes, name: str) -> Iterator[Finding]:
        """Look through bytes in memory."""
        yield from self._bytes(Held(whole), name)

    def _whole(self, source: Source, file: Path, name: str) -> Iterator[Finding]:
        if (how := closed(source)) is not None:
            self.unread.append(f"{name}: packed as {how}, which cannot be opened here")
        yield from self._bytes(source, name)
        yield from self.values(cells(file, self.unread), name)

    def values(self, found: Cells, name: str) -> Iterator[Finding]:
        """Look through the values of a database, each by its table and column."""
        for table, column, value in found:
            for finding in self._bytes(Held(value), name):
                yield Finding(number=finding.number, file=name, at=f"{table}.{column}", how=finding.how, is_value=True)

    def _bytes(self, source: Source, name: str, within: str = "", depth: int = 0) -> Iterator[Finding]:
        seen: set[Finding] = set()
        for start, window in self._windows(source, counts=depth == 0):
            for number, at, how in self._in(window):
                place = f"{within}byte {start + at}" if at >= 0 else f"{within}lines from byte {start}"
                seen.add(Finding(number=number, file=name, at=place, how=how))
        yield from sorted(seen, key=lambda finding: (finding.number, finding.at))
        if depth < _DEEPEST:
            yield from self._packed(source, name, within, depth)

    def _packed(self, source: Source, name: str, within: str, depth: int) -> Iterator[Finding]:
        places = {(0, "deflate")}
        for start, window in self._windows(source, counts=False):
            places |= {(start + at, how) for at, how in beginnings(window)}
        for at, how in sorted(places):
            if whole := unpacked(source, at, how):
                yield from self._bytes(Held(whole), name, f"{within}{how} at {at}, ", depth + 1)

    def _windows(self, source: Source, *, counts: bool) -> Iterator[tuple[int, bytes]]:
        """Give each window and where it begins. Each byte is counted once."""
        start = 0
        while window := source.read(start, self._window):
            is_last = len(window) < self._window
            if counts:
                self.searched += len(window) if is_last else len(window) - self._overlap
            yield start, window
            if is_last:
                return
            start += self._window - self._overlap

    def _in(self, window: bytes) -> Iterator[tuple[int, int, str]]:
        """Give what is found in a window: which text, where, or -1 across line ends, and how it is written."""
        folded = window.lower()
        once = {(self._forms[form][1], at, self._forms[form][2]) for form, at, _ in self._matches(folded)}
        yield from once
        texts = {(number, how) for number, _, how in once}
        joined = _joined(folded)
        if joined is not folded:
            for form, _, _ in self._matches(joined):
                _, number, how = self._forms[form]
                if (number, how) not in texts:
                    yield number, -1, how

    def _matches(self, folded: bytes) -> Sequence[tuple[int, int, int]]:
        return self._finder.find_matches_as_indexes(folded)


def _joined(folded: bytes) -> bytes:
    """Return it without line ends, those that are written out as well; itself where there are none."""
    if b"\n" not in folded and b"\r" not in folded and b"\\n" not in folded:
        return folded
    for breaks in (*_BREAKS, *_FOLDED_BREAKS):
        folded = folded.replace(breaks, b"")
    return folded.translate(None, b"\r\n")


def _files(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        yield folder
        return
    for inner, folders, files in os.walk(folder):
        yield from (Path(inner) / name for name in sorted((*folders, *files)))
