"""Feeds in rows: whose, and the digest of the token."""

from sqlalchemy import delete, select

from bot.domain.ids import GroupId, PersonId
from bot.store.database import Database
from bot.store.tables.feeds import feeds


class FeedStore:
    """Implements the ports `FeedShelf` and `FeedLookup`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def has(self, group: GroupId, person: PersonId) -> bool:
        """Return whether the person has one."""
        theirs = select(feeds.c.person).where(feeds.c.group_id == group, feeds.c.person == person)
        return (await self._database.execute(theirs)).first() is not None

    async def put(self, group: GroupId, person: PersonId, digest: str) -> None:
        """Keep the digest of a new token, in place of an earlier one."""
        await self._database.execute(
            self._database.upsert(feeds), {"group_id": group, "person": person, "digest": digest}
        )

    async def end(self, group: GroupId, person: PersonId) -> bool:
        """Let go of it; return whether there was one."""
        theirs = delete(feeds).where(feeds.c.group_id == group, feeds.c.person == person)
        return (await self._database.execute(theirs)).rowcount > 0

    async def whose(self, digest: str) -> tuple[GroupId, PersonId] | None:
        """Return whose token has that digest, or None."""
        found = (await self._database.execute(select(feeds).where(feeds.c.digest == digest))).mappings().first()
        return None if found is None else (found["group_id"], found["person"])
