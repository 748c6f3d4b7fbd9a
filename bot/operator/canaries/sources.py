"""Bytes that can be read from anywhere: of a file, or of what stood in one."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


class Source(Protocol):
    """Some bytes. A file may grow or shrink while it is read."""

    def read(self, at: int, length: int) -> bytes:
        """Return up to `length` bytes from `at` on; fewer, and in the end none, where there are no more."""


@dataclass(frozen=True, slots=True)
class Held:
    """Bytes in memory."""

    whole: bytes

    def read(self, at: int, length: int) -> bytes:
        """Return a piece of them."""
        return self.whole[at : at + length]


class OnDisk:
    """A file, open to be read until `close`. Raises `OSError`."""

    def __init__(self, file: Path) -> None:
        # A pipe or a device would be waited for, and a link leads to what is searched by itself or is not ours.
        self._number = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)

    def read(self, at: int, length: int) -> bytes:
        """Return a piece of it, as it is now."""
        return os.pread(self._number, length, at)

    def close(self) -> None:
        """Let go of it."""
        os.close(self._number)
