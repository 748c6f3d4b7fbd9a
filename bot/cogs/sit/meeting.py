"""They meet: what was agreed can be changed by all of them, each may step away at any time, and it ends as agreed."""

from collections.abc import Sequence
from dataclasses import replace

from whenever import Instant, TimeDelta

from bot.cogs.sit import messages, together
from bot.cogs.sit.ground import Ground
from bot.domain import meetings
from bot.domain.commands import Asked
from bot.domain.ids import PersonId, PlaceId
from bot.domain.outgoing import Meeting as Gathering
from bot.domain.outgoing import Sending
from bot.domain.saying import Refused, Say, say
from bot.domain.sit import sitting
from bot.domain.sit.ask import Ask, Change
from bot.domain.sit.table import Event, Stage
from bot.domain.sit.wishes import Room, Wanted, Where


class Meeting:
    """Brings people together, and sees it to its end. Implements the port `Meetings`."""

    def __init__(self, *, ground: Ground) -> None:
        self._ground = ground

    async def agreed(self, ask: Ask, let_go: Sequence[PersonId], key: str, now: Instant) -> None:
        """Tell those picked whom they meet, and thank the others; open it at once if it is for now."""
        for person in ask.sitters:
            zone = await self._ground.zone(ask.group, person)
            await self._ground.put([together.told_sitter(ask, person, zone, key, now)])
        await self._ground.put(messages.thanked(ask, let_go, key, now))
        await self._ground.keep(ask)
        if ask.stage is Stage.OPENING:
            await self._open(ask, now)

    async def start(self, ask: Ask, now: Instant) -> None:
        """Bring them together at the time agreed, unless the bot was away until it was over."""
        ask = ask.started(now)
        await self._ground.keep(ask)
        if ask.over:
            await self._ground.put(together.missed(ask, now))
            return
        if ask.terms.where is Where.DIRECT:
            await self._ground.put(together.introduced(ask, now))
        await self._open(ask, now)

    async def _open(self, ask: Ask, now: Instant) -> None:
        """Let a room be made for them; in each other's direct messages they are together at once."""
        if ask.terms.where is Where.DIRECT:
            await self._ground.keep(sitting.opened(ask, frozenset(ask.members), None, now))
        else:
            await self._ground.put([together.meeting(ask, now, clears=self._ground.clears(ask.group))])

    async def begun(
        self, meeting: Gathering, place: PlaceId, here: frozenset[PersonId], now: Instant
    ) -> Sequence[Sending]:
        """Begin the time that was agreed; the bot goes where it cannot stay without reading.

        A room that came about after one of them had stepped away is closed.
        """
        ask = await self._opening(meeting)
        if ask is None:
            return [replace(meetings.departure(meeting, now, closing=True), key=f"{meeting.key}:late")]
        clears = self._ground.clears(ask.group)
        await self._ground.keep(sitting.opened(ask, here, place if clears else None, now))
        return [] if clears else [meetings.departure(meeting, now, closing=False)]

    async def called_off(self, meeting: Gathering, now: Instant) -> Sequence[Sending]:
        """End it: all hear the same, whoever did not come."""
        ask = await self._opening(meeting)
        if ask is None:
            return [meetings.departure(meeting, now, closing=True)]
        await self._ground.keep(ask.having(Event.NOT_OPENED))
        return meetings.called_off(meeting, now)

    async def _opening(self, meeting: Gathering) -> Ask | None:
        ask = await self._ground.asks.one(meeting.group, messages.code_in(meeting.key))
        return ask if ask is not None and ask.stage is Stage.OPENING else None

    async def change(self, asked: Asked) -> Say:
        """Put a change of the card to the others; nothing changes before all of them have said yes."""
        ask = await self._together(asked)
        wanted, ticks = asked.get("wanted", str), asked.get("ticks", frozenset)
        length = asked.get("length", TimeDelta)
        if wanted is None and length is None and ticks is None:
            raise Refused("sit-change-how")
        change = Change(by=asked.person, wanted=None if wanted is None else Wanted(wanted), length=length, ticks=ticks)
        ask = sitting.proposing(ask, change)
        await self._ground.keep(ask)
        await self._ground.put(together.change_wished(ask, change, asked))
        return say("sit-change-proposed")

    async def agree(self, asked: Asked) -> Say:
        """Take one's yes to a change; with the last one it is so."""
        ask = sitting.agreeing(await self._together(asked), asked.person, asked.at)
        await self._ground.keep(ask)
        if ask.change is not None:
            return say("sit-change-yes")
        await self._ground.put(together.changed(ask, asked))
        return say("sit-change-agreed")

    async def longer(self, asked: Asked) -> Say:
        """Take one's wish for longer; nobody learns of it before all of them have it."""
        ask = await self._together(asked)
        if ask.stage is not Stage.ENDING:
            raise Refused("sit-longer-not-now")
        ask = sitting.wishing_longer(ask, asked.person, asked.at)
        await self._ground.keep(ask)
        if ask.stage is Stage.ENDING:
            return say("sit-longer-wished")
        await self._ground.put(together.longer(ask, asked))
        return say("sit-longer-for-you", more=sitting.longer_by(ask))

    async def _together(self, asked: Asked) -> Ask:
        ask = await self._ground.sit_of(asked)
        if ask.stage is Stage.OPENING:
            raise Refused("sit-opens-still")
        return ask

    async def wake(self, ask: Ask, now: Instant) -> None:
        """Say the gentle word at the agreed time, and end it a while after; or let go of what never came about."""
        if ask.stage is Stage.OPENING:
            await self._never_opened(ask, now)
            return
        ask = ask.having(Event.LINGERED) if ask.stage is Stage.ENDING else sitting.time_is_up(ask, now)
        await self._ground.keep(ask)
        if not ask.over:
            await self._ground.put(together.time_come(ask, now))
            return
        if self._ground.clears(ask.group) and ask.terms.where is Where.ROOM:
            await self._ground.put([together.departure(ask, now, closing=ask.terms.room is Room.GOES)])
        await self._ground.put(together.done(ask, now))

    async def _never_opened(self, ask: Ask, now: Instant) -> None:
        await self._ground.outbox.withdraw(together.room_key(ask))
        await self._ground.keep(ask.having(Event.NOT_OPENED))
        await self._ground.put(together.missed(ask, now))

    async def step_away(self, ask: Ask, person: PersonId, now: Instant) -> Ask:
        """Let somebody go: a room of two is closed to both, and the other hears one neutral sentence."""
        left = sitting.away(ask, person)
        await self._ground.outbox.withdraw(together.room_key(ask))
        await self._ground.keep(left)
        there = ask.terms.where is Where.ROOM and (self._ground.clears(ask.group) or ask.stage is Stage.OPENING)
        if there:
            closed = together.departure(ask, now, closing=True)
            await self._ground.put([closed if left.over else together.out_alone(ask, person, now)])
        await self._ground.put(together.one_away(ask, left, person, now))
        return left
