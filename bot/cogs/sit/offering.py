"""Saying yes, and picking. A no and a silence are the same: there is no command for it, and nothing is kept of it."""

from dataclasses import replace

from bot.cogs.sit import messages, together
from bot.cogs.sit.ground import Ground
from bot.cogs.sit.meeting import Meeting
from bot.domain.codes import code_for
from bot.domain.commands import Asked
from bot.domain.saying import Refused, Say, say
from bot.domain.sit.ask import Ask
from bot.domain.sit.table import Stage


class Offering:
    """Answers to whoever can, and to the asker who picks among them."""

    def __init__(self, *, ground: Ground, meeting: Meeting) -> None:
        self._ground = ground
        self._meeting = meeting

    async def can(self, asked: Asked) -> Say:
        """Take someone's yes and tell the asker.

        The yes of somebody who is kept apart from the asker is taken just so, and the asker never hears of it: an ask
        that was over for them would tell them who asks.
        """
        ask = await self._put_to(asked)
        if ask.has_yes_of(asked.person):
            return say("sit-can-already")
        await self._ground.steps.refuse(asked.group, asked.person, asked.at)
        if (await self._ground.apart.all(asked.group)).are(ask.asker, asked.person):
            await self._ground.keep(ask.unheard_from(asked.person))
            return say("sit-can-thanks").offering(messages.retreat(ask))
        ask = ask.offered_by(asked.person, asked.at)
        await self._ground.keep(ask)
        shown = await self._ground.shown_to_asker(ask)
        if shown.offer_of(asked.person):
            lost = ask.noted and self._ground.memory.recall(ask.id) is None
            await self._ground.put([messages.offered(shown, ask.offers[-1], asked, lost=lost)])
        return say("sit-can-thanks").offering(messages.retreat(ask))

    async def pick(self, asked: Asked) -> Say:
        """Pick somebody. With the last that there is room for they meet, and the others are let go with thanks."""
        before = await self._ground.need_own(asked)
        shown = await self._ground.shown_to_asker(before)
        ask = shown.picked(asked.get("offer", int), code_for("again", asked.key), asked.at)
        if ask.stage is Stage.GATHERING:
            # What is not shown to the asker stands all the same: whoever said it hears in the end what all others hear.
            ask = replace(ask, offers=before.offers)
            await self._ground.keep(ask)
            await self._ground.put([messages.picked_of_several(ask, ask.sitters[-1], asked.key, asked.at)])
            return messages.gathering(await self._ground.shown_to_asker(ask))
        return await self._bring_together(ask, before, asked)

    async def begin(self, asked: Asked) -> Say:
        """Meet with those picked so far."""
        ask = await self._ground.need_own(asked)
        if ask.stage is not Stage.GATHERING:
            raise Refused("sit-nobody-picked")
        return await self._bring_together(ask.enough(asked.at), ask, asked)

    async def _bring_together(self, ask: Ask, before: Ask, asked: Asked) -> Say:
        """Show the names to all who meet, before anything opens; thank the others who offered."""
        let_go = [person for person in before.not_picked if person not in ask.sitters]
        await self._meeting.agreed(ask, let_go, asked.key, asked.at)
        return together.told_asker(ask, await self._ground.zone(asked.group, ask.asker))

    async def _put_to(self, asked: Asked) -> Ask:
        """Return the ask that this person answers: the one they name, or the only one put to them."""
        code = asked.get("ask", str)
        found = [await self._ground.asks.one(asked.group, code)] if code else await self._ground.asks.all(asked.group)
        theirs = [ask for ask in found if ask is not None and ask.is_put_to(asked.person)]
        if code is None:
            theirs = [ask for ask in theirs if ask.looking]
        if len(theirs) > 1:
            raise Refused("sit-can-which")
        if not theirs:
            raise Refused("sit-over")
        return theirs[0]
