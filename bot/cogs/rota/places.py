"""Joining a rota, leaving it, and when to be pinged. A yes is one's own; a no needs no reason."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from whenever import Instant

from bot.cogs.rota import replies
from bot.cogs.rota.calling import offering_reserve
from bot.cogs.rota.upkeep import Upkeep
from bot.cogs.rota.wanting import Wanted, Wants
from bot.domain.commands import Asked
from bot.domain.ids import GroupId, PersonId
from bot.domain.rota.roster import Roster
from bot.domain.saying import Refused, Say, say
from bot.ports.keeping import People
from bot.ports.rota import RotaShelf


class Places:
    """Puts people on shifts at their word, and takes them off."""

    def __init__(self, *, shelf: RotaShelf, people: People, upkeep: Upkeep) -> None:
        self._shelf = shelf
        self._people = people
        self._upkeep = upkeep
        self._wants = Wants(shelf=shelf, people=people)

    async def join(self, asked: Asked) -> Say:
        """Put them on one shift, or give them a weekly place; without a day, show what is open."""
        wanted = await self._wants.wanted(asked)
        if wanted.every:
            return await self._join_standing(wanted)
        if wanted.shift is None:
            return replies.which_to_join(wanted.signing)
        try:
            roster = wanted.signing.join_once(wanted.shift, wanted.part)
        except Refused as refused:
            raise offering_reserve(refused, wanted.rota, wanted.shift) from refused
        if not await self._kept(wanted, roster):
            return replies.on_already(wanted.signing, wanted.shift)
        return replies.joined(wanted.signing, wanted.shift, wanted.part, wanted.ways.pings)

    async def leave(self, asked: Asked) -> Say:
        """Take them off one shift, or end their weekly place; without a day, show what they are on."""
        wanted = await self._wants.wanted(asked)
        if wanted.every:
            return await self._leave_standing(wanted)
        if wanted.shift is None:
            return replies.which_to_leave(wanted.signing)
        roster = wanted.signing.leave_once(wanted.shift, wanted.part)
        if not await self._kept(wanted, roster):
            return say("rota-leave-not-on", when=wanted.shift.starts.to_tz(wanted.ways.zone), name=wanted.rota.name)
        return replies.left(wanted.signing, wanted.shift, wanted.part)

    async def without(self, group: GroupId, person: PersonId, now: Instant) -> None:
        """Take them off every shift; the room hears no more than that a shift is open, if one is soon."""
        for sheet in await self._shelf.held(group):
            if person in sheet.roster.people:
                await self._upkeep.change(sheet, sheet.roster.without(person), now)

    async def remind(self, asked: Asked) -> Say:
        """Keep how long before a shift they want a ping."""
        leads = asked.need("leads", tuple)
        wish = await self._people.wish(asked.group, asked.person)
        async with self.changing(asked.group, asked.person, asked.at):
            await self._people.keep(asked.group, asked.person, replace(wish, leads=leads))
        return say("rota-remind-kept", leads=leads) if leads else say("rota-remind-none")

    @asynccontextmanager
    async def changing(self, group: GroupId, person: PersonId, now: Instant) -> AsyncIterator[None]:
        """Bring what they are on up to now before their ways change, and mark what comes by the new ones after."""
        sheets = [sheet for sheet in await self._shelf.held(group) if person in sheet.roster.people]
        after = [await self._upkeep.change(sheet, sheet.roster, now) for sheet in sheets]
        yield
        for sheet in after:
            await self._upkeep.mark(sheet)

    async def _join_standing(self, wanted: Wanted) -> Say:
        roster = wanted.signing.join_standing(wanted.places)
        if not await self._kept(wanted, roster):
            return say("rota-join-already-weekly", name=wanted.rota.name)
        now_on = replace(wanted.signing, sheet=wanted.signing.sheet.with_roster(roster))
        return replies.joined_standing(now_on, wanted.places, wanted.ways.pings)

    async def _leave_standing(self, wanted: Wanted) -> Say:
        roster = wanted.signing.leave_standing(wanted.held)
        if not await self._kept(wanted, roster):
            return say("rota-leave-no-weekly", name=wanted.rota.name)
        return replies.left_standing(replace(wanted.signing, sheet=wanted.signing.sheet.with_roster(roster)))

    async def _kept(self, wanted: Wanted, roster: Roster) -> bool:
        """Keep the roster; return false when it is as it was."""
        sheet = wanted.signing.sheet
        if roster == sheet.roster:
            return False
        await self._upkeep.change(sheet, roster, wanted.signing.now)
        return True
