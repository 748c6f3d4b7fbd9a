"""The sit's rows and values. An ask that is over is a deleted row; what hung on it goes with it."""

from collections.abc import Sequence

from sqlalchemy import RowMapping, Table, bindparam, delete, or_, select
from whenever import Instant, TimeDelta

from bot.domain.ids import GroupId, PersonId
from bot.domain.sit.ask import Ask, Offer, Wanted, Where
from bot.domain.sit.table import Stage
from bot.store.database import Database, Row
from bot.store.tables.sit import asks, invited, offers, openings

_ALL = select(asks).where(asks.c.group_id == bindparam("group")).order_by(asks.c.asked_at, asks.c.id)


class AsksShelf:
    """Implements the port `Asks`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._keep = database.upsert(asks)

    async def one(self, group: GroupId, code: str) -> Ask | None:
        """Return the ask, its group held, or None when this group has none of that code."""
        await self._database.hold(group)
        found = select(asks).where(asks.c.group_id == group, asks.c.id == code)
        row = (await self._database.execute(found)).mappings().first()
        return None if row is None else await self._whole(row)

    async def all(self, group: GroupId) -> Sequence[Ask]:
        """Return every ask of the group, the oldest first, and the group is held, also when there is none."""
        await self._database.hold(group)
        rows = (await self._database.execute(_ALL, {"group": group})).mappings().all()
        return [await self._whole(row) for row in rows]

    async def keep(self, ask: Ask) -> None:
        """Keep the ask as it now is, or let it go when it is over."""
        if ask.over:
            await self._database.execute(delete(asks).where(asks.c.group_id == ask.group, asks.c.id == ask.id))
            return
        await self._database.execute(self._keep, _row(ask))
        people = [{"ask_id": ask.id, "person": person} for person in sorted(ask.invited)]
        await self._replace(invited, ask.id, people)
        yes = [{"ask_id": ask.id, "number": offer.number, "person": offer.person} for offer in ask.offers]
        await self._replace(offers, ask.id, yes)

    async def _replace(self, table: Table, ask_id: str, rows: Sequence[Row]) -> None:
        await self._database.execute(delete(table).where(table.c.ask_id == ask_id))
        if rows:
            await self._database.execute(self._database.insert(table), rows)

    async def _whole(self, row: RowMapping) -> Ask:
        who = select(invited.c.person).where(invited.c.ask_id == row["id"])
        yes = select(offers.c.number, offers.c.person).where(offers.c.ask_id == row["id"]).order_by(offers.c.number)
        people = (await self._database.execute(who)).scalars().all()
        offered = (await self._database.execute(yes)).mappings().all()
        return Ask(
            id=row["id"],
            group=row["group_id"],
            asker=row["asker"],
            wanted=Wanted(row["wanted"]),
            length=TimeDelta(minutes=row["minutes"]),
            asked_at=row["asked_at"],
            starts_at=row["starts_at"],
            answer_by=row["answer_by"],
            where=Where(row["meets"]),
            stage=Stage(row["stage"]),
            sitter=row["sitter"],
            invited=frozenset(people),
            offers=tuple(Offer(number=offer["number"], person=offer["person"]) for offer in offered),
        )


class OpeningsShelf:
    """Implements the port `Openings`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._keep = database.upsert(openings)

    async def people(self, group: GroupId, now: Instant) -> frozenset[PersonId]:
        """Return who is open at `now`."""
        still = or_(openings.c.until.is_(None), openings.c.until > now)
        found = await self._database.execute(select(openings.c.person).where(openings.c.group_id == group, still))
        return frozenset(found.scalars())

    async def keep(self, group: GroupId, person: PersonId, until: Instant | None) -> None:
        """Keep that they are open, until then or until they pause."""
        await self._database.execute(self._keep, {"group_id": group, "person": person, "until": until})

    async def drop(self, group: GroupId, person: PersonId) -> bool:
        """Let it go; return whether there was anything."""
        theirs = delete(openings).where(openings.c.group_id == group, openings.c.person == person)
        return (await self._database.execute(theirs)).rowcount > 0


def _row(ask: Ask) -> dict[str, object]:
    return {
        "id": ask.id,
        "group_id": ask.group,
        "asker": ask.asker,
        "wanted": ask.wanted.value,
        "minutes": round(ask.length.total("minutes")),
        "asked_at": ask.asked_at,
        "starts_at": ask.starts_at,
        "answer_by": ask.answer_by,
        "meets": ask.where.value,
        "stage": ask.stage.value,
        "sitter": ask.sitter,
    }
