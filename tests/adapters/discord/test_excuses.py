"""Excuses that are asked for at one time are kept in one transaction; whoever asked hears what became of it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest

from bot.adapters.discord.excuses import Excuses
from bot.domain.ids import GroupId, PersonId
from tests.fakes.keeping import FakeLedger, FakeTransaction
from tests.fakes.outgoing import FakeOutbox
from tests.fakes.timing import FakeClock

GROUP, ASH = GroupId.of("discord", "1"), PersonId.of("discord", "2")


@dataclass
class CountingLedger(FakeLedger):
    """Counts transactions, each of which takes a while; fails in those told beforehand."""

    opened: int = 0
    fails: set[int] = field(default_factory=set)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[FakeTransaction]:
        self.opened += 1
        number = self.opened
        async with super().transaction() as opened:
            await asyncio.sleep(0.01)
            if number in self.fails:
                raise OSError
            yield opened


async def test_many_at_one_time_take_two_transactions_and_all_are_there() -> None:
    ledger, outbox = CountingLedger(), FakeOutbox()
    excuses = Excuses(outbox, ledger, FakeClock())
    await asyncio.gather(*(excuses.keep(f"key{number}", ASH, GROUP, "token") for number in range(50)))
    kept = set(outbox.waiting)
    await asyncio.gather(*(excuses.take_back(f"key{number}") for number in range(49)))

    assert len(kept) == 50
    assert ledger.opened <= 4
    assert list(outbox.waiting) == ["key49:excuse"]


async def test_each_of_those_whose_transaction_failed_hears_of_it_and_nobody_else() -> None:
    ledger, outbox = CountingLedger(fails={1}), FakeOutbox()
    excuses = Excuses(outbox, ledger, FakeClock())
    asked = [asyncio.create_task(excuses.keep(key, ASH, GROUP, "token")) for key in ("a", "b")]
    await asyncio.wait(asked)
    await excuses.keep("c", ASH, GROUP, "token")

    for each in asked:
        with pytest.raises(OSError):  # noqa: PT011  It says nothing.
            await each
    assert list(outbox.waiting) == ["c:excuse"]
