"""The quiet a server asks for: until it is over nothing more is sent, so that nobody's message costs the others theirs.

Servers limit an account, not a room (https://spec.matrix.org/latest/client-server-api/#rate-limiting).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from whenever import TimeDelta

from bot.ports.chat import ChatError

RATE_LIMITED = "rate-limited"


class Quiet:
    """Keeps it for one account."""

    def __init__(self) -> None:
        self._until = monotonic()

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Send in here. Raises `ChatError` with the wait that is left, without asking the server again."""
        left = self._until - monotonic()
        if left > 0:
            raise ChatError(RATE_LIMITED, permanent=False, wait=TimeDelta(seconds=left))
        try:
            yield
        except ChatError as error:
            if error.wait is not None:
                self._until = monotonic() + error.wait.total("seconds")
            raise
