"""A little memory of a talk in private: what was asked for and not yet complete, and what was last to choose from.

It lives in memory alone, for ten minutes, and goes when the process does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from whenever import Instant, TimeDelta

from bot.domain.ids import GroupId, PersonId
from bot.domain.saying import Choice

KEEPS = TimeDelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfinished:
    """A command whose option `wanted` was asked for; `options` holds the words given so far."""

    command: str
    options: Mapping[str, str]
    wanted: str
    group: GroupId


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What one talk holds, until `until`."""

    until: Instant
    unfinished: Unfinished | None = None
    choices: tuple[Choice, ...] = ()
    group: GroupId


@dataclass(slots=True)
class Dialogue:
    """What each person's private talk with the bot holds."""

    _talks: dict[PersonId, Remembered] = field(default_factory=dict)

    def remember(self, person: PersonId, remembered: Remembered) -> None:
        """Keep it in place of what was there."""
        self._talks[person] = remembered

    def forget(self, person: PersonId) -> None:
        """Let go of what the talk holds."""
        self._talks.pop(person, None)

    def with_(self, person: PersonId, now: Instant) -> Remembered | None:
        """Return what the talk holds, or None; whatever is past its time is forgotten here."""
        for late in [who for who, talk in self._talks.items() if talk.until <= now]:
            del self._talks[late]
        return self._talks.get(person)


def chosen(text: str, choices: tuple[Choice, ...]) -> Choice | None:
    """Return the choice that a number typed in answer means, or None."""
    digits = text.strip().rstrip(".)")
    if digits.isascii() and digits.isdigit() and 0 < int(digits[:3]) <= len(choices):
        return choices[int(digits[:3]) - 1]
    return None
