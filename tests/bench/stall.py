"""Ten encrypted rooms of 62 devices, each spoken in for the first time, while someone elsewhere asks for something."""

import asyncio
import contextlib
import itertools
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.bots import BotProcess, echo_bot, our_bot
from tests.bench.commands import Chat, direct_chat
from tests.bench.crowd import Bystander, bystander
from tests.bench.result import Result, of_rounds
from tests.synapse.deeds import send_raw
from tests.synapse.homeserver import Homeserver
from tests.synapse.peer import Peer

ROUNDS = 3
ROOMS = 10
PEOPLE = 12
DEVICES_EACH = 5  # With the one who speaks and the bot, 62 in each room.
# Nobody asks oftener than our bot hears one person, and nobody invites it oftener than it comes to one person.
ASKERS = 8
ASKED_EVERY_SECONDS = 0.3
ASKED_IN_PEACE = 10
PATIENCE_SECONDS = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stalls:
    """What one bot took: its loop's longest stall, and the longest wait for an answer elsewhere, in seconds."""

    loop: float
    answer: float
    answer_in_peace: float
    all_rooms: float


def run() -> Iterator[Result]:
    """Measure both bots by turns, each time with people whom they never met."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "synapse").mkdir()
        homeserver = Homeserver(folder / "synapse")
        homeserver.start()
        try:
            watches = folder / "echo.watch", folder / "ours.watch"
            with (
                echo_bot(homeserver, folder / "echo", watch=watches[0]) as echo,
                our_bot(homeserver, folder / "ours", watch=watches[1]) as ours,
            ):
                yield from asyncio.run(_measured(homeserver, folder, ours, echo))
        finally:
            homeserver.stop()


async def _measured(homeserver: Homeserver, folder: Path, ours: BotProcess, echo: BotProcess) -> list[Result]:
    async with _people(homeserver, folder) as (askers, speakers):
        chats = {bot.account: await _chats(askers, bot.account) for bot in (ours, echo)}
        pairs = []
        for number, speaker in enumerate(speakers):
            rooms = await asyncio.to_thread(_crowds, homeserver, number)
            both = [await _stalled(speaker, chats[bot.account], bot, rooms) for bot in (ours, echo)]
            pairs.append((both[0], both[1]))
    return list(_results(pairs))


@contextlib.asynccontextmanager
async def _people(homeserver: Homeserver, folder: Path) -> AsyncIterator[tuple[list[Peer], list[Peer]]]:
    names = [*(f"asker{number}" for number in range(ASKERS)), *(f"speaker{number}" for number in range(ROUNDS))]
    people = [await Peer.come(homeserver, homeserver.register(name), folder / name) for name in names]
    try:
        yield people[:ASKERS], people[ASKERS:]
    finally:
        for peer in people:
            await peer.go()


async def _chats(askers: Sequence[Peer], bot: str) -> Sequence[Chat]:
    """Let all of them into one group with the bot, and each have a chat with it."""
    group = await askers[0].make_group(bot, *(peer.user_id for peer in askers[1:]))
    for peer in askers:
        await peer.wait_for_people(group, bot, peer.user_id)
    return [await direct_chat(peer, bot, encrypted=True) for peer in askers]


def _crowds(homeserver: Homeserver, number: int) -> list[list[Bystander]]:
    return [
        [bystander(homeserver, f"p{number}-{room}-{each}", devices=DEVICES_EACH) for each in range(PEOPLE)]
        for room in range(ROOMS)
    ]


async def _stalled(
    speaker: Peer, chats: Sequence[Chat], bot: BotProcess, crowds: Sequence[Sequence[Bystander]]
) -> Stalls:
    rooms = [await _room(speaker, crowd) for crowd in crowds]
    turns = itertools.cycle(chats)
    in_peace = max([await next(turns).ask("me") for _ in range(ASKED_IN_PEACE)])
    await bot.longest_stall()
    began = time.perf_counter()
    enough = asyncio.Event()
    asking = asyncio.create_task(_ask_on(turns, enough))
    async with asyncio.timeout(PATIENCE_SECONDS):
        await _spoken_in(speaker, bot.account, rooms)
    took = time.perf_counter() - began
    enough.set()
    waits = await asking
    return Stalls(loop=await bot.longest_stall(), answer=max(waits), answer_in_peace=in_peace, all_rooms=took)


async def _room(speaker: Peer, crowd: Sequence[Bystander]) -> str:
    room_id = await speaker.make_group(*(each.user_id for each in crowd))
    for each in crowd:
        await asyncio.to_thread(each.join, room_id)
    return room_id


async def _ask_on(turns: Iterator[Chat], enough: asyncio.Event) -> list[float]:
    """Ask again and again, until it is enough; an answer that is awaited then still counts."""
    waits: list[float] = []
    while not enough.is_set():
        waits.append(await next(turns).ask("me"))
        await asyncio.sleep(ASKED_EVERY_SECONDS)
    return waits


async def _spoken_in(speaker: Peer, bot: str, rooms: Sequence[str]) -> None:
    """Let the bot into all rooms at once, and wait until it said something in each: by itself, or when spoken to."""
    for room_id in rooms:
        await speaker.client.room_invite(room_id, bot)
    spoken: set[str] = set()
    while not {heard.room_id for heard in speaker.heard if heard.sender == bot} >= set(rooms):
        await speaker.sync(0.1)
        for room_id in set(rooms) - spoken:
            user = speaker.rooms[room_id].users.get(bot)
            if user is not None and not user.invited:
                spoken.add(room_id)
                # In clear: the speaker's own sharing of keys would hold up the one who asks, here in this process.
                await send_raw(speaker, room_id, "m.room.message", {"msgtype": "m.text", "body": "hello"})


def _results(pairs: Sequence[tuple[Stalls, Stalls]]) -> Iterator[Result]:
    def of(name: str, what: str, read: Callable[[Stalls], float]) -> Result:
        ours, bare = [read(our) for our, _ in pairs], [read(their) for _, their in pairs]
        return of_rounds(f"stall-{name}", ours, bare, aim=None, what=f"{what} (longest of ours: {max(ours):.3f})")

    yield of("loop", "seconds that the loop stood still at most", lambda each: each.loop)
    yield of("answer", "seconds at most until somebody elsewhere was answered", lambda each: each.answer)
    yield of(
        "answer-in-peace", "seconds at most for the same, with nothing else to do", lambda each: each.answer_in_peace
    )
    yield of("all-rooms", "seconds until all ten rooms had heard the bot", lambda each: each.all_rooms)
