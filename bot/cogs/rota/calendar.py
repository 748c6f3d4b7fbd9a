"""A person's own shifts for their calendar, and the group's rotas to be taken elsewhere: as files, in private."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.commands import Asked, Command, Option
from bot.domain.reading import OneOf
from bot.domain.rota import exporting
from bot.domain.rota.calendar import digest, events
from bot.domain.saying import File, Handed, Line, Look, Refused, Say, choice, line, say, undo
from bot.ports.calendar import FeedShelf, NewToken, Own, WriteLines, WriteOwn
from bot.ports.feature import Answer, Step
from bot.ports.keeping import People
from bot.ports.rota import RotaList

NEW, OFF = "new", "off"
_FEED = OneOf(choices=(NEW, OFF), also=(("address", NEW), ("feed", NEW), ("end", OFF), ("stop", OFF), ("none", OFF)))

CALENDAR = Command(name="rota calendar", options=(Option(name="feed", kind=_FEED),))
EXPORT = Command(name="rota export")

CALENDAR_FILE, LINES_FILE, SHIFTS_FILE = "on-shift.ics", "rota.ics", "shifts.csv"
ICALENDAR, CSV = "text/calendar", "text/csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feeding:
    """How feeds are given out. `at` is where they are fetched, such as https://rota.example.org; None for no feeds."""

    at: str | None
    shelf: FeedShelf
    new_token: NewToken

    def address(self, token: str) -> str:
        """Return the address of one feed."""
        return f"{self.at}/calendar/{token}.ics"


class Calendars:
    """Hands files over, and gives out addresses and ends them."""

    def __init__(
        self, *, shelf: RotaList, people: People, feeding: Feeding, write_own: WriteOwn, write_lines: WriteLines
    ) -> None:
        self._shelf = shelf
        self._people = people
        self._feeding = feeding
        self._write_own = write_own
        self._write_lines = write_lines

    @property
    def answers(self) -> Mapping[Command, Answer]:
        """The commands it declares and the method that answers each."""
        return {CALENDAR: self.calendar, EXPORT: self.export}

    @property
    def steps(self) -> Mapping[str, Step]:
        """Nothing wakes it."""
        return {}

    async def calendar(self, asked: Asked) -> Say:
        """Hand over the person's own shifts; or make an address for them, or end it."""
        match asked.get("feed", str):
            case "new":
                return await self._new(asked)
            case "off":
                return await self._off(asked)
            case _:
                return await self._handed(asked)

    async def _handed(self, asked: Asked) -> Say:
        own = await self._own(asked)
        file = File(name=CALENDAR_FILE, kind=ICALENDAR, content=await self._write_own(own))
        told = say("rota-calendar-file" if own.events else "rota-calendar-file-empty", file=CALENDAR_FILE)
        told = (await self._offering(asked, told)).then(line("rota-calendar-reads", Look.QUIET))
        return told.handing(Handed(files=(file,), in_text=_shown(file), later=(line("rota-calendar-later"),)))

    async def _offering(self, asked: Asked, told: Say) -> Say:
        """Return it with what can be done about an address, where there can be one."""
        if self._feeding.at is None:
            return told
        off = choice("rota-calendar-end", CALENDAR.name, feed=OFF).undone_by(line("rota-calendar-end-undo"))
        new = choice("rota-calendar-make", CALENDAR.name, feed=NEW).undone_by(undo(CALENDAR.name, feed=OFF))
        if await self._feeding.shelf.has(asked.group, asked.person):
            return told.then(line("rota-calendar-has")).offering(off)
        return told.then(line("rota-calendar-may")).offering(new)

    async def _new(self, asked: Asked) -> Say:
        """Make an address, which ends the one before; it is told once, and of it only a digest is kept."""
        if self._feeding.at is None:
            raise Refused("rota-calendar-no-address")
        token = self._feeding.new_token()
        await self._feeding.shelf.put(asked.group, asked.person, digest(token))
        file = File(name=CALENDAR_FILE, kind=ICALENDAR, content=await self._write_own(await self._own(asked)))
        address = line("rota-calendar-address", Look.CODE, address=self._feeding.address(token))
        told = say("rota-calendar-new")
        whole = (*told.lines, address, line("rota-calendar-new-how"))
        off = choice("rota-calendar-end", CALENDAR.name, feed=OFF).undone_by(line("rota-calendar-end-undo"))
        later = (line("rota-calendar-new-later"),)
        handed = Handed(files=(file,), in_text=whole, later=later, beside=whole[1:])
        return told.offering(off).handing(handed)

    async def _off(self, asked: Asked) -> Say:
        ended = await self._feeding.shelf.end(asked.group, asked.person)
        return say("rota-calendar-off" if ended else "rota-calendar-off-already")

    async def _own(self, asked: Asked) -> Own:
        zone = (await self._people.ways(asked.group, asked.person)).zone
        theirs = events(await self._shelf.sheets(asked.group), asked.person, asked.at)
        return Own(group=asked.group, events=theirs, zone=zone, made=asked.at)

    async def export(self, asked: Asked) -> Say:
        """Hand over the lines of all rotas and their coming shifts. Nobody's name is in either."""
        sheets = await self._shelf.sheets(asked.group)
        if not sheets:
            raise Refused("rota-none")
        lines = self._write_lines([sheet.rota for sheet in sheets], asked.at)
        table = exporting.table(sheets, asked.at).encode()
        files = (
            File(name=LINES_FILE, kind=ICALENDAR, content=lines),
            File(name=SHIFTS_FILE, kind=CSV, content=table),
        )
        told = say("rota-export-files", lines=LINES_FILE, shifts=SHIFTS_FILE)
        return told.handing(Handed(files=files, in_text=_shown(*files), later=(line("rota-export-later"),)))


def _shown(*files: File) -> tuple[Line, ...]:
    """Return the files as lines to be copied, for where none can be sent."""
    texts = [text for file in files for text in file.content.decode().splitlines()]
    return (line("rota-calendar-shown"), *(line("rota-calendar-code", Look.CODE, text=text) for text in texts))
