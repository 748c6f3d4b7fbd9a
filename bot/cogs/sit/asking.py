"""Asking: exactly what others will see is shown first, and how it stands is told when it was promised."""

from dataclasses import replace

from whenever import Instant, TimeDelta

from bot.cogs.sit import messages
from bot.cogs.sit.before import Before
from bot.cogs.sit.circles import Circles
from bot.cogs.sit.commands import HALF_AN_HOUR, TEN_MINUTES
from bot.cogs.sit.drafts import Draft, Drafts
from bot.cogs.sit.ground import Ground
from bot.domain.codes import code_for
from bot.domain.commands import Asked
from bot.domain.saying import Refused, Say, say
from bot.domain.sit.ask import Ask
from bot.domain.sit.reading import Heard
from bot.domain.sit.table import Event, Stage
from bot.domain.sit.wishes import Circle, Hearing, Room, Terms, Wanted, Where

_USUAL = Heard(circles=(Circle.OPEN,))
# What begins within it begins now.
_NOW = TimeDelta(minutes=1)


class Asking:
    """Answers to whoever asks."""

    def __init__(self, *, ground: Ground, circles: Circles, drafts: Drafts, before: Before) -> None:
        self._ground = ground
        self._circles = circles
        self._drafts = drafts
        self._before = before

    async def preview(self, asked: Asked) -> Say:
        """Show exactly what others will see; nothing is sent or kept yet."""
        await self._refuse_second(asked)
        ask = self._ask_from(asked)
        zone = await self._ground.zone(ask.group, ask.asker)
        before = await self._before.lines(ask.group, ask.terms.where)
        shown = messages.preview(ask, None, asked.get("after", str), zone, before)
        note = asked.get("note", str)
        if note is None and not ask.named and messages.is_short(shown):
            return shown
        code = code_for("sitdraft", asked.key)
        self._drafts.hold(code, Draft(group=asked.group, person=asked.person, options=asked.options))
        if note is not None:
            self._ground.memory.hold(code, note)
            ask = replace(ask, id=code, noted=True)
        return messages.preview(ask, code, None, zone, before)

    async def ask(self, asked: Asked) -> Say:
        """Put the ask to the first that are to hear of it, without a name."""
        await self._refuse_second(asked)
        code = asked.get("draft", str)
        if code is not None:
            draft = self._drafts.recall(code)
            if draft is None or not draft.is_of(asked.group, asked.person):
                raise Refused("sit-draft-gone")
            self._ground.memory.drop(code)
            asked = replace(asked, options=draft.options)
        return await self._send(self._ask_from(asked), asked.get("note", str), asked)

    async def wait(self, asked: Asked) -> Say:
        """Look for a while longer, among those who heard of it and those who open."""
        ask = self._unanswered(await self._ground.need_own(asked))
        ask = ask.waiting_on(asked.get("wait", TimeDelta) or HALF_AN_HOUR, asked.at)
        await self._ground.keep(ask)
        await self._circles.put_waiting(ask.group, asked.at)
        return await self._waits(ask)

    async def widen(self, asked: Asked) -> Say:
        """Put it to the next that are to hear of it at once, also beyond those the asker named at first."""
        ask = self._unanswered(await self._ground.need_own(asked))
        if ask.hearing.next is None and ask.hearing.wider is None:
            raise Refused("sit-widest")
        left = HALF_AN_HOUR if ask.stage is Stage.UNANSWERED else ask.answer_by - asked.at
        ask, found = await self._circles.widen(ask.waiting_on(left, asked.at), asked.at, beyond=True)
        return await self._waits(ask) if found else say("sit-widened-to-nobody").offering(messages.withdrawal(ask))

    async def later(self, asked: Asked) -> Say:
        """Make it an ask for a later time: the one there is ends, and a new one is put to people."""
        ask = self._unanswered(await self._ground.need_own(asked))
        at = asked.need("at", Instant)
        if at <= asked.at + _NOW:
            raise Refused("sit-later-past")
        note = self._ground.memory.recall(ask.id)
        await self._ground.end(ask, Event.WITHDRAW, asked.at)
        hearing = Hearing(ahead=(*ask.hearing.heard, *ask.hearing.ahead), every=ask.hearing.every)
        new = Ask(
            id=code_for("sit", asked.key),
            group=ask.group,
            asker=ask.asker,
            place=ask.place,
            terms=ask.terms,
            hearing=hearing,
            asked_at=asked.at,
            starts_at=at,
            answer_by=at,
            named=ask.named,
            noted=note is not None,
        )
        return await self._send(new, note, asked)

    async def note(self, asked: Asked) -> Say:
        """Hold a line of their own with their ask: in memory alone, for as long as the ask is open."""
        ask = await self._ground.own(asked)
        if ask is None:
            raise Refused("sit-note-first")
        self._ground.memory.hold(ask.id, asked.need("note", str))
        await self._ground.keep(replace(ask, noted=True))
        return say("sit-note-held")

    async def _send(self, ask: Ask, note: str | None, asked: Asked) -> Say:
        if note is not None:
            self._ground.memory.hold(ask.id, note)
            ask = replace(ask, noted=True)
        ask, found = await self._circles.widen(ask, asked.at)
        until = ask.answer_by.to_tz(await self._ground.zone(asked.group, asked.person))
        said = say("sit-asked", until=until) if found else say("sit-asked-nobody-open", until=until)
        return said.offering(messages.withdrawal(ask))

    async def _waits(self, ask: Ask) -> Say:
        until = ask.answer_by.to_tz(await self._ground.zone(ask.group, ask.asker))
        return say("sit-waiting-on", until=until).offering(messages.withdrawal(ask))

    def _unanswered(self, ask: Ask) -> Ask:
        """Return an ask that nobody has offered for. Refuses one with offers, or with somebody picked."""
        if ask.offers or ask.sitters:
            raise Refused("sit-someone-can")
        return ask

    async def _refuse_second(self, asked: Asked) -> None:
        if await self._ground.own(asked):
            raise Refused("sit-already")

    def _ask_from(self, asked: Asked) -> Ask:
        starts_at = asked.get("at", Instant)
        later = starts_at if starts_at is not None and starts_at > asked.at + _NOW else None
        wait = asked.get("wait", TimeDelta)
        answer_by = asked.at + (wait or HALF_AN_HOUR)
        if later is not None and (wait is None or answer_by > later):
            answer_by = later
        heard = asked.get("who", Heard) or _USUAL
        every = asked.get("every", TimeDelta) or TEN_MINUTES
        return Ask(
            id=code_for("sit", asked.key),
            group=asked.group,
            asker=asked.person,
            place=asked.place,
            terms=self._terms(asked),
            hearing=Hearing(ahead=heard.circles, every=every),
            asked_at=asked.at,
            starts_at=later,
            answer_by=answer_by,
            named=heard.named - {asked.person},
        )

    def _terms(self, asked: Asked) -> Terms:
        stays = asked.get("after", str) == Room.STAYS or not self._ground.clears(asked.group)
        return Terms(
            wanted=Wanted(asked.get("wanted", str) or Wanted.EITHER),
            length=asked.get("length", TimeDelta) or HALF_AN_HOUR,
            ticks=asked.get("ticks", frozenset) or frozenset(),
            sitters=asked.get("people", int) or 1,
            where=Where(asked.get("where", str) or Where.ROOM),
            room=Room.STAYS if stays else Room.GOES,
        )
