"""Answers on their way to the person who asked, into their direct chat and nowhere else.

Those that cannot go yet wait in memory: until the person comes into the chat, or the server can be reached.
"""

from collections import deque
from dataclasses import dataclass

from bot.adapters.matrix.company import Company
from bot.adapters.matrix.directs import NOT_JOINED, Directs
from bot.adapters.matrix.rendering import Rendering
from bot.adapters.matrix.speaking import Speaking
from bot.domain.ids import PersonId
from bot.domain.saying import Say
from bot.ports.chat import ChatError
from bot.ports.journal import Journal

MOST_WAITING = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    say: Say
    key: str


class Answers:
    """Says things to one person in private."""

    def __init__(
        self, *, directs: Directs, speaking: Speaking, rendering: Rendering, company: Company, journal: Journal
    ) -> None:
        self._directs = directs
        self._speaking = speaking
        self._rendering = rendering
        self._company = company
        self._journal = journal
        self._waiting: dict[PersonId, deque[_Answer]] = {}

    async def tell(self, person: PersonId, say: Say, key: str, *, asked: bool = False) -> None:
        """Say it now. Raises `ChatError`; `asked` is as in `Directs.with_`."""
        room_id = await self._directs.with_(person.native, asked=asked)
        rendered = self._rendering.of(say, lambda named: self._company.name_of(named, room_id), private=True)
        await self._speaking.send(room_id, rendered, key)

    async def answer(self, person: PersonId, say: Say, key: str) -> None:
        """Say it as soon as can be, after what already waits for this person."""
        self._waiting.setdefault(person, deque(maxlen=MOST_WAITING)).append(_Answer(say=say, key=key))
        await self._tell_waiting(person, asked=True)

    async def catch_up(self) -> None:
        """Say what waited for people who have come in since."""
        for person in list(self._waiting):
            if self._directs.joined(person.native) is not None:
                await self._tell_waiting(person, asked=False)

    async def _tell_waiting(self, person: PersonId, *, asked: bool) -> None:
        waiting = self._waiting.get(person, deque())
        try:
            while waiting:
                await self.tell(person, waiting[0].say, waiting[0].key, asked=asked)
                waiting.popleft()
        except ChatError as error:
            if error.kind != NOT_JOINED:
                self._journal.note("answer-not-sent", why=error.kind)
            if not error.permanent:
                return
        self._waiting.pop(person, None)
