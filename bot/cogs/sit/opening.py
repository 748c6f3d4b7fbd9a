"""Being open: when somebody may be asked, how often at most, and what they would rather not sit with.

An ask that waits is put to whoever opens meanwhile, by their word or by the clock. While none waits, nothing wakes.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from whenever import Instant

from bot.cogs.sit import opening_told as told
from bot.cogs.sit.openness import WhoIsOpen
from bot.domain.commands import Asked, Command, Option
from bot.domain.ids import GroupId, PersonId
from bot.domain.reading import OrNone, Weekly
from bot.domain.saying import Line, Say, say
from bot.domain.sit.opening import ANY_TIME, SaidOpening
from bot.domain.sit.said_opening import OpenWhen, RatherNots
from bot.ports.feature import Answer
from bot.ports.firststep import MayOffer
from bot.ports.keeping import People
from bot.ports.openings import Openings

OPEN = Command(name="sit open", options=(Option(name="when", kind=OpenWhen()),))
PAUSE = Command(name="sit pause")
LIMIT = Command(name="sit limit", options=(Option(name="sits", kind=OrNone(kind=Weekly()), required=True),))
RATHER = Command(name="sit rather", options=(Option(name="what", kind=RatherNots(), required=True),))

# Puts every ask of the group that waits to whoever may be put to it by now.
PutWaiting: TypeAlias = Callable[[GroupId, Instant], Awaitable[None]]


class BeingOpen:
    """Answers to whoever says when they may be asked."""

    def __init__(
        self, *, openings: Openings, who: WhoIsOpen, people: People, steps: MayOffer, put_waiting: PutWaiting
    ) -> None:
        self._openings = openings
        self._who = who
        self._people = people
        self._steps = steps
        self._put_waiting = put_waiting

    @property
    def answers(self) -> Mapping[Command, Answer]:
        """The commands."""
        return {OPEN: self.open, PAUSE: self.pause, LIMIT: self.limit, RATHER: self.rather_not}

    async def open(self, asked: Asked) -> Say:
        """Keep when this person is open to being asked, and put to them what is already asked."""
        said = asked.get("when", SaidOpening) or ANY_TIME
        if said.none:
            return await self.pause(asked)
        before = await self._openings.held(asked.group, asked.person)
        zone = (await self._people.ways(asked.group, asked.person)).zone
        after = before.opened(said, asked.at, zone)
        await self._openings.keep(asked.group, asked.person, before, after)
        answer = told.opened(await self._who.told(asked.group, asked.person, after, asked.at), asked.person)
        await self._put_waiting(asked.group, asked.at)
        return answer.then(*(await self._steps.standing(asked.group, asked.person, asked.at)).lines)

    async def pause(self, asked: Asked) -> Say:
        """Let go of all times at which they are open; no reason is needed."""
        before = await self._openings.held(asked.group, asked.person)
        await self._openings.keep(asked.group, asked.person, before, before.closed)
        return say("sit-paused" if before.stands(asked.at) else "sit-paused-already")

    async def limit(self, asked: Asked) -> Say:
        """Keep how often in seven days they are asked at most, or let go of that."""
        weekly: int | None = next(iter(asked.need("sits", tuple)), None)
        await self._change(asked, weekly=weekly)
        return told.limit_kept(weekly)

    async def rather_not(self, asked: Asked) -> Say:
        """Keep what they would rather not sit with, in place of what they said before."""
        rather_not = asked.need("what", frozenset)
        await self._change(asked, rather_not=rather_not)
        return told.rather_kept(rather_not)

    async def shown(self, group: GroupId, person: PersonId, now: Instant) -> Sequence[Line]:
        """Return what they told of being asked for sits; nothing when they told nothing."""
        opening = await self._openings.one(group, person)
        return tuple(told.shown(await self._who.told(group, person, opening, now), person))

    async def _change(self, asked: Asked, **changes: object) -> None:
        before = await self._openings.held(asked.group, asked.person)
        after = replace(before, **changes)  # type: ignore[arg-type]  # Fields of it, by name.
        await self._openings.keep(asked.group, asked.person, before, after)
        await self._put_waiting(asked.group, asked.at)
