"""What changes on the page, in order and numbered, so that a page that lost its connection can catch up.

Every change names its one viewer; None means that everyone may see it.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from whenever import Instant

from bot.adapters.local.said import MeetingRoom, Said
from bot.domain.ids import PersonId, PlaceId

KEPT_CHANGES = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """Something was said: in a place, or in the viewer's private talk when `place` is None."""

    viewer: PersonId | None
    place: PlaceId | None
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsaid:
    """Something that was said is gone; the rest is as in `Added`."""

    viewer: PersonId | None
    place: PlaceId | None
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A meeting room is open to the viewer."""

    viewer: PersonId
    meeting: MeetingRoom


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A meeting room is gone for the viewer."""

    viewer: PersonId
    place: PlaceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """The bot has left a meeting room to the viewer, and to the others in it."""

    viewer: PersonId
    place: PlaceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """The room's clock was moved on, to `now`."""

    now: Instant
    viewer: None = None


Change: TypeAlias = Added | Unsaid | Opened | Closed | Left | Turned


class Missed(Exception):  # noqa: N818  Not a fault: the page must be read again as a whole.
    """Changes were let go of before the page had seen them."""


class Feed:
    """The last changes, and a way to wait for the next. Numbers start at 1 and rise by one."""

    def __init__(self) -> None:
        self._changes: deque[Change] = deque(maxlen=KEPT_CHANGES)
        self._more = asyncio.Event()
        self.newest = 0
        self.ended = False

    def add(self, change: Change) -> None:
        """Keep it and wake whoever waits."""
        self._changes.append(change)
        self.newest += 1
        self._wake()

    def end(self) -> None:
        """Let everyone who waits go, for good."""
        self.ended = True
        self._wake()

    def after(self, number: int) -> Sequence[tuple[int, Change]]:
        """Return the changes since `number`. Raises `Missed` when some are no longer there."""
        first = self.newest - len(self._changes) + 1
        if not first - 1 <= number <= self.newest:
            raise Missed
        return [(first + index, change) for index, change in enumerate(self._changes) if first + index > number]

    async def beyond(self, number: int) -> None:
        """Wait until there is a change after `number`, or the end."""
        while self.newest <= number and not self.ended:
            await self._more.wait()

    def _wake(self) -> None:
        self._more.set()
        self._more = asyncio.Event()
