"""The pump sends what the outbox holds, in order for each recipient, and marks it only when the platform took it.

What failed is tried later and lets the next one go by, so that nothing is held up by one message. Nothing meant for
one person is said in a room, but for what they agreed to be named for when nothing reaches them in private.
"""

import asyncio
from collections.abc import Awaitable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import TypeVar

from whenever import Instant, TimeDelta

from bot.clockwork.meeting import Begun, CalledOff, Outcome, depart, ends_at, met
from bot.clockwork.works import FIRST_RETRY, LONGEST_RETRY, retry_after
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.outgoing import Departure, Fallback, Meeting, Message, Sending, Tidying
from bot.domain.people import Reach
from bot.ports.answering import Recalling
from bot.ports.chat import ChatError, ClosedError, Posted, World
from bot.ports.journal import Journal
from bot.ports.keeping import AlreadyKept, Ledger, Outbox, People
from bot.ports.meetings import Meetings
from bot.ports.queues import Claimed, Sendings
from bot.ports.timing import Clock

BATCH = 200
AT_ONCE = 10
CLAIM_LASTS = TimeDelta(minutes=2)
PATIENCE = TimeDelta(seconds=30)
LOOK_WHO_CAME = TimeDelta(seconds=10)
# What may have been done all the same is tried again while a platform would surely know it for the same.
SOON = TimeDelta(minutes=1)

T = TypeVar("T")


class Pump:
    """Sends through the worlds. `recalling` hears of every message given to one person, and writes with the marks.

    `meetings` hears what becomes of each meeting.

    A world that does not answer within `patience` is left alone until the next round. `alone` says that no other
    process sends what is in the outbox.
    """

    def __init__(  # noqa: PLR0913  The composition root hands in everything by name.
        self,
        *,
        sendings: Sendings,
        outbox: Outbox,
        worlds: Mapping[str, World],
        people: People,
        ledger: Ledger,
        clock: Clock,
        journal: Journal,
        recalling: Recalling,
        meetings: Meetings,
        alone: bool = False,
        patience: TimeDelta = PATIENCE,
    ) -> None:
        self._sendings = sendings
        self._outbox = outbox
        self._worlds = worlds
        self._people = people
        self._ledger = ledger
        self._clock = clock
        self._journal = journal
        self._recalling = recalling
        self._meetings = meetings
        self._patience = patience
        self._silent: set[str] = set()
        self._room = asyncio.Semaphore(AT_ONCE)
        self._sent: list[Claimed] = []
        self._posted: list[tuple[Claimed, Posted]] = []
        self._withdrawn: list[tuple[Claimed, Posted]] = []
        self._waiting: set[int] = set()
        self._hurried: set[int] = set()
        self._early: frozenset[int] = frozenset()
        self._comings = 0
        self._sending = 0
        self._unsure_for = TimeDelta.ZERO if alone else CLAIM_LASTS
        self._sure_from: Instant | None = None
        self._more = False

    def someone_came(self) -> None:
        """Try again in the next round what waits for people, or for anything else, and not only when its time comes."""
        self._comings += 1
        self._hurried |= self._waiting

    async def put(self, sending: Message) -> Claimed:
        """Put an answer into the outbox, claimed by this pump; inside a transaction. Raises `AlreadyKept`."""
        claimed = await self._sendings.put_claimed(sending, self._clock.now() + CLAIM_LASTS)
        await self._mark_sent()
        return claimed

    async def send(self, claimed: Claimed) -> None:
        """Send what this pump has claimed."""
        async with self._room:
            self._sending += 1
            try:
                await self._send(claimed)
            finally:
                self._sending -= 1

    async def settle(self, person: PersonId) -> None:
        """Send again what may have reached this person without its being known: the process ended, or a reply was lost.

        Its key makes it harmless; it says which message it is, and so what a reaction to it means.
        """
        now = self._clock.now()
        if self._sure_from is not None and now >= self._sure_from and not self._waiting and not self._sending:
            return
        known = frozenset(claimed.id for claimed in self._sent)
        async with self._ledger.transaction():
            begun = await self._sendings.begun(person, now, now + CLAIM_LASTS, but=known)
        await self._send_in_order(begun)

    async def unsay(self, person: PersonId, group: GroupId, keys: Sequence[str], key: str) -> bool:
        """Take away what was said to this person under those keys; return whether all of it is gone.

        It is marked nowhere: the rows are the same as if it had not been asked for.
        """
        await self.settle(person)
        async with self._ledger.transaction():
            # It is not to be sent again, once it was taken away.
            await self._mark_sent()
            found = [await self._sendings.standing(each, group) for each in keys]
        if not keys or not all(found):
            return False
        messages = [each for standing in found for each in standing]
        return await self._unsaid(person, messages, key)

    async def empty(self) -> Instant | None:
        """Send all that is to be sent now; return when to look again, or None."""
        self._silent.clear()
        while claimed := await self._claim():
            self._more = len(claimed) == BATCH
            await self._send_all(claimed)
            await self._unsay_withdrawn()
            if not self._more:
                break
        if self._sure_from is None:
            # What an earlier process had begun is sent again now, or once its claims are over.
            self._sure_from = self._clock.now() + self._unsure_for
        async with self._ledger.transaction():
            await self._mark_sent()
            next_at = await self._sendings.next_at()
        await self._unsay_withdrawn()
        return next_at

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
        posted, self._posted = self._posted, []
        if posted:
            self._withdrawn += await self._sendings.stands(posted)
        await self._recalling.write()

    async def _claim(self) -> Sequence[Claimed]:
        now = self._clock.now()
        self._early, self._hurried = frozenset(self._hurried), set()
        async with self._ledger.transaction():
            await self._mark_sent()
            return await self._sendings.claim(now, now + CLAIM_LASTS, BATCH, also=self._early)

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
        if ends_at(claimed.sending) <= now:
            await self._finish(claimed, CalledOff())
        elif claimed.sending.group.world in self._silent:
            await self._later(claimed, now + FIRST_RETRY, claimed.failures)
        elif (held := await self._held(claimed)) is not None:
            await self._try(held, now)

    async def _held(self, claimed: Claimed) -> Claimed | None:
        """Make sure of the claim before a room is made: once another process ended the meeting, it would be a second.

        A message needs no such care, for its key is enough.
        """
        if not isinstance(claimed.sending, Meeting):
            return claimed
        async with self._ledger.transaction():
            return await self._sendings.hold(claimed, self._clock.now() + CLAIM_LASTS)

    async def _try(self, claimed: Claimed, now: Instant) -> None:
        self._waiting.discard(claimed.id)
        comings = self._comings
        try:
            outcome = await self._in_time(claimed.sending.group.world, self._deliver(claimed.sending, now))
        except ChatError as error:
            await self._failed(claimed, error, comings)
            return
        if isinstance(outcome, Posted):
            self._posted.append((claimed, outcome))
        if not isinstance(claimed.sending, Meeting):
            self._sent.append(claimed)
        elif outcome is None:
            await self._wait(claimed, now + LOOK_WHO_CAME, 0, comings)
        elif not isinstance(outcome, Posted):
            await self._finish(claimed, outcome)

    async def _in_time(self, world: str, doing: Awaitable[T]) -> T:
        """Do it, but let no silent or broken world hold up the others; what was begun there may be done again."""
        try:
            async with asyncio.timeout(self._patience.total("seconds")):
                return await doing
        except ChatError:
            raise
        except TimeoutError as error:
            self._silent.add(world)
            raise ChatError("slow", permanent=False, within=SOON) from error
        except Exception as error:
            self._journal.fault("world-failed", error, world=world)
            raise ChatError("fault", permanent=False, within=SOON) from error

    async def _wait(self, claimed: Claimed, at: Instant, failures: int, comings: int) -> None:
        """Let it be tried again at `at`, or when somebody comes: also whoever came since the count was `comings`."""
        self._waiting.add(claimed.id)
        await self._later(claimed, at, failures)
        # Only now is it free for the next round, which `_later` has called for.
        if self._comings != comings:
            self._hurried.add(claimed.id)

    async def _later(self, claimed: Claimed, at: Instant, failures: int) -> None:
        async with self._ledger.transaction():
            await self._sendings.later(claimed, at, failures)

    async def _deliver(self, sending: Sending, now: Instant) -> Outcome | Posted:
        """Do it; return what came of a meeting, None when it is to be looked at again, or where it is to be tidied."""
        world = self._world(sending.group.world)
        match sending:
            case Meeting():
                return await met(world, sending, now)
            case Departure():
                await depart(world, sending)
            case Tidying():
                await self._tidy(world, sending)
            case Message():
                posted = await self._say(world, sending)
                return posted if sending.tidied else None
        return None

    def _world(self, name: str) -> World:
        if name not in self._worlds:
            raise ChatError("world-absent", permanent=False)
        return self._worlds[name]

    async def _say(self, world: World, message: Message) -> Posted:
        if not isinstance(message.to, PersonId):
            return await world.post(message.to, message.say, message.key, message.first)
        if message.members_only and not await world.is_here(message.to, message.group):
            return Posted()
        said = await world.tell(message.to, message.say, message.key, message.group, message.via, message.first)
        self._recalling.told(message.to, message.group, message.say, said.answered)
        return said

    async def _unsay_withdrawn(self) -> None:
        """Take away what was withdrawn while it was sent: nobody else can know which messages it became."""
        withdrawn, self._withdrawn = self._withdrawn, []
        for claimed, posted in withdrawn:
            if isinstance(claimed.sending, Message) and posted.messages:
                await self._unsaid(claimed.sending.to, posted.messages, f"{claimed.sending.key}:withdrawn")

    async def _tidy(self, world: World, tidying: Tidying) -> None:
        async with self._ledger.transaction():
            messages = await self._sendings.standing(tidying.of, tidying.group)
        if messages:
            await world.unsay(tidying.to, messages, tidying.key)

    async def _unsaid(self, to: PersonId | PlaceId, messages: Sequence[str], key: str) -> bool:
        """Take something away, once: if that cannot be, it stays. Return whether it is gone."""
        try:
            await self._in_time(to.world, self._world(to.world).unsay(to, messages, key))
        except ChatError as error:
            self._note(error, to.world)
            return False
        return True

    async def _failed(self, claimed: Claimed, error: ChatError, comings: int) -> None:
        sending, now = claimed.sending, self._clock.now()
        self._note(error, sending.group.world)
        if error.permanent:
            await self._finish(claimed, CalledOff(), error)
        elif error.wait is not None:
            # It was asked for, and the message itself has not failed. Nobody's coming makes it any sooner.
            await self._later(claimed, now + min(error.wait, LONGEST_RETRY), claimed.failures)
        else:
            # Tried before its time, because somebody came, it has not failed once more: it would wait ever longer.
            failures = claimed.failures if claimed.id in self._early else claimed.failures + 1
            pause = retry_after(claimed.failures)
            await self._wait(claimed, now + min(pause, error.within or pause), failures, comings)

    def _note(self, error: ChatError, world: str) -> None:
        self._journal.note("not-sent", why=error.kind, world=world, permanent=error.permanent)

    async def _finish(self, claimed: Claimed, outcome: Begun | CalledOff, error: ChatError | None = None) -> None:
        """Mark it, and put out what comes after it, in one transaction.

        Whoever wished for a meeting hears of it before the row is touched, as they hold their own first, always.
        """
        self._waiting.discard(claimed.id)
        now = self._clock.now()
        async with self._ledger.transaction():
            after = await self._after(claimed.sending, outcome, error, now)
            await self._sendings.done([claimed], now)
            for sending in after:
                await self._put_once(sending)
        self._more = self._more or bool(after)

    async def _after(
        self, sending: Sending, outcome: Begun | CalledOff, error: ChatError | None, now: Instant
    ) -> Sequence[Sending]:
        """Return what comes after it, or in place of what can never be done.

        The person may have taken back that they can be named since the message was put out, so it is looked up again.
        """
        match sending, outcome:
            case Meeting() as meeting, Begun():
                return await self._meetings.begun(meeting, outcome.place, outcome.here, now)
            case Meeting() as meeting, CalledOff():
                return await self._meetings.called_off(meeting, now)
            case Message(to=PersonId() as person, fallback=Fallback() as fallback), _ if isinstance(error, ClosedError):
                ways = await self._people.ways(sending.group, person)
                return [sending.instead(fallback, now)] if ways.reach is Reach.MENTION else []
        return []

    async def _put_once(self, sending: Sending) -> None:
        try:
            await self._outbox.put(sending)
        except AlreadyKept:
            self._journal.note("said-before")


def _recipient(claimed: Claimed) -> str:
    sending = claimed.sending
    return sending.to if isinstance(sending, Message | Tidying) else sending.key
