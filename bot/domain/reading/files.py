"""A file that somebody hands over, as the words in it. It passes through memory alone: nothing here is kept.

A world carries a file as words like all others (`words_of`), so that it can be pasted as well as sent; what is no text
is carried too, and refused here with what would work.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.commands import Reading
from bot.domain.saying import Refused

LARGEST = 256 * 1024
_MARK = "\ufeff"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# What files of other kinds begin with: PDF, the old office programs, pictures.
_NO_TEXT = (b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
# A spreadsheet as its program keeps it is a zip.
_A_ZIP = b"PK\x03\x04"


def words_of(content: bytes) -> str:
    """Return the bytes of a file as words, from which the same bytes come back. Refuses more than `LARGEST` bytes.

    A file of nothing begins with a byte order mark then, or it would be taken for an answer left out.
    """
    refuse_large(len(content))
    words = content.decode("utf-8", "surrogateescape")
    return words if words.strip() else f"{_MARK}{words}"


def refuse_large(size: int) -> None:
    """Refuse a file of more than `LARGEST` bytes."""
    if size > LARGEST:
        raise Refused("file-large", most=LARGEST // 1024)


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file of text, sent or pasted. Value: `str`, what stands in it, without a byte order mark.

    `fits` says whether the text is such a file at all; what is not is refused with `otherwise`.
    """

    fits: Callable[[str], bool]
    otherwise: str
    zoned: bool = False
    choices: tuple[str, ...] = ()
    greedy: bool = True

    def read(self, text: str, _reading: Reading) -> str:
        """Return the text. Refuses what is large, is not UTF-8, or is a file of another kind."""
        try:
            content = text.encode("utf-8", "surrogateescape")
        except UnicodeEncodeError:
            raise Refused("file-encoding") from None
        refuse_large(len(content))
        if content.startswith(_A_ZIP):
            raise Refused("file-spreadsheet")
        if content.startswith(_NO_TEXT):
            raise Refused(self.otherwise)
        if content.startswith(_UTF_16) or b"\x00" in content:
            raise Refused("file-encoding")
        try:
            words = content.decode("utf-8").removeprefix(_MARK)
        except UnicodeDecodeError:
            raise Refused("file-encoding") from None
        if not words.strip():
            raise Refused("file-empty")
        if not self.fits(words):
            raise Refused(self.otherwise)
        return words
