"""A little memory of a talk in private: what was asked for and not yet complete, and what was last to choose from.

A question holds words that were typed: it lives in memory alone, and goes after ten minutes. A list stands for a day.
"""

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
    """What one person was given to choose from. `message` names the message it stands in; None where none can."""

    person: PersonId
    group: GroupId
    choices: tuple[Choice, ...]
    until: Instant
    message: str | None = None


@dataclass(slots=True)
class Dialogue:
    """What each person's private talk with the bot holds: a question at most, and a list at most.

    A list that comes after a question leaves it standing: a number then means the list, and other words the question.
    Someone of whom nothing is known here may still have been given a list before the process began.
    """

    _questions: dict[PersonId, Unfinished] = field(default_factory=dict)
    _lists: dict[PersonId, Offered | None] = field(default_factory=dict)

    def ask(self, person: PersonId, question: Unfinished) -> None:
        """Keep the question; numbers from now on answer it and not an earlier list."""
        self._questions[person] = question
        self._lists[person] = None

    def offer(self, offered: Offered) -> None:
        """Keep the list in place of an earlier one."""
        self._lists[offered.person] = offered

    def recall(self, person: PersonId, offered: Offered | None) -> None:
        """Take in the list that was kept before the process began, or that there was none."""
        self._lists.setdefault(person, offered)

    def forget(self, person: PersonId) -> None:
        """Let go of what the talk holds."""
        self._questions.pop(person, None)
        self._lists[person] = None

    def let_go(self, person: PersonId) -> None:
        """Let go of the person as well: nothing is known of them here."""
        self._questions.pop(person, None)
        self._lists.pop(person, None)

    def question(self, person: PersonId, now: Instant) -> Unfinished | None:
        """Return the question that still stands, or None."""
        self._drop_late(now)
        return self._questions.get(person)

    def knows(self, person: PersonId) -> bool:
        """Whether it is known here what this person was last given to choose from, if anything."""
        return person in self._lists

    def offered(self, person: PersonId, now: Instant) -> Offered | None:
        """Return the list that a number now means, or None."""
        self._drop_late(now)
        return self._lists.get(person)

    def _drop_late(self, now: Instant) -> None:
        for person in [person for person, question in self._questions.items() if question.until <= now]:
            del self._questions[person]
        for person in [person for person, offered in self._lists.items() if offered and offered.until <= now]:
            self._lists[person] = None
