"""Keeps hellos up with time: what fell due is said once, and what is late is not said."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace

from whenever import Instant

from bot.cogs.hello import telling
from bot.domain.hello.due import EndsSoon, Greeting, Happening, NoAnswer, brought_up, is_over, next_due
from bot.domain.hello.hello import LATEST, Hello, Who
from bot.domain.ids import GroupId, PersonId
from bot.domain.outgoing import Due, Message
from bot.domain.people import Ways
from bot.domain.saying import Refused, Say, say
from bot.ports.apart import ApartList
from bot.ports.hello import HelloShelf
from bot.ports.keeping import AlreadyKept, Diary, Outbox, People
from bot.ports.rota import RotaList

KIND = "hello"


class Upkeep:
    """Brings hellos up to now, keeps their changes, and marks when to wake next."""

    def __init__(
        self,
        *,
        shelf: HelloShelf,
        rotas: RotaList,
        apart: ApartList,
        outbox: Outbox,
        diary: Diary,
        people: People,
    ) -> None:
        self._shelf = shelf
        self._rotas = rotas
        self._apart = apart
        self._outbox = outbox
        self._diary = diary
        self._people = people

    async def wake(self, due: Due, now: Instant) -> None:
        """Do what fell due of one; nothing when it has ended."""
        found = next((each for each in await self._shelf.all(due.group) if each.id == due.about), None)
        if found is not None:
            await self.bring_up(found, now)

    async def own(self, group: GroupId, person: PersonId) -> Hello | None:
        """Return what the person laid down, held; None when there is nothing."""
        return next((each for each in await self._shelf.all(group) if each.person == person), None)

    async def held(self, group: GroupId, person: PersonId, now: Instant) -> Hello:
        """Return what the person laid down, brought up to now. Refuses when there is nothing."""
        found = await self.own(group, person)
        after = None if found is None else await self.bring_up(found, now)
        if after is None:
            raise Refused("hello-none")
        return after

    async def bring_up(self, hello: Hello, now: Instant) -> Hello | None:
        """Say what fell due and is still of use, and keep that it is done; None when it is over."""
        buddy = Ways() if hello.agreed is None else await self._people.ways(hello.group, hello.agreed)
        after, happenings = brought_up(hello, buddy, now)
        for happening in happenings:
            await self._say(after, happening, buddy, now)
        if is_over(after, now):
            await self.end(after)
            return None
        await self.keep(after)
        return after

    async def keep(self, hello: Hello) -> None:
        """Keep it, and mark the next moment at which something happens."""
        await self._shelf.keep(hello)
        at = next_due(hello)
        await self._diary.mark(Due(key=hello.due_key, kind=KIND, group=hello.group, about=hello.id, at=at))

    async def end(self, hello: Hello) -> None:
        """Let go of it, and of what was to be asked of a buddy."""
        await self._shelf.drop(hello.group, hello.id)
        await self._diary.strike(hello.due_key)
        if hello.buddy is not None:
            await self.withdraw_ask(hello, hello.buddy.person)

    async def tell(self, hello: Hello, message: Message) -> None:
        """Put it out; what was put before is not said again."""
        with suppress(AlreadyKept):
            await self._outbox.put(replace(message, key=f"{hello.due_key}:{message.key}"))

    async def ask(self, hello: Hello, person: PersonId, now: Instant) -> None:
        """Ask somebody once to be the buddy, when it is not quiet for them; never while a pause has no end."""
        ways = await self._people.ways(hello.group, person)
        at = ways.asked_from(now)
        if at is not None and at < hello.until:
            told = telling.wanted_buddy(hello, now, ways.zone)
            message = _message(hello, f"ask:{person.mark}", person, told, at)
            await self.tell(hello, replace(message, expires_at=hello.until))

    async def withdraw_ask(self, hello: Hello, person: PersonId) -> None:
        """Take back the asking, if it is not out yet."""
        await self._outbox.withdraw(f"{hello.due_key}:ask:{person.mark}")

    async def zone(self, hello: Hello, person: PersonId) -> str:
        """Return the time zone of somebody in the group."""
        return (await self._people.ways(hello.group, person)).zone

    async def _say(self, hello: Hello, happening: Happening, buddy: Ways, now: Instant) -> None:
        match happening:
            case Greeting(at=at):
                await self._greet(hello, at, buddy, now)
            case NoAnswer(asked_at=asked_at, until=until) if hello.agreed is not None:
                told = telling.no_answer(hello, asked_at, buddy.zone)
                message = _message(hello, f"{asked_at.timestamp()}:none", hello.agreed, told, now)
                await self.tell(hello, replace(message, expires_at=until))
            case EndsSoon(until=until):
                ways = await self._people.ways(hello.group, hello.person)
                at = ways.out_of_quiet(now)
                told = telling.ends_soon(until, ways.zone)
                message = _message(hello, f"end:{until.timestamp()}", hello.person, told, at)
                await self.tell(hello, replace(message, expires_at=until))

    async def _greet(self, hello: Hello, at: Instant, buddy: Ways, now: Instant) -> None:
        """Say hello, also in quiet hours, as the time is their own choice; and tell those who were to hear of it."""
        key, until = f"{at.timestamp()}", at + LATEST
        message = replace(_message(hello, key, hello.person, telling.greeting(), now), expires_at=until)
        await self.tell(hello, message)
        told = say("hello-wanted", person=hello.person)
        for person in await self._greeters(hello, buddy, now):
            await self.tell(hello, replace(message, key=f"{key}:{person.mark}", to=person, say=told))

    async def _greeters(self, hello: Hello, buddy: Ways, now: Instant) -> Iterable[PersonId]:
        """Return who hears that they would like a hello now."""
        match hello.who:
            case Who.SHIFT:
                sheets = await self._rotas.sheets(hello.group)
                shifts = ((sheet, shift) for sheet in sheets for shift in sheet.rota.coming(now, now))
                around = {person for sheet, shift in shifts for person in sheet.around(shift, now)}
                apart = await self._apart.all(hello.group)
                return sorted(around - {hello.person} - apart.kept_from(hello.person))
            case Who.BUDDY if hello.agreed is not None and buddy.asked_from(now) == now:
                return (hello.agreed,)
            case _:
                return ()


def _message(hello: Hello, key: str, to: PersonId, told: Say, at: Instant) -> Message:
    """Return a message of use for an hour from `at`; its key is still to be made the hello's own."""
    return Message(key=key, group=hello.group, to=to, say=told, not_before=at, expires_at=at + LATEST)
