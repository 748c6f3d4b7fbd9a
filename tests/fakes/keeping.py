"""What a world keeps, in a dict that outlives the world."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from whenever import Instant

from bot.ports.inbox import Received


@dataclass
class FakeTransaction:
    """Implements `ports.keeping.Transaction`."""

    kept: bool = False
    begun: bool = False


@dataclass
class FakeLedger:
    """Implements `ports.keeping.Ledger`. `is_open` tells the bookmarks that a transaction is open."""

    is_open: bool = False

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[FakeTransaction]:
        self.is_open = True
        try:
            yield FakeTransaction()
        finally:
            self.is_open = False


@dataclass
class FakeBookmarks:
    """Implements `ports.keeping.Bookmarks`, inside a transaction only."""

    ledger: FakeLedger
    marks: dict[tuple[str, str], str] = field(default_factory=dict)

    async def read(self, world: str, name: str) -> str | None:
        assert self.ledger.is_open
        return self.marks.get((world, name))

    async def keep(self, world: str, name: str, mark: str) -> None:
        assert self.ledger.is_open
        self.marks[world, name] = mark


@dataclass
class FakeInbox:
    """Implements `ports.inbox.Inbox`, inside a transaction only. `kept` is all that ever was in it."""

    ledger: FakeLedger
    rows: dict[tuple[str, str], Received] = field(default_factory=dict)
    kept: list[Received] = field(default_factory=list)

    async def keep(self, world: str, received: Sequence[Received], _now: Instant) -> None:
        assert self.ledger.is_open
        self.rows = {(world, one.event): one for one in received} | self.rows
        self.kept += received

    async def waiting(self, world: str) -> Sequence[Received]:
        assert self.ledger.is_open
        return [one for (name, _), one in self.rows.items() if name == world]

    async def done(self, world: str, events: Sequence[str]) -> None:
        assert self.ledger.is_open
        self.rows = {key: one for key, one in self.rows.items() if key not in {(world, event) for event in events}}
