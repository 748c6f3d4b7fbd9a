"""The time of the loopback Discord: the real one, and as much more as a test wants to have passed."""

import time
from datetime import UTC, datetime


class Clock:
    """Tells seconds since 1970, and the same as Discord writes it."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def now(self) -> float:
        """Return the seconds since 1970."""
        return time.time() + self._ahead

    def written(self) -> str:
        """Return the instant as it stands in what Discord says."""
        return datetime.fromtimestamp(self.now(), UTC).isoformat()

    def pass_by(self, seconds: float) -> None:
        """Let that much time pass at once."""
        self._ahead += seconds
