"""Clocks. The time is read here and nowhere else."""

from whenever import Instant, TimeDelta


class RealClock:
    """The machine's clock."""

    def now(self) -> Instant:
        """Return the present moment."""
        return Instant.now()


class MovableClock:
    """A clock that runs as the machine's does and can be moved on, for the local room."""

    def __init__(self) -> None:
        self._ahead = TimeDelta.ZERO

    def now(self) -> Instant:
        """Return the present moment of the room."""
        return Instant.now() + self._ahead

    def move(self, by: TimeDelta) -> None:
        """Move on by `by`. Raises `ValueError` when that is backwards."""
        if by < TimeDelta.ZERO:
            raise ValueError(by)
        self._ahead += by
