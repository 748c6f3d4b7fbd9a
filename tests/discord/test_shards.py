"""Several processes on one database share the servers: each identifies in its turn, and one that dies loses nothing."""

import functools
from collections.abc import Mapping, Sequence
from pathlib import Path

from whenever import TimeDelta

from bot.clockwork.pump import CLAIM_LASTS
from bot.store.database import Database
from bot.store.house import TurnsShelf
from tests.discord.gateway import until
from tests.discord.house import Host, put_out_pings
from tests.discord.interactions import Answered
from tests.discord.loopback import Loopback
from tests.discord.making import DIRECT
from tests.discord.permissions import Json
from tests.discord.pointing import environment
from tests.discord.test_house import FOR_ALL, answered
from tests.fakes.timing import FakeClock
from tests.soak.process import BotProcess

# Whether or not it was announced first, as it is where the machine is slow.
KEPT = "decide: after an answer was decided"
PING = "more than I can take in at once"
SETTINGS = """
data = "data"
database = "{database}"
[[worlds.discord]]
token_file = "a.secret"
shard_count = 4
shard_ids = {shards}
"""


async def test_two_processes_share_four_shards_and_one_that_is_killed_leaves_nothing_undone(
    loopback: Loopback, tmp_path: Path, postgresql_with_tables: str
) -> None:
    """The first dies when something is kept and not yet answered; the pings were due before either began."""
    # Far less than the second that these processes take between two: a process that has just begun may be slow.
    loopback.gateway.identify_every = 0.1
    guilds = [loopback.guild(f"peers {number}", granted=FOR_ALL) for number in range(8)]
    people = {guild["id"]: loopback.user(f"ann of {guild['name']}") for guild in guilds}
    for guild in guilds:
        loopback.world.join(guild, people[guild["id"]])
    await put_out_pings(postgresql_with_tables, [(guild, people[guild["id"]]) for guild in guilds])
    dying, living = (process(loopback, tmp_path, postgresql_with_tables, shards) for shards in ((0, 1), (2, 3)))
    try:
        await dying.start(0, KEPT, 2)
        await living.start(0)
        await until(lambda: len(loopback.gateway.connected) == 4, 60)
        # The process that comes back has a clock that is ahead, and clocks that differ give no order.
        too_early = loopback.gateway.too_early
        used = await each_uses_it(loopback, guilds, people, dying)
        await until(lambda: len(who_read(loopback, used, "Wales")) == len(guilds), 60)
        for guild in guilds:
            seen = await answered(await loopback.people.slash(guild, people[guild["id"]], "me show"))
            assert "Wales" in seen.contents[0]
    finally:
        for each in (dying, living):
            await each.kill()

    everybody = sorted(user["id"] for user in people.values())
    assert who_read(loopback, used, "Wales") == who_read(loopback, [], PING) == everybody
    assert too_early == 0


async def each_uses_it(
    loopback: Loopback, guilds: Sequence[Json], people: Mapping[str, Json], dying: BotProcess
) -> list[Answered]:
    """Let one after the other use a command that keeps something; each once, answered or not."""
    used: list[Answered] = []
    deaths: list[str | None] = []
    for guild in guilds:
        if dying.hit():
            deaths.append(dying.hit())
            # Its servers are out of reach until it is back.
            await dying.ended(30)
            await dying.start(CLAIM_LASTS.total("seconds"))
            await until(lambda: len(loopback.gateway.connected) == 4, 60)
        given = await loopback.people.slash(guild, people[guild["id"]], "me nation", nation="wales")
        used.append(given)
        await until(functools.partial(_is_decided, given, dying), 30)
    assert deaths == [KEPT]
    return used


def _is_decided(given: Answered, dying: BotProcess) -> bool:
    return bool(given.messages or dying.hit())


def who_read(loopback: Loopback, used: Sequence[Answered], words: str) -> list[str]:
    """Return the ids of those who read it, in answers and in direct messages, as often as each did."""
    answers = (each.user["id"] for each in used for content in each.contents if words in content)
    directs = (
        loopback.channels[channel_id]["recipients"][0]["id"]
        for channel_id, messages in loopback.messages.items()
        for message in messages
        if loopback.channels[channel_id]["type"] == DIRECT and words in message["content"]
    )
    return sorted([*answers, *directs])


def process(loopback: Loopback, folder: Path, database: str, shards: Sequence[int]) -> BotProcess:
    """Return the process that has these shards of four."""
    made = BotProcess(folder / f"process{shards[0]}")
    made.settle(SETTINGS.format(database=database, shards=list(shards)), loopback.token, environment(loopback.url))
    return made


async def test_turns_are_given_out_one_after_the_other_whoever_asks(database: Database) -> None:
    shelf, clock, every = TurnsShelf(database), FakeClock(), TimeDelta(seconds=5)
    now = clock.now()
    turns = [await shelf.turn("discord", "identify:0", clock, every) for _ in range(3)]
    other = await shelf.turn("discord", "identify:1", clock, every)
    later = await shelf.turn("discord", "identify:0", FakeClock(now + TimeDelta(hours=1)), every)
    wrong = await shelf.turn("discord", "identify:0", FakeClock(now - TimeDelta(hours=5)), every)

    assert turns == [now, now + every, now + every * 2]
    assert (other, later, wrong) == (now, now + TimeDelta(hours=1), now - TimeDelta(hours=5))


async def test_a_button_in_a_direct_message_reaches_a_group_whose_shard_another_process_has(
    loopback: Loopback, tmp_path: Path, postgresql_with_tables: str
) -> None:
    guild = next(made for made in (loopback.guild(granted=FOR_ALL) for _ in range(8)) if int(made["id"]) >> 22 & 1)
    ann, bea = loopback.user("ann"), loopback.user("bea")
    for user in (ann, bea):
        loopback.world.join(guild, user)
    hosts = [
        Host(loopback=loopback, folder=tmp_path, database=postgresql_with_tables, shard_count=2, shard_ids=(shard,))
        for shard in (0, 1)
    ]
    async with hosts[0].running(), hosts[1].running():
        await answered(await loopback.people.slash(guild, bea, "sit open"))
        preview = await answered(await loopback.people.slash(guild, ann, "sit ask"))
        await answered(await loopback.people.press(preview.messages[0], ann, "Send it"))
        asked = await heard(loopback, "Someone would like")
        said = await answered(await loopback.people.press(asked, bea, "I can"))
        picked = await heard(loopback, "can sit with you")
        await answered(await loopback.people.press(picked, ann, "Meet bea"))
        card = await heard(loopback, "What was agreed")

    assert "I have told the person who asked" in said.contents[0]
    assert loopback.channels[card["channel_id"]]["guild_id"] == guild["id"]


async def heard(loopback: Loopback, words: str) -> Json:
    def found() -> list[Json]:
        return [each for messages in loopback.messages.values() for each in messages if words in each["content"]]

    await until(found, 30)
    return found()[-1]
