"""The whole house as a bot on the test's homeserver: what it keeps outlives it, so it can be stopped and started."""

import asyncio
import contextlib
import json
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import delete

from bot.adapters.matrix import Account, MatrixWorld
from bot.clockwork.clock import MovableClock
from bot.domain.commands import Trait
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.people import Ways
from bot.domain.rota.sheet import Sheet
from bot.house import House
from bot.plan import Plan
from bot.ports.groups import Groups
from bot.store.belongings import BelongingsStore
from bot.store.database import Database
from bot.store.rota import RotaStore
from bot.store.tables.house import bookmarks
from tests import shipped
from tests.fakes.journal import FakeJournal
from tests.fakes.tombstones import NoTombstones
from tests.synapse.homeserver import Homeserver, Person
from tests.synapse.peer import Peer
from tests.tables import with_tables

NAME = "mx"
PATIENCE_SECONDS = 20


def group(room_id: str) -> GroupId:
    return GroupId.of(NAME, room_id)


def place(room_id: str) -> PlaceId:
    return PlaceId.of(NAME, room_id)


def person(peer: Peer) -> PersonId:
    return PersonId.of(NAME, peer.user_id)


@dataclass(kw_only=True)
class Host:
    """Runs a house for one account. `groups` puts something between the world and what the house keeps of groups.

    `words` are folders of words beside the shipped ones.
    """

    homeserver: Homeserver
    account: Person
    folder: Path
    journal: FakeJournal = field(default_factory=FakeJournal)
    clock: MovableClock = field(default_factory=MovableClock)
    groups: Callable[[Groups], Groups] = lambda groups: groups
    words: tuple[Path, ...] = ()
    serving: asyncio.Task[None] | None = None

    @property
    def user_id(self) -> str:
        return self.account.user_id

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[House]:
        """Start everything, serve, and stop it again."""
        house = await House.ready(self._plan())
        serving = None
        try:
            world = house.worlds[NAME] = self._world(house)
            await world.start()
            serving = self.serving = asyncio.create_task(house.serve())
            yield house
        finally:
            if serving is not None:
                serving.cancel()
                await asyncio.wait([serving])
            await house.close()

    async def loses_its_place(self) -> None:
        """Let the bot be as one that has no mark of how far it read."""
        house = await House.ready(self._plan())
        async with house.database.transaction():
            await house.database.execute(delete(bookmarks))
        await house.close()

    def keys_kept(self, room_id: str) -> int:
        """Return how many keys to a room the bot has on disk."""
        with contextlib.closing(sqlite3.connect(self.folder / "bot" / "keys.db")) as database:
            found = database.execute("SELECT count(*) FROM megolminboundsessions WHERE room_id = ?", (room_id,))
            return int(found.fetchone()[0])

    async def direct_chats(self) -> dict[str, list[str]]:
        """Return what the server keeps as the bot's direct chats, by person."""
        token = json.loads((self.folder / "bot" / "session.json").read_text())["access_token"]
        path = f"/_matrix/client/v3/user/{quote(self.user_id)}/account_data/m.direct"
        return dict(await asyncio.to_thread(self.homeserver.ask, "GET", path, None, token))

    def files_with(self, text: str) -> list[str]:
        """Return the names of all files of the bot's device in which the text stands."""
        files = sorted(each for each in (self.folder / "bot").rglob("*") if each.is_file())
        return [file.name for file in files if text.encode() in file.read_bytes()]

    def _plan(self) -> Plan:
        return Plan(
            database=with_tables(self.folder / "alongside.db"),
            words=shipped.words(*self.words),
            pack=shipped.pack(),
            ways={NAME: Ways()},
            readers={},
            traits={NAME: frozenset({Trait.DEVICES})},
            clock=self.clock,
            journal=self.journal,
        )

    def _world(self, house: House) -> MatrixWorld:
        return MatrixWorld(
            name=NAME,
            account=Account(
                homeserver=self.homeserver.url, user_id=self.account.user_id, password=self.account.password
            ),
            store=self.folder / "bot",
            words=house.words,
            answering=house.switchboard,
            bookmarks=house.bookmarks,
            inbox=house.inbox,
            outbox=house.outbox,
            ledger=house.database,
            groups=self.groups(house.groups),
            journal=self.journal,
            clock=self.clock,
            nudge=house.nudge,
            locale_of=house.locale_of,
        )


async def known(database: Database) -> dict[str, frozenset[PlaceId]]:
    """Return every group that anything is kept of, by its room, with the places named in it."""
    async with database.transaction():
        found = await BelongingsStore(database, NoTombstones()).known(NAME)
    return {one.native: places for one, places in found.items()}


async def sheets(database: Database, room_id: str) -> list[Sheet]:
    async with database.transaction():
        return list(await RotaStore(database).sheets(group(room_id)))


async def until(holds: Callable[[], Awaitable[bool]], *peers: Peer) -> None:
    """Let people sync until it holds. Raises `TimeoutError`."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not await holds():
            await asyncio.gather(*(peer.sync(0.1) for peer in peers), asyncio.sleep(0.02))
