"""What the sit asks of the store. Every method is inside one group."""

from collections.abc import Sequence
from typing import Protocol

from bot.domain.ids import GroupId
from bot.domain.sit.ask import Ask


class Asks(Protocol):
    """Asks that have not ended; an ask that is over leaves no row."""

    async def one(self, group: GroupId, code: str) -> Ask | None:
        """Return the ask, held for this transaction alone, or None."""

    async def all(self, group: GroupId) -> Sequence[Ask]:
        """Return every ask of the group, the oldest first, held for this transaction alone."""

    async def keep(self, ask: Ask) -> None:
        """Keep the ask as it now is; one that is over is let go, with all that hung on it."""
