"""What has been decided and not yet done out in the world: the rows of the outbox, as values."""

from dataclasses import dataclass, field
from typing import TypeAlias

from whenever import Instant, TimeDelta

from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.saying import Say

ANSWER_LIVES = TimeDelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fallback:
    """What is said in a place when the person takes nothing in private: that there is something, never what it is."""

    place: PlaceId
    say: Say


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Something to say to one person in private, or in one place.

    `key` makes saying it twice harmless. After `expires_at` it is dropped and never sent late. `via` is the world's own
    mark of the way back to where it was asked for, as in `Asking`; None for what goes to the person wherever they are.
    `fallback` is there for somebody who agreed to one, and None in all else that is said. `since` is when it was first
    to be said, once `not_before` has been moved; None before that. `tidied` says that a `Tidying` will follow, for
    which it is kept which message it became. `members_only` lets go of it where the person is not in the group by
    then, as somebody who was named need not be: whoever named them cannot tell.
    """

    key: str
    group: GroupId
    to: PersonId | PlaceId
    say: Say
    not_before: Instant
    expires_at: Instant
    via: str | None = None
    fallback: Fallback | None = None
    since: Instant | None = None
    tidied: bool = False
    members_only: bool = False

    @property
    def first(self) -> Instant:
        """When it was first to be said: nobody heard it before."""
        return self.since or self.not_before

    def instead(self, fallback: Fallback, now: Instant) -> "Message":
        """Return what is said in place of this message; it is of use for no longer."""
        return Message(
            key=fallback_key(self.key),
            group=self.group,
            to=fallback.place,
            say=fallback.say,
            not_before=now,
            expires_at=self.expires_at,
        )


def fallback_key(key: str) -> str:
    """Return the key of what is said in place of the message of that key."""
    return f"{key}:fallback"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A private room to open for `people`: the card is said in it once all who will come are there.

    `missed` is said in private to each of them if they were not together by `expires_at`, if too few of them will come,
    or if the room could not be made. What becomes of it is told to whoever wished for it (`Meetings`).
    """

    key: str
    group: GroupId
    people: tuple[PersonId, ...]
    card: Say
    missed: Say
    not_before: Instant
    expires_at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """The bot's going from the room that was opened for the meeting of the key `room`, if there is one.

    `closing` puts everybody else out too; `only` puts out just that one, and the bot stays. It stands by itself, so
    that a crash on the way out is gone on with.
    """

    key: str
    group: GroupId
    room: str
    closing: bool
    not_before: Instant
    expires_at: Instant
    only: PersonId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tidying:
    """The taking away of what was said under the key `of`, to that person or in that place.

    What is not known to have been said, or is gone by itself, is left as it is.
    """

    key: str
    group: GroupId
    of: str
    to: PersonId | PlaceId
    not_before: Instant
    expires_at: Instant


Sending: TypeAlias = Message | Meeting | Departure | Tidying


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A moment at which a feature has something to do. `kind` names the feature's step, `about` its subject.

    A key is unique: keeping it again moves the moment.
    """

    key: str
    kind: str
    group: GroupId
    about: str
    at: Instant
    failures: int = field(default=0)
