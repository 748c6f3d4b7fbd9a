"""Who hears of an ask: circle after circle, without a name, and nobody who is not to be asked just now."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeAlias

from whenever import Instant

from bot.cogs.sit import messages
from bot.cogs.sit.ground import Ground
from bot.domain.ids import GroupId, PersonId
from bot.domain.sit.ask import Ask
from bot.domain.sit.wishes import Circle
from bot.ports.sit import Openings

# Returns who is on a shift of any rota of the group at that moment.
OnShift: TypeAlias = Callable[[GroupId, Instant], Awaitable[frozenset[PersonId]]]


class Circles:
    """Puts asks to people."""

    def __init__(self, *, ground: Ground, openings: Openings, on_shift: OnShift) -> None:
        self._ground = ground
        self._openings = openings
        self._on_shift = on_shift

    async def widen(self, ask: Ask, now: Instant, *, beyond: bool = False) -> tuple[Ask, bool]:
        """Put it to the next circle in which there is anybody, and keep it; return whether there was one.

        `beyond` goes on to circles that the asker did not name. What the asker hears goes by their own lines: of those
        of others, nothing may be told.
        """
        found = False
        while not found and (circle := ask.hearing.next or (ask.hearing.wider if beyond else None)):
            there = await self._there(ask, circle, now)
            ask = ask.widened(now)
            if circle is Circle.ROOM:
                ask, found = replace(ask, everyone=True), True
                await self._ground.put([messages.to_the_room(ask, now)])
            apart = await self._ground.apart.all(ask.group)
            found = found or bool(there - apart.named_by(ask.asker))
            people = there - apart.kept_from(ask.asker)
            ask = ask.inviting(people)
            await self._invite(ask, people, now)
        await self._ground.keep(ask)
        return ask, found

    async def put_to(self, ask: Ask, person: PersonId, now: Instant) -> None:
        """Put an ask that is still waiting to somebody who is open only now."""
        if ask.looking and ask.answer_by > now and person not in ask.invited | {ask.asker}:
            await self._ground.keep(ask.inviting(frozenset({person})))
            await self._invite(ask, frozenset({person}), now)

    async def _invite(self, ask: Ask, people: frozenset[PersonId], now: Instant) -> None:
        ways = await self._ground.people.ways_of(ask.group, people)
        put = [messages.invitation(ask, person, ways[person].zone, now) for person in sorted(people)]
        await self._ground.outbox.put_new(put)

    async def _there(self, ask: Ask, circle: Circle, now: Instant) -> frozenset[PersonId]:
        """Return who of a circle may offer and may be asked: without who paused, has it quiet, or is sitting."""
        people = await self._in(ask, circle, now) - ask.invited - {ask.asker} - await self._ground.busy(ask.group)
        ways = await self._ground.people.ways_of(ask.group, people)
        there = frozenset(person for person in people if ways[person].asked_from(now) == now)
        return await self._ground.steps.may_offer(ask.group, there, now)

    async def _in(self, ask: Ask, circle: Circle, now: Instant) -> frozenset[PersonId]:
        match circle:
            case Circle.NAMED:
                return ask.named
            case Circle.SHIFT:
                return await self._on_shift(ask.group, now)
            case Circle.OPEN:
                return await self._openings.people(ask.group, now)
            case _:
                return frozenset()
