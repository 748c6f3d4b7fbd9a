"""What is packed within some bytes: gzip, zlib, the members of a zip, deflate from the first byte, bzip2 and xz.

Every place that looks like the beginning of one is tried, and a stream that breaks off is read up to there.
"""

import bz2
import lzma
import re
import zlib
from collections.abc import Callable, Iterator
from typing import Protocol

from bot.operator.canaries.sources import Source

# How much of one stream is looked at, in bytes.
LARGEST = 1 << 26
_PIECE = 1 << 14
_ZIP_HEADER = 30
_ZLIB, _GZIP, _RAW = 15, 31, -15
_BEGINNING = re.compile(
    rb"(?P<gzip>\x1f\x8b\x08)|(?P<zlib>\x78[\x01\x5e\x9c\xda])|(?P<zip>PK\x03\x04)"
    rb"|(?P<bzip2>BZh[1-9]1AY&SY)|(?P<xz>\xfd7zXZ\x00)"
)
LONGEST_BEGINNING = 10
# By how a file begins: what is known, and cannot be opened here.
_CLOSED = {b"\x28\xb5\x2f\xfd": "zstd", b"\x04\x22\x4d\x18": "lz4", b"7z\xbc\xaf\x27\x1c": "7z"}


class Opener(Protocol):
    """What the standard library opens streams with."""

    @property
    def eof(self) -> bool:
        """Whether the stream has ended."""

    def decompress(self, data: bytes, /) -> bytes:
        """Return what came out of a piece."""


_OPENERS: dict[str, Callable[[], Opener]] = {
    "gzip": lambda: zlib.decompressobj(_GZIP),
    "zlib": lambda: zlib.decompressobj(_ZLIB),
    "zip": lambda: zlib.decompressobj(_RAW),
    "deflate": lambda: zlib.decompressobj(_RAW),
    "bzip2": bz2.BZ2Decompressor,
    "xz": lzma.LZMADecompressor,
}


def beginnings(window: bytes) -> Iterator[tuple[int, str]]:
    """Give each place in a window at which something packed may begin, and how it would be packed."""
    for found in _BEGINNING.finditer(window):
        yield found.start(), str(found.lastgroup)


def unpacked(source: Source, at: int, how: str) -> bytes:
    """Return what is packed there; nothing where it only looked so."""
    if how == "zip":
        at += _ZIP_HEADER + _length_of_names(source.read(at, _ZIP_HEADER))
    opener, pieces, length = _OPENERS[how](), list[bytes](), 0
    try:
        while not opener.eof and length < LARGEST and (piece := source.read(at, _PIECE)):
            pieces.append(opener.decompress(piece))
            length += len(pieces[-1])
            at += len(piece)
    except (zlib.error, lzma.LZMAError, OSError, EOFError):
        return b"".join(pieces)
    return b"".join(pieces)


def closed(source: Source) -> str | None:
    """Return how something is packed that cannot be opened here; None where it is not."""
    start = source.read(0, LONGEST_BEGINNING)
    return next((name for begins, name in _CLOSED.items() if start.startswith(begins)), None)


def _length_of_names(header: bytes) -> int:
    """Return how long a member's name and what follows it are: PKWARE's APPNOTE, 4.3.7."""
    return int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
