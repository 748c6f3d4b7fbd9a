"""What becomes of a meeting, as whoever wished for it hears: it began, or it will not."""

from collections.abc import Sequence
from typing import Protocol

from whenever import Instant

from bot.domain.ids import PersonId, PlaceId
from bot.domain.outgoing import Meeting, Sending


class Meetings(Protocol):
    """Told once of each meeting, in the transaction that ends it in the outbox; gives what is to be done then."""

    async def begun(
        self, meeting: Meeting, place: PlaceId, here: frozenset[PersonId], now: Instant
    ) -> Sequence[Sending]:
        """Hear that they are together in that place, and have read the card; `here` are those who came."""

    async def called_off(self, meeting: Meeting, now: Instant) -> Sequence[Sending]:
        """Hear that they will not meet: it could not be opened, or too few of them came."""
