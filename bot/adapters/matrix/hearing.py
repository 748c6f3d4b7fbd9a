"""What people wrote or sent, and which of it is for the bot: in a group's room lines that start with `!`, else all.

Anything else is let go of here, unread. Nothing that is heard is logged or kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from nio import Event, RoomMessageText

from bot.adapters.matrix.answers import Answers
from bot.adapters.matrix.company import Company
from bot.adapters.matrix.directs import Directs
from bot.adapters.matrix.feeding import Happening
from bot.adapters.matrix.forward import Sealed
from bot.adapters.matrix.reacting import Reacting, Reaction, reaction_in
from bot.adapters.matrix.receiving import Receiving, Sent, sent_in
from bot.adapters.matrix.threads import Thread, Threads, root_in
from bot.adapters.matrix.trust import NOT_VERIFIED, Trust
from bot.adapters.matrix.writing import Writing
from bot.domain.commands import Typed
from bot.domain.ids import GroupId, PersonId
from bot.domain.pace import Pace, Paces
from bot.domain.saying import Refused, Say, say
from bot.ports.answering import Answering
from bot.ports.timing import Clock

CALL = "!"
MOST_REFUSED_A_MINUTE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A line meant for the bot. `vouched` says that it came from a device that the sender vouches for.

    `thread` is the first message of the thread it was typed in, or None. `file` is one that was sent in place of words.
    """

    room_id: str
    event_id: str
    sender: str
    device: str
    vouched: bool
    text: str
    private: bool
    thread: str | None = None
    sealed: Sealed | None = None
    file: Sent | None = None


Meant: TypeAlias = Heard | Reaction


class Hearing:
    """Puts what was heard to the switchboard and sends the answer to the one who asked."""

    def __init__(  # noqa: PLR0913  The world hands in everything by name.
        self,
        *,
        world: str,
        company: Company,
        directs: Directs,
        answers: Answers,
        trust: Trust,
        reacting: Reacting,
        threads: Threads,
        writing: Writing,
        receiving: Receiving,
        answering: Answering,
        clock: Clock,
    ) -> None:
        self._world = world
        self._company = company
        self._directs = directs
        self._answers = answers
        self._trust = trust
        self._reacting = reacting
        self._threads = threads
        self._writing = writing
        self._receiving = receiving
        self._answering = answering
        self._clock = clock
        self._last_group: dict[str, GroupId] = {}
        self._told: set[tuple[str, str]] = set()
        self._refused = Paces(most=MOST_REFUSED_A_MINUTE)

    def heard(self, happening: Happening, me: str) -> Meant | None:
        """Return the line, or the reaction; None when it is not meant for the bot."""
        room_id, event = happening.room_id, happening.event
        if reaction := reaction_in(happening):
            return reaction if self._directs.is_direct(room_id) and event.sender != me else None
        if event.sender == me or _is_edit(_content(event)):
            return None
        private, file = self._directs.is_direct(room_id), sent_in(event)
        if not isinstance(event, RoomMessageText) and (file is None or not private):
            return None
        text = _without_quote(event.body, _content(event)).strip() if isinstance(event, RoomMessageText) else ""
        called = text.startswith(CALL)
        if not private and not (called and self._company.is_group(room_id)):
            return None
        words = text.removeprefix(CALL).strip() if called else text
        return Heard(
            room_id=room_id,
            event_id=event.event_id,
            sender=event.sender,
            device=str(event.sender_key),
            vouched=self._trust.is_vouched(room_id, event),
            text=words,
            private=private,
            thread=root_in(_content(event)),
            sealed=happening.sealed,
            file=file,
        )

    async def hear(self, heard: Meant) -> None:
        """Answer one line or one reaction, in private."""
        await self._company.look_for(heard.sender)
        chat = heard.room_id if self._directs.is_direct(heard.room_id) else self._directs.joined(heard.sender)
        async with self._writing.shown(chat):
            await (self._hear(heard) if isinstance(heard, Heard) else self._reacting.take(heard))

    async def _hear(self, heard: Heard) -> None:
        person, key = PersonId.of(self._world, heard.sender), f"{self._world}:{heard.event_id}"
        if heard.private:
            self._directs.prefer(heard.sender, heard.room_id)
        if heard.thread is not None:
            thread = Thread(room_id=heard.room_id, root=heard.thread, event_id=heard.event_id)
            self._threads.note(key, thread)
        try:
            group = await self._group(person, heard)
        except Refused as refused:
            if self._refused.of(person, self._clock.now()) is Pace.FINE:
                await self._answers.answer(person, refused.say, key, GroupId.of(self._world, heard.room_id))
            return
        if not await self._may_ask(person, group, heard):
            return
        if (answer := await self._answer(person, heard, group)) is not None:
            await self._answers.answer(person, answer, key, group)

    async def _answer(self, person: PersonId, heard: Heard, group: GroupId) -> Say | None:
        """Return the answer to a line, or to a file where one was asked for."""
        typed = self._typed(person, heard, group)
        if heard.file is None:
            return await self._answering.hear(typed)
        if not self._answering.wants_file(person, group):
            return say("matrix-file-unasked") if self._refused.of(person, self._clock.now()) is Pace.FINE else None
        try:
            words = await self._receiving.words(heard.file)
        except Refused as refused:
            return refused.say
        return await self._answering.hear(replace(typed, text=words, is_file=True))

    def _typed(self, person: PersonId, heard: Heard, group: GroupId) -> Typed:
        return Typed(
            key=f"{self._world}:{heard.event_id}",
            text=heard.text,
            private=heard.private,
            person=person,
            group=group,
            places=self._company.places_of(group, None if heard.private else heard.room_id),
            vouched=heard.vouched,
        )

    async def _may_ask(self, person: PersonId, group: GroupId, heard: Heard) -> bool:
        """Whether the device will do for this group; where it will not do for each of theirs, the person is told."""
        if heard.vouched:
            return True
        groups = self._company.groups_of(heard.sender)
        strict = await self._trust.strict_among({group, *groups})
        if strict and (heard.sender, heard.device) not in self._told:
            self._told.add((heard.sender, heard.device))
            key = f"{self._world}:{person.mark}:{heard.device}:not-verified"
            await self._answers.answer(person, NOT_VERIFIED, key, group)
        # What needs no group is about all of them.
        about_all = group not in groups or self._answering.needs_no_group(heard.text, self._world)
        return group not in strict and not (about_all and strict)

    async def _group(self, person: PersonId, heard: Heard) -> GroupId:
        """Return the group a line belongs to.

        In a direct chat it is that of the list or question it answers, or else the one where the person last typed.
        What needs no group is about the chat itself where there is none.
        """
        if not heard.private:
            self._last_group[heard.sender] = self._company.group_of(heard.room_id)
            return self._last_group[heard.sender]
        groups, nowhere = self._company.groups_of(heard.sender), GroupId.of(self._world, heard.room_id)
        if len(groups) == 1:
            return groups[0]
        answered = await self._answering.group_of(person, heard.text)
        last = answered if answered in {*groups, nowhere} else self._last_group.get(heard.sender)
        if last is not None and last in {*groups, nowhere}:
            return last
        if self._answering.needs_no_group(heard.text, self._world):
            return nowhere
        raise Refused("matrix-which-group" if groups else "matrix-no-group")


def _content(event: Event) -> Mapping[str, Any]:
    content = event.source.get("content", {})
    return content if isinstance(content, dict) else {}


def _is_edit(content: Mapping[str, Any]) -> bool:
    relation = content.get("m.relates_to")
    return isinstance(relation, dict) and relation.get("rel_type") == "m.replace"


def _without_quote(body: str, content: Mapping[str, Any]) -> str:
    """Return what was written in a reply; some apps put the message that is replied to before it."""
    relation = content.get("m.relates_to")
    if not isinstance(relation, dict) or "m.in_reply_to" not in relation or not body.startswith("> "):
        return body
    lines = body.split("\n")
    own = next((index for index, each in enumerate(lines) if not each.startswith("> ")), len(lines))
    return "\n".join(lines[own:])
