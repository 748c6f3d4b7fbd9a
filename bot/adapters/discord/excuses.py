"""An answer that was announced and never came, for the process ended before: whoever asked is told, in its place.

What keeps something is answered in the next life anyway. What only reads is kept nowhere, as the words of who asked are
not; so that there is nothing to go on with, and an announcement would stand for ever.
"""

from typing import Any, Protocol

import discord
from whenever import TimeDelta

from bot.adapters.discord.reaching import reaching
from bot.adapters.discord.rendering import Rendered
from bot.adapters.discord.speaking import paged
from bot.domain.ids import GroupId, PersonId
from bot.domain.outgoing import ANSWER_LIVES, Message
from bot.domain.saying import say
from bot.ports.chat import ChatError
from bot.ports.keeping import AlreadyKept, Ledger, Outbox, Receipts
from bot.ports.timing import Clock

# An answer that takes longer than this is still put in the place of the excuse.
STANDS_AFTER = TimeDelta(minutes=1)
_MARK = ":excuse"


class Kept(Outbox, Receipts, Protocol):
    """What is put out, and what was."""


class Excuses:
    """Keeps excuses, and takes them back. Each method is a transaction of its own."""

    def __init__(self, outbox: Outbox, ledger: Ledger, clock: Clock) -> None:
        self._outbox = outbox
        self._ledger = ledger
        self._clock = clock

    async def keep(self, key: str, person: PersonId, group: GroupId, token: str) -> None:
        """Keep one for the interaction of that key and token, in case that nobody takes it back."""
        now = self._clock.now()
        excuse = Message(
            key=f"{key}{_MARK}",
            group=group,
            to=person,
            say=say("discord-ask-again"),
            not_before=now + STANDS_AFTER,
            expires_at=now + ANSWER_LIVES,
            via=token,
        )
        try:
            async with self._ledger.transaction():
                await self._outbox.put(excuse)
        except AlreadyKept:
            return

    async def take_back(self, key: str) -> None:
        """Let go of it: the answer came."""
        async with self._ledger.transaction():
            await self._outbox.withdraw(f"{key}{_MARK}")


def is_excuse(key: str) -> bool:
    """Whether a message of that key is an excuse."""
    return key.endswith(_MARK)


async def excuse(client: discord.Client, token: str, message: Rendered) -> None:
    """Put it in the place of an announcement that still stands; where an answer came, nothing is done.

    Raises `ChatError`, but for what Discord does not take any more.
    """
    webhook = discord.Webhook.partial(client.application_id or 0, token, client=client)
    original: Any = "@original"
    [(content, _)] = paged(message)
    try:
        with reaching():
            if (await webhook.fetch_message(original)).flags.loading:
                await webhook.edit_message(original, content=content)
    except ChatError as error:
        if not error.permanent:
            raise
