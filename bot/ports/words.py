"""The catalogue, as worlds and the command line ask for it."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, TypeAlias

from bot.domain.ids import GroupId, PersonId
from bot.domain.saying import Line

DEFAULT_LOCALE = "en-GB"

# Returns the language tag (BCP 47) in which a group is spoken to. Opens a transaction of its own if it has to.
LocaleOf: TypeAlias = Callable[[GroupId], Awaitable[str]]


class Words(Protocol):
    """Turns lines into sentences. A person stands in them as an id that the world makes a name or a mention of."""

    def spans(self, line: Line, locale: str) -> Sequence[str | PersonId]:
        """Return the sentence in pieces: text, and people in the places where they are named."""
