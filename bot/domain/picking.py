"""What a person means who answers a list: by the number, by the words of a choice, or by the first of them.

The words are compared as they are read: case, spaces, what cannot be seen and a full stop at the end do not count.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_UNSEEN = frozenset({"Cc", "Cf", "Co"})
_ENDS = " .,;:!?…"
# Digits on a key cap are the digit, the sign that it is a picture, and the cap; ten has a picture of its own.
_KEY_CAP = dict.fromkeys(map(ord, "\ufe0f\u20e3"))
_TEN = "\N{KEYCAP TEN}"
_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """The words fit more than one choice."""


def numbered(text: str, count: int) -> int | None:
    """Return which of `count` choices a number means, the first being 0, or None."""
    digits = text.strip().rstrip(".)")
    if re.fullmatch(r"[0-9]{1,3}", digits) and 0 < int(digits) <= count:
        return int(digits) - 1
    return None


def tapped(reaction: str, count: int) -> int | None:
    """Return which of `count` choices a digit means that stands on a key cap or alone, or None."""
    bare = reaction.strip().translate(_KEY_CAP)
    return numbered("10" if bare == _TEN else bare, count)


def worded(text: str, labels: Sequence[str]) -> int | Unclear | None:
    """Return which label the words are, or begin as no other does; None when they begin as none does."""
    words = _words(text)
    if not words:
        return None
    read = [_words(label) for label in labels]
    same = [index for index, label in enumerate(read) if label == words]
    begun = same or [index for index, label in enumerate(read) if label[: len(words)] == words]
    if len(begun) > 1:
        return Unclear()
    return begun[0] if begun else None


def exactly(text: str, labels: Sequence[str]) -> int | None:
    """Return which label the words are, from the first to the last, or None."""
    words = _words(text)
    same = [index for index, label in enumerate(labels) if words and _words(label) == words]
    return same[0] if len(same) == 1 else None


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", text[:_LONGEST]).casefold().replace("’", "'")
    seen = "".join(" " if char.isspace() else char for char in folded if not _hidden(char))
    return seen.strip(_ENDS).split()


def _hidden(char: str) -> bool:
    return not char.isspace() and unicodedata.category(char) in _UNSEEN
