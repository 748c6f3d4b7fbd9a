"""From what a person asked to the one method that answers it, in one transaction.

The one error boundary of the house stands here: a fault is answered plainly, and its kind is noted, never the words.
"""

import difflib
from collections.abc import Awaitable, Callable, Iterable, Mapping

from bot.domain.commands import Asked, Asking, Command, Option, Reading, Typed
from bot.domain.dialogue import LIST_STANDS, QUESTION_STANDS, Dialogue, Offered, Unfinished
from bot.domain.ids import GroupId, PersonId
from bot.domain.outgoing import ANSWER_LIVES, Message
from bot.domain.pace import Pace, Paces
from bot.domain.saying import Line, Refused, Say, line, say
from bot.domain.typed import command_in, options_in
from bot.ports.feature import Answer, Feature
from bot.ports.journal import Journal
from bot.ports.keeping import AlreadyKept, Ledger, People, Receipts
from bot.ports.queues import Claimed, Prompt
from bot.ports.timing import Clock

STOP_WORDS = frozenset({"stop", "cancel", "never mind", "nevermind"})
OPTION_SKIPPED = frozenset({"skip", "-"})


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
        clock: Clock,
        journal: Journal,
    ) -> None:
        self._answers: dict[str, tuple[Command, Answer]] = {
            command.name: (command, answer) for feature in features for command, answer in feature.answers.items()
        }
        self._ledger = ledger
        self._prompt = prompt
        self._receipts = receipts
        self._people = people
        self._clock = clock
        self._journal = journal
        self._dialogue = Dialogue()
        self._paces = Paces()

    @property
    def commands(self) -> tuple[Command, ...]:
        """Every command there is, in the order the features declare them."""
        return tuple(command for command, _ in self._answers.values())

    def told(self, person: PersonId, group: GroupId, message: Say) -> None:
        """Remember what one person was just given to choose from, so that a number is an answer."""
        if message.choices:
            until = self._clock.now() + LIST_STANDS
            self._dialogue.offer(person, Offered(choices=message.choices, group=group, until=until))

    async def hear(self, typed: Typed) -> Say | None:
        """Answer a typed line, in private; None when the answer is on its way through the outbox, or none is due."""
        return await self._guarded(typed, lambda: self._hear(typed))

    async def ask(self, asking: Asking) -> Say | None:
        """Answer a command that came with its options apart: a form, a button, a slash command."""
        return await self._guarded(asking, lambda: self._answer(asking))

    async def _guarded(self, heard: Typed | Asking, answer: Callable[[], Awaitable[Say | None]]) -> Say | None:
        """Give the answer, but for who asks too fast; a fault becomes a plain sentence here, and nowhere else."""
        if (verdict := self._paces.of(heard.person, self._clock.now())) is not Pace.FINE:
            return say("too-fast") if verdict is Pace.TOO_FAST else None
        try:
            said = await answer()
        except Refused as refused:
            said = refused.say
        except AlreadyKept:
            return None
        except Exception as error:  # noqa: BLE001  The one boundary: whatever it is, the person hears of it plainly.
            self._journal.fault("command-failed", error, world=heard.group.world)
            return say("fault")
        if said is not None:
            self.told(heard.person, heard.group, said)
        return said

    async def _hear(self, typed: Typed) -> Say | None:
        asking = self._dialogue_asking(typed) or await self._command_asking(typed)
        return None if asking is None else await self._answer(asking)

    def _dialogue_asking(self, typed: Typed) -> Asking | None:
        """Return what the line means as an answer, or None when it is not one."""
        if not typed.private:
            return None
        now = self._clock.now()
        if picked := self._dialogue.picked(typed.person, typed.group, typed.text, now):
            return typed.asking(picked.command, picked.options)
        question = self._dialogue.question(typed.person, typed.group, now)
        if question is None or self._is_command(typed.text):
            return None
        if typed.text.strip().casefold() in STOP_WORDS:
            self._dialogue.forget(typed.person)
            raise Refused("question-dropped")
        return typed.asking(question.command, {**question.options, question.wanted: typed.text})

    async def _command_asking(self, typed: Typed) -> Asking | None:
        split = command_in(typed.text, self.commands)
        if split is None:
            self._refuse_unknown(typed)
            return None
        reading = await self._reading(typed.asking(split.command.name, {}))
        return typed.asking(split.command.name, options_in(split.rest, split.command, reading))

    def _is_command(self, text: str) -> bool:
        return command_in(text, self.commands) is not None

    def _refuse_unknown(self, typed: Typed) -> None:
        """Refuse, naming the command that was likely meant; in a room, keep quiet about what is nobody's."""
        first = " ".join(typed.text.casefold().split()[:2])
        names = [command.name for command in self.commands if command.listed]
        near = difflib.get_close_matches(first, names, n=1) or difflib.get_close_matches(
            first.split(" ")[0], names, n=1, cutoff=0.7
        )
        if near:
            raise Refused("not-understood-near", command=near[0])
        if typed.private:
            raise Refused("not-understood")

    async def _answer(self, asking: Asking) -> Say | None:
        command, method = self._answers.get(asking.command, (None, None))
        if command is None or method is None:
            raise Refused("not-understood")
        async with self._ledger.transaction() as transaction:
            asked = await self._understood(command, asking)
            missing = next((option for option in command.options if _is_missing(option, asked)), None)
            if missing is not None:
                return self._question(command, missing, asking)
            self._dialogue.forget(asking.person)
            answer = await self._given(method, asked)
            if not transaction.kept:
                return answer
            claimed = await self._prompt.put(_message(asked, answer))
        self._journal.note("answered", command=command.name, world=asking.group.world)
        await self._send(claimed)
        return None

    async def _send(self, claimed: Claimed) -> None:
        """Send the answer to what is kept; a fault in it is not said as one, since a round will send it."""
        try:
            await self._prompt.send(claimed)
        except Exception as error:  # noqa: BLE001  Still the one boundary: "nothing was changed" would be untrue here.
            self._journal.fault("answer-not-sent", error, world=claimed.sending.group.world)

    async def _given(self, method: Answer, asked: Asked) -> Say:
        """Let the cog answer. Done before, a thing is refused the second time: then the first answer stands."""
        try:
            return await method(asked)
        except Refused:
            if await self._receipts.holds(asked.key):
                raise AlreadyKept(asked.key) from None
            raise

    def _question(self, command: Command, missing: Option, asking: Asking) -> Say:
        question = Unfinished(
            command=command.name,
            options=asking.options,
            wanted=missing.name,
            group=asking.group,
            until=self._clock.now() + QUESTION_STANDS,
        )
        self._dialogue.ask(asking.person, question)
        return say(f"{command.slug}-{missing.name}.ask").then(line("question-how"))

    async def _understood(self, command: Command, asking: Asking) -> Asked:
        reading = await self._reading(asking)
        unknown = set(asking.options) - {option.name for option in command.options}
        if unknown:
            raise Refused("option-unknown", command=command.name)
        values = {option.name: _value(command, option, asking.options, reading) for option in command.options}
        return Asked(
            key=asking.key,
            command=command.name,
            options={name: value for name, value in values.items() if value is not None},
            person=asking.person,
            group=asking.group,
            place=next(iter(asking.places.values())),
            at=reading.now,
            locale=asking.locale,
        )

    async def _reading(self, asking: Asking) -> Reading:
        command, _ = self._answers[asking.command]
        zone = "UTC"
        if any(option.kind.zoned for option in command.options):
            async with self._ledger.transaction():
                zone = (await self._people.ways(asking.group, asking.person)).zone
        return Reading(now=self._clock.now(), zone=zone, places=asking.places)


def _is_missing(option: Option, asked: Asked) -> bool:
    return option.required and option.name not in asked.options


def _value(command: Command, option: Option, options: Mapping[str, str], reading: Reading) -> object:
    text = options.get(option.name, "")
    if not text.strip() or text.strip().casefold() in OPTION_SKIPPED:
        return None
    try:
        return option.kind.read(text, reading)
    except Refused as refused:
        label = Line(id=f"{command.slug}-{option.name}")
        raise Refused("option-unclear", option=label, why=refused.say.lines[0]) from refused


def _message(asked: Asked, answer: Say) -> Message:
    return Message(
        key=asked.key,
        group=asked.group,
        to=asked.person,
        say=answer,
        not_before=asked.at,
        expires_at=asked.at + ANSWER_LIVES,
    )
