"""Rows to welcomes and back."""

from collections.abc import Collection, Mapping

from sqlalchemy import delete, func, select

from bot.domain.ids import GroupId, PersonId
from bot.store.database import Database
from bot.store.tables.welcomes import welcomes


class WelcomeStore:
    """Implements the port `WelcomeShelf`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def counts(self, group: GroupId, people: Collection[PersonId]) -> Mapping[PersonId, int]:
        """Return how many members welcomed each of these people."""
        theirs = welcomes.c.group_id == group, welcomes.c.person.in_(people)
        counted = select(welcomes.c.person, func.count().label("times")).where(*theirs).group_by(welcomes.c.person)
        rows = {row.person: int(row.times) for row in await self._database.execute(counted)}
        return {person: rows.get(person, 0) for person in people}

    async def by(self, group: GroupId, welcomer: PersonId) -> frozenset[PersonId]:
        """Return whom that person welcomed."""
        theirs = welcomes.c.group_id == group, welcomes.c.welcomer == welcomer
        return frozenset(row.person for row in await self._database.execute(select(welcomes.c.person).where(*theirs)))

    async def keep(self, group: GroupId, person: PersonId, welcomer: PersonId) -> None:
        """Keep a welcome; it may be there already."""
        row = {"group_id": group, "person": person, "welcomer": welcomer}
        await self._database.execute(self._database.insert(welcomes).values(row).on_conflict_do_nothing())

    async def drop(self, group: GroupId, person: PersonId, welcomer: PersonId) -> None:
        """Let go of a welcome, if there is one."""
        this = welcomes.c.group_id == group, welcomes.c.person == person, welcomes.c.welcomer == welcomer
        await self._database.execute(delete(welcomes).where(*this))
