"""Starting a rota and ending one. Anyone of the group may do either, and the room is told."""

import uuid
from itertools import islice

from whenever import Instant, TimeDelta

from bot.cogs.rota import telling
from bot.cogs.rota.asking import Asking
from bot.cogs.rota.upkeep import Upkeep
from bot.domain.commands import Asked
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.outgoing import Message
from bot.domain.people import Nation
from bot.domain.rota.changing import starting
from bot.domain.rota.naming import sheet_meant
from bot.domain.rota.pattern import Pattern, ending
from bot.domain.rota.roster import Roster
from bot.domain.rota.rota import OPENS, Rota, Shift
from bot.domain.rota.said import SaidPattern
from bot.domain.rota.sheet import Sheet
from bot.domain.rota.signing import Signing
from bot.domain.saying import Refused, Say, say
from bot.ports.keeping import Diary, Outbox, People
from bot.ports.rota import RotaShelf

AN_HOUR = TimeDelta(hours=1)
NEWS_LASTS = TimeDelta(hours=24)
NEXT_DATES = 3


class Groundwork:
    """Makes rotas and ends them."""

    def __init__(
        self, *, shelf: RotaShelf, outbox: Outbox, diary: Diary, people: People, upkeep: Upkeep, asking: Asking
    ) -> None:
        self._shelf = shelf
        self._outbox = outbox
        self._diary = diary
        self._people = people
        self._upkeep = upkeep
        self._asking = asking

    async def begin(self, asked: Asked) -> Say:
        """Keep a new rota, read it back, and tell its room."""
        zone = (await self._people.ways(asked.group, asked.person)).zone
        await self.refuse_twice(asked.group, asked.need("name", str))
        return await self.lay(_promised(asked, zone, await self._shelf.next_number(asked.group)), zone, asked.at)

    async def lay(self, rota: Rota, zone: str, now: Instant) -> Say:
        """Keep a new rota, read it back with its next dates in `zone`, and tell its room. Refuses one without any."""
        shifts = next_of(rota, now)
        if not shifts:
            raise Refused("rota-when-over")
        await self._shelf.begin(rota)
        await self._upkeep.mark(Sheet(rota=rota, roster=Roster()))
        await self._asking.look(rota.group, now)
        await self._tell(rota, rota.place, "new", telling.room_new(rota, shifts, now), now)
        return telling.kept(rota, shifts, zone, now)

    async def refuse_twice(self, group: GroupId, name: str) -> None:
        """Refuse a name that a rota of the group has."""
        if any(sheet.rota.name.casefold() == name.casefold() for sheet in await self._shelf.sheets(group)):
            raise Refused("rota-name-taken", name=name)

    async def end(self, asked: Asked) -> Say:
        """End a rota; its room hears of it, and in private everybody who was on a shift to come."""
        sheet, _ = sheet_meant(await self._shelf.held(asked.group), asked.get("rota", tuple))
        rota = sheet.rota
        for person in sheet.roster.people:
            if person != asked.person:
                await self._tell_person(sheet, person, asked.at)
        await self._asking.end(rota)
        await self._shelf.end(asked.group, rota.id)
        await self._diary.strike(rota.due_key)
        await self._tell(rota, rota.place, "ended", say("rota-room-ended", name=rota.name), asked.at)
        return say("rota-ended", name=rota.name)

    async def _tell_person(self, sheet: Sheet, person: PersonId, now: Instant) -> None:
        zone = (await self._people.ways(sheet.rota.group, person)).zone
        theirs = Signing(sheet=sheet, person=person, zone=zone, now=now).theirs()
        if theirs:
            next_ = telling.dates(theirs[:NEXT_DATES], zone)
            told = say("rota-ended-yours", name=sheet.rota.name, dates=next_)
            await self._tell(sheet.rota, person, f"ended:{person}", told, now)

    async def _tell(self, rota: Rota, to: PersonId | PlaceId, news: str, told: Say, now: Instant) -> None:
        key = f"{rota.due_key}:{news}"
        message = Message(key=key, group=rota.group, to=to, say=told, not_before=now, expires_at=now + NEWS_LASTS)
        await self._outbox.put(message)


def id_for(asked: Asked) -> str:
    """Return the id of the rota that is made by what was asked: again it is the same."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{asked.group} {asked.key}").hex


def _promised(asked: Asked, zone: str, number: int) -> Rota:
    """Return the rota that was asked for; `zone` is the asker's own."""
    said = asked.need("when", tuple)
    zone = asked.get("zone", str) or zone
    return Rota(
        id=id_for(asked),
        group=asked.group,
        number=number,
        name=asked.need("name", str),
        patterns=tuple(_pattern(each, number, asked, zone) for number, each in enumerate(said, 1)),
        lines=len(said),
        zone=zone,
        closed=asked.get("closed", tuple) or (),
        holidays=asked.get("holidays", Nation),
        opens=asked.get("opens", TimeDelta) or OPENS,
        place=asked.get("where", PlaceId) or asked.place,
        words=asked.get("words", str),
        watermark=asked.at,
    )


def next_of(rota: Rota, now: Instant) -> tuple[Shift, ...]:
    """Return the next few shifts of a rota."""
    return tuple(islice(rota.coming(now, now + telling.FAR_AHEAD), NEXT_DATES))


def _pattern(said: SaidPattern, number: int, asked: Asked, zone: str) -> Pattern:
    """Return a line of a rota; what was not said of it alone is as for all of them."""
    people = asked.get("people", int) or 1
    return Pattern(
        number=number,
        recurrence=said.recurrence,
        starts=starting(said, zone, asked.at),
        last=said.last,
        time=said.time,
        ends=said.ends or ending(said.time, asked.get("length", TimeDelta) or AN_HOUR),
        fewest=said.fewest or people,
        most=said.most or people,
    )
