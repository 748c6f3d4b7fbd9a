"""What was said, and the rooms it was said in: memory that lets go of the oldest by itself."""

from collections import deque
from dataclasses import dataclass, field

from whenever import Instant

from bot.domain.ids import PersonId, PlaceId
from bot.domain.saying import Say

KEPT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One thing said. `by` None is the bot; what a person typed is a `str`. No two have the same number."""

    number: int
    by: PersonId | None
    what: Say | str
    at: Instant


def new_log() -> deque[Said]:
    """Return an empty log that keeps the last of what was said."""
    return deque(maxlen=KEPT)


@dataclass(slots=True, kw_only=True)
class MeetingRoom:
    """A room for the people who were let in. `present` are those who have not left; without any it is gone."""

    place: PlaceId
    people: tuple[PersonId, ...]
    present: set[PersonId]
    bot_is_in: bool = True
    log: deque[Said] = field(default_factory=new_log)
