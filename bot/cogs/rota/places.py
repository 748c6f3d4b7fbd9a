"""Joining a rota, leaving it, and when to be pinged. A yes is one's own; a no needs no reason."""

from dataclasses import dataclass, replace

from whenever import Instant, Weekday

from bot.cogs.rota import replies
from bot.cogs.rota.commands import WEEKLY
from bot.cogs.rota.upkeep import Upkeep
from bot.domain.commands import Asked
from bot.domain.ids import GroupId, PersonId
from bot.domain.people import Ways
from bot.domain.rota.naming import held_sheet, sheet_meant, shift_meant
from bot.domain.rota.reading import SaidDay
from bot.domain.rota.roster import Roster, Sheet
from bot.domain.rota.rota import Rota, Shift
from bot.domain.rota.signing import Signing
from bot.domain.saying import Say, say
from bot.ports.keeping import People
from bot.ports.rota import RotaShelf


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody asks of one rota: the shift they mean, or None; every week, or once."""

    signing: Signing
    shift: Shift | None
    weekly: bool
    ways: Ways

    @property
    def rota(self) -> Rota:
        """The rota it is about."""
        return self.signing.sheet.rota

    @property
    def days(self) -> frozenset[Weekday]:
        """The weekdays meant: that of the shift, or all of the rota's."""
        return frozenset((self.shift.date.day_of_week(),) if self.shift else self.rota.pattern.days)


class Places:
    """Puts people on shifts at their word, and takes them off."""

    def __init__(self, *, shelf: RotaShelf, people: People, upkeep: Upkeep) -> None:
        self._shelf = shelf
        self._people = people
        self._upkeep = upkeep

    async def join(self, asked: Asked) -> Say:
        """Put them on one shift, or give them a weekly place; without a day, show what is open."""
        wanted = await self._wanted(asked)
        if wanted.weekly:
            return await self._join_weekly(wanted)
        if wanted.shift is None:
            return replies.which_to_join(wanted.signing)
        roster = wanted.signing.join_once(wanted.shift)
        if not await self._kept(wanted, roster):
            return replies.on_already(wanted.signing, wanted.shift)
        return replies.joined(wanted.signing, wanted.shift, wanted.ways.leads)

    async def leave(self, asked: Asked) -> Say:
        """Take them off one shift, or end their weekly place; without a day, show what they are on."""
        wanted = await self._wanted(asked)
        if wanted.weekly:
            return await self._leave_weekly(wanted)
        if wanted.shift is None:
            return replies.which_to_leave(wanted.signing)
        roster = wanted.signing.leave_once(wanted.shift)
        if not await self._kept(wanted, roster):
            return say("rota-leave-not-on", when=wanted.shift.starts.to_tz(wanted.ways.zone), name=wanted.rota.name)
        return replies.left(wanted.signing, wanted.shift)

    async def without(self, group: GroupId, person: PersonId, now: Instant) -> None:
        """Take them off every shift; the room hears no more than that a shift is open, if one is soon."""
        for found in await self._shelf.sheets(group):
            if person in found.roster.people:
                sheet = held_sheet(await self._shelf.hold(group, found.rota.id))
                await self._upkeep.change(sheet, sheet.roster.without(person), now)

    async def remind(self, asked: Asked) -> Say:
        """Keep how long before a shift they want a ping; what was due by the earlier wish comes first."""
        leads = asked.need("leads", tuple)
        wish = await self._people.wish(asked.group, asked.person)
        sheets = [sheet for sheet in await self._shelf.sheets(asked.group) if asked.person in sheet.roster.people]
        after = [await self._caught_up(sheet, asked.at) for sheet in sheets]
        await self._people.keep(asked.group, asked.person, replace(wish, leads=leads))
        for sheet in after:
            await self._upkeep.mark(sheet)
        return say("rota-remind-kept", leads=leads) if leads else say("rota-remind-none")

    async def _caught_up(self, sheet: Sheet, now: Instant) -> Sheet:
        held = held_sheet(await self._shelf.hold(sheet.rota.group, sheet.rota.id))
        return await self._upkeep.change(held, held.roster, now)

    async def _join_weekly(self, wanted: Wanted) -> Say:
        roster = wanted.signing.join_weekly(wanted.days)
        if not await self._kept(wanted, roster):
            return say("rota-join-already-weekly", name=wanted.rota.name)
        now_on = replace(wanted.signing, sheet=replace(wanted.signing.sheet, roster=roster))
        return replies.joined_weekly(now_on, wanted.days, wanted.ways.leads)

    async def _leave_weekly(self, wanted: Wanted) -> Say:
        roster = wanted.signing.leave_weekly(wanted.days)
        if not await self._kept(wanted, roster):
            return say("rota-leave-no-weekly", name=wanted.rota.name)
        return replies.left_weekly(replace(wanted.signing, sheet=replace(wanted.signing.sheet, roster=roster)))

    async def _kept(self, wanted: Wanted, roster: Roster) -> bool:
        """Keep the roster; return false when it is as it was."""
        sheet = wanted.signing.sheet
        if roster == sheet.roster:
            return False
        await self._upkeep.change(sheet, roster, wanted.signing.now)
        return True

    async def _wanted(self, asked: Asked) -> Wanted:
        """Return what was asked for, the rota held, so that nobody else changes it meanwhile."""
        ways = await self._people.ways(asked.group, asked.person)
        found, meant = sheet_meant(await self._shelf.sheets(asked.group), asked.get("rota", tuple))
        sheet = held_sheet(await self._shelf.hold(asked.group, found.rota.id))
        day = asked.get("date", SaidDay) or meant.day
        return Wanted(
            signing=Signing(sheet=sheet, person=asked.person, zone=ways.zone, now=asked.at),
            shift=shift_meant(sheet.rota, day, ways.zone, asked.at) if day else None,
            weekly=asked.get("every", str) == WEEKLY or (asked.get("every", str) is None and meant.weekly),
            ways=ways,
        )
