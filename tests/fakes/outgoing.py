"""What is to be said, in a list; and when to wake, in a dict."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from whenever import Instant

from bot.domain.ids import GroupId
from bot.domain.outgoing import Departure, Due, Meeting, Message, Sending, Tidying
from bot.domain.saying import Say
from bot.ports.keeping import AlreadyKept, Diary, Outbox


@dataclass
class FakeOutbox(Outbox):
    """Holds what was put; `sent` are the keys that are on their way and cannot be withdrawn."""

    waiting: dict[str, Sending] = field(default_factory=dict)
    sent: set[str] = field(default_factory=set)

    async def put(self, sending: Sending) -> None:
        if sending.key in self.waiting or sending.key in self.sent:
            raise AlreadyKept(sending.key)
        self.waiting[sending.key] = sending

    async def put_new(self, sendings: Sequence[Sending]) -> None:
        for sending in sendings:
            with suppress(AlreadyKept):
                await self.put(sending)

    async def withdraw(self, key: str) -> None:
        self.waiting.pop(key, None)

    async def reword(self, key: str, group: GroupId, said: Say, now: Instant) -> bool:
        found = self.waiting.get(key)
        if not isinstance(found, Message) or found.group != group or found.not_before <= now:
            return False
        self.waiting[key] = replace(found, say=said, not_before=now)
        return True

    def depart(self, now: Instant) -> list[Departure]:
        """Take out every departure that is not for later."""
        going = [each for each in self.waiting.values() if isinstance(each, Departure) and each.not_before <= now]
        for each in going:
            self.sent.add(each.key)
            del self.waiting[each.key]
        return going

    def tidy(self, now: Instant) -> list[Tidying]:
        """Take out every tidying, and return what is not too late."""
        tidyings = [each for each in self.waiting.values() if isinstance(each, Tidying)]
        for each in tidyings:
            self.sent.add(each.key)
            del self.waiting[each.key]
        return [each for each in tidyings if each.not_before <= now < each.expires_at]

    def send(self, now: Instant) -> list[Message | Meeting]:
        """Take out everything to be said that is not for later, and return what is not too late."""
        sendings = [
            sending
            for sending in self.waiting.values()
            if not isinstance(sending, Departure | Tidying) and sending.not_before <= now
        ]
        for sending in sendings:
            self.sent.add(sending.key)
            del self.waiting[sending.key]
        return [sending for sending in sendings if now < sending.expires_at]


@dataclass
class FakeDiary(Diary):
    """Holds one moment for each key."""

    dues: dict[str, Due] = field(default_factory=dict)

    async def mark(self, due: Due) -> None:
        self.dues[due.key] = due

    async def strike(self, key: str) -> None:
        self.dues.pop(key, None)

    async def kept(self, key: str) -> Due | None:
        return self.dues.get(key)

    def take(self, now: Instant) -> Due | None:
        """Take out the longest due moment, or return None."""
        due = min(self.dues.values(), key=lambda due: due.at, default=None)
        return self.dues.pop(due.key) if due and due.at <= now else None
