"""How many things one person may ask in a minute, so that nobody can drown a group or the server."""

from collections import deque
from dataclasses import dataclass, field
from enum import Enum, auto

from whenever import Instant, TimeDelta

from bot.domain.ids import PersonId

WINDOW = TimeDelta(minutes=1)


class Pace(Enum):
    """What to do with one more thing asked."""

    FINE = auto()
    TOO_FAST = auto()
    STILL_TOO_FAST = auto()


@dataclass(slots=True, kw_only=True)
class Paces:
    """The last minute of each person, or another `window`, in memory alone.

    Past `most` a person is told once, then not heard; a minute in which nothing was heard from them begins anew.
    """

    most: int = 30
    window: TimeDelta = WINDOW
    _asked: dict[PersonId, deque[Instant]] = field(default_factory=dict)
    _told: set[PersonId] = field(default_factory=set)

    def of(self, person: PersonId, now: Instant) -> Pace:
        """Count one more thing asked at `now` and say what to do with it."""
        self._forget(now)
        times = self._asked.setdefault(person, deque())
        if len(times) < self.most:
            times.append(now)
            return Pace.FINE
        if person in self._told:
            return Pace.STILL_TOO_FAST
        self._told.add(person)
        return Pace.TOO_FAST

    def _forget(self, now: Instant) -> None:
        for person, times in list(self._asked.items()):
            while times and times[0] + self.window <= now:
                times.popleft()
            if not times:
                del self._asked[person]
                self._told.discard(person)
