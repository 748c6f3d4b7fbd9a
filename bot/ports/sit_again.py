"""What is asked of the store of what may come after a sit. Every method is inside one group."""

from collections.abc import Sequence
from typing import Protocol

from bot.domain.ids import GroupId, PersonId
from bot.domain.sit.again import Willing
from bot.domain.sit.looking import Look


class AgainShelf(Protocol):
    """Who would be open to sitting again; in the open transaction."""

    async def said(self, group: GroupId, code: str) -> Sequence[Willing]:
        """Return what was said with that code, held for this transaction alone."""

    async def of(self, group: GroupId, person: PersonId) -> Sequence[Willing]:
        """Return all that one person said, held as above."""

    async def keep(self, willing: Willing) -> None:
        """Keep it, in place of what the person said before with that code."""

    async def drop(self, group: GroupId, code: str, person: PersonId) -> bool:
        """Let go of what that person said; return whether there was anything."""


class LookShelf(Protocol):
    """Invitations to look at how it is, and dates for it; in the open transaction."""

    async def one(self, group: GroupId, code: str) -> Look | None:
        """Return the one of that code, whoever holds it, held for this transaction alone; or None."""

    async def about(self, group: GroupId, person: PersonId) -> Sequence[Look]:
        """Return all that the person holds and others hold with them, held as above, the first to go first."""

    async def keep(self, look: Look) -> None:
        """Keep it as it now is."""

    async def drop(self, look: Look) -> None:
        """Let go of it."""
