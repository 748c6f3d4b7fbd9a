"""What is kept of one person, as that person may see it, take it along and let it go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from whenever import Instant

from bot.domain.ids import GroupId, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One row: the table it is in, and what stands in it, by column. Nobody else's id is among it."""

    table: str
    facts: Mapping[str, object]


class Traces(Protocol):
    """Everything that names one person, whichever table it is in; inside a transaction."""

    async def groups(self, person: PersonId) -> Sequence[GroupId]:
        """Return every group of their world in which anything names them; it stays so until the transaction ends."""

    async def kept(self, group: GroupId, person: PersonId) -> Sequence[Kept]:
        """Return all that is kept of them in one group."""

    async def erase(self, person: PersonId, now: Instant) -> None:
        """Let go of all of it, in every group; what others are still to hear names them no more."""


class Talk(Protocol):
    """What the bot remembers of its talk with each person."""

    def let_go(self, person: PersonId) -> None:
        """Let go of it: the question, the lists, and what was to be written down of them."""
