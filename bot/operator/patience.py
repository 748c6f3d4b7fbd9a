"""A world whose server may be away when the bot starts: it is tried again, slower each time, while others are served.

A server and the bot often come up together, and an address that is wrong shows in the log at each try.
"""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from whenever import Instant

from bot.domain.firststep import Stay
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.saying import Line, Say
from bot.operator.sentences import WorldStop
from bot.ports.chat import Attendance, ChatError, Posted
from bot.ports.journal import Journal
from bot.worlds import Running

LONGEST_PAUSE_SECONDS = 60
AWAY = "not-started-yet"


class Startable(Running, Protocol):
    """A world that has to be started once. Only a start that failed for now may be tried again."""

    async def start(self) -> None:
        """Connect. Raises `ChatError`."""


class Patient:
    """Implements `Running` for one world. What is said to it before it started waits in the outbox."""

    def __init__(self, name: str, folder: Path, make: Callable[[], Startable], journal: Journal) -> None:
        self._name = name
        self._folder = folder
        self._journal = journal
        try:
            self._world = make()
        except ChatError as error:
            raise self._stop(error) from error
        self._started = False

    async def try_to_start(self) -> None:
        """Start it if its server is there. Raises `WorldStop` when trying again is pointless."""
        try:
            await self._world.start()
        except ChatError as error:
            if error.permanent:
                raise self._stop(error) from error
            self._journal.note("server-away", world=self._name, why=error.kind)
        else:
            self._started = True

    async def run(self) -> None:
        """Start it as soon as that can be, and serve it. Raises `WorldStop`."""
        failures = 0
        while not self._started:
            await asyncio.sleep(min(2**failures, LONGEST_PAUSE_SECONDS))
            await self.try_to_start()
            failures += 1
        if failures:
            self._journal.note("server-back", world=self._name)
        try:
            await self._world.run()
        except ChatError as error:
            raise self._stop(error) from error

    async def stop(self) -> None:
        """Disconnect."""
        await self._world.stop()

    def called(self, person: PersonId, group: GroupId) -> str:
        """Return what the person is called in a group."""
        return self._world.called(person, group)

    def meant(self, text: str, group: GroupId) -> PersonId | None:
        """Return the person whom the words name in a group, or None."""
        return self._world.meant(text, group)

    def group_called(self, group: GroupId) -> str | None:
        """Return what a group is called, or None."""
        return self._world.group_called(group)

    async def is_here(self, person: PersonId, group: GroupId) -> bool:
        """Return whether somebody is in a group. Raises `ChatError`."""
        return await self._there.is_here(person, group)

    async def tell(
        self,
        person: PersonId,
        say: Say,
        key: str,
        group: GroupId,
        via: str | None = None,
        since: Instant | None = None,
    ) -> Posted:
        """Say it to one person. Raises `ChatError`, also while it has not started; so do all the others."""
        return await self._there.tell(person, say, key, group, via, since)

    async def post(self, place: PlaceId, say: Say, key: str, since: Instant | None = None) -> Posted:
        """Say it in a place."""
        return await self._there.post(place, say, key, since)

    async def unsay(self, to: PersonId | PlaceId, messages: Sequence[str], key: str) -> None:
        """Take away what was said there."""
        await self._there.unsay(to, messages, key)

    async def open(self, people: Sequence[PersonId], key: str, group: GroupId) -> PlaceId:
        """Make a private room."""
        return await self._there.open(people, key, group)

    async def find(self, key: str, group: GroupId) -> PlaceId | None:
        """Return the room made for this key, or None."""
        return await self._there.find(key, group)

    async def attendance(self, place: PlaceId, people: Sequence[PersonId]) -> Attendance:
        """Return who has come in and who will not."""
        return await self._there.attendance(place, people)

    async def leave(self, key: str, group: GroupId, *, closing: bool) -> None:
        """Take the bot out."""
        await self._there.leave(key, group, closing=closing)

    async def let_out(self, key: str, group: GroupId, person: PersonId) -> None:
        """Let one person out."""
        await self._there.let_out(key, group, person)

    async def readers(self, place: PlaceId) -> tuple[Line, ...]:
        """Return who else can read what is said there."""
        return await self._there.readers(place)

    async def meeting_readers(self, group: GroupId, *, direct: bool) -> tuple[Line, ...]:
        """Return who else can read where two people meet."""
        return await self._there.meeting_readers(group, direct=direct)

    async def stay(self, person: PersonId, group: GroupId) -> Stay:
        """Return whether somebody is in a group, and since when."""
        return await self._there.stay(person, group)

    async def lacking(self, place: PlaceId) -> tuple[Line, ...]:
        """Return what the bot may not do there."""
        return await self._there.lacking(place)

    @property
    def _there(self) -> Startable:
        if not self._started:
            raise ChatError(AWAY, permanent=False)
        return self._world

    def _stop(self, error: ChatError) -> WorldStop:
        return WorldStop(self._name, self._folder, error)
