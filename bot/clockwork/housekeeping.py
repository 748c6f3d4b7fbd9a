"""Every row has an end: a purge soon after start, and one a day."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from whenever import Instant, TimeDelta

from bot.domain.ids import GroupId
from bot.domain.outgoing import Due
from bot.ports.feature import Step
from bot.ports.keeping import Diary

Purge = Callable[[Instant], Awaitable[None]]
EVERY = TimeDelta(hours=24)
AFTER_START = TimeDelta(minutes=1)
_DAILY, _AT_START = "purge", "purge:start"


class Housekeeping:
    """Wakes once a day and lets go of whatever is past its end."""

    def __init__(self, *, purges: Sequence[Purge], diary: Diary) -> None:
        self._purges = purges
        self._diary = diary

    @property
    def steps(self) -> Mapping[str, Step]:
        """The one kind of moment it marks."""
        return {"purge": self.purge}

    async def begin(self, now: Instant) -> None:
        """Mark a purge a minute from now, so that nobody waits for it at start; inside a transaction.

        One that was marked before, and is overdue, is done at once: also by a house that never lives for a minute.
        """
        if await self._diary.kept(_AT_START) is None:
            await self._mark(_AT_START, now + AFTER_START)

    async def purge(self, _due: Due, now: Instant) -> None:
        """Let go of what is past its end, and mark the next day's purge."""
        for purge in self._purges:
            await purge(now)
        await self._mark(_DAILY, now + EVERY)

    async def _mark(self, key: str, at: Instant) -> None:
        await self._diary.mark(Due(key=key, kind="purge", group=GroupId.of("house", "all"), about="", at=at))
