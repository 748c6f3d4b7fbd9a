"""`rota picture`: one rota's next four weeks as a picture, for whoever asked; all of it stands beside it in words.

The picture passes through memory alone.
"""

from collections.abc import Sequence

from whenever import Instant, TimeDelta

from bot.cogs.rota import telling
from bot.cogs.rota.weeks import by_week, dated, moment
from bot.domain.commands import Asked
from bot.domain.picture import Picture, Row, Week
from bot.domain.rota.naming import sheet_meant
from bot.domain.rota.rota import Shift
from bot.domain.rota.sheet import Sheet
from bot.domain.saying import Handed, Look, Say, line, say
from bot.ports.keeping import People
from bot.ports.rota import RotaList
from bot.ports.words import Pictured

FOUR_WEEKS = TimeDelta(hours=24 * 28)
MOST_NAMES = 8


class Picturing:
    """Draws, and changes nothing."""

    def __init__(self, *, shelf: RotaList, people: People, pictured: Pictured) -> None:
        self._shelf = shelf
        self._people = people
        self._pictured = pictured

    async def picture(self, asked: Asked) -> Say:
        """Hand over a picture of the next four weeks; with several rotas and none named, say what there is."""
        zone = (await self._people.ways(asked.group, asked.person)).zone
        sheet, _ = sheet_meant(await self._shelf.sheets(asked.group), asked.get("rota", tuple))
        shifts = tuple(sheet.rota.coming(asked.at, asked.at + FOUR_WEEKS))
        if not shifts:
            return say("rota-picture-nothing", name=sheet.rota.name)
        file = await self._pictured(_picture(sheet, shifts, asked.at, zone), asked.group)
        lines = (
            telling.heading(sheet.rota),
            *telling.rules(sheet.rota, asked.at),
            *telling.listed(sheet, shifts, asked.at, zone),
            line("rota-times-yours", Look.QUIET, zone=zone),
            *telling.clock_changes(shifts),
        )
        later = (line("rota-picture-later", number=sheet.rota.number),)
        return Say(lines=lines).handing(Handed(files=(file,), in_text=lines, later=later))


def _picture(sheet: Sheet, shifts: Sequence[Shift], now: Instant, zone: str) -> Picture:
    rota, weeks = sheet.rota, by_week(shifts, zone)
    first, last = (shift.starts.to_tz(zone).date() for shift in (shifts[0], shifts[-1]))
    return Picture(
        title=telling.heading(rota),
        lines=(*telling.rules(rota, now), line("rota-picture-made", at=now.to_tz(zone), zone=zone)),
        weeks=tuple(
            Week(heading=dated(monday), rows=tuple(_row(sheet, one, zone) for one in each)) for monday, each in weeks
        ),
        more=line("rota-picture-more"),
        alt=line("rota-picture-alt", name=rota.name, first=first, last=last),
    )


def _row(sheet: Sheet, shift: Shift, zone: str) -> Row:
    places, people = telling.places(sheet, shift), telling.who(sheet, shift, zone)
    others = len(people) - MOST_NAMES
    shown = people if others <= 0 else (*people[:MOST_NAMES], line("rota-picture-others", count=others))
    return Row(
        when=moment(shift.starts.to_tz(zone)),
        places=line("rota-places", open=places),
        people=shown or (line("rota-nobody-yet"),),
        short=places != 0,
    )
