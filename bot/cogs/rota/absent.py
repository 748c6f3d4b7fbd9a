"""Being away from standing places for some dates, and being back. No reason is asked for either."""

from collections.abc import AsyncIterator

from bot.cogs.rota import telling
from bot.cogs.rota.upkeep import Upkeep
from bot.domain.commands import Asked
from bot.domain.rota import absences
from bot.domain.rota.closing import Closure
from bot.domain.rota.naming import sheet_meant
from bot.domain.rota.roster import Roster
from bot.domain.rota.signing import Signing
from bot.domain.saying import Refused, Say, line, say
from bot.ports.keeping import People
from bot.ports.rota import RotaShelf


class Absent:
    """Lets people be away, from one rota or from all they have standing places on."""

    def __init__(self, *, shelf: RotaShelf, people: People, upkeep: Upkeep) -> None:
        self._shelf = shelf
        self._people = people
        self._upkeep = upkeep

    async def away(self, asked: Asked) -> Say:
        """Keep the dates; say which shifts are open now, and which they are on still, having joined them one by one."""
        days: tuple[Closure, ...] = asked.need("days", tuple)
        if not days:
            raise Refused("rota-away-when")
        told = say("rota-away-kept", days=telling.stretches(days))
        open_, still = telling.NOTHING, telling.NOTHING
        async for signing in self._signings(asked):
            open_ += telling.named(signing, absences.missed(signing, days))
            roster = absences.away(signing, days)
            after = await self._keep(signing, roster)
            on = (shift for shift in after.theirs() if any(each.holds(shift.date) for each in days))
            still += telling.named(signing, tuple(on))
        if open_:
            told = told.then(line("rota-away-open", shifts=open_))
        if still:
            told = told.then(line("rota-away-still", shifts=still))
        return told.then(line("rota-away-back"))

    async def back(self, asked: Asked) -> Say:
        """Let go of the dates; a shift that is full without them stays with whoever is on it."""
        shifts = telling.NOTHING
        found = False
        async for signing in self._signings(asked):
            if not any(each.person == asked.person for each in signing.sheet.roster.absent):
                continue
            found = True
            after = await self._keep(signing, absences.back(signing))
            shifts += telling.named(signing, after.theirs()[: telling.MOST_CHOICES])
        if not found:
            return say("rota-back-already")
        return (
            say("rota-back-kept") if not shifts else say("rota-back-kept").then(line("rota-back-next", shifts=shifts))
        )

    async def _keep(self, signing: Signing, roster: Roster) -> Signing:
        return signing.at(await self._upkeep.change(signing.sheet, roster, signing.now))

    async def _signings(self, asked: Asked) -> AsyncIterator[Signing]:
        """Give each rota meant, held: the one that was named, or all on which they have a standing place."""
        zone = (await self._people.ways(asked.group, asked.person)).zone
        sheets = await self._shelf.held(asked.group)
        ways = asked.get("rota", tuple)
        chosen = [sheet_meant(sheets, ways)[0]] if ways else [each for each in sheets if each.roster.of(asked.person)]
        if not any(each.roster.of(asked.person) for each in chosen):
            raise Refused("rota-away-nothing")
        for sheet in chosen:
            yield Signing.among(sheets, sheet, person=asked.person, zone=zone, now=asked.at)
