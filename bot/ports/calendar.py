"""What the calendar needs: somebody who writes the files, and a shelf for the feeds that people asked for."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from whenever import Instant

from bot.domain.ids import GroupId, PersonId
from bot.domain.rota.calendar import Event
from bot.domain.rota.rota import Rota

# Returns a token that nobody can guess: letters, digits, "-" and "_", of 128 random bits at least.
NewToken: TypeAlias = Callable[[], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """One person's own shifts. Times are written in `zone`, an IANA name; `made` is when they were looked up."""

    group: GroupId
    events: Sequence[Event]
    zone: str
    made: Instant


# Returns a calendar file (RFC 5545) with the words of the group's language.
WriteOwn: TypeAlias = Callable[[Own], Awaitable[bytes]]
# Returns the lines of rotas as a calendar file, with nobody in it, as of a moment.
WriteLines: TypeAlias = Callable[[Sequence[Rota], Instant], bytes]


class FeedShelf(Protocol):
    """The feeds of one group's people, at most one of each. Inside a transaction."""

    async def has(self, group: GroupId, person: PersonId) -> bool:
        """Return whether the person has one."""

    async def put(self, group: GroupId, person: PersonId, digest: str) -> None:
        """Keep the digest of a new token, in place of an earlier one."""

    async def end(self, group: GroupId, person: PersonId) -> bool:
        """Let go of it; return whether there was one."""


class FeedLookup(Protocol):
    """Whose a feed is. Inside a transaction."""

    async def whose(self, digest: str) -> tuple[GroupId, PersonId] | None:
        """Return whose token has that digest, or None."""
