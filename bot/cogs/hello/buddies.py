"""Buddies: asked once, each by their own yes, and free to go at any time. A no is silence."""

from whenever import Instant

from bot.cogs.hello import telling
from bot.cogs.hello.upkeep import Upkeep
from bot.domain.commands import Asked
from bot.domain.hello.hello import Hello
from bot.domain.hello.said import buddy_meant, who_could
from bot.domain.ids import GroupId, PersonId
from bot.domain.outgoing import ANSWER_LIVES, Message
from bot.domain.saying import Refused, Say, choice, line, say
from bot.ports.apart import ApartList
from bot.ports.hello import HelloShelf
from bot.ports.rota import RotaList


class Buddies:
    """Asks for buddies, and lets them say yes and go."""

    def __init__(self, *, shelf: HelloShelf, rotas: RotaList, apart: ApartList, upkeep: Upkeep) -> None:
        self._shelf = shelf
        self._rotas = rotas
        self._apart = apart
        self._upkeep = upkeep

    async def choose(self, asked: Asked) -> Say:
        """Ask one person in private to be the buddy; without one named, show who could be asked."""
        hello = await self._upkeep.held(asked.group, asked.person, asked.at)
        if not hello.needs_buddy:
            raise Refused("hello-buddy-no-part")
        apart = await self._apart.all(asked.group)
        people = who_could(await self._rotas.sheets(asked.group), asked.person, apart)
        mark = asked.get("whom", str)
        if mark is None:
            if not people:
                raise Refused("hello-buddy-nobody")
            return telling.whom(people)
        person = buddy_meant(people, mark)
        if hello.buddy is not None and hello.buddy.person == person:
            return telling.stands(hello, asked.at, await self._upkeep.zone(hello, asked.person))
        await self._let_go(hello, asked.at)
        await self._upkeep.keep(hello.asking(person))
        if not apart.are(asked.person, person):
            await self._upkeep.ask(hello, person, asked.at)
        return say("hello-buddy-asked", person=person)

    async def agree(self, asked: Asked) -> Say:
        """Make whoever was asked the buddy: it starts now. Refuses a code that asks nothing of them."""
        found = await self._of(asked.person, asked)
        hello = None if found is None else await self._upkeep.bring_up(found, asked.at)
        if hello is None:
            raise Refused("hello-gone")
        zone = await self._upkeep.zone(hello, asked.person)
        if hello.agreed is not None:
            return telling.agreed(hello, zone)
        begun = hello.agreed_by(asked.at)
        await self._upkeep.keep(begun)
        theirs = await self._upkeep.zone(begun, begun.person)
        told = say("hello-agreed", person=asked.person, until=begun.until.to_tz(theirs))
        await self._tell(begun, begun.person, f"agreed:{asked.at.timestamp()}", told, asked.at)
        return telling.agreed(begun, zone)

    async def unbuddy(self, asked: Asked) -> Say:
        """End being somebody's buddy; they hear that they need to choose anew, and nothing else."""
        code = asked.get("code", str)
        theirs = [each for each in await self._shelf.all(asked.group) if each.agreed == asked.person]
        found = [each for each in theirs if code in {None, each.id}]
        if not found:
            raise Refused("hello-unbuddy-none")
        if len(found) > 1:
            choices = (telling.unbuddy(each, line("hello-buddy-person", person=each.person)) for each in found)
            return say("hello-unbuddy-which").offering(*choices)
        await self.gone(found[0], asked.at)
        return say("hello-unbuddied")

    async def gone(self, hello: Hello, now: Instant) -> None:
        """Take the buddy out, and let the person know that they need to choose anew."""
        after = await self._upkeep.bring_up(hello, now)
        if after is None:
            return
        await self._upkeep.keep(after.unbuddied())
        told = say("hello-buddy-gone").offering(choice("hello-choose-buddy", "hello buddy"))
        await self._tell(after, after.person, f"unbuddied:{now.timestamp()}", told, now)

    async def separate(self, group: GroupId, person: PersonId, other: PersonId, now: Instant) -> None:
        """Let neither of the two be the other's buddy any more, as if the person had chosen anew, or had gone.

        Whom the other asked and has no yes of, they go on waiting for. Nothing that is open by then is told any more.
        """
        for hello in await self._shelf.all(group):
            buddy = None if hello.buddy is None else hello.buddy.person
            if (hello.person, buddy) == (person, other):
                await self._let_go(hello, now)
                await self.gone(hello.unbuddied(), now)
            elif (hello.person, buddy) == (other, person) and hello.agreed:
                await self.gone(hello.unbuddied(), now)
            elif (hello.person, buddy) == (other, person):
                await self._upkeep.withdraw_ask(hello, person)

    async def _let_go(self, hello: Hello, now: Instant) -> None:
        """Take back what was asked of an earlier buddy, and tell one who had agreed that it is over."""
        if hello.buddy is None:
            return
        await self._upkeep.withdraw_ask(hello, hello.buddy.person)
        if hello.agreed is not None:
            told = say("hello-over", person=hello.person)
            await self._tell(hello, hello.agreed, f"other:{now.timestamp()}", told, now)

    async def _of(self, person: PersonId, asked: Asked) -> Hello | None:
        code = asked.need("code", str)
        hellos = await self._shelf.all(asked.group)
        found = next((each for each in hellos if each.id == code and each.buddy and each.buddy.person == person), None)
        apart = await self._apart.all(asked.group)
        return None if found is None or apart.are(found.person, person) else found

    async def _tell(self, hello: Hello, to: PersonId, news: str, told: Say, now: Instant) -> None:
        until = now + ANSWER_LIVES
        message = Message(key=news, group=hello.group, to=to, say=told, not_before=now, expires_at=until)
        await self._upkeep.tell(hello, message)
