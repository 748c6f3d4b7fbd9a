"""Sees all that the bot says on the loopback Discord, and what Discord shows as failed."""

import asyncio
import contextlib
import re
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.discord.interactions import Answered
from tests.discord.loopback import Loopback
from tests.discord.making import DIRECT, PRIVATE_THREAD
from tests.soak.book import Ask, Asked, Book

if TYPE_CHECKING:
    from tests.soak.member import Member

WORLD = "discord"
_LOOKS_EVERY_SECONDS = 0.05
# Discord waits three seconds; what comes on top is for a reply on its way.
_FAILS_AFTER_SECONDS = 3.3
_COMMAND = re.compile(r"</([^:>]+):\d+>")


@dataclass(slots=True, kw_only=True)
class Waiting:
    """One use of the bot. `there` is what the bot listened on when it began, or None while it was away."""

    member: "Member"
    ask: Ask
    asked: Asked
    answered: Answered
    there: Any
    at: float
    is_decided: bool = False
    is_excused: bool = False


class Watching:
    """Looks at everything, all the time. `ignored` counts what a bot that was there did not acknowledge in time.

    `excuse` is what stands in the place of an answer that was announced and will not come.
    """

    def __init__(self, discord: Loopback, book: Book, database: Path, excuse: re.Pattern[str]) -> None:
        self._discord = discord
        self._excuse = excuse
        self._database = database
        self._waiting: list[Waiting] = []
        self._read: dict[str, int] = {}
        self._members: dict[str, list[Member]] = {}
        self._looking: asyncio.Task[None] | None = None
        self.book = book
        self.ignored = 0
        self.announced = 0
        self.excused = 0
        self.rooms: set[str] = set()
        self._came_by: dict[str, str] = {}

    def meet(self, guild_id: str, member: "Member") -> None:
        """Let somebody read what the bot says in a server."""
        self._members.setdefault(guild_id, []).append(member)

    def start(self) -> None:
        """Begin to look."""
        self._looking = asyncio.create_task(self._look())

    async def stop(self) -> None:
        """Look no more. Raises what made it stop before."""
        if self._looking is not None:
            self._looking.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._looking

    def listening(self) -> Any:  # noqa: ANN401  The connection, or None.
        """Return what the bot listens on."""
        sessions = self._discord.gateway.sessions.values()
        return next((each.socket for each in sessions if each.socket is not None), None)

    def began(self, member: "Member", ask: Ask, answered: Answered, there: Any) -> None:  # noqa: ANN401  As above.
        """Watch what somebody used."""
        asked = self.book.type(member.user_id, ask)
        asked.typed.append((answered.interaction_id, self.book.now()))
        self._waiting.append(
            Waiting(member=member, ask=ask, asked=asked, answered=answered, there=there, at=time.monotonic())
        )

    def look_at_what_was_kept(self) -> None:
        """Await an answer to what was shown as failed, if the bot kept something for it."""
        failed = {waiting.answered.interaction_id for waiting in self._waiting if waiting.is_decided}
        if not failed or not self._database.exists():
            return
        with contextlib.closing(sqlite3.connect(f"file:{self._database}?mode=ro", uri=True, timeout=5)) as reading:
            keys = {str(key) for (key,) in reading.execute("SELECT key FROM outbox")}
        self.book.taken({id_ for id_ in failed if f"{WORLD}:{id_}" in keys})

    def too_many(self) -> Iterator[str]:
        """Give a line for each answer to what was answered too often: how it came, and its first words."""
        yield from (f"one of too many: {id_}: {self._came_by[id_]}" for id_ in self.book.too_many())

    async def _look(self) -> None:
        while True:
            for waiting in self._waiting:
                self._look_at(waiting)
            self._look_into_channels()
            await asyncio.sleep(_LOOKS_EVERY_SECONDS)

    def _look_at(self, waiting: Waiting) -> None:
        answered, member = waiting.answered, waiting.member
        for message in answered.messages:
            if self._excuse.fullmatch(as_read(message["content"])):
                self._excused(waiting)
            else:
                self._hear(member, message, _way(answered, message))
        if answered.modal is not None:
            key = self.book.heard(member.user_id, f"form {answered.interaction_id}", answered.modal["title"])
            if key is not None:
                member.shown[key] = answered
        if not waiting.is_decided and time.monotonic() - waiting.at > _FAILS_AFTER_SECONDS:
            waiting.is_decided = True
            if answered.acknowledged is None:
                self._failed(waiting)
            self.announced += answered.thinking

    def _excused(self, waiting: Waiting) -> None:
        """Let it be asked again, as the bot itself says: its process ended between the announcement and the answer."""
        if not waiting.is_excused:
            waiting.is_excused = True
            self.excused += 1
            self._again(waiting)

    def _failed(self, waiting: Waiting) -> None:
        if waiting.there is not None and self.listening() is waiting.there:
            # The bot was there all the time: nothing excuses it.
            self.ignored += 1
            return
        self._again(waiting)

    def _again(self, waiting: Waiting) -> None:
        self.book.failed(waiting.ask, waiting.asked, waiting.answered.interaction_id)
        waiting.member.todo.appendleft(waiting.ask)

    def _look_into_channels(self) -> None:
        threads = (id_ for id_, each in self._discord.channels.items() if each["type"] == PRIVATE_THREAD)
        # One that was made twice by a fault of Discord's counts only if somebody was let in.
        self.rooms.update(
            id_ for id_ in threads if self._discord.world.thread_members[id_].keys() - {self._discord.me["id"]}
        )
        for channel_id, messages in list(self._discord.messages.items()):
            new = messages[self._read.get(channel_id, 0) :]
            self._read[channel_id] = len(messages)
            for message in new:
                for member in self._readers(channel_id):
                    self._hear(member, message, f"said in {channel_id}")

    def _readers(self, channel_id: str) -> "Iterator[Member]":
        channel = self._discord.channels.get(channel_id)
        if channel is None:
            # Something for one person's eyes in a channel that is gone since.
            return iter(())
        if channel["type"] == DIRECT:
            everybody = [member for members in self._members.values() for member in members]
            return (member for member in everybody if member.user_id == channel["recipients"][0]["id"])
        return iter(self._members.get(channel["guild_id"], ()))

    def _hear(self, member: "Member", message: Any, how: str) -> None:  # noqa: ANN401  JSON.
        if message["author"]["id"] != self._discord.me["id"]:
            return
        self._came_by.setdefault(message["id"], f"{how}: {message['content'][:60]!r}")
        key = self.book.heard(member.user_id, message["id"], as_read(message["content"]))
        if key is not None:
            member.given[key] = message


def _way(answered: Answered, message: Any) -> str:  # noqa: ANN401  JSON.
    """Return how a message of an answer came."""
    if message is not answered.original:
        return f"a later page of the answer to {answered.interaction_id}"
    return f"the answer to {answered.interaction_id}{', announced first' if answered.thinking else ''}"


def as_read(content: str) -> str:
    """Return a message as the catalogue has it: without what Discord's marks are for."""
    return _COMMAND.sub(r"“\1”", content).replace("\\", "").replace("**", "")
