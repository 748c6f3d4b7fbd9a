"""A clock that stands still until it is moved, and an alarm that notes when it was set for."""

from dataclasses import dataclass, field

from whenever import Instant, TimeDelta


@dataclass
class FakeClock:
    """Implements `ports.timing.Clock`."""

    time: Instant = field(default_factory=lambda: Instant.from_utc(2026, 11, 23, 12))

    def now(self) -> Instant:
        return self.time

    def move(self, by: TimeDelta) -> None:
        self.time += by
