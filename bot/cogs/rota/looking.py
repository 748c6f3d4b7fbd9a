"""Looking at rotas: the next two weeks of one, all there are, and one's own shifts. Times are the reader's own."""

from whenever import TimeDelta

from bot.cogs.rota import telling
from bot.cogs.rota.weeks import adding_up
from bot.domain.commands import Asked
from bot.domain.rota.balance import balance
from bot.domain.rota.naming import sheet_meant
from bot.domain.rota.signing import Signing
from bot.domain.saying import Say, line, say
from bot.ports.keeping import People
from bot.ports.rota import RotaList

TWO_WEEKS = TimeDelta(hours=24 * 14)
MOST_SHIFTS = 10


class Looking:
    """Shows, and changes nothing."""

    def __init__(self, *, shelf: RotaList, people: People) -> None:
        self._shelf = shelf
        self._people = people

    async def show(self, asked: Asked) -> Say:
        """Show one rota's next two weeks; with several rotas and none named, what there is."""
        zone = (await self._people.ways(asked.group, asked.person)).zone
        sheets = await self._shelf.sheets(asked.group)
        ways = asked.get("rota", tuple)
        if ways is None and len(sheets) > 1:
            return telling.several(sheets, asked.at, zone)
        sheet, _ = sheet_meant(sheets, ways)
        shifts = tuple(sheet.rota.coming(asked.at, asked.at + TWO_WEEKS))
        return telling.two_weeks(sheet, shifts, asked.person, zone, asked.at)

    async def mine(self, asked: Asked) -> Say:
        """Show the person's own next shifts, on all rotas of the group, and what their weeks come to."""
        ways = await self._people.ways(asked.group, asked.person)
        zone, sheets = ways.zone, await self._shelf.sheets(asked.group)
        signings = [Signing(sheet=sheet, person=asked.person, zone=zone, now=asked.at) for sheet in sheets]
        shifts = [(shift, signing) for signing in signings for shift in signing.theirs()]
        if not shifts:
            return say("rota-mine-none")
        soonest = sorted(shifts, key=lambda shift: (shift[0].begins, shift[1].sheet.rota.number))[:MOST_SHIFTS]
        lines = (telling.mine(signing, shift) for shift, signing in soonest)
        nearest = soonest[: telling.MOST_CHOICES]
        choices = (telling.leave_choice(signing.sheet.rota, shift, zone) for shift, signing in nearest)
        weeks = balance(sheets, asked.person, zone, asked.at)
        added_up = adding_up(weeks, ways.weekly, asked.at.to_tz(zone).date())
        return Say(lines=(line("rota-mine-heading"), *lines, *added_up), choices=tuple(choices))
