"""What a world keeps, in a dict that outlives the world."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass
class FakeTransaction:
    """Implements `ports.keeping.Transaction`."""

    kept: bool = False


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
