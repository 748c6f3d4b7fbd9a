"""Would somebody say hello: those who are on shift hear in private who would like it. Nothing is read or kept of it."""

from collections.abc import Sequence
from contextlib import suppress

from whenever import Instant

from bot.cogs.rota.commands import HELLO
from bot.domain.commands import Asked
from bot.domain.ids import PersonId
from bot.domain.outgoing import Message
from bot.domain.rota.naming import names, sheet_meant, typed
from bot.domain.rota.reading import SaidDay
from bot.domain.rota.rota import Shift
from bot.domain.rota.sheet import Sheet
from bot.domain.saying import Choice, Refused, Say, line, say
from bot.ports.apart import ApartList
from bot.ports.keeping import AlreadyKept, Outbox, People
from bot.ports.rota import RotaList


class Greeting:
    """Passes on that somebody would like a hello, once to each who is there; it is of use while the shift is."""

    def __init__(self, *, shelf: RotaList, apart: ApartList, outbox: Outbox, people: People) -> None:
        self._shelf = shelf
        self._apart = apart
        self._outbox = outbox
        self._people = people

    async def hello(self, asked: Asked) -> Say:
        """Tell those who are on just now, and say to whom it was told, or that nobody is there."""
        sheets = await self._shelf.sheets(asked.group)
        zone = (await self._people.ways(asked.group, asked.person)).zone
        sheet = _sheet(sheets, asked)
        shifts = _going_on(sheet, asked.get("date", SaidDay), zone, asked.at)
        apart = await self._apart.all(asked.group)
        # The answer goes by the person's own lines: of those of others, nothing may be told.
        left_out = {asked.person} | apart.named_by(asked.person)
        told: dict[PersonId, Shift] = {}
        for shift in shifts:
            told |= {person: shift for person in sheet.around(shift, asked.at) if person not in left_out}
        if not told:
            return say("rota-hello-nobody", name=sheet.rota.name)
        for person, shift in told.items():
            if not apart.are(asked.person, person):
                await self._tell(sheet, shift, person, asked)
        return say("rota-hello-told", people=tuple(told), count=len(told))

    async def _tell(self, sheet: Sheet, shift: Shift, person: PersonId, asked: Asked) -> None:
        rota = sheet.rota
        message = Message(
            key=f"{rota.due_key}:{shift.id}:hello:{asked.person.mark}:{person.mark}",
            group=rota.group,
            to=person,
            say=say("rota-hello-wanted", person=asked.person, name=rota.name),
            not_before=asked.at,
            expires_at=shift.ends,
        )
        # Once for each shift, however often it is pressed.
        with suppress(AlreadyKept):
            await self._outbox.put(message)


def hello_choice(sheet: Sheet, shift: Shift) -> Choice:
    """Return the choice that stands under a check-in."""
    options = {"rota": str(sheet.rota.number), "date": typed(sheet.rota, shift)}
    return Choice(label=line("rota-hello-me"), command=HELLO.name, options=options, undo=line("rota-hello-undo"))


def _sheet(sheets: Sequence[Sheet], asked: Asked) -> Sheet:
    """Return the rota that is meant: the one that has a shift just now, where none was named. Refuses several."""
    ways = asked.get("rota", tuple)
    if ways is not None or len(sheets) <= 1:
        return sheet_meant(sheets, ways)[0]
    now = [sheet for sheet in sheets if any(sheet.rota.coming(asked.at, asked.at))]
    if not now:
        raise Refused("rota-hello-no-shift")
    if len(now) > 1:
        raise Refused("rota-which", rotas=names(now))
    return now[0]


def _going_on(sheet: Sheet, said: SaidDay | None, zone: str, now: Instant) -> list[Shift]:
    """Return the shifts that are on now; only those of the day that was said, if one was."""
    on = sheet.rota.coming(now, now)
    return [shift for shift in on if said is None or _is_meant(shift, said, zone)]


def _is_meant(shift: Shift, said: SaidDay, zone: str) -> bool:
    if said.own:
        return shift.date in said.dates and said.pattern in {None, shift.id.pattern}
    starts = shift.starts.to_tz(zone)
    return starts.date() in said.dates and said.time in {None, starts.time()}
