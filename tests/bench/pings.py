"""Many messages into one room, one after another, as fast as the server takes them."""

import asyncio
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from whenever import Instant, TimeDelta

from bot.domain.ids import GroupId, PlaceId
from bot.domain.outgoing import Message
from bot.domain.saying import say
from bot.store.database import Database
from bot.store.outbox import OutboxShelf
from tests.bench.bots import OUR_ACCOUNT, OUR_WORLD, echo_bot, our_bot, our_database
from tests.bench.result import Result, of_rounds
from tests.synapse.homeserver import Homeserver
from tests.synapse.peer import Peer

ROUNDS = 3
PINGS = 300
AIM = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What every round needs."""

    homeserver: Homeserver
    folder: Path
    peer: Peer


def run() -> Iterator[Result]:
    """Measure both bots by turns, in a plain and in an encrypted room. Ours takes its pings from the outbox."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "synapse").mkdir()
        homeserver = Homeserver(folder / "synapse")
        homeserver.start()
        try:
            yield from asyncio.run(_measured(homeserver, folder))
        finally:
            homeserver.stop()


async def _measured(homeserver: Homeserver, folder: Path) -> list[Result]:
    peer = await Peer.come(homeserver, homeserver.register("peer"), folder / "peer")
    try:
        bench = Bench(homeserver=homeserver, folder=folder, peer=peer)
        with echo_bot(homeserver, folder / "echo") as echo:
            return [await _compared(bench, echo.account, encrypted=encrypted) for encrypted in (False, True)]
    finally:
        await peer.go()


async def _compared(bench: Bench, echo: str, *, encrypted: bool) -> Result:
    our_room, echo_room = [await bench.peer.make_group(encrypted=encrypted) for _ in range(2)]
    await _let_in(bench.peer, echo_room, echo)
    with our_bot(bench.homeserver, bench.folder / "ours"):
        await _let_in(bench.peer, our_room, OUR_ACCOUNT)
        await bench.peer.wait_for(lambda heard: heard.room_id == our_room)
    ours, bare = [], []
    for number in range(ROUNDS):
        await _put_out(bench, our_room, f"{number}")
        before = len(_times(bench, our_room, OUR_ACCOUNT))
        with our_bot(bench.homeserver, bench.folder / "ours"):
            ours.append(await _rate(bench, our_room, OUR_ACCOUNT, before + PINGS))
        before = len(_times(bench, echo_room, echo))
        await bench.peer.say(echo_room, f"flood {PINGS}")
        bare.append(await _rate(bench, echo_room, echo, before + PINGS))
    name = f"pings-{'encrypted' if encrypted else 'plain'}"
    return of_rounds(name, ours, bare, aim=AIM, what="pings a second in one room", better="higher")


async def _let_in(peer: Peer, room_id: str, bot: str) -> None:
    await peer.client.room_invite(room_id, bot)
    await peer.wait_for_people(room_id, bot)


async def _put_out(bench: Bench, room_id: str, name: str) -> None:
    """Leave pings in our bot's outbox, for when it starts."""
    database, now = Database.at(our_database(bench.folder / "ours")), Instant.now()
    shelf = OutboxShelf(database)
    async with database.transaction():
        for number in range(PINGS):
            await shelf.put(
                Message(
                    key=f"{room_id}:{name}:{number}",
                    group=GroupId.of(OUR_WORLD, room_id),
                    to=PlaceId.of(OUR_WORLD, room_id),
                    say=say("too-fast"),
                    not_before=now,
                    expires_at=now + TimeDelta(hours=1),
                )
            )
    await database.close()


async def _rate(bench: Bench, room_id: str, bot: str, in_all: int) -> float:
    """Wait until the room holds that many messages of the bot's, and return how many of the last came in a second."""
    while len(times := await asyncio.to_thread(_times, bench, room_id, bot)) < in_all:  # noqa: ASYNC110  The server tells no other way.
        await asyncio.sleep(0.5)
    last = times[-PINGS:]
    return (len(last) - 1) / ((last[-1] - last[0]) / 1000)


def _times(bench: Bench, room_id: str, bot: str) -> list[int]:
    """Return when the server took each message of the bot's, in milliseconds."""
    path = f"/_matrix/client/v3/rooms/{quote(room_id)}/messages?dir=b&limit={PINGS * (ROUNDS + 1)}"
    events = bench.homeserver.ask("GET", path, token=bench.peer.client.access_token)["chunk"]
    said = [event for event in events if event["sender"] == bot and "state_key" not in event]
    return sorted(event["origin_server_ts"] for event in said)
