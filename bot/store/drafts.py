"""Rotas from files that wait: a row for each line the rota would have."""

from typing import Any

from sqlalchemy import RowMapping, delete, select

from bot.domain.ids import GroupId, PersonId
from bot.domain.rota.drafting import Draft
from bot.domain.rota.pattern import Pattern
from bot.store.database import Database
from bot.store.patterns import closed_in, columns_of, line_of, written
from bot.store.tables.rota_changes import rota_drafts


class DraftStore:
    """Implements the port `DraftShelf`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, group: GroupId, draft: Draft) -> None:
        """Keep it in place of what the same person brought in before."""
        await self.let_go(group, draft.person)
        rows = [_row(group, draft, line) for line in draft.patterns]
        await self._database.execute(self._database.insert(rota_drafts).values(rows))

    async def draft(self, group: GroupId, code: str) -> Draft | None:
        """Return the draft of that code, or None when the group has no such one."""
        this = (rota_drafts.c.group_id == group, rota_drafts.c.code == code)
        chosen = select(rota_drafts).where(*this).order_by(rota_drafts.c.number)
        rows = (await self._database.execute(chosen)).mappings().all()
        return _draft([*rows]) if rows else None

    async def let_go(self, group: GroupId, person: PersonId) -> None:
        """Let go of what the person brought in."""
        theirs = (rota_drafts.c.group_id == group, rota_drafts.c.person == person)
        await self._database.execute(delete(rota_drafts).where(*theirs))


def _row(group: GroupId, draft: Draft, line: Pattern) -> dict[str, Any]:
    return {
        "group_id": group,
        "code": draft.code,
        "person": draft.person,
        "until": draft.until,
        "name": draft.name,
        "zone": draft.zone,
        "place": draft.place,
        "closed": written(draft.closed),
        "begins_on": line.starts,
        "ends_on": line.last,
        **columns_of(line),
    }


def _draft(rows: list[RowMapping]) -> Draft:
    row = rows[0]
    return Draft(
        code=row["code"],
        person=row["person"],
        name=row["name"],
        patterns=tuple(line_of(each, "begins_on", "ends_on") for each in rows),
        zone=row["zone"],
        closed=closed_in(row["closed"]),
        place=row["place"],
        until=row["until"],
    )
