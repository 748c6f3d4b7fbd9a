"""Changes of rotas that wait: a row for each line the rota would have."""

from typing import Any

from sqlalchemy import RowMapping, delete, select

from bot.domain.ids import GroupId, PersonId
from bot.domain.people import Nation
from bot.domain.rota.changing import Shape
from bot.domain.rota.pattern import Pattern
from bot.domain.rota.proposing import Proposal
from bot.store.database import Database
from bot.store.patterns import closed_in, columns_of, line_of, written
from bot.store.tables.rota import rotas
from bot.store.tables.rota_changes import rota_proposals


class ProposalStore:
    """Implements the port `ProposalShelf`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def propose(self, group: GroupId, proposal: Proposal) -> None:
        """Keep it in place of what the same person proposed for that rota of the group before."""
        await self.let_go(group, proposal.rota, proposal.person)
        rows = [_row(proposal, line) for line in proposal.shape.patterns]
        await self._database.execute(self._database.insert(rota_proposals).values(rows))

    async def proposal(self, group: GroupId, code: str) -> Proposal | None:
        """Return the proposal of that code, or None when the group has no such one."""
        here = rota_proposals.join(rotas, rotas.c.id == rota_proposals.c.rota)
        this = (rotas.c.group_id == group, rota_proposals.c.code == code)
        chosen = select(rota_proposals).select_from(here).where(*this).order_by(rota_proposals.c.number)
        rows = (await self._database.execute(chosen)).mappings().all()
        return _proposal([*rows]) if rows else None

    async def let_go(self, group: GroupId, rota: str, person: PersonId) -> None:
        """Let go of what the person proposed for a rota of the group, given by its id."""
        of_group = select(rotas.c.id).where(rotas.c.group_id == group)
        theirs = (rota_proposals.c.rota == rota, rota_proposals.c.rota.in_(of_group), rota_proposals.c.person == person)
        await self._database.execute(delete(rota_proposals).where(*theirs))


def _row(proposal: Proposal, line: Pattern) -> dict[str, Any]:
    return {
        "rota": proposal.rota,
        "code": proposal.code,
        "person": proposal.person,
        "until": proposal.until,
        "stamp": proposal.stamp,
        "lines": proposal.shape.lines,
        "zone": proposal.shape.zone,
        "holidays": proposal.shape.holidays,
        "closed": written(proposal.shape.closed),
        "begins_on": line.starts,
        "ends_on": line.last,
        **columns_of(line),
    }


def _proposal(rows: list[RowMapping]) -> Proposal:
    row = rows[0]
    shape = Shape(
        patterns=tuple(line_of(each, "begins_on", "ends_on") for each in rows),
        lines=row["lines"],
        zone=row["zone"],
        closed=closed_in(row["closed"]),
        holidays=None if row["holidays"] is None else Nation(row["holidays"]),
    )
    return Proposal(
        code=row["code"],
        rota=row["rota"],
        person=row["person"],
        shape=shape,
        stamp=row["stamp"],
        until=row["until"],
    )
