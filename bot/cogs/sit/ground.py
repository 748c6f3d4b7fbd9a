"""What all of the sit stands on: keeping an ask with its moment, ending it, and finding the one that is meant."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeAlias

from whenever import Instant

from bot.cogs.sit import messages
from bot.cogs.sit.tidying import tidy
from bot.domain.commands import Asked, Trait, TraitsOf
from bot.domain.ids import GroupId, PersonId
from bot.domain.memory import Memory
from bot.domain.outgoing import Due, Sending
from bot.domain.people import Nation
from bot.domain.saying import Line, Refused
from bot.domain.sit.ask import Ask
from bot.domain.sit.table import MEETS, Event, Stage
from bot.ports.apart import ApartList
from bot.ports.firststep import MayOffer
from bot.ports.keeping import Diary, Outbox, People
from bot.ports.sit import Asks

LinesNow: TypeAlias = Callable[[Nation | None], tuple[Line, ...]]

KIND = "sit"


class Ground:
    """The shelves, and what every part does with them. Everything is inside one transaction."""

    def __init__(  # noqa: PLR0913  The composition root hands in everything by name.
        self,
        *,
        asks: Asks,
        apart: ApartList,
        steps: MayOffer,
        people: People,
        outbox: Outbox,
        diary: Diary,
        memory: Memory[str],
        lines_now: LinesNow,
        traits: TraitsOf,
    ) -> None:
        self.asks = asks
        self.apart = apart
        self.steps = steps
        self.people = people
        self.outbox = outbox
        self.memory = memory
        self._diary = diary
        self._lines_now = lines_now
        self._traits = traits

    async def keep(self, ask: Ask) -> None:
        """Keep the ask and the moment that it wakes at; what was put to people goes once they meet, or it is over.

        While it waits for a later time it stays: if whoever was picked cannot after all, somebody else still can.
        """
        await self.asks.keep(ask)
        if not ask.looking and ask.stage is not Stage.PICKED:
            await tidy(self.outbox, ask)
        if ask.over:
            self.memory.drop(ask.id)
            await self._diary.strike(messages.due_key(ask))
            return
        due = Due(key=messages.due_key(ask), kind=KIND, group=ask.group, about=ask.id, at=ask.wakes_at)
        await self._diary.mark(due)

    async def end(self, ask: Ask, event: Event, now: Instant) -> Ask:
        """End an ask before anybody met: its row goes, and those who offered hear one sentence."""
        over = ask.having(event)
        await self.keep(over)
        await self.put(messages.ended(over, now))
        return over

    async def put(self, sendings: Iterable[Sending]) -> None:
        """Put these out."""
        for sending in sendings:
            await self.outbox.put(sending)

    async def zone(self, group: GroupId, person: PersonId) -> str:
        """Return the person's time zone, an IANA name."""
        return (await self.people.ways(group, person)).zone

    async def lines_now(self, group: GroupId, person: PersonId) -> tuple[Line, ...]:
        """Return the lines that are open round the clock in the person's nation."""
        return self._lines_now((await self.people.ways(group, person)).nation)

    def clears(self, group: GroupId) -> bool:
        """Whether the bot stays with the rooms of that group's world until it takes them away."""
        return Trait.CLEARING in self._traits(group.world)

    async def own(self, asked: Asked) -> Ask | None:
        """Return the person's own ask, as long as they have not met."""
        asks = await self.asks.all(asked.group)
        return next((ask for ask in asks if ask.asker == asked.person and ask.still_asked), None)

    async def need_own(self, asked: Asked) -> Ask:
        """Return the person's own ask. Refuses where there is none."""
        own = await self.own(asked)
        if own is None:
            raise Refused("sit-over")
        return own

    async def sit_of(self, asked: Asked) -> Ask:
        """Return the sit that the person is in: the one they name, or whose room it is, or the only one.

        Refuses where there is none, and where it is not clear.
        """
        theirs = [ask for ask in await self.asks.all(asked.group) if ask.meets(asked.person)]
        code = asked.get("ask", str)
        if code is not None:
            found = [ask for ask in theirs if ask.id == code]
        else:
            found = [ask for ask in theirs if ask.room is not None and ask.room == asked.here] or theirs
        if len(found) > 1:
            raise Refused("sit-which")
        if not found:
            raise Refused("sit-in-none" if code is None else "sit-over")
        return found[0]

    async def shown_to_asker(self, ask: Ask) -> Ask:
        """Return it without the yes of whoever is kept apart from one of those who would meet."""
        apart = await self.apart.all(ask.group)
        away = frozenset[PersonId]().union(*(apart.kept_from(member) for member in ask.members))
        picked = set(ask.sitters)
        return replace(
            ask, offers=tuple(offer for offer in ask.offers if offer.person in picked or offer.person not in away)
        )


def sitting(asks: Iterable[Ask]) -> frozenset[PersonId]:
    """Return who is in one of these that has begun, or is just about to."""
    return frozenset(person for ask in asks if ask.stage in MEETS for person in ask.members)
