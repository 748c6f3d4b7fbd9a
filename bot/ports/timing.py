"""Time, as the core asks for it: what the time is, and to be woken."""

from typing import Protocol

from whenever import Instant


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> Instant:
        """Return the present moment."""


class Alarm(Protocol):
    """Wakes the clockwork; it remembers only the last moment it was given, and the database is the truth."""

    def wake_at(self, moment: Instant) -> None:
        """Ring once at `moment`, or at once when that is past; forget any moment given before."""
