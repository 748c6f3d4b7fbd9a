"""What was heard is written down, with the place in the server's news, before anything is done about it.

Only where it can be read again is written, in one transaction with the place; each person's lines are then dealt
with in order, and different people's at the same time. What was not dealt with when the process ended is read
again from the server and dealt with after the next start, under the same keys.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from whenever import Instant, TimeDelta

from bot.adapters.matrix.hearing import Meant
from bot.adapters.matrix.ratchets import Ratchets
from bot.adapters.matrix.wire import POISON
from bot.ports.answering import Recalling
from bot.ports.chat import ChatError
from bot.ports.inbox import Inbox, Received
from bot.ports.journal import Journal
from bot.ports.keeping import Bookmarks, Ledger
from bot.ports.timing import Clock

_MARK = "sync"
_LONGEST_WAIT_SECONDS = 20
WRITTEN_EVERY = TimeDelta(seconds=5)

Hear = Callable[[Meant], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelves:
    """Where one world's inbox and its place in the news are kept, and what people were given to choose from."""

    world: str
    inbox: Inbox
    bookmarks: Bookmarks
    recalling: Recalling
    ledger: Ledger


@dataclass(slots=True, kw_only=True)
class _Place:
    """How far the news were taken in, and whether anything on the way there matters."""

    reached: str | None = None
    matters: bool = False
    not_before: Instant | None = None


@dataclass(slots=True, kw_only=True)
class Intake:
    """Keeps and hands on. `hear` answers one line and is never broken off; a fault of the chat is that line's alone.

    Nothing is dealt with before `begin`: a world that is not there yet could not give the answers.
    After any other fault, such as a full disk, the next `take` raises it: the line stays in the inbox, for the next
    start.
    """

    shelves: Shelves
    hear: Hear
    ratchets: Ratchets
    journal: Journal
    clock: Clock
    _place: _Place = field(default_factory=_Place)
    _lines: dict[str, deque[Meant]] = field(default_factory=dict)
    _working: set[asyncio.Task[None]] = field(default_factory=set)
    _done: list[str] = field(default_factory=list)
    _fault: BaseException | None = None
    _begun: bool = False

    def begin(self) -> None:
        """Deal with what was heard, from now on."""
        self._begun = True
        for sender in self._lines:
            self._start_on(sender)

    async def last(self) -> tuple[str | None, Sequence[Received]]:
        """Return the place that was reached, None for a bot that is new, and what was not dealt with."""
        async with self.shelves.ledger.transaction():
            place = await self.shelves.bookmarks.read(self.shelves.world, _MARK)
            return place, await self.shelves.inbox.waiting(self.shelves.world)

    async def take(self, heard: Sequence[Meant], unread: Sequence[Received], place: str, *, matters: bool) -> None:
        """Keep what was heard, and what cannot be read yet, with the place; then deal with what was heard.

        A place on the way to which nothing was heard is written down every few seconds at most: what comes again
        after a crash is known.
        """
        if self._fault is not None:
            raise self._fault
        self._place.reached, self._place.matters = place, self._place.matters or matters
        received = [Received(room=line.room_id, event=line.event_id) for line in heard]
        if received or unread or self._is_time():
            await self._write([*received, *unread])
        for line in heard:
            self.hand_on(line)

    def hand_on(self, line: Meant) -> None:
        """Deal with a line that is kept, after the earlier ones of the same person."""
        self.ratchets.hold(line.sealed)
        if line.sender in self._lines:
            self._lines[line.sender].append(line)
            return
        self._lines[line.sender] = deque([line])
        if self._begun:
            self._start_on(line.sender)

    def _start_on(self, sender: str) -> None:
        task = asyncio.create_task(self._work(sender))
        self._working.add(task)
        task.add_done_callback(self._over)

    def _over(self, task: asyncio.Task[None]) -> None:
        self._working.discard(task)
        if not task.cancelled() and (fault := task.exception()) is not None:
            self._fault = fault

    def dealt_with(self, event_id: str) -> None:
        """Take note that nothing more is to be done about an event."""
        self._done.append(event_id)

    async def write(self) -> None:
        """Write down how far the news were taken in, and what was dealt with."""
        if self._done or self._place.matters:
            await self._write([])

    async def rest(self) -> None:
        """Wait until what was heard is dealt with, or for as long as a patient person would, and write it down."""
        if self._working:
            await asyncio.wait(self._working, timeout=_LONGEST_WAIT_SECONDS)
        await self.write()

    def _is_time(self) -> bool:
        due = self._place.not_before is None or self.clock.now() >= self._place.not_before
        return due and bool(self._done or self._place.matters)

    async def _write(self, received: Sequence[Received]) -> None:
        """Write all of it in one transaction; what could not be written is written the next time."""
        shelves, now, done = self.shelves, self.clock.now(), list(self._done)
        async with shelves.ledger.transaction():
            await shelves.recalling.write()
            if received:
                await shelves.inbox.keep(shelves.world, received, now)
            if done:
                await shelves.inbox.done(shelves.world, done)
            if self._place.reached is not None:
                await shelves.bookmarks.keep(shelves.world, _MARK, self._place.reached)
        del self._done[: len(done)]
        self._place.matters, self._place.not_before = False, now + WRITTEN_EVERY

    async def _work(self, sender: str) -> None:
        lines = self._lines[sender]
        try:
            while lines:
                await self._deal_with(lines.popleft())
        finally:
            del self._lines[sender]

    async def _deal_with(self, line: Meant) -> None:
        try:
            await self.hear(line)
        except (ChatError, *POISON) as error:
            self.journal.fault("event-failed", error)
        self.dealt_with(line.event_id)
        self.ratchets.handled(line.sealed, self.clock.now())
