"""Answers to the sit's commands, and what happens when an ask's time has come.

A no and a silence are the same: there is no command for it, and nothing is kept of it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from whenever import Instant, TimeDelta

from bot.cogs.sit import messages
from bot.cogs.sit.commands import ASK, CAN, END, HALF_AN_HOUR, OPEN, PAUSE, PICK, SIT, WITHDRAW
from bot.domain.codes import code_for
from bot.domain.commands import Asked, Command, Trait, TraitsOf
from bot.domain.ids import GroupId, PersonId
from bot.domain.outgoing import Due, Message
from bot.domain.people import Nation
from bot.domain.saying import Line, Refused, Say, line, say
from bot.domain.sit.ask import Ask, Offer, Wanted, Where
from bot.domain.sit.table import Event, Stage
from bot.ports.apart import ApartList
from bot.ports.feature import Answer, Step
from bot.ports.keeping import Diary, Outbox, People
from bot.ports.sit import Asks, Openings

LinesNow = Callable[[Nation | None], tuple[Line, ...]]


class Sits:
    """Asks, offers and picks. `lines_now` gives the round-the-clock lines of a nation, `traits` what a world has."""

    def __init__(  # noqa: PLR0913  The composition root hands in everything by name.
        self,
        *,
        asks: Asks,
        openings: Openings,
        apart: ApartList,
        people: People,
        outbox: Outbox,
        diary: Diary,
        lines_now: LinesNow,
        traits: TraitsOf,
    ) -> None:
        self._asks = asks
        self._openings = openings
        self._apart = apart
        self._people = people
        self._outbox = outbox
        self._diary = diary
        self._lines_now = lines_now
        self._traits = traits

    @property
    def answers(self) -> Mapping[Command, Answer]:
        """The commands, as a person meets them."""
        return {
            SIT: self.preview,
            ASK: self.ask,
            OPEN: self.open,
            PAUSE: self.pause,
            CAN: self.can,
            PICK: self.pick,
            WITHDRAW: self.withdraw,
            END: self.end,
        }

    @property
    def steps(self) -> Mapping[str, Step]:
        """An ask wakes when its time is over, or when the sit begins."""
        return {"sit": self.wake}

    async def preview(self, asked: Asked) -> Say:
        """Show exactly what others will see; nothing is sent or kept yet."""
        await self._refuse_second_ask(asked)
        return messages.preview(_ask_from(asked), await self._zone(asked.group, asked.person))

    async def ask(self, asked: Asked) -> Say:
        """Put the ask to everybody who is open, without a name."""
        await self._refuse_second_ask(asked)
        ask, apart = _ask_from(asked), await self._apart.all(asked.group)
        # What the asker hears goes by their own lines: of those of others, nothing may be told.
        there = await self._to_be_asked(asked) - {asked.person} - apart.named_by(asked.person)
        ask = ask.inviting(there - apart.kept_from(asked.person))
        await self._keep(ask)
        await self._invite(ask, ask.invited, asked.at)
        until = ask.answer_by.to_tz(await self._zone(asked.group, asked.person))
        said = say("sit-asked", until=until) if there else say("sit-asked-nobody-open", until=until)
        return said.offering(messages.withdrawal(ask))

    async def open(self, asked: Asked) -> Say:
        """Keep that this person is open to being asked, and put to them what is already asked."""
        length = asked.get("length", TimeDelta)
        until = None if length is None else asked.at + length
        await self._openings.keep(asked.group, asked.person, until)
        ways = await self._people.ways(asked.group, asked.person)
        if ways.asked_from(asked.at) == asked.at:
            apart = (await self._apart.all(asked.group)).kept_from(asked.person)
            for ask in await self._asks.all(asked.group):
                if ask.asker not in apart:
                    await self._invite_late(ask, asked)
        return messages.opened(until, ways, asked.at)

    async def pause(self, asked: Asked) -> Say:
        """Ask this person no more; no reason is needed."""
        dropped = await self._openings.drop(asked.group, asked.person)
        return say("sit-paused") if dropped else say("sit-paused-already")

    async def can(self, asked: Asked) -> Say:
        """Take someone's yes and tell the asker."""
        ask = await self._put_to(asked)
        if ask.offer_of(asked.person):
            return say("sit-can-already")
        ask = ask.offered_by(asked.person, asked.at)
        await self._keep(ask)
        apart = (await self._apart.all(asked.group)).kept_from(ask.asker)
        await self._outbox.put(messages.offered(ask.without_offers_of(apart), ask.offers[-1], asked))
        return say("sit-can-thanks").offering(messages.retreat(ask))

    async def pick(self, asked: Asked) -> Say:
        """Bring the asker and the one they picked together, and let the others go with thanks."""
        ask = await self._own(asked)
        if ask is None:
            raise Refused("sit-over")
        apart, offers = await self._apart.all(asked.group), ask.offers
        ask = ask.without_offers_of(apart.kept_from(ask.asker)).picked(asked.get("offer", int), asked.at)
        await self._keep(ask)
        await self._tell_picked(ask, offers, asked)
        return messages.told_asker(ask, await self._zone(asked.group, asked.person))

    async def withdraw(self, asked: Asked) -> Say:
        """Take back one's own ask, or else one's own yes; no reason is asked. With a code, the ask of that code alone.

        What takes back the sending of an ask means the ask that was sent then, and no later one.
        """
        sent = code_for("sit", asked.undoes) if asked.undoes else None
        code = asked.get("ask", str) or sent
        asks = [ask for ask in await self._asks.all(asked.group) if code in {None, ask.id}]
        own = next((ask for ask in asks if ask.asker == asked.person), None)
        if own is not None:
            await self._end(own, Event.WITHDRAW, asked.at)
            return say("sit-withdrawn")
        offered = [ask for ask in asks if ask.offer_of(asked.person)]
        if not offered:
            raise Refused("sit-over" if code else "sit-nothing")
        for ask in offered:
            await self._take_back(ask, asked.person, asked.key, asked.at)
        return say("sit-taken-back")

    async def end(self, asked: Asked) -> Say:
        """Take the room of two away at once. Either of them may, in the room itself: its code, others know as well."""
        key = messages.room_left(asked.need("ask", str))
        if asked.here is None or not await self._outbox.hasten(key, asked.group, asked.here, asked.at):
            raise Refused("sit-over")
        return say("sit-room-ended")

    async def without(self, group: GroupId, person: PersonId, now: Instant) -> None:
        """End what hangs on someone who left the group: their ask as if withdrawn, their yes as if taken back."""
        for ask in await self._asks.all(group):
            if ask.asker == person:
                await self._end(ask, Event.WITHDRAW, now)
            elif ask.offer_of(person) or ask.sitter == person:
                await self._take_back(ask, person, f"left:{person.mark}:{now.timestamp(unit='millisecond')}", now)

    async def separate(self, group: GroupId, person: PersonId, other: PersonId, now: Instant) -> None:
        """Let go of what is on its way between the two, and of a sit for later as if the person had ended it.

        A yes stays for whoever said it, though it can be picked no more: they hear the same as all who were not picked.
        """
        for ask in await self._asks.all(group):
            them = {person: other, other: person}.get(ask.asker)
            if them is None:
                continue
            await self._outbox.withdraw(f"sit:{ask.id}:ask:{them.mark}")
            if ask.sitter == them and ask.asker == person:
                await self._end(ask, Event.WITHDRAW, now)
            elif ask.sitter == them:
                await self._take_back(ask, them, f"left:{them.mark}:{now.timestamp(unit='millisecond')}", now)

    async def wake(self, due: Due, now: Instant) -> None:
        """Do what the ask's time asks for: begin the sit, or tell the asker honestly how it stands."""
        ask = await self._asks.one(due.group, due.about)
        if ask is None:
            return
        if ask.wakes_at > now:
            await self._keep(ask)
        elif ask.stage is Stage.PICKED:
            await self._begin(ask.having(Event.START), now)
        else:
            await self._time_over(ask, now)

    async def _begin(self, ask: Ask, now: Instant) -> None:
        """Bring the two together, unless the house was down until the sit's own time was over."""
        await self._keep(ask)
        if ask.past(now):
            await self._put(messages.missed(ask, now))
        elif ask.where is Where.DIRECT:
            await self._put(messages.introduced(ask, now))
        else:
            await self._open_room(ask, now)

    async def _open_room(self, ask: Ask, now: Instant) -> None:
        clears = Trait.CLEARING in self._traits(ask.group.world)
        await self._outbox.put(messages.meeting(ask, now, clears=clears))

    async def _time_over(self, ask: Ask, now: Instant) -> None:
        over = await self._end(ask, Event.TIME_OVER, now)
        if over.stage is Stage.LAPSED:
            await self._outbox.put(messages.to_asker(ask, "lapsed", say("sit-lapsed"), now))
            return
        nation = (await self._people.ways(ask.group, ask.asker)).nation
        said = say("sit-nobody").then(*self._lines_now(nation), line("sit-nobody-again"))
        await self._outbox.put(messages.to_asker(ask, "nobody", said, now))

    async def _end(self, ask: Ask, event: Event, now: Instant) -> Ask:
        """End an ask: its row goes, what was not sent yet is not sent, and those who offered hear one sentence."""
        over = ask.having(event)
        await self._keep(over)
        await self._put(messages.ended(over, now))
        return over

    async def _keep(self, ask: Ask) -> None:
        await self._asks.keep(ask)
        if not ask.waiting:
            for person in sorted(ask.invited):
                await self._outbox.withdraw(f"sit:{ask.id}:ask:{person.mark}")
        if ask.over:
            await self._diary.strike(f"sit:{ask.id}")
            return
        due = Due(key=f"sit:{ask.id}", kind="sit", group=ask.group, about=ask.id, at=ask.wakes_at)
        await self._diary.mark(due)

    async def _to_be_asked(self, asked: Asked) -> frozenset[PersonId]:
        """Return who is open to it, without those who paused and those for whom it is quiet just now."""
        open_now = await self._openings.people(asked.group, asked.at)
        ways = await self._people.ways_of(asked.group, open_now)
        return frozenset(person for person in open_now if ways[person].asked_from(asked.at) == asked.at)

    async def _invite(self, ask: Ask, people: Iterable[PersonId], now: Instant) -> None:
        for person in sorted(people):
            zone = await self._zone(ask.group, person)
            await self._outbox.put(messages.invitation(ask, person, zone, now))

    async def _invite_late(self, ask: Ask, asked: Asked) -> None:
        """Put an ask that is still waiting to someone who opens only now."""
        waiting = ask.waiting and ask.answer_by > asked.at
        if waiting and asked.person not in ask.invited | {ask.asker}:
            await self._keep(ask.inviting(frozenset({asked.person})))
            await self._invite(ask, [asked.person], asked.at)

    async def _tell_picked(self, ask: Ask, offers: Sequence[Offer], asked: Asked) -> None:
        """Both names are shown to both before the room opens; those who meet in direct messages need nothing more."""
        zone = await self._zone(ask.group, ask.picked_person)
        await self._outbox.put(messages.told_sitter(ask, zone, asked))
        await self._put(messages.thanked(ask, offers, asked))
        if ask.over and ask.where is Where.ROOM:
            await self._open_room(ask, asked.at)

    async def _take_back(self, ask: Ask, person: PersonId, key: str, now: Instant) -> None:
        back = ask.taken_back_by(person, now)
        await self._keep(back)
        shown = back.without_offers_of((await self._apart.all(ask.group)).kept_from(ask.asker))
        said = say("sit-cannot-after-all", person=person).offering(*messages.picks(shown), messages.withdrawal(back))
        await self._outbox.put(messages.to_asker(ask, f"back:{key}", said, now))

    async def _put(self, sendings: Iterable[Message]) -> None:
        for sending in sendings:
            await self._outbox.put(sending)

    async def _put_to(self, asked: Asked) -> Ask:
        """Return the ask that this person answers: the one they name, or the only one put to them.

        To whoever is kept apart from the asker it is over, unless they have said yes already: so it was as well
        without a line.
        """
        code = asked.get("ask", str)
        found = [await self._asks.one(asked.group, code)] if code else await self._asks.all(asked.group)
        apart = (await self._apart.all(asked.group)).kept_from(asked.person)
        theirs = [ask for ask in found if ask is not None and _is_put_to(asked.person, ask, apart)]
        if len(theirs) > 1:
            raise Refused("sit-can-which")
        if not theirs:
            raise Refused("sit-over")
        return theirs[0]

    async def _own(self, asked: Asked) -> Ask | None:
        asks = await self._asks.all(asked.group)
        return next((ask for ask in asks if ask.asker == asked.person), None)

    async def _refuse_second_ask(self, asked: Asked) -> None:
        if await self._own(asked):
            raise Refused("sit-already")

    async def _zone(self, group: GroupId, person: PersonId) -> str:
        return (await self._people.ways(group, person)).zone


def _is_put_to(person: PersonId, ask: Ask, apart: frozenset[PersonId]) -> bool:
    if person not in ask.invited:
        return False
    return ask.asker not in apart or ask.offer_of(person) is not None


def _ask_from(asked: Asked) -> Ask:
    starts_at = asked.get("at", Instant)
    later = starts_at if starts_at is not None and starts_at > asked.at + TimeDelta(minutes=1) else None
    wait = asked.get("wait", TimeDelta)
    answer_by = asked.at + (wait or HALF_AN_HOUR)
    if later is not None and (wait is None or answer_by > later):
        answer_by = later
    return Ask(
        id=code_for("sit", asked.key),
        group=asked.group,
        asker=asked.person,
        wanted=Wanted(asked.get("wanted", str) or Wanted.EITHER),
        length=asked.get("length", TimeDelta) or HALF_AN_HOUR,
        asked_at=asked.at,
        starts_at=later,
        answer_by=answer_by,
        where=Where(asked.get("where", str) or Where.ROOM),
    )
