"""Rows to what may come after a sit, and back."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import RowMapping, Select, delete, or_, select

from bot.domain.ids import GroupId, PersonId
from bot.domain.sit.again import Willing
from bot.domain.sit.looking import Look, State
from bot.store.database import Database
from bot.store.tables.sit_again import sit_again, sit_looks


class AgainStore:
    """Implements the port `AgainShelf`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._keep = database.upsert(sit_again)

    async def said(self, group: GroupId, code: str) -> Sequence[Willing]:
        """Return what was said with that code, its group held."""
        await self._database.hold(group)
        found = select(sit_again).where(sit_again.c.group_id == group, sit_again.c.pair == code)
        return [_willing(row) for row in await self._rows(found.order_by(sit_again.c.person))]

    async def of(self, group: GroupId, person: PersonId) -> Sequence[Willing]:
        """Return all that one person said, its group held."""
        await self._database.hold(group)
        found = select(sit_again).where(sit_again.c.group_id == group, sit_again.c.person == person)
        return [_willing(row) for row in await self._rows(found.order_by(sit_again.c.pair))]

    async def keep(self, willing: Willing) -> None:
        """Keep it, in place of what the person said before with that code."""
        row = {
            "group_id": willing.group,
            "pair": willing.code,
            "person": willing.person,
            "until": willing.until,
        }
        await self._database.execute(self._keep, row)

    async def drop(self, group: GroupId, code: str, person: PersonId) -> bool:
        """Let go of what that person said; return whether there was anything."""
        this = sit_again.c.group_id == group, sit_again.c.pair == code, sit_again.c.person == person
        return (await self._database.execute(delete(sit_again).where(*this))).rowcount > 0

    async def _rows(self, found: Select[Any]) -> Sequence[RowMapping]:
        return (await self._database.execute(found)).mappings().all()


class LookStore:
    """Implements the port `LookShelf`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._keep = database.upsert(sit_looks)

    async def one(self, group: GroupId, code: str) -> Look | None:
        """Return the one of that code, its group held, or None."""
        await self._database.hold(group)
        found = select(sit_looks).where(sit_looks.c.group_id == group, sit_looks.c.id == code)
        row = (await self._database.execute(found)).mappings().first()
        return None if row is None else _look(row)

    async def about(self, group: GroupId, person: PersonId) -> Sequence[Look]:
        """Return all that the person holds, and all that others hold with them, the first to go first."""
        await self._database.hold(group)
        theirs = or_(sit_looks.c.person == person, sit_looks.c.other == person)
        found = select(sit_looks).where(sit_looks.c.group_id == group, theirs)
        rows = await self._database.execute(found.order_by(sit_looks.c.until, sit_looks.c.id))
        return [_look(row) for row in rows.mappings().all()]

    async def keep(self, look: Look) -> None:
        """Keep it as it now is."""
        await self._database.execute(self._keep, _row(look))

    async def drop(self, look: Look) -> None:
        """Let go of it."""
        this = sit_looks.c.group_id == look.group, sit_looks.c.id == look.code
        await self._database.execute(delete(sit_looks).where(*this))


def _willing(row: RowMapping) -> Willing:
    return Willing(group=row["group_id"], code=row["pair"], person=row["person"], until=row["until"])


def _look(row: RowMapping) -> Look:
    return Look(
        code=row["id"],
        group=row["group_id"],
        person=row["person"],
        other=row["other"],
        at=row["at"],
        until=row["until"],
        state=State(row["state"]),
    )


def _row(look: Look) -> dict[str, object]:
    return {
        "id": look.code,
        "group_id": look.group,
        "person": look.person,
        "other": look.other,
        "at": look.at,
        "until": look.until,
        "state": look.state.value,
    }
