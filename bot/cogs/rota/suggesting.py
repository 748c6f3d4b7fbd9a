"""What may be meant while somebody types which rota, and which shift. It only looks, and at their own group's."""

from collections.abc import Sequence

from bot.domain.commands import Asked
from bot.domain.rota.asks import full
from bot.domain.rota.naming import sheet_meant, typed
from bot.domain.rota.near import sheets_near, shifts_near
from bot.domain.rota.rota import Shift
from bot.domain.rota.signing import Signing
from bot.domain.saying import line
from bot.domain.suggesting import Suggestion
from bot.ports.keeping import People
from bot.ports.rota import RotaList


class Suggesting:
    """Suggests, and changes nothing."""

    def __init__(self, *, shelf: RotaList, people: People) -> None:
        self._shelf = shelf
        self._people = people

    async def rotas(self, asked: Asked, text: str) -> Sequence[Suggestion]:
        """Suggest rotas, by number and name."""
        return [
            Suggestion(
                value=str(sheet.rota.number),
                label=line("rota-numbered", number=sheet.rota.number, name=sheet.rota.name),
            )
            for sheet in sheets_near(await self._shelf.sheets(asked.group), text)
        ]

    async def to_join(self, asked: Asked, text: str) -> Sequence[Suggestion]:
        """Suggest shifts of the rota named so far that they could join. Refuses when none or several may be meant."""
        signing = await self._signing(asked)
        return _shifts(signing.free(), text, signing)

    async def to_reserve(self, asked: Asked, text: str) -> Sequence[Suggestion]:
        """Suggest shifts of that rota that are full. Refuses as above."""
        signing = await self._signing(asked)
        return _shifts(full(signing.sheet, signing.person, signing.now), text, signing)

    async def to_leave(self, asked: Asked, text: str) -> Sequence[Suggestion]:
        """Suggest shifts of that rota that they are on. Refuses as above."""
        signing = await self._signing(asked)
        return _shifts(signing.theirs(), text, signing)

    async def _signing(self, asked: Asked) -> Signing:
        zone = (await self._people.ways(asked.group, asked.person)).zone
        sheet, _ = sheet_meant(await self._shelf.sheets(asked.group), asked.get("rota", tuple))
        return Signing(sheet=sheet, person=asked.person, zone=zone, now=asked.at)


def _shifts(shifts: Sequence[Shift], text: str, signing: Signing) -> Sequence[Suggestion]:
    zone = signing.zone
    return [
        Suggestion(value=typed(signing.sheet.rota, shift), label=line("rota-shift-on", when=shift.starts.to_tz(zone)))
        for shift in shifts_near(shifts, text, zone, signing.now.to_tz(zone).date())
    ]
