"""What the clockwork asks of the store: what is due, what is to be sent, and when to look again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from whenever import Instant

from bot.domain.ids import GroupId, PersonId
from bot.domain.outgoing import Due, Message, Sending
from bot.ports.chat import Posted


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """Something to send that no other process will send before `until`. `failures` is how often it failed before."""

    id: int
    sending: Sending
    failures: int
    until: Instant


class Dues(Protocol):
    """The diary, as the clockwork reads it; inside a transaction."""

    async def take(self, now: Instant) -> Due | None:
        """Take out the longest due moment, or None. It is back when the transaction is undone."""

    async def next_at(self) -> Instant | None:
        """Return the next moment, or None."""

    async def mark(self, due: Due) -> None:
        """Keep a moment, in place of an earlier one with the same key."""


class Sendings(Protocol):
    """The outbox, as the pump reads it; inside a transaction."""

    async def put_claimed(self, sending: Message, until: Instant) -> Claimed:
        """Put something out that is already claimed until `until`. Raises `AlreadyKept` when its key was put before."""

    async def claim(
        self, now: Instant, until: Instant, most: int, *, also: frozenset[int] = frozenset()
    ) -> Sequence[Claimed]:
        """Claim what is to be sent now, in the order it was put, until `until`; `also` those whose time is to come."""

    async def begun(self, person: PersonId, now: Instant, until: Instant, *, but: frozenset[int]) -> Sequence[Claimed]:
        """Claim what may have reached this person already, whoever has it: what is due, was tried or is being tried.

        In the order it was put, until `until`, and without those of the ids `but`.
        """

    async def hold(self, claimed: Claimed, until: Instant) -> Claimed | None:
        """Claim it for longer; None when the claim ran out and another process has it, or did it."""

    async def done(self, sent: Sequence[Claimed], now: Instant) -> None:
        """Note that these were sent, or are not to be: empty their rows, and keep their keys for a while.

        Of what was tidied by them, it is kept no longer which messages it became.
        """

    async def stands(self, posted: Sequence[tuple[Claimed, Posted]]) -> Sequence[tuple[Claimed, Posted]]:
        """Keep which messages these became until they are tidied; return those withdrawn while they were sent."""

    async def standing(self, key: str, group: GroupId) -> Sequence[str]:
        """Return which messages were sent under that key in the group; none where that is not kept, or no longer."""

    async def later(self, claimed: Claimed, at: Instant, failures: int) -> None:
        """Let it be tried again at `at`."""

    async def next_at(self) -> Instant | None:
        """Return when something is to be sent next, or None."""


class Wiping(Protocol):
    """Sees to it that what was let go of leaves the files as well."""

    async def wipe(self) -> None:
        """Do what was asked for since the last time; outside a transaction."""


class Prompt(Protocol):
    """Sends what was just decided without waiting for a round; if that fails, or the process ends, a round does."""

    async def put(self, sending: Message) -> Claimed:
        """Put it into the outbox, claimed; inside a transaction. Raises `AlreadyKept`."""

    async def send(self, claimed: Claimed) -> None:
        """Send it, once the transaction is kept."""

    async def settle(self, person: PersonId) -> None:
        """Send again what may have reached this person without its being known, so that its list is known by now."""

    async def unsay(self, person: PersonId, group: GroupId, keys: Sequence[str], key: str) -> bool:
        """Take away what was said to this person under those keys, each time under a key made of `key`.

        Nothing is kept of it, nor let go of. Return whether all of it is gone.
        """
