"""Going on the reserve list of a full shift, and off it. Nobody is told where they stand, or who else is on it."""

from bot.cogs.rota import calling
from bot.cogs.rota.asking import Asking
from bot.cogs.rota.replies import on_already
from bot.cogs.rota.wanting import Wanted, Wants
from bot.domain.commands import Asked
from bot.domain.reading import OFF
from bot.domain.rota.asks import Asks, Waiting, full
from bot.domain.rota.rota import Shift
from bot.domain.saying import Refused, Say
from bot.ports.asking import AskingShelf
from bot.ports.keeping import People
from bot.ports.rota import RotaShelf


class Reserving:
    """Keeps who would like to be asked first."""

    def __init__(self, *, shelf: RotaShelf, asks: AskingShelf, people: People, asking: Asking) -> None:
        self._asks = asks
        self._asking = asking
        self._wants = Wants(shelf=shelf, people=people)

    async def reserve(self, asked: Asked) -> Say:
        """Put them on the list of a full shift, or take them off; without a day, show which are full."""
        wanted = await self._wants.wanted(asked)
        signing, shift = wanted.signing, wanted.shift
        if shift is None:
            return calling.which_to_reserve(signing, full(signing.sheet, signing.person, signing.now))
        asks = await self._asks.of(asked.group, wanted.rota.id)
        if asked.get("answer", str) == OFF:
            return await self._off(wanted, shift, asks)
        if signing.person in signing.sheet.on(shift):
            return on_already(signing, shift)
        signing.still(shift)
        opens = asked.at + wanted.rota.opens
        if shift.begins > opens:
            raise Refused("rota-shift-far", until=opens.to_tz(signing.zone).date())
        if signing.sheet.room(shift):
            return calling.is_open(signing, shift)
        after = asks.awaiting(Waiting(shift=shift.id, person=asked.person, since=asked.at))
        await self._kept(wanted, asks, after)
        return calling.reserved(signing, shift)

    async def _off(self, wanted: Wanted, shift: Shift, asks: Asks) -> Say:
        person = wanted.signing.person
        was = person in asks.reserve_of(shift.id)
        if was:
            await self._asking.take_back(wanted.rota, asks, shift.id, person)
            await self._kept(wanted, asks, asks.not_awaiting(shift.id, person))
        return calling.not_reserved(wanted.signing, shift, was=was)

    async def _kept(self, wanted: Wanted, before: Asks, after: Asks) -> None:
        if before != after:
            await self._asks.keep(wanted.rota.group, wanted.rota.id, before, after)
            await self._asking.look(wanted.rota.group, wanted.signing.now)
