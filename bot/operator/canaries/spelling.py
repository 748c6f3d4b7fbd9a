"""Every way in which a text may have been written down: its spellings, and each of them in the usual encodings.

All is given in small ASCII letters, as what is searched is too. That folds base64 as well: a text of some length is
found all the same, and nothing else of that length will look like it.
"""

import base64
import html.entities
import json
import unicodedata
from collections.abc import Callable, Iterator
from typing import Literal
from urllib.parse import quote, quote_plus

# What is shorter turns up by itself in what is random.
SHORTEST = 8
CUT = 12

_COMPOSED: tuple[Literal["NFC", "NFD", "NFKC", "NFKD"], ...] = ("NFC", "NFD", "NFKC", "NFKD")
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_CASES: tuple[Callable[[str], str], ...] = (str, str.lower, str.upper, str.casefold, str.capitalize)


def forms(text: str, *, cut: bool) -> dict[bytes, str]:
    """Return everything to look for, each with the name of its encoding; `cut` adds the text's beginning alone."""
    found: dict[bytes, str] = {}
    for spelling in _spellings(text):
        for name, written in _written(spelling):
            if len(written) >= SHORTEST:
                found.setdefault(written.lower(), name)
        if cut:
            found.setdefault(spelling[:CUT].encode().lower(), "cut short")
    return found


def _spellings(text: str) -> set[str]:
    cases = {change(text) for change in _CASES}
    return cases | {unicodedata.normalize(composed, each) for composed in _COMPOSED for each in cases}


def _written(text: str) -> Iterator[tuple[str, bytes]]:
    plain = text.encode()
    yield "UTF-8", plain
    yield "reversed", plain[::-1]
    yield "reversed", text[::-1].encode()
    yield from ((encoding.upper(), text.encode(encoding)) for encoding in _WIDE)
    yield from (("hex", plain.hex(between).encode()) for between in (" ", ":"))
    yield "hex", plain.hex().encode()
    for encoded in (plain, text.encode("utf-16-le")):
        yield from (("base64", each) for each in _base64(encoded))
    yield from (("base32", each) for each in _base32(plain))
    yield from ((name, each.encode()) for name, each in _escaped(text))


def _escaped(text: str) -> Iterator[tuple[str, str]]:
    """Give it with what must be escaped, and with every character escaped."""
    plain = text.encode()
    units = text.encode("utf-16-be")
    yield "percent", quote(text, safe="")
    yield "percent", quote_plus(text)
    yield "percent", "".join(f"%{byte:02x}" for byte in plain)
    yield "quoted-printable", "".join(chr(byte) if 32 < byte < 127 and byte != 61 else f"={byte:02x}" for byte in plain)  # noqa: PLR2004  RFC 2045, 6.7.
    yield "quoted-printable", "".join(f"={byte:02x}" for byte in plain)
    yield "JSON", json.dumps(text)[1:-1]
    yield "JSON", json.dumps(text, ensure_ascii=False)[1:-1]
    yield "JSON", "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
    yield "Python", ascii(text)[1:-1]
    yield "Python", repr(plain)[2:-1]
    yield "Python", "".join(f"\\x{byte:02x}" for byte in plain)
    yield "octal", "".join(chr(byte) if 32 <= byte < 127 else f"\\{byte:03o}" for byte in plain)  # noqa: PLR2004  As C has it.
    yield "octal", "".join(f"\\{byte:03o}" for byte in plain)
    yield from (("HTML", each) for each in _entities(text))


def _entities(text: str) -> Iterator[str]:
    names = html.entities.codepoint2name
    yield html.escape(text)
    for every in (True, False):
        yield "".join(f"&#{ord(char)};" if every or not char.isascii() else char for char in text)
        yield "".join(f"&#x{ord(char):x};" if every or not char.isascii() else char for char in text)
    yield "".join(f"&{names[ord(char)]};" if ord(char) in names else char for char in text)


def _base64(plain: bytes) -> Iterator[bytes]:
    """Give what stands the same whatever comes before and after, for each of the three ways it can be aligned."""
    for before in range(3):
        encoded = base64.b64encode(b"\0" * before + plain)
        first, last = -(-8 * before // 6), 8 * (before + len(plain)) // 6
        yield encoded[first:last]
        yield encoded[first:last].translate(bytes.maketrans(b"+/", b"-_"))


def _base32(plain: bytes) -> Iterator[bytes]:
    for before in range(5):
        encoded = base64.b32encode(b"\0" * before + plain)
        yield encoded[-(-8 * before // 5) : 8 * (before + len(plain)) // 5]
