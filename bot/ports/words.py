"""The catalogue, as worlds and the command line ask for it."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, TypeAlias

from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.page import Page
from bot.domain.picture import Picture
from bot.domain.saying import File, Line

DEFAULT_LOCALE = "en-GB"

# Returns the language tag (BCP 47) in which a group is spoken to. Opens a transaction of its own if it has to.
LocaleOf: TypeAlias = Callable[[GroupId], Awaitable[str]]
# Returns a page as HTML that needs nothing else, in the language in which the group is spoken to.
Printed: TypeAlias = Callable[[Page, GroupId], Awaitable[str]]
# Returns a picture as a PNG with a text alternative, named as it is called in the group. It is kept nowhere.
Pictured: TypeAlias = Callable[[Picture, GroupId], Awaitable[File]]


class Words(Protocol):
    """Turns lines into sentences. People and places stand in them as ids, which a world makes names or mentions of."""

    def spans(self, line: Line, locale: str) -> Sequence[str | PersonId | PlaceId]:
        """Return the sentence in pieces: text, and people and places where they are named."""
