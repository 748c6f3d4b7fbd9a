"""Every row has an end: a purge at start, and one a day."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from whenever import Instant, TimeDelta

from bot.domain.ids import GroupId
from bot.domain.outgoing import Due
from bot.ports.feature import Step
from bot.ports.keeping import Diary

Purge = Callable[[Instant], Awaitable[None]]
EVERY = TimeDelta(hours=24)


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
        """Mark a purge for now, whenever the last one was; inside a transaction."""
        await self._diary.mark(Due(key="purge", kind="purge", group=GroupId.of("house", "all"), about="", at=now))

    async def purge(self, _due: Due, now: Instant) -> None:
        """Let go of what is past its end, and mark the next purge."""
        for purge in self._purges:
            await purge(now)
        await self.begin(now + EVERY)
