"""What offering to sit asks of the store. Every method is inside one group, and works in the open transaction."""

from collections.abc import Collection, Mapping
from typing import Protocol

from whenever import Instant

from bot.domain.ids import GroupId, PersonId
from bot.domain.sit.opening import Opening


class Openings(Protocol):
    """How people are open to being asked, and when they last were."""

    async def one(self, group: GroupId, person: PersonId) -> Opening:
        """Return how that person is open; an empty one when they said nothing of it."""

    async def held(self, group: GroupId, person: PersonId) -> Opening:
        """Return the same, and hold the group to the end of the transaction."""

    async def all(self, group: GroupId) -> Mapping[PersonId, Opening]:
        """Return how each is open who said anything of it; in as many statements, however many they are."""

    async def keep(self, group: GroupId, person: PersonId, before: Opening, after: Opening) -> None:
        """Keep how they are open as it is in `after`; when they were last asked is not kept here."""

    async def remember(self, group: GroupId, people: Collection[PersonId], at: Instant) -> None:
        """Keep that these were asked then, for seven days at most; nothing of what, and nothing of an answer."""
