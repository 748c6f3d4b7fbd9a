"""Quiet hours: from one time on the wall to another in a person's own zone, right across clock changes. Pure.

Of a time that happens twice, quiet begins at the first and ends at the last; a time that the clocks jump over is the
jump itself. So a change of the clocks never lets anybody be reached while the wall says that it is quiet.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from whenever import Date, Instant, PlainDateTime, Time

# From a moment on, up to another that is not in it any more.
Run: TypeAlias = tuple[Instant, Instant]

# A night may begin the day before and touch the next one; one more before, where a zone once left a whole day out.
_DAYS_AROUND = range(-2, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """Quiet from `starts` on the wall up to `ends`, each day anew; past midnight when `ends` is the earlier.

    Raises `ValueError` when both are the same: that would be no time at all, or all of it. Zones are IANA names.
    """

    starts: Time
    ends: Time

    def __post_init__(self) -> None:
        """Refuse what would be nothing, or everything."""
        if self.starts == self.ends:
            raise ValueError(self.starts)

    def inside(self, at: Instant, zone: str) -> bool:
        """Return whether it is quiet at `at`; it is when it begins, and is no more when it ends."""
        return self._run(at, zone) is not None

    def pulled_forward(self, at: Instant, zone: str) -> Instant:
        """Return when to tell what would be told at `at`: when quiet begins, such as the evening before, if inside."""
        run = self._run(at, zone)
        return at if run is None else run[0]

    def put_off(self, at: Instant, zone: str) -> Instant:
        """Return when to ask what would be asked at `at`: when quiet ends if that is inside."""
        run = self._run(at, zone)
        return at if run is None else run[1]

    def next_begins(self, at: Instant, zone: str) -> Instant:
        """Return when it next begins after `at`."""
        return min(begins for begins, _ in self._nights(at.to_tz(zone).date(), zone) if begins > at)

    def _run(self, at: Instant, zone: str) -> Run | None:
        """Return the quiet stretch that `at` is in; two that a change of the clocks makes touch are one."""
        found: list[Run] = []
        for begins, ends in self._nights(at.to_tz(zone).date(), zone):
            if found and begins <= found[-1][1]:
                found[-1] = (found[-1][0], max(ends, found[-1][1]))
            else:
                found.append((begins, ends))
        return next((run for run in found if run[0] <= at < run[1]), None)

    def _nights(self, today: Date, zone: str) -> Iterator[Run]:
        for days in _DAYS_AROUND:
            first = today.add(days=days)
            last = first if self.starts < self.ends else first.add(days=1)
            yield (
                _reached(first.at(self.starts), zone, last=False),
                _reached(last.at(self.ends), zone, last=True),
            )


def _reached(wall: PlainDateTime, zone: str, *, last: bool) -> Instant:
    """Return when the wall shows that time, the first or the last time it does; if it never does, when it jumps over.

    `whenever` moves a time that is jumped over to before the jump (`earlier`) or after it (`later`).
    """
    earlier = wall.assume_tz(zone, disambiguation="earlier")
    shown = earlier.to_plain() == wall
    if shown and not (last and earlier.is_repeated()):
        return earlier.to_instant()
    later = wall.assume_tz(zone, disambiguation="later")
    if shown:
        return later.to_instant()
    seconds = range(earlier.timestamp(), later.timestamp())
    past = bisect_left(seconds, x=True, key=lambda second: Instant.from_timestamp(second).to_tz(zone).to_plain() > wall)
    return Instant.from_timestamp(seconds.start + past)
