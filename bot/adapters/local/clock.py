"""The room's clock, as the page needs it. It only ever moves forward."""

from typing import Protocol

from whenever import Instant, Time, TimeDelta

MORNING = Time(9)


class MovableClock(Protocol):
    """Tells the room's time, and can be moved on."""

    def now(self) -> Instant:
        """Return the present moment of the room."""

    def move(self, by: TimeDelta) -> None:
        """Move on by `by`, which is never less than nothing."""


def until_morning(now: Instant, zone: str) -> TimeDelta:
    """Return how long it is until nine o'clock on the next day in `zone`."""
    tomorrow = now.to_tz(zone).date().add(days=1)
    return tomorrow.at(MORNING).assume_tz(zone, disambiguation="compatible").to_instant() - now
