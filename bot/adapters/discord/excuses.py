"""An answer that was announced and never came, for the process ended before: whoever asked is told, in its place.

What keeps something is answered in the next life anyway. What only reads is kept nowhere, as the words of who asked are
not; so that there is nothing to go on with, and an announcement would stand for ever.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any, Protocol, TypeAlias

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

Change: TypeAlias = Callable[[], Awaitable[None]]
Done: TypeAlias = "asyncio.Future[None]"


class Kept(Outbox, Receipts, Protocol):
    """What is put out, and what was."""


class Excuses:
    """Keeps excuses, and takes them back: all that are asked for at one time in one transaction."""

    def __init__(self, outbox: Outbox, ledger: Ledger, clock: Clock) -> None:
        self._outbox = outbox
        self._ledger = ledger
        self._clock = clock
        self._asked: list[tuple[Change, Done]] = []
        self._writing: asyncio.Task[None] | None = None

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
        await self._change(lambda: self._put(excuse))

    async def take_back(self, key: str) -> None:
        """Let go of it: the answer came."""
        await self._change(lambda: self._outbox.withdraw(f"{key}{_MARK}"))

    async def _change(self, change: Change) -> None:
        """Do it with all that is asked for until the transaction before is over. Raises what that transaction does."""
        done = asyncio.get_running_loop().create_future()
        self._asked.append((change, done))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        await done

    async def _write(self) -> None:
        while self._asked:
            asked, self._asked = self._asked, []
            try:
                async with self._ledger.transaction():
                    for change, _ in asked:
                        await change()
            except Exception as error:  # noqa: BLE001  Whoever asked for it deals with it.
                _settle(asked, error)
            else:
                _settle(asked, None)

    async def _put(self, excuse: Message) -> None:
        with suppress(AlreadyKept):
            await self._outbox.put(excuse)


def is_excuse(key: str) -> bool:
    """Whether a message of that key is an excuse."""
    return key.endswith(_MARK)


async def excuse(client: discord.Client, token: str, message: Rendered) -> None:
    """Put it in the place of an announcement that still stands; where an answer came, nothing is done.

    Raises `ChatError`, but for what Discord does not take any more.
    """
    webhook = discord.Webhook.partial(client.application_id or 0, token, client=client)
    original: Any = "@original"
    [page] = paged(message)
    try:
        with reaching():
            if (await webhook.fetch_message(original)).flags.loading:
                await webhook.edit_message(original, content=page.content)
    except ChatError as error:
        if not error.permanent:
            raise


def _settle(asked: Sequence[tuple[Change, Done]], error: Exception | None) -> None:
    for _, done in asked:
        if done.done():
            continue
        if error is None:
            done.set_result(None)
        else:
            done.set_exception(error)
