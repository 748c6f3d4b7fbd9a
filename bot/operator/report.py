"""What a check found, a line for each thing, in words or as JSON."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum


class State(StrEnum):
    """How a thing is: fine, worth knowing, or in need of mending."""

    FINE = "fine"
    NOTE = "note"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One thing that was looked at: `about` what, in a word or two."""

    about: str
    state: State
    text: str


def fine(about: str, text: str) -> Found:
    """Return that all is well with it."""
    return Found(about=about, state=State.FINE, text=text)


def note(about: str, text: str) -> Found:
    """Return something worth knowing."""
    return Found(about=about, state=State.NOTE, text=text)


def missing(about: str, text: str) -> Found:
    """Return what has to be mended."""
    return Found(about=about, state=State.MISSING, text=text)


def is_well(found: Sequence[Found]) -> bool:
    """Whether nothing has to be mended."""
    return all(each.state is not State.MISSING for each in found)


def in_words(found: Sequence[Found]) -> str:
    """Return a line for each."""
    return "\n".join(f"{each.state}: {each.about}: {each.text}" for each in found)


def as_json(found: Sequence[Found]) -> str:
    """Return the same for a programme to read."""
    return json.dumps({"ok": is_well(found), "found": [asdict(each) for each in found]}, ensure_ascii=False)
