"""`sit together`: open hours in a group's own room. Anybody may start one, nobody is put on it, and nobody is counted.

Whatever happens brings a whole group up to now: so nothing is said twice, and changes of a rota are followed.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

from whenever import Instant, TimeDelta

from bot.cogs.together import telling
from bot.cogs.together.commands import AN_HOUR, END, HOLD, NAMED, OPEN, TOGETHER
from bot.domain.codes import code_for
from bot.domain.commands import Asked, Command
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.outgoing import Due
from bot.domain.reading import OFF
from bot.domain.rota.naming import sheet_meant
from bot.domain.rota.near import sheets_near
from bot.domain.rota.sheet import Sheet
from bot.domain.saying import Line, Look, Refused, Say, line, say
from bot.domain.suggesting import Suggestion
from bot.domain.together.hour import (
    KIND,
    MOST,
    Company,
    Hour,
    brought_up,
    met,
    next_due,
    next_shift,
    of_shifts,
    refuse_too_far,
)
from bot.ports.feature import Answer, Step, Suggest
from bot.ports.keeping import Diary, Outbox, People
from bot.ports.rota import RotaList
from bot.ports.together import TogetherShelf

# Returns who else can read what is said in a place. Raises `ChatError`.
OthersReading: TypeAlias = Callable[[PlaceId], Awaitable[tuple[Line, ...]]]
# Returns the time zone of a group, an IANA name.
ZoneOf: TypeAlias = Callable[[GroupId], Awaitable[str]]

_A_MINUTE = TimeDelta(minutes=1)


class Together:
    """Open hours. `readers` says who can read what in each world; `zone_of` gives the zone that rooms read times in."""

    def __init__(  # noqa: PLR0913  The composition root hands in everything by name.
        self,
        *,
        shelf: TogetherShelf,
        rotas: RotaList,
        people: People,
        outbox: Outbox,
        diary: Diary,
        readers: Mapping[str, tuple[Line, ...]],
        others_reading: OthersReading,
        zone_of: ZoneOf,
    ) -> None:
        self._shelf = shelf
        self._rotas = rotas
        self._people = people
        self._outbox = outbox
        self._diary = diary
        self._readers = readers
        self._others_reading = others_reading
        self._zone_of = zone_of

    @property
    def answers(self) -> Mapping[Command, Answer]:
        """The commands, as a person meets them."""
        return {TOGETHER: self.preview, OPEN: self.open, END: self.end, HOLD: self.hold}

    @property
    def suggestions(self) -> Mapping[tuple[str, str], Suggest]:
        """What may be meant by its rotas."""
        return {(HOLD.name, "rota"): self.near}

    @property
    def steps(self) -> Mapping[str, Step]:
        """An open hour wakes when it begins and when it is over; a rota that holds them, as a shift begins."""
        return {KIND: self.wake}

    async def preview(self, asked: Asked) -> Say:
        """Show what the room will hear, and what there is already; nothing is said or kept yet."""
        hours = await self._shelf.all(asked.group)
        there = telling.coming(hours, asked.person, await self._zone(asked))
        try:
            hour = await self._promised(asked, hours)
        except Refused as refused:
            # Whoever has one open is who may want to end it.
            refused.say = refused.say.then(*there.lines).offering(*there.choices)
            raise
        said = telling.preview(hour, await self._zone_of(asked.group), await self._reading(hour.place), asked)
        return said.then(*there.lines).offering(*there.choices)

    async def open(self, asked: Asked) -> Say:
        """Keep it, and tell the room: that it has begun, or that there will be one."""
        hour = await self._promised(asked, await self._shelf.all(asked.group))
        await self._shelf.keep(hour)
        if hour.starts > asked.at:
            await self._outbox.put(telling.announced(hour, await self._zone_of(asked.group), asked.at))
        hours = await self._bring_up(asked.group, asked.at)
        return telling.opened(next(each for each in hours if each.id == hour.id), await self._zone(asked))

    async def end(self, asked: Asked) -> Say:
        """End one's own, or call it off. With a code, that alone; for others there is nothing to end.

        What takes back the opening of one means that one, and no other.
        """
        sent = code_for(KIND, asked.undoes) if asked.undoes else None
        code = asked.get("code", str) or sent
        theirs = [hour for hour in await self._shelf.all(asked.group) if hour.starter == asked.person]
        found = [hour for hour in theirs if code in {None, hour.id}]
        if not found:
            raise Refused("together-none")
        zone = await self._zone(asked)
        if len(found) > 1:
            return say("together-which").offering(*(telling.end_choice(hour, zone) for hour in found))
        await self._end(found[0], asked.at)
        await self._bring_up(asked.group, asked.at)
        return telling.ended(found[0], zone)

    async def hold(self, asked: Asked) -> Say:
        """Let a rota's shifts open open hours, or let that be; anyone may, and the room is told."""
        sheet, _ = sheet_meant(await self._rotas.held(asked.group), asked.get("rota", tuple))
        rota, before = sheet.rota, (await self._shelf.rotas(asked.group)).get(sheet.rota.id)
        company = _company(asked)
        if asked.get("answer", str) == OFF:
            if before is None:
                raise Refused("together-rota-none", name=rota.name)
            await self._shelf.release(asked.group, rota.id)
            await self._diary.strike(_due_key(rota.id))
            told, said = telling.released(rota, before, asked.at, asked.key)
        elif before == company:
            raise Refused("together-rota-already", name=rota.name)
        else:
            await self._shelf.hold(asked.group, rota.id, company)
            told, said = telling.holding(rota, company, asked.at, asked.key)
        await self._outbox.put(told)
        await self._bring_up(asked.group, asked.at)
        return said

    async def near(self, asked: Asked, text: str) -> Sequence[Suggestion]:
        """Suggest rotas, by number and name."""
        rotas = (sheet.rota for sheet in sheets_near(await self._rotas.sheets(asked.group), text))
        return [
            Suggestion(value=str(rota.number), label=line("rota-numbered", number=rota.number, name=rota.name))
            for rota in rotas
        ]

    async def wake(self, due: Due, now: Instant) -> None:
        """Do what fell due in a group."""
        await self._bring_up(due.group, now)

    async def follow(self, group: GroupId, now: Instant) -> None:
        """Look again at the shifts of a group's rotas, where any holds open hours: one of them changed."""
        if await self._shelf.rotas(group):
            await self._bring_up(group, now)

    async def without(self, group: GroupId, person: PersonId, now: Instant) -> None:
        """Call off what somebody who left had planned; what has begun goes on to its end, and is nobody's."""
        for hour in await self._shelf.all(group):
            if hour.starter == person and hour.begun:
                await self._shelf.keep(hour.without_starter())
            elif hour.starter == person:
                await self._end(hour, now)

    async def _promised(self, asked: Asked, hours: Sequence[Hour]) -> Hour:
        """Return the open hour that was asked for. Refuses one that is too far ahead, too many, or where one is."""
        at = asked.get("at", Instant)
        starts = asked.at if at is None or at <= asked.at + _A_MINUTE else at
        hour = Hour(
            id=code_for(KIND, asked.key),
            group=asked.group,
            place=asked.get("where", PlaceId) or asked.place,
            company=_company(asked),
            starts=starts,
            ends=starts + (asked.get("length", TimeDelta) or AN_HOUR),
            starter=asked.person,
            named=asked.get("name", str) == NAMED,
        )
        refuse_too_far(hour, asked.at)
        if (other := met(hour, (each for each in hours if each.ends > asked.at))) is not None:
            zone = await self._zone(asked)
            raise Refused("together-taken", since=other.starts.to_tz(zone), until=other.ends.to_tz(zone))
        if len(hours) >= MOST:
            raise Refused("together-enough", most=MOST)
        return hour

    async def _end(self, hour: Hour, now: Instant) -> None:
        """Let go of one; its room hears that it is over, or will not be, and nothing of it that was not said yet."""
        await self._let_go(hour)
        for what in ("planned", "begins"):
            await self._outbox.withdraw(telling.key(hour, what))
        if hour.begun:
            await self._outbox.put(telling.over(hour, now))
        else:
            await self._outbox.put(telling.called_off(hour, await self._zone_of(hour.group), now))

    async def _let_go(self, hour: Hour) -> None:
        await self._shelf.drop(hour.group, hour.id)
        await self._diary.strike(hour.due_key)

    async def _bring_up(self, group: GroupId, now: Instant) -> Sequence[Hour]:
        """Begin and end what is to, tell the rooms, mark what comes next, and return the open hours that are left."""
        hours = await self._shelf.all(group)
        held = await self._holding(group)
        of_rotas = [hour for sheet, company in held for hour in of_shifts(sheet, company, now)]
        left, happenings = brought_up(hours, of_rotas, now)
        for hour in hours:
            if hour.ends <= now:
                await self._let_go(hour)
        for hour in left:
            if hour not in hours:
                await self._shelf.keep(hour)
        zone = await self._zone_of(group)
        await self._outbox.put_new([telling.in_room(each, zone, now) for each in happenings])
        await self._mark(left, (sheet for sheet, _ in held), now)
        return left

    async def _mark(self, hours: Sequence[Hour], sheets: Iterable[Sheet], now: Instant) -> None:
        """Mark the next moment of each open hour, and of each rota that holds them."""
        for hour in hours:
            at = next_due(hour, hours, now)
            await self._diary.mark(Due(key=hour.due_key, kind=KIND, group=hour.group, about=hour.id, at=at))
        for sheet in sheets:
            rota, at = sheet.rota, next_shift(sheet, now)
            await self._diary.mark(Due(key=_due_key(rota.id), kind=KIND, group=rota.group, about=rota.id, at=at))

    async def _holding(self, group: GroupId) -> Sequence[tuple[Sheet, Company]]:
        """Return the rotas that hold open hours, with the kind of them."""
        held = await self._shelf.rotas(group)
        sheets = await self._rotas.sheets(group) if held else ()
        return [(sheet, held[sheet.rota.id]) for sheet in sheets if sheet.rota.id in held]

    async def _reading(self, place: PlaceId) -> tuple[Line, ...]:
        """Return who can read what is said in a place."""
        others = await self._others_reading(place)
        return others or (line("about-readers", Look.HEADING), *self._readers.get(place.world, ()))

    async def _zone(self, asked: Asked) -> str:
        return (await self._people.ways(asked.group, asked.person)).zone


def _company(asked: Asked) -> Company:
    return Company(asked.get("wanted", str) or Company.EITHER)


def _due_key(rota: str) -> str:
    return f"{KIND}:rota:{rota}"
