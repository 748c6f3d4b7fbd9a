"""What was let go of leaves the files as well: after a person or a group is forgotten, and once a day."""

from sqlalchemy import select
from whenever import Instant

from bot.domain.ids import PersonId
from bot.store.database import Database
from bot.store.naming import names
from bot.store.tables.house import outbox

_DAILY = "daily"


class WipingStore:
    """Implements the port `Wiping`. Whom it is about is in memory alone; after a restart, all is wiped anyway."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def daily(self, _now: Instant) -> None:
        """Ask for it, whatever was let go of since the last time."""
        self._database.wipe_after(_DAILY)

    async def wipe(self) -> None:
        """Do it, if it was asked for; again once the last word to somebody who is forgotten was sent."""
        asked = frozenset(self._database.to_wipe)
        if not asked:
            return
        async with self._database.transaction():
            waiting = {id_ for id_ in asked if await self._waits(id_)}
        if await self._database.wipe():
            self._database.to_wipe -= asked - waiting

    async def _waits(self, id_: str) -> bool:
        named = select(outbox.c.id).where(names(PersonId(id_))).limit(1)
        return (await self._database.execute(named)).first() is not None
