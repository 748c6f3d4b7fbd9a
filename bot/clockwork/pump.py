"""The pump sends what the outbox holds, in order for each recipient, and marks it only when the platform took it.

What failed is tried later and lets the next one go by, so that nothing is held up by one message.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import TypeVar

from whenever import Instant, TimeDelta

from bot.clockwork.works import FIRST_RETRY, retry_after
from bot.domain.ids import GroupId, PersonId
from bot.domain.outgoing import Meeting, Message
from bot.domain.saying import Say
from bot.ports.chat import ChatError, World
from bot.ports.journal import Journal
from bot.ports.keeping import AlreadyKept, Ledger, Outbox
from bot.ports.queues import Claimed, Sendings
from bot.ports.timing import Clock

BATCH = 200
AT_ONCE = 10
CLAIM_LASTS = TimeDelta(minutes=2)
PATIENCE = TimeDelta(seconds=30)
MISSED_LIVES = TimeDelta(hours=1)
LOOK_WHO_CAME = TimeDelta(seconds=10)

Told = Callable[[PersonId, GroupId, Say], None]
T = TypeVar("T")


class Pump:
    """Sends through the worlds. `told` hears of every message given to one person.

    A world that does not answer within `patience` is left alone until the next round.
    """

    def __init__(  # noqa: PLR0913  The composition root hands in everything by name.
        self,
        *,
        sendings: Sendings,
        outbox: Outbox,
        worlds: Mapping[str, World],
        ledger: Ledger,
        clock: Clock,
        journal: Journal,
        told: Told,
        patience: TimeDelta = PATIENCE,
    ) -> None:
        self._sendings = sendings
        self._outbox = outbox
        self._worlds = worlds
        self._ledger = ledger
        self._clock = clock
        self._journal = journal
        self._told = told
        self._patience = patience
        self._silent: set[str] = set()
        self._room = asyncio.Semaphore(AT_ONCE)
        self._sent: list[Claimed] = []
        self._waiting: set[int] = set()
        self._hurried: set[int] = set()

    def someone_came(self) -> None:
        """Try again in the next round what waits for people, or for anything else, and not only when its time comes."""
        self._hurried |= self._waiting

    async def put(self, sending: Message) -> Claimed:
        """Put an answer into the outbox, claimed by this pump; inside a transaction. Raises `AlreadyKept`."""
        claimed = await self._sendings.put_claimed(sending, self._clock.now() + CLAIM_LASTS)
        await self._mark_sent()
        return claimed

    async def send(self, claimed: Claimed) -> None:
        """Send what this pump has claimed."""
        async with self._room:
            await self._send(claimed)

    async def empty(self) -> Instant | None:
        """Send all that is to be sent now; return when to look again, or None."""
        self._silent.clear()
        while claimed := await self._claim():
            await self._send_all(claimed)
            if len(claimed) < BATCH:
                break
        async with self._ledger.transaction():
            await self._mark_sent()
            return await self._sendings.next_at()

    async def rest(self) -> None:
        """Mark at once what was sent, as before the process ends."""
        async with self._ledger.transaction():
            await self._mark_sent()

    async def _mark_sent(self) -> None:
        """Mark what was sent since the last time, inside a transaction that is there anyway.

        That is a round or the next answer, before the claim runs out. Until then a crash sends it again under its key.
        """
        sent, self._sent = self._sent, []
        if sent:
            await self._sendings.done(sent, self._clock.now())

    async def _claim(self) -> Sequence[Claimed]:
        now = self._clock.now()
        hurried, self._hurried = frozenset(self._hurried), set()
        async with self._ledger.transaction():
            await self._mark_sent()
            return await self._sendings.claim(now, now + CLAIM_LASTS, BATCH, also=hurried)

    async def _send_all(self, claimed: Sequence[Claimed]) -> None:
        """Send to many at once, and to each recipient in order."""
        queues = [list(queue) for _, queue in groupby(sorted(claimed, key=_recipient), key=_recipient)]
        async with asyncio.TaskGroup() as tasks:
            for queue in queues:
                tasks.create_task(self._send_in_order(queue))

    async def _send_in_order(self, queue: Iterable[Claimed]) -> None:
        for claimed in queue:
            await self.send(claimed)

    async def _send(self, claimed: Claimed) -> None:
        now = self._clock.now()
        if claimed.sending.expires_at <= now:
            await self._give_up(claimed, now)
        elif claimed.sending.group.world in self._silent:
            await self._later(claimed, now + FIRST_RETRY, claimed.failures)
        else:
            await self._try(claimed, now)

    async def _try(self, claimed: Claimed, now: Instant) -> None:
        self._waiting.discard(claimed.id)
        try:
            finished = await self._in_time(claimed.sending.group.world, self._deliver(claimed))
        except ChatError as error:
            await self._failed(claimed, error, self._clock.now())
            return
        if not finished:
            self._waiting.add(claimed.id)
            await self._later(claimed, now + LOOK_WHO_CAME, 0)
            return
        self._sent.append(claimed)
        if isinstance(claimed.sending, Meeting):
            # The bot has left, and could not find this room again: the mark does not wait.
            await self.rest()

    async def _in_time(self, world: str, doing: Awaitable[T]) -> T:
        """Do it, but let no silent or broken world hold up the others; what was begun there may be done again."""
        try:
            async with asyncio.timeout(self._patience.total("seconds")):
                return await doing
        except ChatError:
            raise
        except TimeoutError as error:
            self._silent.add(world)
            raise ChatError("slow", permanent=False) from error
        except Exception as error:
            self._journal.fault("world-failed", error, world=world)
            raise ChatError("fault", permanent=False) from error

    async def _later(self, claimed: Claimed, at: Instant, failures: int) -> None:
        async with self._ledger.transaction():
            await self._sendings.later(claimed, at, failures)

    async def _deliver(self, claimed: Claimed) -> bool:
        """Do it; return whether that was all."""
        sending = claimed.sending
        world = self._worlds.get(sending.group.world)
        if world is None:
            raise ChatError("world-absent", permanent=False)
        if isinstance(sending, Meeting):
            return await self._meet(world, sending)
        if isinstance(sending.to, PersonId):
            await world.tell(sending.to, sending.say, sending.key)
            self._told(sending.to, sending.group, sending.say)
        else:
            await world.post(sending.to, sending.say, sending.key)
        return True

    async def _meet(self, world: World, meeting: Meeting) -> bool:
        """Open the room; once all are there, show the card and leave. Each of these may be done again."""
        place = await world.open(meeting.people, meeting.key)
        if not await world.present(place) >= set(meeting.people):
            return False
        await world.post(place, meeting.card, meeting.key)
        await world.leave(place, closing=False)
        return True

    async def _failed(self, claimed: Claimed, error: ChatError, now: Instant) -> None:
        self._journal.note("not-sent", why=error.kind, world=claimed.sending.group.world, permanent=error.permanent)
        if error.permanent:
            await self._give_up(claimed, now)
            return
        self._waiting.add(claimed.id)
        await self._later(claimed, now + retry_after(claimed.failures), claimed.failures + 1)

    async def _give_up(self, claimed: Claimed, now: Instant) -> None:
        """Drop what is too late or cannot be; those who wait for a meeting hear of it."""
        if isinstance(claimed.sending, Meeting):
            await self._close_quietly(claimed.sending)
        async with self._ledger.transaction():
            await self._sendings.done([claimed], now)
            if isinstance(claimed.sending, Meeting):
                for message in _missed(claimed.sending, now):
                    await self._put_once(message)

    async def _put_once(self, message: Message) -> None:
        try:
            await self._outbox.put(message)
        except AlreadyKept:
            self._journal.note("said-before")

    async def _close_quietly(self, meeting: Meeting) -> None:
        """Close the room that not all came to; a world that cannot is left as it is."""
        name = meeting.group.world
        try:
            if name in self._worlds and name not in self._silent:
                await self._in_time(name, _close(self._worlds[name], meeting))
        except ChatError as error:
            self._journal.note("room-not-closed", why=error.kind, world=name)


async def _close(world: World, meeting: Meeting) -> None:
    await world.leave(await world.open(meeting.people, meeting.key), closing=True)


def _recipient(claimed: Claimed) -> str:
    sending = claimed.sending
    return sending.key if isinstance(sending, Meeting) else sending.to


def _missed(meeting: Meeting, now: Instant) -> Iterable[Message]:
    for person in meeting.people:
        yield Message(
            key=f"{meeting.key}:missed:{person}",
            group=meeting.group,
            to=person,
            say=meeting.missed,
            not_before=now,
            expires_at=now + MISSED_LIVES,
        )
