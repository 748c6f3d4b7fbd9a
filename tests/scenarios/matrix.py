"""The stage on a real Synapse: three people with encrypted clients of their own, and the whole house as the bot."""

import asyncio
import contextlib
import re
from collections.abc import AsyncGenerator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from whenever import Instant, Time, TimeDelta

from bot.adapters.matrix import Account, MatrixWorld
from bot.clockwork.clock import MovableClock
from bot.domain.commands import Trait
from bot.domain.ids import GroupId, PersonId
from bot.domain.people import Ways
from bot.house import House
from bot.plan import Plan
from tests import shipped
from tests.fakes.journal import FakeJournal
from tests.scenarios.memory import rows_in
from tests.scenarios.stage import PEOPLE
from tests.synapse.homeserver import Homeserver, Person
from tests.synapse.peer import Heard, Peer
from tests.tables import with_tables

NAME = "matrix"
PATIENCE_SECONDS = 30.0
# As many as one answer hands over.
_FILES = 2


class Way(StrEnum):
    """How people answer a list."""

    NUMBER = "number"
    WORD = "word"
    REACTION = "reaction"


class MatrixStage:
    """Implements `Stage`. The house can be ended and begun again in between."""

    house: House

    def __init__(
        self, *, bot: Person, homeserver: Homeserver, folder: Path, peers: Mapping[str, Peer], way: Way
    ) -> None:
        self._homeserver = homeserver
        self._account = bot
        self._folder = folder
        self._bot = bot.user_id
        self._peers = peers
        self._way = way
        self._clock = MovableClock()
        self._clock.move(_until_noon(self._clock.now()))
        self._serving: asyncio.Task[None] | None = None
        self._room = ""
        self._directs: dict[str, str] = {}

    async def begin(self) -> None:
        """Start the house and its world, as new or again."""
        self.house = await House.ready(_plan(self._folder, self._clock))
        world = self.house.worlds[NAME] = self._world()
        await world.start()
        self._serving = asyncio.create_task(self.house.serve())

    @property
    def group(self) -> GroupId:
        """Return the group's id."""
        return GroupId.of(NAME, self._room)

    def person(self, who: str) -> PersonId:
        """Return somebody's id."""
        return PersonId.of(NAME, self._peers[who].user_id)

    async def end(self) -> None:
        """Stop the house."""
        if self._serving is not None:
            self._serving.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._serving
        await self.house.close()

    def _world(self) -> MatrixWorld:
        return MatrixWorld(
            name=NAME,
            account=Account(
                homeserver=self._homeserver.url, user_id=self._account.user_id, password=self._account.password
            ),
            store=self._folder / "keys",
            words=self.house.words,
            answering=self.house.switchboard,
            bookmarks=self.house.bookmarks,
            inbox=self.house.inbox,
            outbox=self.house.outbox,
            ledger=self.house.database,
            groups=self.house.groups,
            wants_verified=self.house.group_ways.verified_only,
            journal=self.house.plan.journal,
            clock=self._clock,
            nudge=self.house.nudge,
        )

    async def gather(self, *, encrypted: bool) -> None:
        """Let everybody come into the group's room, and each start a direct chat with the bot."""
        first, *others = self._peers.values()
        ids = [peer.user_id for peer in others]
        self._room = await first.make_group(self._bot, *ids, encrypted=encrypted)
        await asyncio.gather(
            *(peer.wait_for_people(self._room, self._bot, first.user_id, *ids) for peer in self._peers.values())
        )
        for name, peer in self._peers.items():
            self._directs[name] = await peer.make_direct(self._bot, encrypted=encrypted)
            await peer.wait_for_people(self._directs[name], self._bot)

    async def types(self, who: str, text: str) -> None:
        await self._peers[who].say(self._directs[who], text)

    async def sends(self, who: str, name: str, content: bytes) -> None:
        await self._peers[who].send_file(self._directs[who], name, content, encrypted=True)

    async def says(self, who: str, text: str) -> None:
        await self._peers[who].say(self._room, text)

    async def picks(self, who: str, label: str) -> None:
        listed = re.compile(rf"^(\d+)\. {re.escape(label)}$", re.MULTILINE)
        lists = [(found[1], heard) for heard in self._private(who) if (found := listed.search(heard.body))]
        assert lists, f"{who} was not offered {label!r}"
        number, heard = lists[-1]
        match self._way:
            case Way.NUMBER:
                await self.types(who, number)
            case Way.WORD:
                await self.types(who, label)
            case Way.REACTION:
                await self._peers[who].react(heard.room_id, heard.event_id, f"{number}\ufe0f\u20e3")

    async def reacts(self, who: str, words: str, key: str, *, of: str | None = None) -> tuple[str, str]:
        """React to the last message that holds those words and was told to the person, or to another; return where."""
        told = [heard for heard in self._private(of or who) if words in heard.body][-1]
        return told.room_id, await self._peers[who].react(told.room_id, told.event_id, key)

    async def lets_in(self, who: str, other: str) -> None:
        """Let a person bring another into their chat with the bot."""
        room, guest = self._directs[who], self._peers[other]
        await self._peers[who].client.room_invite(room, guest.user_id)
        await guest.wait_for_people(room, guest.user_id)

    async def takes_back(self, who: str, reaction: tuple[str, str]) -> None:
        """Take a reaction back."""
        await self._peers[who].take_back(*reaction)

    async def reads(self, who: str, words: str) -> str:
        return await self._newest(self._peers[who], self._directs[who], words)

    async def no_longer_reads(self, who: str, words: str) -> None:
        def is_gone() -> bool:
            return not [heard for heard in self._private(who) if words in heard.body]

        await self._peers[who].wait_until(is_gone, PATIENCE_SECONDS)

    async def files(self, who: str) -> Mapping[str, bytes]:
        peer, room = self._peers[who], self._directs[who]
        await peer.wait_until(lambda: len(peer.files) == _FILES, PATIENCE_SECONDS)
        return {file.name: await peer.opened(file) for file in peer.files if file.room_id == room}

    async def sees(self, words: str) -> str:
        someone = next(peer for peer in self._peers.values() if self._room in peer.rooms)
        return await self._newest(someone, self._room, words)

    async def meets(self, *people: str) -> str:
        peers = [self._peers[who] for who in people]
        await asyncio.gather(*(self._came_in(peer) for peer in peers))
        rooms = {self._meeting(peer) for peer in peers}
        assert len(rooms) == 1
        cards = [await self._newest(peer, rooms.copy().pop(), "What was agreed") for peer in peers]
        await asyncio.gather(*(self._left_alone(peer) for peer in peers))
        assert len(set(cards)) == 1
        return cards[0]

    async def talks(self, who: str, to: str, text: str) -> None:
        room = self._meeting(self._peers[who])
        await self._peers[who].say(room, text)
        heard = await self._peers[to].wait_for(lambda heard: heard.body == text, room_id=room)
        assert heard.encrypted

    async def leaves(self, who: str) -> None:
        group, left = self.group, self.person(who)
        await self._peers[who].leave(self._room)
        async with asyncio.timeout(PATIENCE_SECONDS):
            while left in await self.house.groups.people(group):
                await self._peers[who].sync(0.1)

    async def goes_by(self, time: TimeDelta) -> None:
        self._clock.move(time)
        self.house.works.ring()
        await self.settled()

    async def everything_read(self, who: str) -> Sequence[str]:
        await self._peers[who].sync(0.2)
        return [heard.body for heard in self._private(who)]

    async def settled(self) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await self._is_busy():
                await asyncio.gather(*(peer.sync(0.1) for peer in self._peers.values()))

    async def rows(self) -> dict[str, int]:
        return await rows_in(self.house.database)

    async def _is_busy(self) -> bool:
        now = self._clock.now()
        async with self.house.database.transaction():
            moments = (await self.house.diary.next_at(), await self.house.outbox.next_at())
        return any(moment is not None and moment <= now for moment in moments)

    async def _newest(self, peer: Peer, room: str, words: str) -> str:
        def found() -> list[Heard]:
            return [heard for heard in self._from_bot(peer, room) if words in heard.body]

        await peer.wait_until(lambda: bool(found()), PATIENCE_SECONDS)
        return found()[-1].body

    def _private(self, who: str) -> Sequence[Heard]:
        return self._from_bot(self._peers[who], self._directs[who])

    def _from_bot(self, peer: Peer, room: str) -> Sequence[Heard]:
        there = (heard for heard in peer.heard if heard.room_id == room and heard.sender == self._bot)
        return [heard for heard in there if heard.event_id not in peer.gone]

    def _meeting(self, peer: Peer) -> str:
        """Return the room in which the person meets somebody: no other has that neutral name."""
        return next((room_id for room_id, room in peer.rooms.items() if room.name == "Private room"), "")

    async def _came_in(self, peer: Peer) -> None:
        await peer.wait_until(lambda: bool(self._meeting(peer)))

    async def _left_alone(self, peer: Peer) -> None:
        await peer.wait_until(lambda: self._bot not in peer.rooms[self._meeting(peer)].users)


@contextlib.asynccontextmanager
async def matrix_stage(
    homeserver: Homeserver, folder: Path, number: int, way: Way = Way.NUMBER
) -> AsyncGenerator[MatrixStage]:
    """Start a bot and three people with accounts of their own, all in one encrypted room."""
    peers = {name: await _person(homeserver, folder, name, number) for name in PEOPLE}
    bot = homeserver.register(f"alongside.staged{number}")
    stage = MatrixStage(bot=bot, homeserver=homeserver, folder=folder, peers=peers, way=way)
    await stage.begin()
    try:
        await stage.gather(encrypted=True)
        yield stage
    finally:
        await stage.end()
        for peer in peers.values():
            await peer.go()


def _until_noon(now: Instant) -> TimeDelta:
    """Return how long it is until the next noon in London, so that a scenario's evening is still to come."""
    tomorrow = now.to_tz("Europe/London").date().add(days=1)
    return tomorrow.at(Time(12)).assume_tz("Europe/London", disambiguation="compatible").to_instant() - now


async def _person(homeserver: Homeserver, folder: Path, name: str, number: int) -> Peer:
    peer = await Peer.come(homeserver, homeserver.register(f"{name.casefold()}.staged{number}"), folder / name)
    await peer.client.set_displayname(name)
    return peer


def _plan(folder: Path, clock: MovableClock) -> Plan:
    return Plan(
        database=with_tables(folder / "alongside.db"),
        words=shipped.words(),
        pack=shipped.pack(),
        ways={NAME: Ways()},
        readers={},
        traits={NAME: frozenset({Trait.DEVICES})},
        clock=clock,
        journal=FakeJournal(),
    )
