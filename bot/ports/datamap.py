"""What is kept, as those who keep it say it themselves: the data map is made from this and from nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Seen(StrEnum):
    """Who can see what is kept, in chat; whoever runs the machine can read the file that it stands in."""

    NOBODY = "nobody"
    THEMSELVES = "the person themselves"
    GROUP = "everybody in the group"
    ASKED = "those it was put to, without the name of who asked"
    BOTH = "the one who asked, and the one they picked"
    ASKER = "the one who asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column: what it holds, what for, when it goes, and who sees it."""

    name: str
    holds: str
    purpose: str
    ends: str
    seen: Seen = Seen.NOBODY


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One table, or one file: where it is, its columns, and the latest that a row of it goes."""

    name: str
    where: str
    latest: str
    fields: Sequence[Field]
