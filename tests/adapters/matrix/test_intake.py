"""What was heard is kept before it is dealt with, and what cannot be dealt with is not lost."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.adapters.matrix.hearing import Heard, Meant
from bot.adapters.matrix.intake import Intake, Shelves
from bot.adapters.matrix.ratchets import Ratchets
from bot.adapters.matrix.session import Account, new_client
from bot.ports.chat import ChatError
from tests.fakes.journal import FakeJournal
from tests.fakes.keeping import FakeBookmarks, FakeInbox, FakeLedger
from tests.fakes.recalling import FakeRecalling
from tests.fakes.timing import FakeClock

WORLD = "mx"


class FullDiskError(Exception):
    """What a database raises, which no chat does."""


def line(number: int, sender: str = "@ann:hs.test") -> Heard:
    return Heard(
        room_id="!room",
        event_id=f"${number}",
        sender=sender,
        text="help",
        private=True,
        device="DEVICE",
        vouched=False,
    )


class Desk:
    """An intake with everything around it in memory."""

    def __init__(self, folder: Path, hear: Callable[[Meant], Awaitable[None]]) -> None:
        ledger = FakeLedger()
        self.inbox, self.bookmarks = FakeInbox(ledger), FakeBookmarks(ledger)
        account = Account(homeserver="http://127.0.0.1:1", user_id="@bot:hs.test")
        self.intake = Intake(
            shelves=Shelves(
                world=WORLD, inbox=self.inbox, bookmarks=self.bookmarks, recalling=FakeRecalling(), ledger=ledger
            ),
            hear=hear,
            ratchets=Ratchets(new_client(account, folder, "secret")),
            journal=FakeJournal(),
            clock=FakeClock(),
        )

    @property
    def waiting(self) -> list[str]:
        return [event for _, event in self.inbox.rows]


async def test_a_line_is_in_the_inbox_with_the_place_while_it_is_dealt_with_and_gone_after(tmp_path: Path) -> None:
    seen: list[tuple[list[str], str | None]] = []

    async def hear(_line: Meant) -> None:
        seen.append((desk.waiting, desk.bookmarks.marks.get((WORLD, "sync"))))

    desk = Desk(tmp_path, hear)
    desk.intake.begin()
    await desk.intake.take([line(1)], [], "s1", matters=True)
    await desk.intake.rest()

    assert seen == [(["$1"], "s1")]
    assert desk.waiting == []


async def test_nothing_is_dealt_with_before_the_world_is_there_and_then_all_of_it_in_order(tmp_path: Path) -> None:
    heard: list[str] = []

    async def hear(line: Meant) -> None:
        heard.append(line.event_id)

    desk = Desk(tmp_path, hear)
    await desk.intake.take([line(1), line(2)], [], "s1", matters=True)
    await desk.intake.rest()
    before = list(heard), sorted(desk.waiting)
    desk.intake.begin()
    await desk.intake.take([line(3)], [], "s2", matters=True)
    await desk.intake.rest()

    assert before == ([], ["$1", "$2"])
    assert heard == ["$1", "$2", "$3"]
    assert desk.waiting == []


async def test_one_persons_lines_are_dealt_with_in_order_and_nobody_waits_for_another(tmp_path: Path) -> None:
    order: list[str] = []
    slow = asyncio.Event()

    async def hear(line: Meant) -> None:
        if line.event_id == "$1":
            await slow.wait()
        order.append(line.event_id)
        if line.event_id == "$3":
            slow.set()

    desk = Desk(tmp_path, hear)
    desk.intake.begin()
    await desk.intake.take([line(1), line(2), line(3, "@bob:hs.test")], [], "s1", matters=True)
    await desk.intake.rest()

    assert order == ["$3", "$1", "$2"]


async def test_a_fault_of_the_chat_is_one_lines_alone(tmp_path: Path) -> None:
    heard: list[str] = []

    async def hear(line: Meant) -> None:
        heard.append(line.event_id)
        raise ChatError("garbled", permanent=True)

    desk = Desk(tmp_path, hear)
    desk.intake.begin()
    await desk.intake.take([line(1), line(2)], [], "s1", matters=True)
    await desk.intake.rest()
    await desk.intake.take([line(3)], [], "s2", matters=True)
    await desk.intake.rest()

    assert heard == ["$1", "$2", "$3"]
    assert desk.waiting == []


async def test_after_another_fault_the_line_stays_in_the_inbox_and_nothing_more_is_taken_in(tmp_path: Path) -> None:
    async def hear(_line: Meant) -> None:
        raise FullDiskError

    desk = Desk(tmp_path, hear)
    desk.intake.begin()
    await desk.intake.take([line(1)], [], "s1", matters=True)
    await desk.intake.rest()
    with pytest.raises(FullDiskError):
        await desk.intake.take([line(2)], [], "s2", matters=True)

    assert desk.waiting == ["$1"]
    assert desk.bookmarks.marks[WORLD, "sync"] == "s1"
