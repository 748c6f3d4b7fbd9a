"""The bot's Matrix world on the test's homeserver, with everything around it a fake that outlives it."""

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from bot.adapters.matrix import Account, MatrixWorld
from bot.adapters.matrix.trust import WantsVerified, any_device
from bot.clockwork.clock import MovableClock
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.outgoing import Message
from bot.ports.chat import ChatError
from bot.words.catalogue import Catalogue
from tests import shipped
from tests.fakes.answering import EchoAnswering
from tests.fakes.groups import FakeGroups
from tests.fakes.journal import FakeJournal
from tests.fakes.keeping import FakeBookmarks, FakeInbox, FakeLedger
from tests.fakes.outgoing import FakeOutbox
from tests.synapse.between import Between
from tests.synapse.homeserver import Homeserver, Person

NAME = "mx"
WORDS = """
test-echo = You said: { $text }
test-names = { $one } and { $two } are on.
test-card = The card.
test-choice = I can
"""


@cache
def _words() -> Catalogue:
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder, "en-GB")
        own.mkdir()
        (own / "test.ftl").write_text(WORDS)
        return shipped.words(own.parent)


@dataclass(kw_only=True)
class Bot:
    """What stays when the world is stopped and started again. `nudges` counts the nudges.

    It goes `through` what stands before the server, if anything does.
    """

    homeserver: Homeserver
    person: Person
    folder: Path
    answering: EchoAnswering = field(default_factory=EchoAnswering)
    journal: FakeJournal = field(default_factory=FakeJournal)
    ledger: FakeLedger = field(default_factory=FakeLedger)
    clock: MovableClock = field(default_factory=MovableClock)
    groups: FakeGroups = field(default_factory=FakeGroups)
    nudges: int = 0
    through: Between | None = None
    _came: asyncio.Event = field(default_factory=asyncio.Event)
    outbox: FakeOutbox = field(default_factory=FakeOutbox)
    device_id: str | None = None
    wants_verified: WantsVerified = any_device
    bookmarks: FakeBookmarks = field(init=False)
    inbox: FakeInbox = field(init=False)

    def __post_init__(self) -> None:
        self.bookmarks = FakeBookmarks(self.ledger)
        self.inbox = FakeInbox(self.ledger)

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[MatrixWorld]:
        """Start the world, let it run, and stop it."""
        world = self.world()
        tasks: list[asyncio.Task[None]] = []
        try:
            await world.start()
            tasks = [asyncio.create_task(world.run()), asyncio.create_task(self._pump(world))]
            await asyncio.sleep(0)
            self.nudges = 0  # Since it serves, as it always gives one then.
            yield world
        finally:
            for task in tasks:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task
            await world.stop()

    async def _pump(self, world: MatrixWorld) -> None:
        """Tell what waits in the outbox whenever somebody came in, as the house's pump does."""
        while True:
            await self._came.wait()
            self._came.clear()
            for message in list(self.outbox.waiting.values()):
                assert isinstance(message, Message)
                assert isinstance(message.to, PersonId)
                with contextlib.suppress(ChatError):
                    await world.tell(message.to, message.say, message.key, message.group)
                    del self.outbox.waiting[message.key]

    def world(self) -> MatrixWorld:
        world = MatrixWorld(
            name=NAME,
            account=Account(
                homeserver=self.homeserver.url if self.through is None else self.through.url,
                user_id=self.person.user_id,
                device_id=self.device_id,
                password=self.person.password,
            ),
            store=self.folder / "bot",
            words=_words(),
            answering=self.answering,
            bookmarks=self.bookmarks,
            inbox=self.inbox,
            outbox=self.outbox,
            ledger=self.ledger,
            groups=self.groups,
            journal=self.journal,
            clock=self.clock,
            nudge=self._nudged,
            wants_verified=self.wants_verified,
        )
        self.groups.post = world.post
        return world

    def _nudged(self) -> None:
        self.nudges += 1
        self._came.set()


def person_id(user_id: str) -> PersonId:
    return PersonId.of(NAME, user_id)


def place_id(room_id: str) -> PlaceId:
    return PlaceId.of(NAME, room_id)


def group_id(room_id: str) -> GroupId:
    return GroupId.of(NAME, room_id)
