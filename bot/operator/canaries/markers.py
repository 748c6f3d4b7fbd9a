"""Markers: texts that nobody could guess and nothing else could hold, and where each of them was typed."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

_PLAIN = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
# Letters that encodings and changes of case treat differently, and pictures beyond the first plane.
_LETTERS = "éñøßżğЖЮдλωÅÇÖ語海茶한글"
_PICTURES = "🫖🌧🧣🍵"
LONG = 20


class Sort(StrEnum):
    """What may become of a marker: nothing at all is kept, or the group asked for it and it stands where declared."""

    SAID = "said"
    KEPT = "kept on purpose"


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """One text. `where` says in which world and as what it was typed, and holds nothing of the text."""

    text: str
    where: str
    sort: Sort = Sort.SAID


class Registry:
    """Makes markers and knows all it made. They hang on a secret of this registry, so that no two runs share one."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._made: list[Marker] = []

    @property
    def all(self) -> Sequence[Marker]:
        """Every marker so far."""
        return tuple(self._made)

    def of(self, sort: Sort) -> Sequence[Marker]:
        """Return every marker of a sort."""
        return tuple(marker for marker in self._made if marker.sort is sort)

    def new(self, where: str, *, sort: Sort = Sort.SAID) -> Marker:
        """Make one; every other one has letters beyond ASCII in it."""
        number = len(self._made)
        text = self._text(number, _PLAIN, LONG) if number % 2 == 0 else self._mixed(number)
        self._made.append(marker := Marker(text=text, where=where, sort=sort))
        return marker

    def _mixed(self, number: int) -> str:
        plain, letters = self._text(number, _PLAIN, LONG), self._text(-number, _LETTERS, 6)
        return f"{letters[:2]}{plain[:10]}{letters[2:]}{self._text(number, _PICTURES, 2)}{plain[10:]}"

    def _text(self, number: int, alphabet: str, length: int) -> str:
        drawn = hashlib.shake_256(self._key + repr((number, alphabet)).encode()).digest(4 * length)
        parts = (int.from_bytes(drawn[at : at + 4]) for at in range(0, len(drawn), 4))
        return "".join(alphabet[part % len(alphabet)] for part in parts)
