"""Who hears of an ask: circle after circle, without a name, and nobody who is not to be asked just now."""

from dataclasses import replace

from whenever import Instant

from bot.cogs.sit import messages
from bot.cogs.sit.ground import Ground, sitting
from bot.cogs.sit.openness import WhoIsOpen
from bot.domain.ids import GroupId, PersonId
from bot.domain.outgoing import Due
from bot.domain.sit.ask import Ask
from bot.domain.sit.opening import Openness, features
from bot.domain.sit.wishes import Circle


class Circles:
    """Puts asks to people."""

    def __init__(self, *, ground: Ground, who: WhoIsOpen) -> None:
        self._ground = ground
        self._who = who

    async def widen(self, ask: Ask, now: Instant, *, beyond: bool = False) -> tuple[Ask, bool]:
        """Put it to the next circle in which there is anybody, and keep it; return whether there was one.

        `beyond` goes on to circles that the asker did not name. What the asker hears goes by their own lines: of those
        of others, nothing may be told; nor of anybody's limit, or of what they would rather not.
        """
        found, openness, apart = False, await self._who.now(ask.group, now), await self._ground.apart.all(ask.group)
        busy = sitting(await self._ground.asks.all(ask.group))
        while not found and (circle := ask.hearing.next or (ask.hearing.wider if beyond else None)):
            there = await self._there(ask, circle, openness, busy)
            ask = ask.widened(now)
            if circle is Circle.ROOM:
                ask, found = replace(ask, everyone=True), True
                await self._ground.put([messages.to_the_room(ask, now)])
            found = found or bool(there - apart.named_by(ask.asker))
            people = openness.suited(there, features(ask)) - apart.kept_from(ask.asker)
            ask = ask.inviting(people)
            await self._invite(ask, people, now, named=circle is Circle.NAMED)
            openness = openness.asked(people)
        await self._ground.keep(ask)
        if _is_for_the_open(ask):
            await self._who.look_next(ask.group, openness, ask.answer_by)
        return ask, found

    async def put_waiting(self, group: GroupId, now: Instant) -> None:
        """Put every ask that is for those who are open, and still waits, to whoever is so by now."""
        asks = await self._ground.asks.all(group)
        waiting = [ask for ask in asks if ask.looking and ask.answer_by > now and _is_for_the_open(ask)]
        if not waiting:
            return
        openness, apart = await self._who.now(group, now), await self._ground.apart.all(group)
        for ask in waiting:
            away = ask.invited | {ask.asker} | apart.kept_from(ask.asker) | sitting(asks)
            people = await self._ground.steps.may_offer(group, openness.askable(features(ask)) - away, now)
            if people:
                more = ask.inviting(people)
                await self._ground.keep(more)
                await self._invite(more, people, now)
                openness = openness.asked(people)
        await self._who.look_next(group, openness, max(ask.answer_by for ask in waiting))

    async def wake(self, due: Due, now: Instant) -> None:
        """Put what waits to whoever has opened by the clock."""
        await self.put_waiting(due.group, now)

    async def _invite(self, ask: Ask, people: frozenset[PersonId], now: Instant, *, named: bool = False) -> None:
        """Put it to people. Whoever was named need not be in the group: then nothing is said, and nothing tells it."""
        ways = await self._ground.people.ways_of(ask.group, people)
        put = [messages.invitation(ask, person, ways[person].zone, now) for person in sorted(people)]
        await self._ground.outbox.put_new([replace(each, members_only=named) for each in put])
        await self._who.asked(ask.group, people, now)

    async def _there(
        self, ask: Ask, circle: Circle, openness: Openness, busy: frozenset[PersonId]
    ) -> frozenset[PersonId]:
        """Return who of a circle may offer and be asked: without those who paused, have it quiet, or are busy."""
        now = openness.now
        people = await self._in(ask, circle, openness) - ask.invited - {ask.asker} - busy
        ways = await self._ground.people.ways_of(ask.group, people)
        there = frozenset(person for person in people if ways[person].asked_from(now) == now)
        return await self._ground.steps.may_offer(ask.group, there, now)

    async def _in(self, ask: Ask, circle: Circle, openness: Openness) -> frozenset[PersonId]:
        match circle:
            case Circle.NAMED:
                return ask.named
            case Circle.SHIFT:
                return await self._who.on_shift(ask.group, openness.now)
            case Circle.OPEN:
                return openness.open
            case _:
                return frozenset()


def _is_for_the_open(ask: Ask) -> bool:
    """Return whether those who are open have heard of it, so that whoever opens later hears of it too."""
    return Circle.OPEN in ask.hearing.heard
