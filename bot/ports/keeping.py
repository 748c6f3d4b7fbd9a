"""What every feature needs of the store: one transaction a step, the outbox, the diary of due moments."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from whenever import Instant, TimeDelta

from bot.domain.ids import GroupId, PersonId
from bot.domain.outgoing import Due, Sending
from bot.domain.people import Ways, Wish
from bot.domain.saying import Say
from bot.ports.timing import Clock


class AlreadyKept(Exception):  # noqa: N818  Not a fault: the same thing was done before.
    """An outbox key that was put before: the step it belongs to was already done and must not be done again."""


class Transaction(Protocol):
    """One step of work: all of it is kept, or nothing."""

    @property
    def kept(self) -> bool:
        """Whether anything was written in it."""

    @property
    def begun(self) -> bool:
        """Whether anything was read or written in it."""


class Ledger(Protocol):
    """Gives transactions. Shelves, outbox and diary work inside the one that is open in their task."""

    def transaction(self) -> AbstractAsyncContextManager[Transaction]:
        """Open a transaction, or join the one that is open in this task; kept at the end, undone when it raises."""


class Outbox(Protocol):
    """What must be said or opened once this step is kept."""

    async def put(self, sending: Sending) -> None:
        """Put it out to be sent. Raises `AlreadyKept` when its key was put before."""

    async def put_new(self, sendings: Sequence[Sending]) -> None:
        """Put them out to be sent in this order, but for those whose keys were put before."""

    async def withdraw(self, key: str) -> None:
        """Take back what was not sent yet; nothing happens when it was."""

    async def reword(self, key: str, group: GroupId, said: Say, now: Instant) -> bool:
        """Say this in place of what is to be said later, and say it now; return whether it was still to come there."""


class Receipts(Protocol):
    """What was put out before, by its key."""

    async def holds(self, key: str) -> bool:
        """Return whether the key was put within the last seven days, sent or not."""


class Diary(Protocol):
    """Moments at which a feature must be woken."""

    async def mark(self, due: Due) -> None:
        """Keep the moment, in place of an earlier one with the same key."""

    async def strike(self, key: str) -> None:
        """Forget the moment; nothing happens when it is not there."""

    async def kept(self, key: str) -> Due | None:
        """Return the moment that is kept under the key, or None."""


class People(Protocol):
    """What people told about themselves, in one group each time."""

    async def ways(self, group: GroupId, person: PersonId) -> Ways:
        """Return their own ways, laid over the group's."""

    async def ways_of(self, group: GroupId, people: Collection[PersonId]) -> Mapping[PersonId, Ways]:
        """Return the same of each of these people."""

    async def wish(self, group: GroupId, person: PersonId) -> Wish:
        """Return just what they told themselves."""

    async def keep(self, group: GroupId, person: PersonId, wish: Wish) -> None:
        """Keep what they told in place of what was there; an empty wish leaves no row."""


class Turns(Protocol):
    """Turns at something that may be done only so often, whichever process does it. Opens a transaction of its own."""

    async def turn(self, world: str, name: str, clock: Clock, every: TimeDelta) -> Instant:
        """Return when the next turn is, now at the earliest; nobody else is given the same.

        The clock is read once nobody else can be given one, however long that took.
        """


class Bookmarks(Protocol):
    """Where a world had got to: its own marks, such as the token of the last sync. Never words of people."""

    async def read(self, world: str, name: str) -> str | None:
        """Return the mark, or None."""

    async def keep(self, world: str, name: str, mark: str) -> None:
        """Keep the mark in place of the earlier one."""
