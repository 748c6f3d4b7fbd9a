"""Offering shares to people: kept as asks, and said when it is not quiet for them, of what is open and fits by then.

Between the two stands nothing but what any ask leaves: when somebody is asked, and for what they are not asked again.
"""

from collections.abc import Iterable, Mapping, Sequence

from whenever import Instant, TimeDelta

from bot.cogs.rota import shared_out
from bot.cogs.rota.asking import of_use
from bot.domain.apart import Pairs
from bot.domain.ids import GroupId, PersonId
from bot.domain.outgoing import Due, Message
from bot.domain.rota.asking import Candidate
from bot.domain.rota.asks import Asks
from bot.domain.rota.sharing import Offers, Outlook, Place, asked_for, meant_for, places, without
from bot.domain.rota.sheet import Sheet
from bot.ports.apart import ApartList
from bot.ports.asking import AskingShelf
from bot.ports.keeping import Diary, Outbox, People
from bot.ports.rota import RotaShelf

KIND = "rota-offer"
MOST_WEEKS = 12
A_WEEK = TimeDelta(hours=24 * 7)


class Offering:
    """Asks each once, and tells nobody what the others are asked."""

    def __init__(
        self,
        *,
        shelf: RotaShelf,
        asks: AskingShelf,
        apart: ApartList,
        outbox: Outbox,
        diary: Diary,
        people: People,
    ) -> None:
        self._shelf = shelf
        self._apart = apart
        self._asks = asks
        self._outbox = outbox
        self._diary = diary
        self._people = people

    async def outlook(self, sheets: Sequence[Sheet], chosen: Sequence[Sheet], at: Instant, ahead: TimeDelta) -> Outlook:
        """Return how things are for those who are asked `at` a moment, for some of a group's `sheets`."""
        if not sheets:
            return _outlook(sheets, {}, (), at, ahead)
        group = sheets[0].rota.group
        last = await self._asks.last_asked(group)
        people = await self._candidates(group, await self._asks.willing(group), last)
        return _outlook(sheets, await self._asks_of(chosen), people, at, ahead)

    async def keep(self, group: GroupId, outlook: Outlook, offers: Offers) -> None:
        """Keep what each is asked, and mark when it is said to them."""
        after: Mapping[str, Asks] = outlook.asks
        for person, offered in offers.items():
            at = outlook.asked_at[person]
            await self._asks.remember(group, person, at)
            after = _asking(after, person, offered, at)
            about = str(_in_milliseconds(at))
            await self._diary.mark(Due(key=f"{KIND}:{group}:{about}", kind=KIND, group=group, about=about, at=at))
        await self._write(group, outlook.asks, after)

    async def wake(self, due: Due, now: Instant) -> None:
        """Say what is open and fits still to those whose moment it is; for the rest of it they may be asked again."""
        at, last = Instant.from_timestamp(int(due.about), unit="millisecond"), await self._asks.last_asked(due.group)
        people = {person for person, asked_at in last.items() if _in_milliseconds(asked_at) == int(due.about)}
        sheets = await self._shelf.held(due.group)
        before = await self._asks_of(sheets)
        after: Mapping[str, Asks] = {rota: without(asks, people, at) for rota, asks in before.items()}
        candidates = await self._candidates(due.group, people, {})
        outlook = _outlook(sheets, after, candidates, now, A_WEEK * MOST_WEEKS)
        left = outlook.still(meant_for(people, before, outlook.places, at), await self.apart(due.group))
        for person, offered in outlook.offers(left).items():
            if outlook.asked_at[person] == now:
                await self._say(due, person, offered, outlook)
                after = _asking(after, person, offered, at)
        await self._write(due.group, before, after)

    async def apart(self, group: GroupId) -> Pairs:
        """Return the pairs who are never on together; what comes of it is told to nobody."""
        return (await self._apart.all(group)).pairs

    async def _say(self, due: Due, person: PersonId, offered: Sequence[Place], outlook: Outlook) -> None:
        [ways] = [who.ways for who in outlook.people if who.person == person]
        for number, told in enumerate(shared_out.offered(offered, ways.zone)):
            message = Message(
                key=f"{due.key}:{person.mark}:{number}",
                group=due.group,
                to=person,
                say=told,
                not_before=outlook.at,
                expires_at=of_use(offered[-1].gap, ways, outlook.at),
            )
            await self._outbox.put(message)

    async def _candidates(
        self, group: GroupId, people: Iterable[PersonId], last: Mapping[PersonId, Instant]
    ) -> Sequence[Candidate]:
        return [
            Candidate(person=person, ways=await self._people.ways(group, person), last_asked=last.get(person))
            for person in people
        ]

    async def _asks_of(self, sheets: Sequence[Sheet]) -> Mapping[str, Asks]:
        return {each.rota.id: await self._asks.of(each.rota.group, each.rota.id) for each in sheets}

    async def _write(self, group: GroupId, before: Mapping[str, Asks], after: Mapping[str, Asks]) -> None:
        for rota, asks in after.items():
            await self._asks.keep(group, rota, before[rota], asks)


def _outlook(
    sheets: Sequence[Sheet], asks: Mapping[str, Asks], people: Iterable[Candidate], at: Instant, ahead: TimeDelta
) -> Outlook:
    """Return it with the places of those rotas whose asks are given."""
    chosen = (each for each in sheets if each.rota.id in asks)
    open_ = tuple(place for each in chosen for place in places(each, asks[each.rota.id], at, ahead))
    return Outlook(at=at, ahead=ahead, sheets=tuple(sheets), places=open_, asks=asks, people=tuple(people))


def _in_milliseconds(at: Instant) -> int:
    """Return the moment since 1970 (UTC) as exactly as moments are kept."""
    return at.timestamp(unit="millisecond")


def _asking(asks: Mapping[str, Asks], person: PersonId, offered: Iterable[Place], at: Instant) -> Mapping[str, Asks]:
    """Return the asks, by the ids of their rotas, with somebody asked for these places."""
    after = dict(asks)
    for rota, asked in asked_for(person, offered, at):
        after[rota] = after[rota].asking(asked)
    return after
