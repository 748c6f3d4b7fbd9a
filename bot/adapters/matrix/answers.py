"""Answers on their way to the person who asked, into their direct chat and nowhere else.

Those that cannot go yet wait in the outbox: until the person comes into the chat, or the server can be reached.
"""

from contextlib import suppress
from dataclasses import dataclass, replace

from bot.adapters.matrix.company import Company
from bot.adapters.matrix.directs import Directs
from bot.adapters.matrix.enclosing import Enclosing
from bot.adapters.matrix.rendering import Rendered, Rendering
from bot.adapters.matrix.speaking import Speaking
from bot.adapters.matrix.threads import Thread, Threads
from bot.adapters.matrix.trust import is_open
from bot.domain.ids import GroupId, PersonId
from bot.domain.outgoing import ANSWER_LIVES, Message
from bot.domain.saying import Look, Say, line
from bot.ports.answering import Recalling
from bot.ports.chat import ChatError
from bot.ports.journal import Journal
from bot.ports.keeping import AlreadyKept, Ledger, Outbox
from bot.ports.timing import Clock

_ANSWER = ":answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """Where answers wait that cannot go yet."""

    outbox: Outbox
    ledger: Ledger
    clock: Clock

    async def put(self, person: PersonId, say: Say, key: str, group: GroupId) -> None:
        """Put an answer out to be sent when it can be; under its key it is put once."""
        now = self.clock.now()
        kept = say.to_be_kept
        message = Message(key=key, group=group, to=person, say=kept, not_before=now, expires_at=now + ANSWER_LIVES)
        with suppress(AlreadyKept):
            async with self.ledger.transaction():
                await self.outbox.put(message)


class Answers:
    """Says things to one person in private."""

    def __init__(  # noqa: PLR0913  The world hands in everything by name.
        self,
        *,
        directs: Directs,
        speaking: Speaking,
        enclosing: Enclosing,
        rendering: Rendering,
        company: Company,
        threads: Threads,
        recalling: Recalling,
        later: Later,
        journal: Journal,
    ) -> None:
        self._directs = directs
        self._speaking = speaking
        self._enclosing = enclosing
        self._rendering = rendering
        self._company = company
        self._threads = threads
        self._recalling = recalling
        self._later = later
        self._journal = journal

    async def tell(self, person: PersonId, say: Say, key: str, group: GroupId) -> str:
        """Say it now and return the event's id; in the thread where the command was, if it was in this chat.

        People are called what they are called in `group`. What is keyed by an event answers it, so that somebody who
        left the chat before is invited again. Raises `ChatError`.
        """
        room_id = await self._directs.with_(person.native, asked=_is_of_event(key))
        thread = self._threads.of(key.removesuffix(_ANSWER), room_id)
        if say.files:
            return await self._hand(room_id, say.ringing(person), key, group, thread)
        rendered = await self._rendered(say.ringing(person), group)
        return await self._speaking.send(room_id, replace(rendered, thread=thread), key, to_all=is_open(say))

    async def _hand(self, room_id: str, say: Say, key: str, group: GroupId, thread: Thread | None) -> str:
        """Say it and then hand its files over, each once for one key; in text where the server takes none."""
        sealed = await self._speaking.is_sealed(room_id)
        try:
            files = [await self._enclosing.put(file, sealed=sealed) for file in say.files]
        except ChatError as error:
            if not error.permanent:
                raise
            rendered = await self._rendered(say.in_text, group)
            return await self._speaking.send(room_id, replace(rendered, thread=thread), key)
        told = say.with_files
        # A picture shows nothing that its message does not say.
        if not all(file.seen for file in say.files):
            told = told.then(line("matrix-files-sealed" if sealed else "matrix-files-open", Look.ITEM))
        rendered = await self._rendered(told, group)
        # Not the key itself: should a file not go, what is said later under that key is said.
        native = await self._speaking.send(room_id, replace(rendered, thread=thread), f"{key}:told")
        for number, file in enumerate(files):
            await self._speaking.send(room_id, replace(file, thread=thread), f"{key}:{number}")
        return native

    async def _rendered(self, say: Say, group: GroupId) -> Rendered:
        return self._rendering.of(
            say,
            lambda named: self._company.name_of(named, group.native),
            private=True,
            locale=await self._rendering.locale_of(group),
        )

    async def answer(self, person: PersonId, say: Say, key: str, group: GroupId) -> None:
        """Answer the event of that key now, or as soon as the person is in the chat and the server can be reached."""
        key += _ANSWER
        try:
            native = await self.tell(person, say, key, group)
        except ChatError as error:
            if error.permanent:
                self._journal.note("answer-not-sent", why=error.kind)
                return
            await self._later.put(person, say, key, group)
            return
        self._recalling.told(person, group, say, native)


def _is_of_event(key: str) -> bool:
    """Whether what is said is keyed by an event, whose ids begin so: spec.matrix.org, appendices, event IDs."""
    return key.partition(":")[2].startswith("$")
