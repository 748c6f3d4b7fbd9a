"""Parts of a shift, and what is left of some when others are added or taken away."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import portion
from whenever import TimeDelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """From so many minutes after the shift's beginning to so many, or to its end when `ends` is None."""

    starts: int = 0
    ends: int | None = None

    @property
    def whole(self) -> bool:
        """Whether it is all of the shift."""
        return self == WHOLE

    def within(self, length: TimeDelta) -> "Part | None":
        """Return what there is of it in a shift of that length, to its end by None; None for nothing at all."""
        minutes = round(length.total("minutes"))
        if self.starts >= minutes:
            return None
        return Part(starts=self.starts, ends=None if self.ends is None or self.ends >= minutes else self.ends)


WHOLE = Part()

# In order, none touching another.
Parts: TypeAlias = tuple[Part, ...]


def joined(parts: Iterable[Part]) -> Parts:
    """Return the same time in as few parts as can be, in order."""
    given = tuple(parts)
    return given if len(given) <= 1 else _parts(_interval(given))


def without(parts: Iterable[Part], taken: Iterable[Part]) -> Parts:
    """Return what is left of `parts` when `taken` is taken away."""
    given, gone = tuple(parts), tuple(taken)
    if not given or not gone:
        return joined(given)
    if WHOLE in gone:
        return ()
    return _parts(_interval(given) - _interval(gone))


def shared(parts: Iterable[Part], others: Iterable[Part]) -> Parts:
    """Return the time that is in both."""
    given, more = tuple(parts), tuple(others)
    if not given or not more:
        return ()
    if WHOLE in given:
        return joined(more)
    if WHOLE in more:
        return joined(given)
    return _parts(_interval(given) & _interval(more))


def bounds(parts: Iterable[Part]) -> tuple[int, ...]:
    """Return every minute at which one of the parts begins or ends, in order, each once."""
    given = tuple(parts)
    return tuple(sorted({part.starts for part in given} | {part.ends for part in given if part.ends is not None}))


def holds(parts: Iterable[Part], minute: int) -> bool:
    """Return whether that minute is in one of them."""
    return any(part.starts <= minute and (part.ends is None or minute < part.ends) for part in parts)


def _interval(parts: Iterable[Part]) -> portion.Interval:
    atoms = (portion.closedopen(part.starts, portion.inf if part.ends is None else part.ends) for part in parts)
    return portion.Interval(*atoms)


def _parts(interval: portion.Interval) -> Parts:
    return tuple(
        Part(starts=atom.lower, ends=None if atom.upper == portion.inf else atom.upper)
        for atom in interval
        if not atom.empty
    )
