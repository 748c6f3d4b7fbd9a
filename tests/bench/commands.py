"""One command at a time, to our bot and to the bare one by turns, by several people in direct chats."""

import asyncio
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.bots import BotProcess, echo_bot, our_bot
from tests.bench.result import Result, of_rounds
from tests.synapse.homeserver import Homeserver
from tests.synapse.peer import Peer

# Our bot hears thirty things a minute from one person. All rounds together stay under it, however fast they are.
PEOPLE = 8
ROUNDS = 5
AIM_PROCESSOR = 1.3
AIM_ANSWER = 1.1
AIM_MEMORY = 1.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one bot took: seconds of its processor, and seconds until the answer was read, for each round."""

    processor: list[float] = field(default_factory=list)
    round_trip: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """A person's direct chat with a bot."""

    peer: Peer
    room: str
    bot: str

    async def ask(self, text: str) -> float:
        """Say it, and return how long the answer took to be read, in seconds."""
        began = time.perf_counter()
        await self.peer.say(self.room, text)
        await self.peer.wait_for(lambda heard: heard.sender == self.bot, room_id=self.room)
        return time.perf_counter() - began


def run() -> Iterator[Result]:
    """Measure a command that reads and one that keeps something, in encrypted and in plain direct chats."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "synapse").mkdir()
        homeserver = Homeserver(folder / "synapse")
        homeserver.start()
        try:
            with our_bot(homeserver, folder / "ours"):
                pass  # The first start makes the tables, with a library that no later start loads.
            with echo_bot(homeserver, folder / "echo") as echo, our_bot(homeserver, folder / "ours") as ours:
                yield from asyncio.run(_measured(homeserver, folder, ours, echo))
        finally:
            homeserver.stop()


async def _measured(homeserver: Homeserver, folder: Path, ours: BotProcess, echo: BotProcess) -> list[Result]:
    peers = [await Peer.come(homeserver, homeserver.register(f"peer{n}"), folder / f"peer{n}") for n in range(PEOPLE)]
    try:
        return await _by_people(peers, ours, echo)
    finally:
        for peer in peers:
            await peer.go()


async def _by_people(peers: Sequence[Peer], ours: BotProcess, echo: BotProcess) -> list[Result]:
    group = await peers[0].make_group(ours.account, *(peer.user_id for peer in peers[1:]))
    for peer in peers:
        await peer.wait_for_people(group, ours.account)
    results = []
    for encrypted in (True, False):
        our_chats = [await direct_chat(peer, ours.account, encrypted=encrypted) for peer in peers]
        echo_chats = [await direct_chat(peer, echo.account, encrypted=encrypted) for peer in peers]
        for kind, text in (("reads", "me"), ("keeps", "sit open 2 hours")):
            name = f"{kind}-{'encrypted' if encrypted else 'plain'}"
            results += await _compared(name, text, (ours, our_chats), (echo, echo_chats))
    memory = [ours.resident_megabytes()], [echo.resident_megabytes()]
    results.append(of_rounds("memory-serving", *memory, aim=AIM_MEMORY, what="MB after all this"))
    return results


async def direct_chat(peer: Peer, bot: str, *, encrypted: bool) -> Chat:
    """Begin a direct chat with a bot, and see that it answers there."""
    room = await peer.make_direct(bot, encrypted=encrypted)
    await peer.wait_for_people(room, bot)
    chat = Chat(peer=peer, room=room, bot=bot)
    await chat.ask("me")
    return chat


Side = tuple[BotProcess, Sequence[Chat]]


async def _compared(name: str, text: str, ours: Side, echo: Side) -> list[Result]:
    our_cost, echo_cost = Told(), Told()
    for _ in range(ROUNDS):
        await _round(text, *ours, our_cost)
        await _round(text, *echo, echo_cost)
    return [
        of_rounds(
            f"processor-{name}",
            our_cost.processor,
            echo_cost.processor,
            aim=AIM_PROCESSOR,
            what="seconds of processor a command",
        ),
        of_rounds(
            f"answer-{name}",
            our_cost.round_trip,
            echo_cost.round_trip,
            aim=AIM_ANSWER,
            what="seconds from typed to the answer read",
        ),
    ]


async def _round(text: str, bot: BotProcess, chats: Sequence[Chat], cost: Told) -> None:
    began = bot.processor_seconds()
    took = [await chat.ask(text) for chat in chats]
    # What a bot does after its answer left belongs to the command too.
    await asyncio.sleep(0.3)
    cost.processor.append((bot.processor_seconds() - began) / len(took))
    cost.round_trip.append(sum(took) / len(took))
