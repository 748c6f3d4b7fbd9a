"""What asking for people needs of the store. Every method is of one group alone, and works in the open transaction."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from whenever import Instant

from bot.domain.ids import GroupId, PersonId
from bot.domain.rota.asks import Asks


class Askable(Protocol):
    """Who may be asked, and when they last were."""

    async def willing(self, group: GroupId) -> Sequence[PersonId]:
        """Return those who said that they may be asked when a shift needs people."""

    async def last_asked(self, group: GroupId) -> Mapping[PersonId, Instant]:
        """Return when a rota last asked them, of those whom one asked within seven days."""

    async def remember(self, group: GroupId, person: PersonId, at: Instant) -> None:
        """Keep that a rota asked somebody then."""


class AskingShelf(Askable, Protocol):
    """These, and what is kept for the shifts of each rota."""

    async def of(self, group: GroupId, rota: str) -> Asks:
        """Return who was asked for which shifts of a rota, and who would like to be; nothing of another group's."""

    async def keep(self, group: GroupId, rota: str, before: Asks, after: Asks) -> None:
        """Keep what is in `after`; `before` is what was read while the rota was held. Nothing of another group's."""
