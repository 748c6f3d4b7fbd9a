"""`rota suggest`: open shifts are shared out fairly, and each is asked in private. Only their own yes puts them on.

What takes long is done in no transaction. What came of it is held against how things are by then, and given out in the
transaction that strikes the moment, so that a kill lets it be begun anew and nobody is told twice.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from whenever import Instant, TimeDelta

from bot.cogs.rota import shared_out
from bot.cogs.rota.offering import A_WEEK, MOST_WEEKS, Offering
from bot.domain.codes import code_for
from bot.domain.commands import Asked
from bot.domain.ids import GroupId
from bot.domain.outgoing import Due, Message
from bot.domain.rota.fairness import Suggestion
from bot.domain.rota.naming import sheet_meant
from bot.domain.rota.sharing import Outlook
from bot.domain.rota.sheet import Sheet
from bot.domain.saying import Refused, Say, say
from bot.ports.keeping import Diary, Ledger, Outbox
from bot.ports.rota import RotaShelf
from bot.ports.solving import Solver, UnsolvedError

KIND = "rota-suggest"
USUAL_WEEKS = 4
# Longer than a solver may take. People are asked for when they would hear of it, and not for when it was begun.
WORKED_OUT_IN = TimeDelta(minutes=1)
# Whoever asked hears by then, whatever happens.
HEARD_WITHIN = TimeDelta(hours=1)
ANSWER_LASTS = TimeDelta(hours=24)
MOST_TRIES = 3
_ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is to be worked out, as its moment keeps it: for how many weeks, and for which rota; None for all of them.

    `code` names the one time that it was asked; who did stands in the answer that waits for them, and nowhere else.
    """

    code: str
    weeks: int
    rota: str | None

    @classmethod
    def of(cls, text: str) -> Self:
        """Read what `str` wrote."""
        code, weeks, rota = text.split()
        return cls(code=code, weeks=int(weeks), rota=None if rota == _ALL else rota)

    def __str__(self) -> str:
        """Return it as it is kept."""
        return f"{self.code} {self.weeks} {self.rota or _ALL}"

    @property
    def answer(self) -> str:
        """The key of the answer that waits for whoever asked."""
        return f"{KIND}:{self.code}"

    @property
    def ahead(self) -> TimeDelta:
        """How far ahead it looks."""
        return A_WEEK * self.weeks


class Sharing:
    """Takes the question, works it out beside all else, and asks people."""

    def __init__(
        self,
        *,
        shelf: RotaShelf,
        outbox: Outbox,
        diary: Diary,
        offering: Offering,
        ledger: Ledger,
        solver: Solver,
    ) -> None:
        self._shelf = shelf
        self._outbox = outbox
        self._diary = diary
        self._offering = offering
        self._ledger = ledger
        self._solver = solver

    async def suggest(self, asked: Asked) -> Say:
        """Say that it is being worked out, or at once why nothing can come of it."""
        sheets, key = await self._shelf.held(asked.group), _due_key(asked.group)
        question = _question(asked, sheets)
        if not self._solver.installed:
            return say("rota-suggest-not-installed")
        if await self._diary.kept(key) is not None:
            return say("rota-suggest-running")
        outlook = await self._outlook(sheets, question, asked.at)
        if nothing := shared_out.nothing(outlook, question.weeks):
            return nothing
        late = asked.at + HEARD_WITHIN
        await self._outbox.put(
            Message(
                key=question.answer,
                group=asked.group,
                to=asked.person,
                say=shared_out.failed(),
                not_before=late,
                expires_at=late + ANSWER_LASTS,
            )
        )
        await self._diary.mark(Due(key=key, kind=KIND, group=asked.group, about=str(question), at=asked.at))
        return shared_out.begun()

    async def work(self, due: Due, now: Instant) -> None:
        """Work it out, then ask people. It opens its own transactions."""
        question = Question.of(due.about)
        if due.failures >= MOST_TRIES:
            await self._end(due, now, shared_out.failed())
            return
        async with self._ledger.transaction():
            outlook = await self._outlook(await self._shelf.sheets(due.group), question, now)
            apart = await self._offering.apart(due.group)
        try:
            suggestion = await self._solver.fairest(await asyncio.to_thread(outlook.problem, apart))
        except UnsolvedError as error:
            await self._end(due, now, shared_out.unsolved(error, question.weeks))
            return
        async with self._ledger.transaction():
            if await self._is_wanted(due):
                await self._give(due, question, suggestion, now)

    async def _give(self, due: Due, question: Question, suggestion: Suggestion, now: Instant) -> None:
        """Keep what people are asked, tell whoever wished for it, and be done; all of it in the open transaction."""
        outlook = await self._outlook(await self._shelf.held(due.group), question, now)
        left = await asyncio.to_thread(outlook.still, suggestion.pairs, await self._offering.apart(due.group))
        offers = outlook.offers(left)
        told = shared_out.done(offers, outlook.unfilled(offers))
        if await self._outbox.reword(question.answer, due.group, told, now):
            await self._offering.keep(due.group, outlook, offers)
        await self._diary.strike(due.key)

    async def _end(self, due: Due, now: Instant, told: Say) -> None:
        """Tell whoever asked that nothing came of it."""
        async with self._ledger.transaction():
            if await self._is_wanted(due):
                await self._outbox.reword(Question.of(due.about).answer, due.group, told, now)
                await self._diary.strike(due.key)

    async def _is_wanted(self, due: Due) -> bool:
        """Whether it was not done or let go of meanwhile."""
        kept = await self._diary.kept(due.key)
        return kept is not None and kept.about == due.about

    async def _outlook(self, sheets: Sequence[Sheet], question: Question, now: Instant) -> Outlook:
        chosen = [each for each in sheets if question.rota in {None, each.rota.id}]
        return await self._offering.outlook(sheets, chosen, now + WORKED_OUT_IN, question.ahead)


def _question(asked: Asked, sheets: Sequence[Sheet]) -> Question:
    """Return what was asked. Refuses where there is no rota, or none that is meant, and what is too far ahead."""
    if not sheets:
        raise Refused("rota-none")
    ways, weeks = asked.get("rota", tuple), asked.get("weeks", int) or USUAL_WEEKS
    if weeks > MOST_WEEKS:
        raise Refused("rota-suggest-weeks-many", most=MOST_WEEKS)
    return Question(
        code=code_for("suggest", asked.key),
        weeks=weeks,
        rota=None if ways is None else sheet_meant(sheets, ways)[0].rota.id,
    )


def _due_key(group: GroupId) -> str:
    return f"{KIND}:{group}"
