"""From what a person asked to the one method that answers it, in one transaction.

The one error boundary of the house stands here: a fault is answered plainly, and its kind is noted, never the words.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TypeAlias

from bot.domain.commands import Asked, Asking, Command, MeantIn, Option, Picking, TakingBack, TraitsOf, Typed
from bot.domain.dialogue import QUESTION_STANDS, Unfinished
from bot.domain.ids import GroupId, PersonId
from bot.domain.outgoing import ANSWER_LIVES, Message
from bot.domain.pace import Pace, Paces
from bot.domain.reading import File
from bot.domain.saying import Choice, Refused, Say, Undo, line, say
from bot.domain.suggesting import Suggestion
from bot.ports.answering import Reply
from bot.ports.feature import Answer, Feature
from bot.ports.groups import Uses
from bot.ports.journal import Journal
from bot.ports.keeping import AlreadyKept, Ledger, People, Receipts, Transaction
from bot.ports.lists import Answered
from bot.ports.queues import Claimed, Prompt
from bot.ports.timing import Clock
from bot.switchboard.suggesting import Suggesting
from bot.switchboard.talks import Talks
from bot.switchboard.understanding import Understanding, missing_in

Also: TypeAlias = Callable[[], Awaitable[None]]


class Switchboard:
    """Knows every command; handed the features once, by the composition root."""

    def __init__(  # noqa: PLR0913  The composition root hands in everything by name.
        self,
        *,
        features: Iterable[Feature],
        ledger: Ledger,
        prompt: Prompt,
        receipts: Receipts,
        people: People,
        uses: Uses,
        talks: Talks,
        traits: TraitsOf,
        meant: MeantIn,
        clock: Clock,
        journal: Journal,
    ) -> None:
        features = tuple(features)
        self._answers: dict[str, tuple[Command, Answer]] = {
            command.name: (command, answer) for feature in features for command, answer in feature.answers.items()
        }
        commands = [command for command, _ in self._answers.values()]
        self._understanding = Understanding(
            commands=commands, traits=traits, meant=meant, ledger=ledger, people=people, clock=clock
        )
        self._suggesting = Suggesting(features=features, understanding=self._understanding, ledger=ledger)
        self._ledger = ledger
        self._prompt = prompt
        self._receipts = receipts
        self._uses = uses
        self._talks = talks
        self._clock = clock
        self._journal = journal
        self._paces = Paces()

    def commands(self, world: str) -> tuple[Command, ...]:
        """Return every command that there is in a world, in the order the features declare them."""
        return self._understanding.commands(world)

    def needs_no_group(self, text: str, world: str) -> bool:
        """Return whether a line begins with a command that can be asked anywhere."""
        split = self._understanding.split(text, world)
        return split is not None and split.command.anywhere

    def wants_file(self, person: PersonId, group: GroupId) -> bool:
        """Return whether somebody was asked for a file, in a matter of that group."""
        question = self._talks.question(person, group)
        command, _ = self._answers.get(question.command, (None, None)) if question else (None, None)
        option = command.option(question.wanted) if command and question else None
        return option is not None and isinstance(option.kind, File)

    def told(self, person: PersonId, group: GroupId, message: Say, native: str | None) -> None:
        """Remember what one person was just given to choose from, so that a number is an answer."""
        self._talks.told(person, group, message, native)

    async def write(self) -> None:
        """Write down what was told since the last time; inside a transaction."""
        await self._talks.write()

    async def group_of(self, person: PersonId, text: str) -> GroupId | None:
        """Return the group that a line in private is about, when it answers a list or a question; else None."""
        if self._understanding.split(text, person.world) is not None:
            return None
        try:
            await self._prompt.settle(person)
            return await self._talks.group_of(person, text)
        except Exception as error:  # noqa: BLE001  Still the one boundary: the line is heard next, and answered plainly.
            self._journal.fault("group-not-found", error)
            return None

    async def hear(self, typed: Typed) -> Say | None:
        """Answer a typed line, in private; None when the answer is on its way through the outbox, or none is due."""
        return await self._guarded(typed.person, typed.group, lambda: self._hear(typed))

    async def ask(self, asking: Asking) -> Say | None:
        """Answer a command that came with its options apart: a form, a button, a slash command."""
        return await self._guarded(asking.person, asking.group, lambda: self._answer(asking))

    async def suggest(self, asking: Asking, option: str, text: str) -> Sequence[Suggestion]:
        """Return what the words typed in an option may come to be; it counts as nothing asked, and keeps nothing."""
        try:
            return await self._suggesting.of(asking, option, text)
        except Refused:
            return ()
        except Exception as error:  # noqa: BLE001  Still the one boundary: the person types on, and is answered then.
            self._journal.fault("not-suggested", error, world=asking.group.world)
            return ()

    async def picked(self, picking: Picking) -> Reply | None:
        """Answer a reaction as if its choice had been typed; what cannot be understood is let go."""
        return await self._replied(picking, self._under(picking), lambda found: self._pick(found, picking))

    async def taken_back(self, taking_back: TakingBack) -> Reply | None:
        """Take back what a reaction answered, or say in one sentence why that cannot be."""
        found = self._talks.answered_by(taking_back)
        return await self._replied(taking_back, found, lambda found: self._undo(found, taking_back))

    async def _guarded(
        self, person: PersonId, group: GroupId, answer: Callable[[], Awaitable[Say | None]]
    ) -> Say | None:
        """Give the answer, but for who asks too fast; a fault becomes a plain sentence here, and nowhere else."""
        if (verdict := self._paces.of(person, self._clock.now())) is not Pace.FINE:
            return say("too-fast") if verdict is Pace.TOO_FAST else None
        try:
            said = await answer()
        except Refused as refused:
            said = refused.say
        except AlreadyKept:
            return None
        except Exception as error:  # noqa: BLE001  The one boundary: whatever it is, the person hears of it plainly.
            self._journal.fault("command-failed", error, world=group.world)
            return say("fault")
        if said is not None:
            self.told(person, group, said, None)
        return said

    async def _replied(
        self,
        event: Picking | TakingBack,
        looking: Awaitable[Answered | None],
        answer: Callable[[Answered], Awaitable[Say | None]],
    ) -> Reply | None:
        """Look up what a reaction is about, and answer it; what is about nothing of ours is let go without a word."""
        try:
            found = await looking
        except Exception as error:  # noqa: BLE001  Still the one boundary.
            self._journal.fault("reaction-failed", error)
            return next((Reply(say=say("fault"), group=group) for group in event.groups), None)
        if found is None:
            return None
        group = found.offered.group
        said = await self._guarded(event.person, group, lambda: answer(found))
        return None if said is None else Reply(say=said, group=group)

    async def _under(self, picking: Picking) -> Answered | None:
        """Return what a reaction picks; the message it stands under may have come without our knowing."""
        await self._prompt.settle(picking.person)
        return await self._talks.under(picking)

    async def _pick(self, answered: Answered, picking: Picking) -> Say | None:
        self._refuse_unvouched(answered, picking)
        asking = _asking(picking, answered.offered.group, answered.choice)
        return await self._answer(asking, lambda: self._talks.note(answered))

    async def _hear(self, typed: Typed) -> Say | None:
        meant = await self._meant(typed)
        return meant if meant is None or isinstance(meant, Say) else await self._answer(meant)

    async def _meant(self, typed: Typed) -> Asking | Say | None:
        """Return what a line asks. What can be read as a command is one, whatever else there is to choose from."""
        if typed.is_file:
            return self._talks.handed(typed) if self.wants_file(typed.person, typed.group) else None
        if not typed.private:
            return await self._understanding.asking(typed)
        split = self._understanding.split(typed.text, typed.person.world)
        if split is None or split.rest:
            await self._prompt.settle(typed.person)
        if split is None:
            return await self._talks.answer(typed) or await self._understanding.asking(typed)
        named = await self._talks.named(typed) if split.rest else None
        if named is None:
            return await self._understanding.asking(typed)
        return await self._understanding.readable(typed) or named

    def _refuse_unvouched(self, answered: Answered, event: Picking | TakingBack) -> None:
        """Refuse what is about a group in which a reaction counts for nothing; some commands are about all of them."""
        command, _ = self._answers.get(answered.choice.command, (None, None))
        about_all = command is not None and command.anywhere and bool(event.unvouched)
        if about_all or answered.offered.group in event.unvouched:
            raise Refused("reaction-unvouched")

    async def _undo(self, answered: Answered, taking_back: TakingBack) -> Say | None:
        self._refuse_unvouched(answered, taking_back)
        undo = answered.choice.undo
        if isinstance(undo, Undo):
            asking = _asking(taking_back, answered.offered.group, undo, undoes=answered.reaction)
            return await self._answer(asking, lambda: self._talks.undone(answered))
        return Say(lines=(undo or line("not-undone"),))

    async def _answer(self, asking: Asking, also: Also | None = None) -> Say | None:
        """Answer a command; `also` is done in its transaction when it keeps something."""
        command, method = self._answers.get(asking.command, (None, None))
        if command is None or method is None:
            raise Refused("not-understood")
        await self._uses.used(asking.group, self._clock.now())
        async with self._ledger.transaction() as transaction:
            asked = await self._understanding.asked(command, asking)
            if (missing := missing_in(command, asked)) is not None:
                return self._question(command, missing, asking)
            self._talks.forget(asking.person)
            answer = await self._given(method, asked)
            if not transaction.kept and await self._was_done(transaction, asked):
                return None
            claimed = await self._prompt.put(_message(asked, answer)) if transaction.kept else None
            if claimed is not None and also is not None:
                await also()
        if claimed is None:
            return None if await self._unsays(asked, answer) else answer
        self._journal.note("answered", command=command.name, world=asking.group.world)
        await self._send(claimed)
        return None

    async def _send(self, claimed: Claimed) -> None:
        """Send the answer to what is kept; a fault in it is not said as one, since a round will send it."""
        try:
            await self._prompt.send(claimed)
        except Exception as error:  # noqa: BLE001  Still the one boundary: "nothing was changed" would be untrue here.
            self._journal.fault("answer-not-sent", error, world=claimed.sending.group.world)

    async def _unsays(self, asked: Asked, answer: Say) -> bool:
        """Take away what an answer takes away; return whether all of it went, so that there is nothing to say."""
        return bool(answer.unsays) and await self._prompt.unsay(asked.person, asked.group, answer.unsays, asked.key)

    async def _given(self, method: Answer, asked: Asked) -> Say:
        """Let the cog answer. Done before, a thing is refused the second time: then the first answer stands."""
        try:
            return await method(asked)
        except Refused:
            if await self._receipts.holds(asked.key):
                raise AlreadyKept(asked.key) from None
            raise

    async def _was_done(self, transaction: Transaction, asked: Asked) -> bool:
        """Whether it was done and answered before, so that it changes nothing now; what only reads costs nothing."""
        return transaction.begun and await self._receipts.holds(asked.key)

    def _question(self, command: Command, missing: Option, asking: Asking) -> Say:
        question = Unfinished(
            command=command.name,
            options=asking.options,
            wanted=missing.name,
            group=asking.group,
            until=self._clock.now() + QUESTION_STANDS,
        )
        self._talks.asked(asking.person, question)
        return say(f"{command.slug}-{missing.name}.ask").then(line("question-how"))


def _asking(event: Picking | TakingBack, group: GroupId, do: Choice | Undo, *, undoes: str | None = None) -> Asking:
    return Asking(
        key=event.key,
        command=do.command,
        options=do.options,
        person=event.person,
        group=group,
        places=event.groups[group],
        undoes=undoes,
        # A reaction does not say which device it comes from.
        vouched=False,
    )


def _message(asked: Asked, answer: Say) -> Message:
    return Message(
        key=asked.key,
        group=asked.group,
        to=asked.person,
        say=answer,
        not_before=asked.at,
        expires_at=asked.at + ANSWER_LIVES,
        via=asked.via,
    )
