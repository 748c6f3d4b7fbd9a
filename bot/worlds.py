"""The worlds that are connected, by name, and what is asked of whichever of them a group is in.

A world that is not there names nobody and tells nothing.
"""

import asyncio
from collections.abc import Collection, Mapping
from typing import Protocol

from bot.domain.firststep import Stay
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.saying import Line, line
from bot.ports.chat import ChatError, World

# Somebody waits for the answer, and others may wait behind them.
SOON_SECONDS = 2.0


class Running(World, Protocol):
    """A world that is connected and can be served until it is stopped."""

    async def run(self) -> None:
        """Serve until cancelled. Raises `ChatError` when it cannot go on."""

    async def stop(self) -> None:
        """Disconnect."""


class Worlds(dict[str, Running]):
    """Every world that was added to the house."""

    def called(self, person: PersonId, group: GroupId) -> str:
        """Return the name that stands for the person in what is said about that group; empty when there is none."""
        world = self.get(person.world)
        return "" if world is None else world.called(person, group)

    def meant(self, text: str, group: GroupId) -> PersonId | None:
        """Return the person whom the words name in that group, or None."""
        world = self.get(group.world)
        return None if world is None else world.meant(text, group)

    def group_called(self, group: GroupId) -> str | None:
        """Return what the group is called, as people in it see it; None when that is not known."""
        world = self.get(group.world)
        return None if world is None else world.group_called(group)

    async def readers(self, place: PlaceId) -> tuple[Line, ...]:
        """Return who else can read what is said there, and is not in it. Raises `ChatError`."""
        world = self.get(place.world)
        return () if world is None else await world.readers(place)

    async def lacking(self, place: PlaceId) -> tuple[Line, ...]:
        """Return what the bot may not do there, and what does not work without it. Raises `ChatError`."""
        world = self.get(place.world)
        return () if world is None else await world.lacking(place)

    async def meeting_readers(self, group: GroupId, *, direct: bool) -> tuple[Line, ...]:
        """Return who else can read where two of the group meet; in general, where that is not told soon."""
        world = self.get(group.world)
        try:
            async with asyncio.timeout(SOON_SECONDS):
                return () if world is None else await world.meeting_readers(group, direct=direct)
        except (ChatError, TimeoutError):
            return (line("sit-readers-untold"),)

    async def stays(self, group: GroupId, people: Collection[PersonId]) -> Mapping[PersonId, Stay]:
        """Return who of the people is in the group, and since when; whom nothing is told of soon is left out."""
        world = self.get(group.world)
        if world is None or not people:
            return {}
        looking = {asyncio.create_task(world.stay(person, group)): person for person in people}
        try:
            told, _ = await asyncio.wait(looking, timeout=SOON_SECONDS)
        finally:
            for task in looking:
                task.cancel()
        return {looking[task]: task.result() for task in told if not isinstance(task.exception(), ChatError)}
