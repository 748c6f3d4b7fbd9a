"""Answers on their way to the person who asked, into their direct chat and nowhere else.

Those that cannot go yet wait in the outbox: until the person comes into the chat, or the server can be reached.
"""

from contextlib import suppress
from dataclasses import dataclass

from bot.adapters.matrix.company import Company
from bot.adapters.matrix.directs import Directs
from bot.adapters.matrix.rendering import Rendering
from bot.adapters.matrix.speaking import Speaking
from bot.adapters.matrix.trust import is_open
from bot.domain.ids import GroupId, PersonId
from bot.domain.outgoing import ANSWER_LIVES, Message
from bot.domain.saying import Say
from bot.ports.chat import ChatError
from bot.ports.journal import Journal
from bot.ports.keeping import AlreadyKept, Ledger, Outbox
from bot.ports.timing import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """Where answers wait that cannot go yet."""

    outbox: Outbox
    ledger: Ledger
    clock: Clock

    async def put(self, person: PersonId, say: Say, key: str, group: GroupId) -> None:
        """Put an answer out to be sent when it can be; under its key it is put once."""
        now = self.clock.now()
        message = Message(key=key, group=group, to=person, say=say, not_before=now, expires_at=now + ANSWER_LIVES)
        with suppress(AlreadyKept):
            async with self.ledger.transaction():
                await self.outbox.put(message)


class Answers:
    """Says things to one person in private."""

    def __init__(
        self,
        *,
        directs: Directs,
        speaking: Speaking,
        rendering: Rendering,
        company: Company,
        later: Later,
        journal: Journal,
    ) -> None:
        self._directs = directs
        self._speaking = speaking
        self._rendering = rendering
        self._company = company
        self._later = later
        self._journal = journal

    async def tell(self, person: PersonId, say: Say, key: str, *, asked: bool = False) -> None:
        """Say it now. Raises `ChatError`; `asked` is as in `Directs.with_`."""
        room_id = await self._directs.with_(person.native, asked=asked)
        rendered = self._rendering.of(say, lambda named: self._company.name_of(named, room_id), private=True)
        await self._speaking.send(room_id, rendered, key, to_all=is_open(say))

    async def answer(self, person: PersonId, say: Say, key: str, group: GroupId) -> None:
        """Say it now, or as soon as the person has come into the chat and the server can be reached."""
        try:
            await self.tell(person, say, key, asked=True)
        except ChatError as error:
            if error.permanent:
                self._journal.note("answer-not-sent", why=error.kind)
                return
            await self._later.put(person, say, key, group)
