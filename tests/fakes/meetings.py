"""Whoever wished for meetings, for whom they are all there is: the bot goes from a room at once, unless it stays."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from whenever import Instant

from bot.domain import meetings
from bot.domain.ids import PersonId, PlaceId
from bot.domain.outgoing import Meeting, Sending
from bot.ports.meetings import Meetings


@dataclass(kw_only=True)
class FakeMeetings(Meetings):
    """Notes what it hears. `stays` says that the bot stays in each room that comes about."""

    stays: bool = False
    came: list[tuple[str, PlaceId, frozenset[PersonId]]] = field(default_factory=list)
    off: list[str] = field(default_factory=list)

    async def begun(
        self, meeting: Meeting, place: PlaceId, here: frozenset[PersonId], now: Instant
    ) -> Sequence[Sending]:
        self.came.append((meeting.key, place, here))
        return [] if self.stays else [meetings.departure(meeting, now, closing=False)]

    async def called_off(self, meeting: Meeting, now: Instant) -> Sequence[Sending]:
        self.off.append(meeting.key)
        return meetings.called_off(meeting, now)
