"""What the rota feature needs of the store. Every method is of one group alone, and works in the open transaction."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, TypeAlias

from whenever import Instant

from bot.domain.ids import GroupId
from bot.domain.rota.rota import Rota
from bot.domain.rota.sheet import Sheet

# Is told that a rota of the group changed, or who is on it; in the transaction in which it did, once it is kept.
Following: TypeAlias = Callable[[GroupId, Instant], Awaitable[None]]


class RotaList(Protocol):
    """A group's rotas."""

    async def sheets(self, group: GroupId) -> Sequence[Sheet]:
        """Return the group's rotas with who is on them, by number."""

    async def held(self, group: GroupId) -> Sequence[Sheet]:
        """Return the same, and hold them all to the end of the transaction: nobody else can hold one meanwhile."""

    async def next_number(self, group: GroupId) -> int:
        """Return a number that no rota of the group has had, and give it to nobody else."""

    async def begin(self, rota: Rota) -> None:
        """Keep a new rota."""

    async def end(self, group: GroupId, rota: str) -> None:
        """Let go of a rota and everything said yes to on it."""


class RotaSheet(Protocol):
    """One rota at a time."""

    async def hold(self, group: GroupId, rota: str) -> Sheet | None:
        """Return the rota of that id and hold it to the end of the transaction; None when the group has no such one.

        Nobody else can hold it meanwhile, so places can be counted.
        """

    async def keep(self, before: Sheet, after: Sheet) -> None:
        """Keep the rota and its roster as they are in `after`; `before` is what was held."""


class RotaShelf(RotaList, RotaSheet, Protocol):
    """All of it."""
