"""The alarm: APScheduler wakes the clockwork, and keeps nothing; the database is the truth."""

from collections.abc import Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger
from whenever import Instant, TimeDelta

from bot.ports.timing import Clock

_JOB = "wake"


class SchedulerAlarm:
    """Implements the port `Alarm` with one job in memory. Moments are those of `clock`, which may be ahead."""

    def __init__(self, *, clock: Clock, ring: Callable[[], None]) -> None:
        self._clock = clock
        self._ring = ring
        self._scheduler = AsyncIOScheduler(timezone="UTC")

    def start(self) -> None:
        """Start ringing; a loop must be running."""
        self._scheduler.start()

    def stop(self) -> None:
        """Ring no more."""
        self._scheduler.shutdown(wait=False)

    def wake_at(self, moment: Instant) -> None:
        """Ring once at `moment`, or at once when that is past; forget any moment given before."""
        wait = max(moment - self._clock.now(), TimeDelta.ZERO)
        self._scheduler.add_job(
            self._wake,
            DateTrigger((Instant.now() + wait).to_stdlib()),
            id=_JOB,
            replace_existing=True,
            misfire_grace_time=None,
        )

    async def _wake(self) -> None:
        """Ring on the loop: a plain function would be called in a thread, where no bell may be touched."""
        self._ring()
