"""What a world heard and has not yet dealt with: where it can be read again, and never what was said."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from whenever import Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """An event of a platform: in which room, and its id, as the platform itself calls them."""

    room: str
    event: str


class Inbox(Protocol):
    """Survives the process; every method is of one world, inside a transaction."""

    async def keep(self, world: str, received: Sequence[Received], now: Instant) -> None:
        """Keep these in order; one that is there already stays where it is."""

    async def waiting(self, world: str) -> Sequence[Received]:
        """Return what was not dealt with, in order."""

    async def done(self, world: str, events: Sequence[str]) -> None:
        """Let go of what was dealt with, by the events' ids."""
