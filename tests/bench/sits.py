"""Sits: from "I can" to both reading the card in their room; and many asks at once, each put to many people."""

import asyncio
import contextlib
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from whenever import Instant

from bot.clockwork.clock import MovableClock
from bot.domain.commands import Asking
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.people import Ways
from bot.domain.saying import Say
from bot.house import House
from bot.plan import Plan
from bot.ports.chat import Posted
from tests import shipped
from tests.bench.bots import OUR_ACCOUNT, BotProcess, our_bot, running
from tests.bench.commands import Chat, direct_chat
from tests.bench.result import Result, of_rounds
from tests.fakes.journal import FakeJournal
from tests.fakes.world import FakeWorld
from tests.synapse.homeserver import Homeserver
from tests.synapse.peer import Peer

ROUNDS = 5
GROUPS, ASKS_EACH, PEOPLE_EACH = 50, 4, 30
# Discord's limit for one bot: https://discord.com/developers/docs/topics/rate-limits#global-rate-limit.
A_SECOND = 50
# So much faster than that the platform here is, so that all of it takes seconds and not minutes.
FASTER = 10
CARD = "What was agreed"


def run() -> Iterator[Result]:
    """Measure both."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield from asyncio.run(_many_asks(folder))
        (folder / "synapse").mkdir()
        homeserver = Homeserver(folder / "synapse")
        homeserver.start()
        try:
            with our_bot(homeserver, folder / "ours"):
                pass  # The first start makes the tables, with a library that no later start loads.
            with _bare_bot(homeserver, folder / "bare") as bare, our_bot(homeserver, folder / "ours") as ours:
                yield from asyncio.run(_meetings(homeserver, folder, ours, bare))
        finally:
            homeserver.stop()


@contextlib.contextmanager
def _bare_bot(homeserver: Homeserver, folder: Path) -> Iterator[BotProcess]:
    person = homeserver.register("bare")
    folder.mkdir()
    secret = folder / "password.secret"
    secret.write_text(person.password)
    command = ["tests.bench.bare_meeting", homeserver.url, person.user_id, str(secret), str(folder)]
    with running(command, person.user_id, "serving") as bot:
        yield bot


async def _meetings(homeserver: Homeserver, folder: Path, ours: BotProcess, bare: BotProcess) -> list[Result]:
    peers = [await Peer.come(homeserver, homeserver.register(name), folder / name) for name in ("ash", "bea")]
    try:
        group = await peers[0].make_group(OUR_ACCOUNT, peers[1].user_id)
        for peer in peers:
            await peer.wait_for_people(group, OUR_ACCOUNT)
        our_chats = [await direct_chat(peer, ours.account, encrypted=True) for peer in peers]
        bare_chats = [await direct_chat(peer, bare.account, encrypted=True) for peer in peers]
        return await _compared((ours, our_chats), (bare, bare_chats))
    finally:
        for peer in peers:
            await peer.go()


Side = tuple[BotProcess, Sequence[Chat]]


async def _compared(ours: Side, bare: Side) -> list[Result]:
    our_cost, bare_cost = _Cost(), _Cost()
    await ours[1][1].ask("sit open")
    for _ in range(ROUNDS):
        await ours[1][0].ask("sit ask quiet, 30 minutes")
        await ours[1][1].peer.wait_for(lambda heard: "Someone would like" in heard.body)
        await our_cost.of(ours, "sit can", "can sit with you", "sit pick")
        for chat in ours[1]:
            await chat.ask("sit withdraw")
        await bare[1][0].ask("ask")
        await bare_cost.of(bare, "can", "offered", "pick")
    what = 'from "I can" to both having read the card'
    return [
        of_rounds(
            "sit-meets-processor",
            our_cost.processor,
            bare_cost.processor,
            aim=None,
            what=f"seconds of processor {what}",
        ),
        of_rounds("sit-meets", our_cost.took, bare_cost.took, aim=None, what=f"seconds {what}"),
    ]


@dataclass(kw_only=True)
class _Cost:
    processor: list[float] = field(default_factory=list)
    took: list[float] = field(default_factory=list)

    async def of(self, side: Side, can: str, offered: str, pick: str) -> None:
        """Let Bea say that she can and Ash pick her; note what it took until both had read the card."""
        bot, (ash, bea) = side
        before, began = bot.processor_seconds(), time.perf_counter()
        await bea.peer.say(bea.room, can)

        async def picks() -> None:
            await ash.peer.wait_for(lambda heard: heard.sender == ash.bot and offered in heard.body)
            await ash.peer.say(ash.room, pick)
            await ash.peer.wait_for(lambda heard: heard.sender == ash.bot and CARD in heard.body)

        reads = bea.peer.wait_for(lambda heard: heard.sender == bea.bot and CARD in heard.body)
        await asyncio.gather(picks(), reads)
        self.took.append(time.perf_counter() - began)
        # The bot's going from the room belongs to it too.
        await asyncio.sleep(1)
        self.processor.append(bot.processor_seconds() - before)


@dataclass(kw_only=True)
class Platform(FakeWorld):
    """A platform that takes so many messages a second of one bot and no more, and notes when each came."""

    pace: float
    came: dict[GroupId, list[float]] = field(default_factory=lambda: defaultdict(list))
    free_at: float = 0.0
    taken: int = 0

    async def tell(
        self,
        _person: PersonId,
        _say: Say,
        _key: str,
        group: GroupId,
        _via: str | None = None,
        _since: Instant | None = None,
    ) -> Posted:
        now = time.perf_counter()
        self.free_at = max(self.free_at, now) + 1 / self.pace
        await asyncio.sleep(self.free_at - now)
        self.came[group].append(time.perf_counter())
        self.taken += 1
        return Posted(messages=(str(self.taken),))


async def _many_asks(folder: Path) -> list[Result]:
    """Put asks in every group at once; hold it against the same messages, one after the other, on the same platform."""
    bare, last, spread = [], [], []
    for number in range(3):
        platform = Platform(pace=A_SECOND * FASTER)
        house = await _house(folder / f"many-{number}.db", platform)
        await _open(house)
        began = time.perf_counter()
        await _asked_and_sent(house)
        pings = sum(len(times) for times in platform.came.values())
        # Each asker is answered too.
        assert pings == GROUPS * ASKS_EACH * (PEOPLE_EACH + 1), pings
        lasts = [max(times) - began for times in platform.came.values()]
        last.append(max(lasts))
        spread.append(min(lasts) / max(lasts))
        bare.append(await _bare(Platform(pace=A_SECOND * FASTER), pings))
        await house.close()
    note = (
        f"the first group had its last ping after {statistics.median(spread):.2f} of the time of the last group; "
        f"the platform takes {A_SECOND * FASTER} a second"
    )
    asks = f"seconds until all {GROUPS * ASKS_EACH * PEOPLE_EACH} pings of {GROUPS * ASKS_EACH} asks had come"
    compared = of_rounds("sit-asks", last, bare, aim=1.1, what=asks)
    return [
        compared,
        Result(bench="sit-asks-fair", ratio=round(statistics.median(spread), 2), aim=None, better="higher", note=note),
    ]


async def _house(file: Path, platform: Platform) -> House:
    house = await House.ready(
        Plan(
            database=f"sqlite+aiosqlite:///{file}",
            words=shipped.words(),
            pack=shipped.pack(),
            ways={"fake": Ways()},
            readers={},
            clock=MovableClock(),
            journal=FakeJournal(),
        )
    )
    house.worlds["fake"] = platform
    return house


def _people(group: int, count: int, kind: str) -> list[PersonId]:
    return [PersonId.of("fake", f"{kind}-{group}-{number}") for number in range(count)]


def _group(number: int) -> GroupId:
    return GroupId.of("fake", f"group-{number}")


async def _open(house: House) -> None:
    for number in range(GROUPS):
        for person in _people(number, PEOPLE_EACH, "open"):
            await _does(house, person, number, "sit open")
    await house.works.round()
    platform = house.worlds["fake"]
    assert isinstance(platform, Platform)
    platform.came.clear()


async def _asked_and_sent(house: House) -> None:
    """Let all of them ask at once while the house goes round, and go on until all is sent."""
    asking = asyncio.create_task(_ask(house))
    while not asking.done():
        await house.works.round()
        await asyncio.sleep(0.01)
    await asking
    await house.works.round()


async def _ask(house: House) -> None:
    await asyncio.gather(
        *(
            _does(house, person, number, "sit ask")
            for number in range(GROUPS)
            for person in _people(number, ASKS_EACH, "ask")
        )
    )


async def _does(house: House, person: PersonId, group: int, command: str) -> None:
    await house.switchboard.ask(
        Asking(
            key=f"{command}:{person}",
            command=command,
            options={},
            person=person,
            group=_group(group),
            places={"room": PlaceId.of("fake", f"room-{group}")},
        )
    )


async def _bare(platform: Platform, pings: int) -> float:
    began = time.perf_counter()
    for number in range(pings):
        await platform.tell(PersonId.of("fake", "one"), Say(lines=()), f"{number}", _group(0))
    return time.perf_counter() - began
