"""`me`: what a person told about themselves, and letting it go."""

from collections.abc import Mapping
from dataclasses import replace

from bot.domain.commands import Asked, Command, Option
from bot.domain.people import Nation, Reach, Wish
from bot.domain.reading import NATIONS, OneOf, Zone
from bot.domain.saying import Line, Look, Say, line, say
from bot.ports.feature import Answer, Step
from bot.ports.keeping import People

ME = Command(name="me")
ZONE = Command(name="me zone", options=(Option(name="zone", kind=Zone(), required=True),))
NATION = Command(name="me nation", options=(Option(name="nation", kind=NATIONS, required=True),))
FORGET = Command(name="me forget")

_REACHES = OneOf(
    choices=tuple(Reach),
    also=(
        ("in private", Reach.PRIVATE),
        ("privately", Reach.PRIVATE),
        ("only private", Reach.PRIVATE),
        ("private only", Reach.PRIVATE),
        ("only in private", Reach.PRIVATE),
        ("direct message", Reach.PRIVATE),
        ("direct messages", Reach.PRIVATE),
        ("dm", Reach.PRIVATE),
        ("dms", Reach.PRIVATE),
        ("mention me", Reach.MENTION),
        ("mentions", Reach.MENTION),
        ("name me", Reach.MENTION),
        ("by name", Reach.MENTION),
        ("room", Reach.MENTION),
        ("in the room", Reach.MENTION),
        ("in a room", Reach.MENTION),
    ),
)
REACH = Command(name="me reach", options=(Option(name="how", kind=_REACHES, required=True),))

NAMES: Mapping[Nation | None, Line] = {
    Nation.ENGLAND: line("nation-england"),
    Nation.SCOTLAND: line("nation-scotland"),
    Nation.WALES: line("nation-wales"),
    Nation.NI: line("nation-ni"),
    None: line("nation-unknown"),
}
_REACHED: Mapping[Reach, Line] = {
    Reach.PRIVATE: line("me-reach-private", Look.ITEM),
    Reach.MENTION: line("me-reach-mention", Look.ITEM),
}


class Me:
    """Keeps and shows what people tell about themselves."""

    def __init__(self, *, people: People) -> None:
        self._people = people

    @property
    def answers(self) -> Mapping[Command, Answer]:
        """The commands."""
        return {ME: self.show, ZONE: self.zone, NATION: self.nation, REACH: self.reach, FORGET: self.forget}

    @property
    def steps(self) -> Mapping[str, Step]:
        """Nothing wakes it."""
        return {}

    async def show(self, asked: Asked) -> Say:
        """Show the ways that hold for this person."""
        ways = await self._people.ways(asked.group, asked.person)
        leads = line("me-leads", Look.ITEM, leads=ways.leads) if ways.leads else line("me-no-leads", Look.ITEM)
        return say("me-intro").then(
            line("me-zone-now", Look.ITEM, zone=ways.zone),
            line("me-nation-now", Look.ITEM, nation=NAMES[ways.nation]),
            leads,
            _REACHED[ways.reach],
            line("me-change", Look.QUIET),
        )

    async def zone(self, asked: Asked) -> Say:
        """Keep the person's time zone."""
        zone = asked.need("zone", str)
        await self._keep(asked, replace(await self._wish(asked), zone=zone))
        return say("me-zone-kept", zone=zone, now=asked.at.to_tz(zone))

    async def nation(self, asked: Asked) -> Say:
        """Keep the nation the person lives in."""
        nation = Nation(asked.need("nation", str))
        await self._keep(asked, replace(await self._wish(asked), nation=nation))
        return say("me-nation-kept", nation=NAMES[nation])

    async def reach(self, asked: Asked) -> Say:
        """Keep that a ping may name them in the room when nothing reaches them in private, or let go of that."""
        mention = asked.need("how", str) == Reach.MENTION
        await self._keep(asked, replace(await self._wish(asked), reach=Reach.MENTION if mention else None))
        return say("me-reach-mention-kept" if mention else "me-reach-private-kept")

    async def forget(self, asked: Asked) -> Say:
        """Let go of all that they told about themselves."""
        await self._keep(asked, Wish())
        return say("me-forgotten")

    async def _wish(self, asked: Asked) -> Wish:
        return await self._people.wish(asked.group, asked.person)

    async def _keep(self, asked: Asked, wish: Wish) -> None:
        await self._people.keep(asked.group, asked.person, wish)
