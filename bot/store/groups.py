"""Groups' own ways, and invitations until they are dealt with."""

from collections.abc import Mapping

from sqlalchemy import delete, select
from whenever import Instant

from bot.domain.firststep import FirstStep
from bot.domain.group import GroupWays
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.people import Nation
from bot.store.database import Database
from bot.store.tables.group import groups, invitations


class GroupStore:
    """Implements the ports `GroupShelf`, `InvitationShelf`, `Verifying` and `Choosing`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._keep = database.upsert(groups)
        self._known: dict[GroupId, GroupWays] = {}
        self._times = 0

    async def own(self, group: GroupId) -> GroupWays:
        """Return what the group itself has set."""
        row = (await self._database.execute(select(groups).where(groups.c.group_id == group))).mappings().first()
        if row is None:
            return GroupWays()
        nation = None if row["nation"] is None else Nation(row["nation"])
        return GroupWays(
            zone=row["zone"],
            nation=nation,
            locale=row["locale"],
            channel=row["channel"],
            verified_only=row["verified_only"],
            first_step=FirstStep(days=row["first_days"], welcomes=row["first_welcomes"]),
            stance=row["stance"],
        )

    async def keep(self, group: GroupId, ways: GroupWays) -> None:
        """Keep it in place of what was there."""
        own = {"zone": ways.zone, "nation": ways.nation, "locale": ways.locale, "channel": ways.channel}
        first = {"first_days": ways.first_step.days, "first_welcomes": ways.first_step.welcomes}
        row = {"group_id": group, "verified_only": ways.verified_only, "stance": ways.stance, **own, **first}
        await self._database.execute(self._keep, row)

    async def verified_only(self, group: GroupId) -> bool:
        """Return whether keys go only to devices that their owners verified."""
        return (await self._remembered(group)).verified_only

    async def locale(self, group: GroupId) -> str | None:
        """Return the language that the group has set, or None."""
        return (await self._remembered(group)).locale

    async def channel(self, group: GroupId) -> PlaceId | None:
        """Return the channel that the group has chosen, or None."""
        return (await self._remembered(group)).channel

    async def channels(self, world: str) -> Mapping[GroupId, PlaceId]:
        """Return the channel of every group of a world that has chosen one; inside a transaction."""
        chosen = select(groups.c.group_id, groups.c.channel).where(groups.c.channel.is_not(None))
        rows = (await self._database.execute(chosen)).mappings().all()
        return {row["group_id"]: row["channel"] for row in rows if row["group_id"].world == world}

    async def _remembered(self, group: GroupId) -> GroupWays:
        """Return what the group has set; it is asked for with each message, and read again once any group's changed."""
        times = self._database.times_written(groups)
        if times != self._times:
            self._known.clear()
            self._times = times
        if group in self._known:
            return self._known[group]
        async with self._database.transaction() as opened:
            ways = await self.own(group)
            is_settled = not opened.kept
        if is_settled and self._database.times_written(groups) == times == self._times:
            self._known[group] = ways
        return ways

    async def invite(self, place: PlaceId, inviter: PersonId, at: Instant) -> None:
        """Keep who invited the bot; a later invitation to the same place takes the earlier one's stead."""
        insert = self._database.insert(invitations).values(place=place, inviter=inviter, at=at)
        kept = insert.on_conflict_do_update(index_elements=["place"], set_={"inviter": inviter})
        await self._database.execute(kept)

    async def invited(self, world: str) -> Mapping[PlaceId, PersonId]:
        """Return every invitation of a world that is not dealt with."""
        rows = (await self._database.execute(select(invitations))).mappings().all()
        return {row["place"]: row["inviter"] for row in rows if row["place"].world == world}

    async def take(self, place: PlaceId) -> tuple[PersonId, Instant] | None:
        """Let go of an invitation; return whose it was and since when, or None."""
        taken = delete(invitations).where(invitations.c.place == place).returning(invitations)
        row = (await self._database.execute(taken)).mappings().first()
        return None if row is None else (row["inviter"], row["at"])
