"""Going: an ask, a yes and a sit can each be taken back with one word, at any time. No reason is asked."""

from whenever import Instant

from bot.cogs.sit import messages, together
from bot.cogs.sit.ground import Ground
from bot.cogs.sit.meeting import Meeting
from bot.cogs.sit.openness import WhoIsOpen
from bot.domain.codes import code_for
from bot.domain.commands import Asked
from bot.domain.ids import GroupId, PersonId
from bot.domain.saying import Refused, Say, say
from bot.domain.sit.ask import Ask
from bot.domain.sit.table import Event


class Leaving:
    """Answers to whoever goes."""

    def __init__(self, *, ground: Ground, meeting: Meeting, who: WhoIsOpen) -> None:
        self._ground = ground
        self._who = who
        self._meeting = meeting

    async def withdraw(self, asked: Asked) -> Say:
        """Take back one's own ask, or else one's own yes, or step away; with a code, of the ask of that code alone.

        What takes back the sending of an ask means the ask that was sent then, and no later one.
        """
        sent = code_for("sit", asked.undoes) if asked.undoes else None
        code = asked.get("ask", str) or sent
        asks = [ask for ask in await self._ground.asks.all(asked.group) if code in {None, ask.id}]
        own = next((ask for ask in asks if ask.asker == asked.person and ask.still_asked), None)
        if own is not None:
            await self._ground.end(own, Event.WITHDRAW, asked.at)
            return say("sit-withdrawn")
        offered = [ask for ask in asks if ask.still_asked and ask.has_yes_of(asked.person)]
        if offered:
            for ask in offered:
                await self._take_back(ask, asked.person, asked.key, asked.at)
            return say("sit-taken-back")
        if not any(ask.meets(asked.person) for ask in asks):
            raise Refused("sit-over" if code else "sit-nothing")
        return await self.leave(asked)

    async def leave(self, asked: Asked) -> Say:
        """Step away from a sit; nobody is asked why, and whoever is left hears one neutral sentence."""
        ask = await self._ground.sit_of(asked)
        left = await self._meeting.step_away(ask, asked.person, asked.at)
        return together.stepped_away(ask, left, asked.person, clears=self._ground.clears(ask.group))

    async def without(self, group: GroupId, person: PersonId, now: Instant) -> None:
        """End what hangs on someone who left the group: their ask as if withdrawn, their yes as if taken back."""
        for ask in await self._ground.asks.all(group):
            if ask.meets(person):
                await self._meeting.step_away(ask, person, now)
            elif ask.asker == person:
                await self._ground.end(ask, Event.WITHDRAW, now)
            elif ask.has_yes_of(person):
                await self._take_back(ask, person, _left(person, now), now)

    async def separate(self, group: GroupId, person: PersonId, other: PersonId, now: Instant) -> None:
        """Let go of what is on its way between the two, and of a sit for later as if the person had ended it.

        A yes stays for whoever said it, though it can be picked no more: they hear the same as all who were not picked.
        Of two who were both picked by somebody, the person does not come.
        """
        for ask in await self._ground.asks.all(group):
            if ask.still_asked and {person, other} <= set(ask.sitters):
                await self._take_back(ask, person, _left(person, now), now)
                continue
            them = {person: other, other: person}.get(ask.asker)
            if them is None or not ask.still_asked:
                continue
            await self._ground.outbox.withdraw(messages.invitation_key(ask, them))
            if them in ask.sitters and ask.asker == person:
                await self._ground.end(ask, Event.WITHDRAW, now)
            elif them in ask.sitters:
                await self._take_back(ask, them, _left(them, now), now)

    async def _take_back(self, ask: Ask, person: PersonId, key: str, now: Instant) -> None:
        back = ask.taken_back_by(person, now)
        await self._ground.keep(back)
        if person in ask.unheard:
            return
        if back.looking and not ask.looking:
            await self._who.look_soon(ask.group, now)
        apart = await self._ground.apart.all(ask.group)
        # Whoever is kept apart from somebody picked already was never shown to the asker, unless picked as well.
        if person in ask.sitters or not any(apart.are(person, sitter) for sitter in ask.sitters):
            shown = await self._ground.shown_to_asker(back)
            await self._ground.put([messages.cannot_after_all(shown, person, key, now)])


def _left(person: PersonId, now: Instant) -> str:
    return f"left:{person.mark}:{now.timestamp(unit='millisecond')}"
