"""What is held for as long as it is needed, in memory alone, and never in a row: words that people typed, and drafts.

A message that holds such words holds their code; the words are put in where the message is written out for a reader.
"""

from collections import OrderedDict
from typing import Generic, TypeVar

T = TypeVar("T")

# So many at once; beyond it the oldest go. Nothing hangs on them but what somebody may write or ask for again.
MOST = 2000


class Memory(Generic[T]):
    """Things by the code of what they belong to, `most` at once. It is gone when the process ends."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._held: OrderedDict[str, T] = OrderedDict()

    def hold(self, code: str, held: T) -> None:
        """Hold this in place of what was held under the code."""
        self._held[code] = held
        self._held.move_to_end(code)
        while len(self._held) > self._most:
            self._held.popitem(last=False)

    def recall(self, code: str) -> T | None:
        """Return what is held, or None when it is held no longer."""
        return self._held.get(code)

    def drop(self, code: str) -> None:
        """Hold it no longer; nothing happens when it is not held."""
        self._held.pop(code, None)
