"""Looking again: two people set a date to look at how their sits are for both; or one would like to find back to it.

Each row is of the person who holds it, and tells nothing of what the other does with theirs. A no and a silence are the
same, an end can be silent, and nobody is asked twice in a week.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from whenever import Instant, TimeDelta

from bot.domain.codes import code_for
from bot.domain.ids import GroupId, PersonId

# An invitation may be answered so long at most, and nobody is asked again by the same person before that.
ANSWERED_WITHIN = TimeDelta(hours=24 * 7)
# So long after the date another one can be set, or it can be ended; then it goes without a word.
STAYS_AFTER = TimeDelta(hours=24 * 7)


class State(StrEnum):
    """How it stands for the one who holds it."""

    ASKED = "asked"
    AGREED = "agreed"
    TAKEN_BACK = "taken back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one person holds with another one, in one group. `code` is theirs alone.

    `at` is the date they look at it on; None for an invitation to sit again some time. `until` is when it goes.
    """

    code: str
    group: GroupId
    person: PersonId
    other: PersonId
    at: Instant | None
    until: Instant
    state: State = State.ASKED

    @property
    def lapses_at(self) -> Instant:
        """When an invitation can be answered no more."""
        return self.until if self.at is None else min(self.until, self.at)

    def waits_for(self, person: PersonId, now: Instant) -> bool:
        """Return whether it is an invitation that this person may still say yes to."""
        return self.state is State.ASKED and person == self.other and now < self.lapses_at

    def is_date(self, now: Instant) -> bool:
        """Return whether both have agreed to it and it has not gone."""
        return self.state is State.AGREED and now < self.until

    def taken_back(self) -> Self:
        """Return the invitation that nobody can answer any more; it stays, so that nobody is asked twice in a week."""
        return replace(self, state=State.TAKEN_BACK)

    def agreed(self, at: Instant) -> tuple[Self, Self]:
        """Return what each of the two holds from now on, for the date `at`: whoever asked, and whoever said yes."""
        mine = replace(self, state=State.AGREED, at=at, until=at + STAYS_AFTER)
        return mine, replace(mine, code=their_code(self.code), person=self.other, other=self.person)


def their_code(code: str) -> str:
    """Return the code of what whoever says yes will hold, given that of the invitation."""
    return code_for("look-too", code)
