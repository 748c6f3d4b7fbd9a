"""Rows to open hours and back, and which rotas hold them."""

from collections.abc import Mapping, Sequence

from sqlalchemy import RowMapping, delete, select

from bot.domain.ids import GroupId
from bot.domain.together.hour import Company, Hour
from bot.store.database import Database, Row
from bot.store.tables.rota import rotas
from bot.store.tables.together import open_hours, open_hours_rotas


class TogetherStore:
    """Implements the port `TogetherShelf`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._keep = database.upsert(open_hours)
        self._hold = database.upsert(open_hours_rotas)

    async def all(self, group: GroupId) -> Sequence[Hour]:
        """Return every one of the group by its beginning, the group held."""
        await self._database.hold(group)
        order = open_hours.c.starts_at, open_hours.c.id
        found = select(open_hours).where(open_hours.c.group_id == group).order_by(*order)
        return [_hour(row) for row in (await self._database.execute(found)).mappings()]

    async def keep(self, hour: Hour) -> None:
        """Keep it as it now is."""
        await self._database.execute(self._keep, _row(hour))

    async def drop(self, group: GroupId, hour: str) -> None:
        """Let go of it."""
        theirs = open_hours.c.group_id == group, open_hours.c.id == hour
        await self._database.execute(delete(open_hours).where(*theirs))

    async def rotas(self, group: GroupId) -> Mapping[str, Company]:
        """Return the ids of the group's rotas whose shifts open open hours, and of what kind."""
        found = select(open_hours_rotas).join(rotas).where(rotas.c.group_id == group)
        return {row["rota"]: Company(row["wanted"]) for row in (await self._database.execute(found)).mappings()}

    async def hold(self, group: GroupId, rota: str, company: Company) -> None:
        """Keep that the shifts of the rota open them; nothing of another group's."""
        theirs = select(rotas.c.id).where(rotas.c.group_id == group, rotas.c.id == rota)
        if (await self._database.execute(theirs)).first() is not None:
            await self._database.execute(self._hold, {"rota": rota, "wanted": company.value})

    async def release(self, group: GroupId, rota: str) -> None:
        """Keep that they do no more; nothing of another group's."""
        theirs = select(rotas.c.id).where(rotas.c.group_id == group, rotas.c.id == rota)
        await self._database.execute(delete(open_hours_rotas).where(open_hours_rotas.c.rota.in_(theirs)))


def _row(hour: Hour) -> Row:
    return {
        "id": hour.id,
        "group_id": hour.group,
        "place": hour.place,
        "wanted": hour.company.value,
        "starts_at": hour.starts,
        "until": hour.ends,
        "starter": hour.starter,
        "named": hour.named,
        "begun": hour.begun,
    }


def _hour(row: RowMapping) -> Hour:
    return Hour(
        id=row["id"],
        group=row["group_id"],
        place=row["place"],
        company=Company(row["wanted"]),
        starts=row["starts_at"],
        ends=row["until"],
        starter=row["starter"],
        named=row["named"],
        begun=row["begun"],
    )
