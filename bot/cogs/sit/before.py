"""What somebody reads before their ask is sent: who could read what is said, and what the group says of emergencies."""

from collections.abc import Awaitable
from typing import Protocol

from bot.domain.ids import GroupId
from bot.domain.saying import Line, line
from bot.domain.sit.wishes import Where
from bot.ports.groups import GroupShelf


class MeetingReaders(Protocol):
    """Tells who else can read where two people of a group meet; soon, or in general."""

    def __call__(self, group: GroupId, *, direct: bool) -> Awaitable[tuple[Line, ...]]:
        """Return it in short, for a private room or for each other's direct messages."""


class Stance:
    """The group's stance on emergencies: its own words, or else the usual sentence."""

    def __init__(self, groups: GroupShelf) -> None:
        self._groups = groups

    async def of(self, group: GroupId) -> Line:
        """Return it as one line."""
        words = (await self._groups.own(group)).stance
        return line("sit-stance") if words is None else line("stance-own", words=words)


class Before:
    """All of it, in the order in which it is read."""

    def __init__(self, *, stance: Stance, readers: MeetingReaders) -> None:
        self._stance = stance
        self._readers = readers

    async def readers_of_meeting(self, group: GroupId, where: Where) -> tuple[Line, ...]:
        """Return who else could read what the two say, where they would meet."""
        return await self._readers(group, direct=where is Where.DIRECT)

    async def lines(self, group: GroupId, where: Where) -> tuple[Line, ...]:
        """Return what stands between the ask and the way to send it."""
        return (*await self.readers_of_meeting(group, where), await self._stance.of(group), line("stance-lines"))
