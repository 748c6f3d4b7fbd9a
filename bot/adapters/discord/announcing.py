"""An answer that takes longer than Discord waits is announced first; it is then put in the place of the announcement.

Discord waits three seconds for a sign of life. https://discord.com/developers/docs/interactions/receiving-and-responding
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.adapters.discord.excuses import Excuses
from bot.adapters.discord.pending import Pending
from bot.domain.ids import GroupId, PersonId
from bot.ports.chat import ChatError
from bot.ports.journal import Journal

ANNOUNCED_AFTER_SECONDS = 1.5
# The excuse is kept first, unless the store is slow: it may not hold up what must be said within the three seconds.
EXCUSED_WITHIN_SECONDS = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who waits for the answer, about which group, and the token of their interaction."""

    person: PersonId
    group: GroupId
    token: str


class Announcing:
    """Announces answers, each with an excuse that is taken back once the answer is there."""

    def __init__(self, *, excuses: Excuses, journal: Journal) -> None:
        self._excuses = excuses
        self._journal = journal

    @asynccontextmanager
    async def of(self, pending: Pending, asker: Asker) -> AsyncIterator[None]:
        """Announce it if what is done inside takes long."""
        kept: list[asyncio.Task[None]] = []
        announcing = asyncio.create_task(self._announce(pending, asker, kept))
        try:
            yield
        finally:
            announcing.cancel()
            if kept and pending.is_answered:
                await self._take_back(pending.key, kept[0])

    async def _announce(self, pending: Pending, asker: Asker, kept: list[asyncio.Task[None]]) -> None:
        await asyncio.sleep(ANNOUNCED_AFTER_SECONDS)
        kept.append(asyncio.create_task(self._keep(pending.key, asker)))
        await asyncio.wait(kept, timeout=EXCUSED_WITHIN_SECONDS)
        try:
            await pending.announce()
        except ChatError as error:
            self._journal.note("not-announced", why=error.kind)

    async def _keep(self, key: str, asker: Asker) -> None:
        try:
            await self._excuses.keep(key, asker.person, asker.group, asker.token)
        except Exception as error:  # noqa: BLE001  Without an excuse, the answer can come all the same.
            self._journal.fault("excuse-not-kept", error)

    async def _take_back(self, key: str, keeping: asyncio.Task[None]) -> None:
        try:
            await keeping
            await self._excuses.take_back(key)
        except Exception as error:  # noqa: BLE001  It finds, when its time comes, that there is an answer.
            self._journal.fault("excuse-not-taken-back", error)
