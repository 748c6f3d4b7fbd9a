"""Laying down when to be said hello to, and ending it. Each is one word, and none needs a reason."""

from collections.abc import Sequence

from whenever import Instant, TimeDelta

from bot.cogs.hello import telling
from bot.cogs.hello.upkeep import Upkeep
from bot.domain.codes import code_for
from bot.domain.commands import Asked
from bot.domain.hello.hello import USUAL_WAIT, USUAL_WEEKS, Hello, Times, Unanswered, Who, weeks_after
from bot.domain.hello.said import who_could
from bot.domain.outgoing import ANSWER_LIVES, Message
from bot.domain.rota.rota import first_date
from bot.domain.rota.said import SaidPattern
from bot.domain.saying import Refused, Say, choice, line, say, undo
from bot.ports.apart import ApartList
from bot.ports.keeping import People
from bot.ports.rota import RotaList


class Laying:
    """Begins a person's hellos, shows them, and ends them."""

    def __init__(self, *, rotas: RotaList, apart: ApartList, people: People, upkeep: Upkeep) -> None:
        self._rotas = rotas
        self._apart = apart
        self._people = people
        self._upkeep = upkeep

    async def show(self, asked: Asked) -> Say:
        """Show how it stands, or what it is."""
        found = await self._upkeep.own(asked.group, asked.person)
        hello = None if found is None else await self._upkeep.bring_up(found, asked.at)
        if hello is None:
            return say("hello-none-yet").then(line("hello-none-yet-how"))
        return telling.stands(hello, asked.at, await self._upkeep.zone(hello, asked.person))

    async def start(self, asked: Asked) -> Say:
        """Keep what they laid down; with a part for a buddy, nothing starts before one has said yes."""
        found = await self._upkeep.own(asked.group, asked.person)
        if found is not None and await self._upkeep.bring_up(found, asked.at) is not None:
            raise Refused("hello-already")
        zone = (await self._people.ways(asked.group, asked.person)).zone
        hello = _laid_down(asked, zone)
        apart = await self._apart.all(asked.group)
        people = who_could(await self._rotas.sheets(asked.group), asked.person, apart)
        if not hello.coming(asked.at, hello.until):
            raise Refused("hello-when-over", weeks=hello.weeks)
        if hello.needs_buddy and not people:
            raise Refused("hello-buddy-nobody")
        await self._upkeep.keep(hello)
        return telling.kept(hello, people, asked.at, zone)

    async def here(self, asked: Asked) -> Say:
        """Let go of what was open: that is all that is known of an answer."""
        found = await self._upkeep.own(asked.group, asked.person)
        if found is not None:
            await self._upkeep.bring_up(found.answered(), asked.at)
        return say("hello-here")

    async def pause(self, asked: Asked) -> Say:
        """Say no hello until they go on."""
        hello = await self._upkeep.held(asked.group, asked.person, asked.at)
        await self._upkeep.keep(hello.pausing())
        return say("hello-paused").offering(choice("hello-go-on", "hello resume").undone_by(undo("hello pause")))

    async def resume(self, asked: Asked) -> Say:
        """Go on from now."""
        hello = (await self._upkeep.held(asked.group, asked.person, asked.at)).resuming(asked.at)
        await self._upkeep.keep(hello)
        return telling.stands(hello, asked.at, await self._upkeep.zone(hello, asked.person))

    async def renew(self, asked: Asked) -> Say:
        """Let it go on for as many weeks again."""
        hello = (await self._upkeep.held(asked.group, asked.person, asked.at)).renewed(asked.at)
        await self._upkeep.keep(hello)
        return say("hello-renewed", until=hello.until.to_tz(await self._upkeep.zone(hello, asked.person)))

    async def stop(self, asked: Asked) -> Say:
        """End it; a buddy who agreed hears that it is over."""
        hello = await self._upkeep.own(asked.group, asked.person)
        if hello is None:
            raise Refused("hello-none")
        await self.end(hello, asked.at)
        return say("hello-stopped")

    async def end(self, hello: Hello, now: Instant) -> None:
        """Let go of it, and tell the buddy."""
        await self._upkeep.end(hello)
        if hello.agreed is not None:
            message = Message(
                key="over",
                group=hello.group,
                to=hello.agreed,
                say=say("hello-over", person=hello.person),
                not_before=now,
                expires_at=now + ANSWER_LIVES,
            )
            await self._upkeep.tell(hello, message)


def _laid_down(asked: Asked, zone: str) -> Hello:
    said = asked.need("when", tuple)
    weeks = asked.get("weeks", int) or USUAL_WEEKS
    return Hello(
        id=code_for("hello", asked.key),
        group=asked.group,
        person=asked.person,
        zone=zone,
        times=_times(said, asked, zone),
        weeks=weeks,
        until=weeks_after(asked.at, weeks, zone),
        who=Who(asked.get("who", str) or Who.ME),
        unanswered=Unanswered(asked.get("unanswered", str) or Unanswered.NOTHING),
        wait=asked.get("wait", TimeDelta) or USUAL_WAIT,
        watermark=asked.at,
    )


def _times(said: Sequence[SaidPattern], asked: Asked, zone: str) -> tuple[Times, ...]:
    """Return the times of what was said; how long it is, and for how many, is of no matter here."""
    return tuple(
        Times(
            recurrence=each.recurrence,
            starts=each.starts or first_date(each.recurrence, each.time, zone, asked.at),
            last=each.last,
            time=each.time,
        )
        for each in said
    )
