"""What was let go of leaves the files as well.

The log, within a minute; copies that lie about in the file, after a person or a group is forgotten, and once a day.
"""

import asyncio

from sqlalchemy import select
from whenever import Instant

from bot.domain.ids import PersonId
from bot.store.database import Database
from bot.store.naming import names
from bot.store.tables.house import outbox

_DAILY = "daily"
# How long the log may hold on to what is gone.
_LOG_SECONDS = 30
# A file that takes long to be written anew is left in peace for a multiple of that.
_LONG_SECONDS, _RESTS = 0.2, 50


class WipingStore:
    """Implements the port `Wiping`. Whom it is about is in memory alone; after a restart, all is wiped anyway."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._next_cut = self._next_wipe = 0.0

    async def daily(self, _now: Instant) -> None:
        """Ask for it, whatever was let go of since the last time."""
        self._database.wipe_after(_DAILY)

    async def wipe(self) -> None:
        """Do it, if it was asked for; again once the last word to somebody who is forgotten was sent."""
        now = asyncio.get_running_loop().time()
        if self._database.to_wipe and now >= self._next_wipe:
            await self._wipe()
            took = asyncio.get_running_loop().time() - now
            self._next_wipe = now + took * _RESTS if took > _LONG_SECONDS else now
        elif self._database.has_log and now >= self._next_cut:
            await self._database.cut_log()
            self._next_cut = now + _LOG_SECONDS

    async def _wipe(self) -> None:
        asked = frozenset(self._database.to_wipe)
        async with self._database.transaction():
            waiting = {id_ for id_ in asked if await self._waits(id_)}
        if await self._database.wipe():
            self._database.to_wipe -= asked - waiting

    async def _waits(self, id_: str) -> bool:
        named = select(outbox.c.id).where(names(PersonId(id_))).limit(1)
        return (await self._database.execute(named)).first() is not None
