"""`me`: what a person told about themselves and about when they may be asked, and letting it go."""

from collections.abc import Mapping
from dataclasses import replace

from whenever import Instant

from bot.cogs.me import telling
from bot.cogs.me.commands import ASK, FORGET, LIMIT, ME, NATION, PAUSE, QUIET, REACH, REST, RESUME, YES, ZONE
from bot.domain.commands import Asked, Command
from bot.domain.people import Nation, Pause, Reach, Ways, Wish
from bot.domain.quiet import Quiet
from bot.domain.saying import Look, Say, line, say
from bot.ports.feature import Answer, Step
from bot.ports.keeping import People
from bot.ports.people import Changing, Shown


class Me:
    """Keeps and shows what people tell about themselves; `sits` gives what they told of being asked for sits."""

    def __init__(self, *, people: People, changing: Changing, sits: Shown) -> None:
        self._people = people
        self._changing = changing
        self._sits = sits

    @property
    def answers(self) -> Mapping[Command, Answer]:
        """The commands."""
        return {
            ME: self.show,
            ZONE: self.zone,
            NATION: self.nation,
            REACH: self.reach,
            QUIET: self.quiet,
            ASK: self.ask,
            LIMIT: self.limit,
            REST: self.rest,
            PAUSE: self.pause,
            RESUME: self.resume,
            FORGET: self.forget,
        }

    @property
    def steps(self) -> Mapping[str, Step]:
        """Nothing wakes it."""
        return {}

    async def show(self, asked: Asked) -> Say:
        """Show the ways that hold for this person."""
        lines = telling.shown(await self._ways(asked), asked.at)
        sits = await self._sits(asked.group, asked.person, asked.at)
        return say("me-intro").then(*lines, *sits, line("me-change", Look.QUIET), line("me-change-asking", Look.QUIET))

    async def zone(self, asked: Asked) -> Say:
        """Keep the person's time zone."""
        zone = asked.need("zone", str)
        await self._keep(asked, replace(await self._wish(asked), zone=zone))
        return say("me-zone-kept", zone=zone, now=asked.at.to_tz(zone))

    async def nation(self, asked: Asked) -> Say:
        """Keep the nation the person lives in."""
        nation = Nation(asked.need("nation", str))
        await self._keep(asked, replace(await self._wish(asked), nation=nation))
        return say("me-nation-kept", nation=telling.NAMES[nation])

    async def reach(self, asked: Asked) -> Say:
        """Keep that a ping may name them in the room when nothing reaches them in private, or that none is sent.

        In private is as it is for everybody, and nothing is kept of it.
        """
        how = Reach(asked.need("how", str))
        await self._keep(asked, replace(await self._wish(asked), reach=None if how is Reach.PRIVATE else how))
        return say(telling.REACH_KEPT[how])

    async def quiet(self, asked: Asked) -> Say:
        """Keep the hours in which they are asked nothing, or let go of them."""
        quiet: Quiet | None = next(iter(asked.need("hours", tuple)), None)
        await self._keep(asked, replace(await self._wish(asked), quiet=quiet))
        if quiet is None:
            return say("me-quiet-none")
        zone = (await self._ways(asked)).zone
        return say("me-quiet-kept", starts=quiet.starts, ends=quiet.ends, zone=zone)

    async def ask(self, asked: Asked) -> Say:
        """Keep that they may be asked when a shift needs people; a no is as it is for everybody, and is not kept."""
        yes = asked.need("answer", str) == YES
        await self._keep(asked, replace(await self._wish(asked), gaps=yes or None))
        return say("me-ask-yes" if yes else "me-ask-no")

    async def limit(self, asked: Asked) -> Say:
        """Keep with how many shifts in a week they are asked for no more, or let go of that."""
        weekly: int | None = next(iter(asked.need("shifts", tuple)), None)
        await self._keep(asked, replace(await self._wish(asked), weekly=weekly))
        return say("me-limit-none") if weekly is None else say("me-limit-kept", count=weekly)

    async def rest(self, asked: Asked) -> Say:
        """Keep how long they rest between two shifts, or let go of that."""
        rest = next(iter(asked.need("length", tuple)), None)
        await self._keep(asked, replace(await self._wish(asked), rest=rest))
        return say("me-rest-none") if rest is None else say("me-rest-kept", rest=rest)

    async def pause(self, asked: Asked) -> Say:
        """Let nobody ask them for anything, until then or until they say otherwise; what they said yes to stays."""
        until = asked.get("until", Instant)
        await self._keep(asked, replace(await self._wish(asked), pause=Pause(until=until)))
        ways = await self._ways(asked)
        said = say("me-paused") if until is None else say("me-paused-until", until=until.to_tz(ways.zone))
        return said.then(line("me-pause-shifts-pinged" if ways.pings else "me-pause-shifts"))

    async def resume(self, asked: Asked) -> Say:
        """End a pause."""
        wish = await self._wish(asked)
        if wish.pause is None or not wish.pause.holds(asked.at):
            return say("me-resumed-already")
        await self._keep(asked, replace(wish, pause=None))
        return say("me-resumed")

    async def forget(self, asked: Asked) -> Say:
        """Let go of all that they told about themselves."""
        await self._keep(asked, Wish())
        return say("me-forgotten")

    async def _ways(self, asked: Asked) -> Ways:
        return await self._people.ways(asked.group, asked.person)

    async def _wish(self, asked: Asked) -> Wish:
        return await self._people.wish(asked.group, asked.person)

    async def _keep(self, asked: Asked, wish: Wish) -> None:
        async with self._changing(asked.group, asked.person, asked.at):
            await self._people.keep(asked.group, asked.person, wish)
