"""A little memory of a talk in private: what was asked for and not yet complete, and what was last to choose from.

It lives in memory alone and goes when the process does: a question after ten minutes, a list after a day.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from whenever import Instant, TimeDelta

from bot.domain.ids import GroupId, PersonId
from bot.domain.saying import Choice

QUESTION_STANDS = TimeDelta(minutes=10)
LIST_STANDS = TimeDelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfinished:
    """A command whose option `wanted` was asked for; `options` holds the words given so far."""

    command: str
    options: Mapping[str, str]
    wanted: str
    group: GroupId
    until: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What was last to choose from."""

    choices: tuple[Choice, ...]
    group: GroupId
    until: Instant


@dataclass(slots=True)
class Dialogue:
    """What each person's private talk with the bot holds: a question at most, and a list at most.

    A list that comes after a question leaves it standing: a number then means the list, and other words the question.
    """

    _questions: dict[PersonId, Unfinished] = field(default_factory=dict)
    _lists: dict[PersonId, Offered] = field(default_factory=dict)

    def ask(self, person: PersonId, question: Unfinished) -> None:
        """Keep the question; numbers from now on answer it and not an earlier list."""
        self._questions[person] = question
        self._lists.pop(person, None)

    def offer(self, person: PersonId, offered: Offered) -> None:
        """Keep the list in place of an earlier one."""
        self._lists[person] = offered

    def forget(self, person: PersonId) -> None:
        """Let go of what the talk holds."""
        self._questions.pop(person, None)
        self._lists.pop(person, None)

    def question(self, person: PersonId, group: GroupId, now: Instant) -> Unfinished | None:
        """Return the question that still stands in this group, or None."""
        _drop_late(self._questions, now)
        question = self._questions.get(person)
        return question if question and question.group == group else None

    def picked(self, person: PersonId, group: GroupId, text: str, now: Instant) -> Choice | None:
        """Return what a number means on the list that still stands in this group, or None."""
        _drop_late(self._lists, now)
        offered = self._lists.get(person)
        return chosen(text, offered.choices) if offered and offered.group == group else None


def _drop_late(kept: dict[PersonId, Unfinished] | dict[PersonId, Offered], now: Instant) -> None:
    for person in [person for person, one in kept.items() if one.until <= now]:
        del kept[person]


def chosen(text: str, choices: tuple[Choice, ...]) -> Choice | None:
    """Return the choice that a number typed in answer means, or None."""
    digits = text.strip().rstrip(".)")
    if re.fullmatch(r"[0-9]{1,3}", digits) and 0 < int(digits) <= len(choices):
        return choices[int(digits) - 1]
    return None
