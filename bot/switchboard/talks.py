"""What each person's talk with the bot holds, and what a line or a reaction means as an answer to it.

Questions are in memory alone, for they hold typed words. Lists are also rows, written together with whatever marks
that the message was sent, so that they cost no transaction of their own.
"""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias

from whenever import Instant, TimeDelta

from bot.domain.commands import Asking, Picking, TakingBack, Typed
from bot.domain.dialogue import LIST_STANDS, Dialogue, Offered, Unfinished
from bot.domain.ids import GroupId, PersonId
from bot.domain.picking import Unclear, exactly, numbered, tapped, worded
from bot.domain.saying import Choice, Line, Refused, Say, say
from bot.ports.keeping import Ledger
from bot.ports.lists import Answered, ListShelf
from bot.ports.timing import Clock

STOP_WORDS = frozenset({"stop", "cancel", "never mind", "nevermind"})
PURGED_EVERY = TimeDelta(hours=1)
MOST_RECENT = 500

Reads: TypeAlias = Callable[[Line, GroupId], Awaitable[str]]


class Talks:
    """Every talk. `reads` gives a line as it reads in a group, in its language and with people by their names there."""

    def __init__(self, *, lists: ListShelf, ledger: Ledger, clock: Clock, reads: Reads) -> None:
        self._lists = lists
        self._ledger = ledger
        self._clock = clock
        self._reads = reads
        self._dialogue = Dialogue()
        self._recent: OrderedDict[str, Offered] = OrderedDict()
        self._given: list[Offered] = []
        self._last: dict[PersonId, str | None] = {}
        self._purge_at: Instant | None = None

    def told(self, person: PersonId, group: GroupId, message: Say, native: str | None) -> None:
        """Remember what one person was just given to choose from, so that a number is an answer."""
        if not message.choices:
            return
        offered = Offered(
            person=person,
            group=group,
            choices=message.choices,
            until=self._clock.now() + LIST_STANDS,
            message=None if native is None else message_key(person.world, native),
        )
        self._dialogue.offer(offered)
        if offered.message is not None:
            self._remember(offered)
            self._given.append(offered)
            self._last[person] = offered.message

    def asked(self, person: PersonId, question: Unfinished) -> None:
        """Remember a question that was just put; a number is no answer to an earlier list any more."""
        self._close(person)
        self._dialogue.ask(person, question)

    def forget(self, person: PersonId) -> None:
        """Let go of the question, and of what a number would mean: the person went on to something else."""
        self._close(person)
        self._dialogue.forget(person)

    def let_go(self, person: PersonId) -> None:
        """Let go of all that is remembered of a person's talk, also of what was to be written down."""
        self._dialogue.let_go(person)
        self._recent = OrderedDict((key, one) for key, one in self._recent.items() if one.person != person)
        self._given = [offered for offered in self._given if offered.person != person]
        self._last.pop(person, None)

    async def write(self) -> None:
        """Write down what was told since the last time; inside a transaction."""
        given, last, self._given, self._last = self._given, self._last, [], {}
        now = self._clock.now()
        try:
            if last:
                await self._lists.keep(given, last)
            if self._purge_at is None or now >= self._purge_at:
                await self._lists.purge(now)
                self._purge_at = now + PURGED_EVERY
        except BaseException:
            self._given, self._last = given + self._given, last | self._last
            raise

    async def group_of(self, person: PersonId, text: str) -> GroupId | None:
        """Return the group of the list or the question that a line would answer, or None."""
        offered = await self._offered(person)
        question = self._dialogue.question(person, self._clock.now())
        if offered and (question is None or numbered(text, len(offered.choices)) is not None):
            return offered.group
        return question.group if question else None

    async def answer(self, typed: Typed) -> Asking | Say | None:
        """Return what a line that is no command means as an answer; None when it is not one.

        What fits several choices brings the list back. Raises `Refused` when the person leaves a question.
        """
        offered = await self._offered(typed.person, typed.group)
        number = numbered(typed.text, len(offered.choices)) if offered else None
        if offered and number is not None:
            return _picking(typed, offered.choices[number])
        if (question := self.question(typed.person, typed.group)) is not None:
            return self._answer_to(question, typed)
        return await self._worded(offered, typed) if offered else None

    def question(self, person: PersonId, group: GroupId) -> Unfinished | None:
        """Return what was asked of somebody in a matter of that group, and stands; or None."""
        question = self._dialogue.question(person, self._clock.now())
        return question if question and question.group == group else None

    def handed(self, typed: Typed) -> Asking | None:
        """Return what a file that was sent means as the answer to a question; None where none stands."""
        question = self.question(typed.person, typed.group)
        return None if question is None else _with_answer(question, typed)

    async def named(self, typed: Typed) -> Asking | None:
        """Return the choice that a line names from its first word to its last, or None."""
        offered = await self._offered(typed.person, typed.group)
        number = exactly(typed.text, await self._labels(offered)) if offered else None
        return _picking(typed, offered.choices[number]) if offered and number is not None else None

    async def under(self, picking: Picking) -> Answered | None:
        """Return what a reaction picks of the list it stands under; None for one that is another's, gone or unclear.

        None also for a reaction that has answered already, when its event is heard again.
        """
        async with self._ledger.transaction():
            if await self._lists.by(picking.key, self._clock.now()) is not None:
                return None
            offered = self._recent.get(picking.message) or await self._lists.under(picking.message, self._clock.now())
        if offered is None or offered.until <= self._clock.now():
            return None
        if offered.person != picking.person or offered.group not in picking.groups:
            return None
        number = tapped(picking.text, len(offered.choices))
        if number is None:
            number = exactly(picking.text, await self._labels(offered))
        return None if number is None else Answered(reaction=picking.key, offered=offered, number=number)

    async def answered_by(self, taking_back: TakingBack) -> Answered | None:
        """Return what the reaction that was taken back had answered, or None."""
        async with self._ledger.transaction():
            answered = await self._lists.by(taking_back.reaction, self._clock.now())
        if answered is None or answered.offered.person != taking_back.person:
            return None
        return answered if answered.offered.group in taking_back.groups else None

    async def note(self, answered: Answered) -> None:
        """Keep what a reaction answered; inside a transaction."""
        await self.write()
        await self._lists.note(answered)

    async def undone(self, answered: Answered) -> None:
        """Let go of what a reaction answered; inside a transaction."""
        await self._lists.forget(answered.reaction)

    def _close(self, person: PersonId) -> None:
        if not self._dialogue.knows(person) or self._dialogue.offered(person, self._clock.now()):
            self._last[person] = None

    async def _offered(self, person: PersonId, group: GroupId | None = None) -> Offered | None:
        """Return the list that a number means, of that group if one is named; it is read once for each person."""
        now = self._clock.now()
        if not self._dialogue.knows(person):
            async with self._ledger.transaction():
                self._dialogue.recall(person, await self._lists.last(person, now))
        offered = self._dialogue.offered(person, now)
        return offered if offered and group in {None, offered.group} else None

    def _remember(self, offered: Offered) -> None:
        """Hold on to the whole of a list for a while: its row holds no name, and may not be written yet."""
        self._recent[str(offered.message)] = offered
        if len(self._recent) > MOST_RECENT:
            self._recent.popitem(last=False)

    def _answer_to(self, question: Unfinished, typed: Typed) -> Asking:
        if typed.text.strip().casefold() in STOP_WORDS:
            self.forget(typed.person)
            raise Refused("question-dropped")
        return _with_answer(question, typed)

    async def _worded(self, offered: Offered, typed: Typed) -> Asking | Say | None:
        found = worded(typed.text, await self._labels(offered))
        if isinstance(found, Unclear):
            return say("list-unclear").offering(*offered.choices)
        return None if found is None else _picking(typed, offered.choices[found])

    async def _labels(self, offered: Offered) -> Sequence[str]:
        return [await self._reads(choice.label, offered.group) for choice in offered.choices]


def message_key(world: str, native: str) -> str:
    """Return what a message is kept under: two worlds may give the same id."""
    return f"{world}:{native}"


def _with_answer(question: Unfinished, typed: Typed) -> Asking:
    return typed.asking(question.command, {**question.options, question.wanted: typed.text})


def _picking(typed: Typed, choice: Choice) -> Asking:
    return typed.asking(choice.command, choice.options)
