"""What falls due, done once: each moment is taken out, its step run and its words put out in one transaction.

What takes long is done beside the round, in no transaction: its moment is put ahead when it is begun, and struck with
what came of it.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from whenever import Instant, TimeDelta

from bot.domain.outgoing import Due
from bot.ports.feature import Labour, Step
from bot.ports.journal import Journal
from bot.ports.keeping import Ledger
from bot.ports.queues import Dues, Wiping
from bot.ports.timing import Alarm, Clock

# Another process may have kept something due; nobody waits longer than this for it.
LONGEST_SLEEP = TimeDelta(minutes=1)
FIRST_RETRY = TimeDelta(seconds=5)
LONGEST_RETRY = TimeDelta(hours=1)
# What takes long is taken for lost after it, and begun anew.
LABOUR_LASTS = TimeDelta(minutes=5)


class Sender(Protocol):
    """Empties the outbox."""

    async def empty(self) -> Instant | None:
        """Send all that is to be sent now; return when to look again, or None."""


def retry_after(failures: int) -> TimeDelta:
    """Return how long to wait before trying again: doubled each time, an hour at most."""
    return min(FIRST_RETRY * float(2 ** min(failures, 12)), LONGEST_RETRY)


def _lost_after(due: Due) -> TimeDelta:
    return max(LABOUR_LASTS, retry_after(due.failures))


class Works:
    """Goes round when the bell rings: what is due first, then what is to be sent, then the alarm is set."""

    def __init__(  # noqa: PLR0913  The composition root hands in everything by name.
        self,
        *,
        dues: Dues,
        steps: Mapping[str, Step],
        labours: Mapping[str, Labour],
        sender: Sender,
        wiping: Wiping,
        ledger: Ledger,
        clock: Clock,
        journal: Journal,
    ) -> None:
        self._dues = dues
        self._steps = steps
        self._sender = sender
        self._wiping = wiping
        self._ledger = ledger
        self._clock = clock
        self._journal = journal
        self._labours = labours
        self._labouring: set[asyncio.Task[None]] = set()
        self._bell = asyncio.Event()

    def ring(self) -> None:
        """Go round soon. Ringing during a round makes for one more."""
        self._bell.set()

    async def run(self, alarm: Alarm) -> None:
        """Go round whenever the bell rings, until cancelled."""
        self.ring()
        try:
            while True:
                await self._bell.wait()
                self._bell.clear()
                alarm.wake_at(await self._guarded_round())
        finally:
            for task in self._labouring:
                task.cancel()
            await self.laboured()

    async def laboured(self) -> bool:
        """Return when nothing that takes long is being done, and whether anything was."""
        return bool(await asyncio.gather(*self._labouring, return_exceptions=True))

    async def round(self) -> Instant:
        """Do all that is due, send all that is to be sent, and return when to look again."""
        while await self._next_step():
            pass
        look_again = await self._sender.empty()
        await self._wiping.wipe()
        async with self._ledger.transaction():
            due = await self._dues.next_at()
        moments = (look_again, due, self._clock.now() + LONGEST_SLEEP)
        return min(moment for moment in moments if moment is not None)

    async def _guarded_round(self) -> Instant:
        try:
            return await self.round()
        except Exception as error:  # noqa: BLE001  The clockwork must outlive a full disk or a lost database.
            self._journal.fault("round-failed", error)
            return self._clock.now() + FIRST_RETRY

    async def _next_step(self) -> bool:
        """Take one due moment and its step; return whether there may be more."""
        now = self._clock.now()
        due: Due | None = None
        try:
            async with self._ledger.transaction():
                due = await self._dues.take(now)
                if due is not None and due.kind in self._labours:
                    await self._dues.mark(replace(due, at=now + _lost_after(due), failures=due.failures + 1))
                elif due is not None:
                    await self._steps[due.kind](due, now)
        except Exception as error:
            if due is None:
                raise
            self._journal.fault("step-failed", error, step=due.kind)
            await self._put_off(due, now)
            return True
        if due is not None and due.kind in self._labours:
            self._begin(due, now)
        return due is not None

    def _begin(self, due: Due, now: Instant) -> None:
        task = asyncio.create_task(self._labour(due, now))
        self._labouring.add(task)
        task.add_done_callback(self._labouring.discard)

    async def _labour(self, due: Due, now: Instant) -> None:
        try:
            await self._labours[due.kind](due, now)
        except Exception as error:  # noqa: BLE001  Its moment has been put ahead; nothing else may fall with it.
            self._journal.fault("step-failed", error, step=due.kind)
        self.ring()

    async def _put_off(self, due: Due, now: Instant) -> None:
        """Move a failing moment later, so that it cannot loop."""
        later = Due(
            key=due.key,
            kind=due.kind,
            group=due.group,
            about=due.about,
            at=now + retry_after(due.failures),
            failures=due.failures + 1,
        )
        async with self._ledger.transaction():
            await self._dues.mark(later)
