"""What people typed and is to be shown to somebody, for as long as it is needed: in memory alone, and never in a row.

A message that holds such words holds their code; the words are put in where the message is written out for a reader.
"""

from collections import OrderedDict

# So many at once; beyond it the oldest go. Nothing hangs on them but a line that somebody may write again.
MOST = 2000


class Memory:
    """Words by the code of what they belong to. It is gone when the process ends."""

    def __init__(self) -> None:
        self._words: OrderedDict[str, str] = OrderedDict()

    def hold(self, code: str, words: str) -> None:
        """Hold these words in place of what was held under the code."""
        self._words[code] = words
        self._words.move_to_end(code)
        while len(self._words) > MOST:
            self._words.popitem(last=False)

    def recall(self, code: str) -> str | None:
        """Return the words, or None when they are held no longer."""
        return self._words.get(code)

    def drop(self, code: str) -> None:
        """Hold them no longer; nothing happens when they are not held."""
        self._words.pop(code, None)
