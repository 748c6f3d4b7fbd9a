"""The catalogue, as worlds and the command line ask for it."""

from collections.abc import Sequence
from typing import Protocol

from bot.domain.ids import PersonId
from bot.domain.saying import Line


class Words(Protocol):
    """Turns lines into sentences. A person stands in them as an id that the world makes a name or a mention of."""

    def spans(self, line: Line, locale: str) -> Sequence[str | PersonId]:
        """Return the sentence in pieces: text, and people in the places where they are named."""
