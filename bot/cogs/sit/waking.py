"""When an ask's moment has come: it widens, it begins, it ends, or the asker hears honestly how it stands."""

from whenever import Instant

from bot.cogs.sit import messages, together
from bot.cogs.sit.circles import Circles
from bot.cogs.sit.ground import Ground
from bot.cogs.sit.meeting import Meeting
from bot.domain.outgoing import Due
from bot.domain.sit.ask import Ask
from bot.domain.sit.table import MEETS, Event, Stage


class Waking:
    """What the clock brings about."""

    def __init__(self, *, ground: Ground, circles: Circles, meeting: Meeting) -> None:
        self._ground = ground
        self._circles = circles
        self._meeting = meeting

    async def wake(self, due: Due, now: Instant) -> None:
        """Do what the ask's time asks for."""
        ask = await self._ground.asks.one(due.group, due.about)
        if ask is None:
            return
        if ask.wakes_at > now:
            await self._ground.keep(ask)
        elif ask.stage in MEETS:
            await self._meeting.wake(ask, now)
        elif ask.stage is Stage.PICKED:
            await self._meeting.start(ask, now)
        else:
            await self._looking(ask, now)

    async def _looking(self, ask: Ask, now: Instant) -> None:
        if ask.stage is Stage.WIDENING and now < ask.answer_by:
            await self._circles.widen(ask, now)
        elif ask.stage is Stage.UNANSWERED:
            await self._ground.keep(ask.having(Event.SILENCE))
        elif ask.stage is Stage.GATHERING:
            await self._enough(ask, now)
        else:
            await self._time_over(ask, now)

    async def _enough(self, ask: Ask, now: Instant) -> None:
        """Meet with those who were picked: the time set for finding more is over."""
        key = f"enough:{now.timestamp(unit='millisecond')}"
        met = ask.enough(now)
        await self._meeting.agreed(met, ask.not_picked, key, now)
        said = together.told_asker(met, await self._ground.zone(ask.group, ask.asker))
        await self._ground.put([messages.to_asker(ask, key, said, now)])

    async def _time_over(self, ask: Ask, now: Instant) -> None:
        if ask.stage is Stage.OFFERED:
            await self._ground.end(ask, Event.TIME_OVER, now)
            await self._ground.put([messages.lapsed(ask, now)])
            return
        over = ask.having(Event.TIME_OVER)
        await self._ground.keep(over)
        lines = await self._ground.lines_now(ask.group, ask.asker)
        zone = await self._ground.zone(ask.group, ask.asker)
        await self._ground.put([messages.nobody_yet(over, lines, zone, now)])
