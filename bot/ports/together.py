"""What sitting together as a group needs of the store. Every method is of one group alone."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.domain.ids import GroupId
from bot.domain.together.hour import Company, Hour


class OpenHours(Protocol):
    """Open hours until they are over."""

    async def all(self, group: GroupId) -> Sequence[Hour]:
        """Return every one of the group by its beginning, held for this transaction alone."""

    async def keep(self, hour: Hour) -> None:
        """Keep it as it now is."""

    async def drop(self, group: GroupId, hour: str) -> None:
        """Let go of it."""


class HoldingRotas(Protocol):
    """Which rotas hold open hours."""

    async def rotas(self, group: GroupId) -> Mapping[str, Company]:
        """Return the ids of the group's rotas whose shifts open open hours, and of what kind."""

    async def hold(self, group: GroupId, rota: str, company: Company) -> None:
        """Keep that the shifts of the group's rota of that id open them."""

    async def release(self, group: GroupId, rota: str) -> None:
        """Keep that they do no more."""


class TogetherShelf(OpenHours, HoldingRotas, Protocol):
    """All of it."""
