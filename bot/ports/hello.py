"""What hellos ask of the store. Every method is of one group alone, and works in the open transaction."""

from collections.abc import Sequence
from typing import Protocol

from bot.domain.hello.hello import Hello
from bot.domain.ids import GroupId


class HelloShelf(Protocol):
    """What people laid down, each person at most once in a group."""

    async def all(self, group: GroupId) -> Sequence[Hello]:
        """Return every one of the group, held for this transaction alone, in the order of their codes."""

    async def keep(self, hello: Hello) -> None:
        """Keep it as it now is."""

    async def drop(self, group: GroupId, hello: str) -> None:
        """Let go of it, and of all that hung on it."""
