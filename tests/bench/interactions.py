"""Discord: one slash command at a time to our bot and to the bare one by turns, and a thousand pings due at once."""

import asyncio
import contextlib
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.bots import BotProcess, our_database, running
from tests.bench.commands import AIM_PROCESSOR, Told
from tests.bench.result import Result, of_rounds
from tests.discord.bare import TOKEN
from tests.discord.house import put_out_pings
from tests.discord.loopback import Loopback
from tests.discord.permissions import Json
from tests.discord.pointing import environment
from tests.soak.process import ON_DISCORD, SECRET

WORLD = "discord"
# Our bot hears thirty things a minute from one person. All rounds together stay under it, however fast they are.
PEOPLE = 20
ROUNDS = 5
COMMANDS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "reads": ("now", {"nation": "wales"}),
    "keeps": ("me nation", {"nation": "wales"}),
}
AIM_ANSWER = 1.3
PINGS = 1000
PING_ROUNDS = 2
AIM_PINGS = 1.05
# https://discord.com/developers/docs/topics/rate-limits#global-rate-limit
MOST_A_SECOND = 50
_OPEN, _SEND = "POST /users/@me/channels", "POST /channels/{channel_id}/messages"
_AS_MANY_AS_LIKED = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A bot on a loopback Discord of its own, with people in one server."""

    discord: Loopback
    bot: BotProcess
    guild: Json
    people: Sequence[Json]

    async def ask(self, user: Json, path: str, options: Mapping[str, str]) -> float:
        """Use a slash command, and return after how many seconds its answer was there."""
        given = await self.discord.people.slash(self.guild, user, path, **options)
        while given.acknowledged_at is None:  # noqa: ASYNC110  Two programs, and no event between them.
            await asyncio.sleep(0.005)
        return given.acknowledged_at - given.made_at


def run() -> Iterator[Result]:
    """Measure a command that reads, one that keeps something, and the pings."""
    with tempfile.TemporaryDirectory() as name:
        yield from asyncio.run(_measured(Path(name)))


async def _measured(folder: Path) -> list[Result]:
    async with _ours(folder, PEOPLE) as ours, _bare(PEOPLE) as bare:
        results = [result for kind in COMMANDS for result in await _compared(kind, ours, bare)]
    took, allowed, refused = [], [], 0
    for number in range(PING_ROUNDS):
        seconds, least, too_many = await _pinged(folder / f"pings{number}")
        took.append(seconds)
        allowed.append(least)
        refused = max(refused, too_many)
    what = f"seconds for {PINGS} pings and their channels (at most {refused} requests refused for being too many)"
    return [*results, of_rounds("interactions-pings", took, allowed, aim=AIM_PINGS, what=what)]


async def _compared(kind: str, ours: Side, bare: Side) -> list[Result]:
    path, options = COMMANDS[kind]
    costs = {"ours": Told(), "bare": Told()}
    for side in (ours, bare):
        await side.ask(side.people[0], path, options)
    for _ in range(ROUNDS):
        await _round(ours, path, options, costs["ours"])
        await _round(bare, path, options, costs["bare"])
    our, their = costs["ours"], costs["bare"]
    cost, wait = "seconds of processor an interaction", "seconds from the interaction to its answer"
    return [
        of_rounds(f"interactions-processor-{kind}", our.processor, their.processor, aim=AIM_PROCESSOR, what=cost),
        of_rounds(f"interactions-answer-{kind}", our.round_trip, their.round_trip, aim=AIM_ANSWER, what=wait),
    ]


async def _round(side: Side, path: str, options: Mapping[str, str], cost: Told) -> None:
    began = side.bot.processor_seconds()
    took = [await side.ask(user, path, options) for user in side.people]
    # What a bot does after its answer left belongs to the interaction too.
    await asyncio.sleep(0.3)
    cost.processor.append((side.bot.processor_seconds() - began) / len(took))
    cost.round_trip.append(sum(took) / len(took))


async def _pinged(folder: Path) -> tuple[float, float, int]:
    """Return how long the pings took, how long Discord's limit makes them take, and how many requests it refused."""
    async with _peopled(PINGS) as (discord, guild, people):
        async with _our_process(folder, discord):
            pass  # The first start makes the tables.
        await put_out_pings(our_database(folder), [(guild, user) for user in people])
        discord.limits.enforced, discord.limits.most_a_second = True, MOST_A_SECOND
        discord.limits.routes[_OPEN] = (_AS_MANY_AS_LIKED, 1)
        discord.counted.clear()
        first = asyncio.create_task(_until_asked(discord, _OPEN))
        before = discord.invalid
        async with _our_process(folder, discord):
            while sum(map(len, discord.messages.values())) < PINGS:  # noqa: ASYNC110  As above.
                await asyncio.sleep(0.05)
            last = time.perf_counter()
        refused = discord.invalid - before
        needed = discord.counted[_OPEN] + discord.counted[_SEND] - refused
        return last - await first, (needed - 1) // MOST_A_SECOND, refused


async def _until_asked(discord: Loopback, route: str) -> float:
    """Return when it was asked for first."""
    while not discord.counted[route]:  # noqa: ASYNC110  As above.
        await asyncio.sleep(0.005)
    return time.perf_counter()


@contextlib.asynccontextmanager
async def _peopled(count: int) -> AsyncIterator[tuple[Loopback, Json, list[Json]]]:
    """Serve a loopback Discord with one server, and so many people in it."""
    discord = Loopback()
    async with discord.served():
        guild = discord.guild()
        people = [discord.user(f"peer{number}") for number in range(count)]
        for user in people:
            discord.world.join(guild, user)
        yield discord, guild, people


@contextlib.asynccontextmanager
async def _ours(folder: Path, count: int) -> AsyncIterator[Side]:
    async with _peopled(count) as (discord, guild, people):
        async with _our_process(folder / "ours", discord):
            pass  # The first start makes the tables, with a library that no later start loads.
        async with _our_process(folder / "ours", discord) as bot:
            yield Side(discord=discord, bot=bot, guild=guild, people=people)


@contextlib.asynccontextmanager
async def _bare(count: int) -> AsyncIterator[Side]:
    async with _peopled(count) as (discord, guild, people):
        told = environment(discord.url) | {TOKEN: discord.token}
        async with _begun(["tests.bench.bare_slash"], told) as bot:
            yield Side(discord=discord, bot=bot, guild=guild, people=people)


@contextlib.asynccontextmanager
async def _our_process(folder: Path, discord: Loopback) -> AsyncIterator[BotProcess]:
    """Run Alongside, as an operator does; in a folder that is there already, the same bot again."""
    config = _settled(folder, discord)
    command = ["tests.discord.pointing", "run", "--config", str(config)]
    async with _begun(command, environment(discord.url)) as bot:
        yield bot


def _settled(folder: Path, discord: Loopback) -> Path:
    """Return the settings file of the bot in a folder, written there if it is new."""
    config = folder / "alongside.toml"
    if not folder.exists():
        folder.mkdir()
        secret = folder / SECRET
        secret.touch(mode=0o600)
        secret.write_text(discord.token)
        config.write_text(ON_DISCORD)
    return config


@contextlib.asynccontextmanager
async def _begun(command: list[str], told: Mapping[str, str]) -> AsyncIterator[BotProcess]:
    """Run a bot's module as `running` does, while the Discord in this process goes on answering."""
    process = running(command, WORLD, "serving", environment=told)
    bot = await asyncio.to_thread(process.__enter__)
    try:
        yield bot
    finally:
        await asyncio.to_thread(process.__exit__, None, None, None)
