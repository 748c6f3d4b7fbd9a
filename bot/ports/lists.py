"""Lists that people were given to choose from, as the switchboard asks for them. Inside a transaction, all of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from whenever import Instant

from bot.domain.dialogue import Offered
from bot.domain.ids import PersonId
from bot.domain.saying import Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A choice that was answered by reaction. `reaction` is the key of the reaction's event, `number` counts from 0."""

    reaction: str
    offered: Offered
    number: int

    @property
    def choice(self) -> Choice:
        """The choice."""
        return self.offered.choices[self.number]


class Lists(Protocol):
    """Lists by the message they stand in, until their time is over."""

    async def keep(self, given: Sequence[Offered], last: Mapping[PersonId, str | None]) -> None:
        """Keep these. `last` is for each person the message whose list a number now means; None when it means none."""

    async def last(self, person: PersonId, now: Instant) -> Offered | None:
        """Return the list that a number typed by this person means, or None."""

    async def under(self, message: str, now: Instant) -> Offered | None:
        """Return the list that stands in a message, or None."""

    async def purge(self, now: Instant) -> None:
        """Let go of lists whose time is over, with the answers to them."""


class ListAnswers(Protocol):
    """What was answered by reaction, for as long as its list stands."""

    async def note(self, answered: Answered) -> None:
        """Keep it; nothing happens when it was kept before."""

    async def by(self, reaction: str, now: Instant) -> Answered | None:
        """Return what that reaction answered, or None."""

    async def forget(self, reaction: str) -> None:
        """Let it go."""


class ListShelf(Lists, ListAnswers, Protocol):
    """All of it."""
