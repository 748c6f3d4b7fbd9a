"""Rows to lines and back."""

from sqlalchemy import delete, select

from bot.domain.apart import Apart
from bot.domain.ids import GroupId, PersonId
from bot.store.database import Database
from bot.store.tables.apart import apart


class ApartStore:
    """Implements the port `ApartShelf`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self, group: GroupId) -> Apart:
        """Return all lines of the group."""
        rows = await self._database.execute(select(apart.c.person, apart.c.other).where(apart.c.group_id == group))
        return Apart(made=frozenset((row.person, row.other) for row in rows))

    async def keep(self, group: GroupId, person: PersonId, other: PersonId) -> None:
        """Keep that the person is never to be paired with the other."""
        row = {"group_id": group, "person": person, "other": other}
        await self._database.execute(self._database.insert(apart).values(row).on_conflict_do_nothing())

    async def drop(self, group: GroupId, person: PersonId, other: PersonId) -> None:
        """Let go of the person's own line."""
        this = apart.c.group_id == group, apart.c.person == person, apart.c.other == other
        await self._database.execute(delete(apart).where(*this))
