"""Slash commands and buttons on a simulated Discord: answered in place, in time, for one person's eyes."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import simcord
from discord.http import Route
from whenever import Instant, TimeDelta

from bot import settings
from bot.adapters.discord.client import Client
from bot.adapters.discord.world import DiscordWorld
from bot.domain.commands import Asking, Command, Option
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.reading import Text
from bot.domain.saying import Choice, Say, line, say
from bot.ports.timing import Clock
from bot.ports.words import DEFAULT_LOCALE
from bot.words.catalogue import Catalogue
from tests.discord.described import needed
from tests.discord.simulated import recorded_faults
from tests.fakes.answering import EchoAnswering
from tests.fakes.groups import FakeGroups
from tests.fakes.journal import FakeJournal
from tests.fakes.keeping import FakeLedger
from tests.fakes.outgoing import FakeOutbox
from tests.fakes.timing import FakeClock

OWN = """
test-echo = You said: { $text }
find = Find
    .help = Find something.
find-need = Need
    .ask = What?
"""
FIND = Command(name="find", options=(Option(name="need", kind=Text(), required=True),))
CAN = Command(name="sit can", options=(Option(name="ask", kind=Text()),), listed=False)


def echo(asking: Asking) -> Say | None:
    return say("test-echo", text=" ".join([asking.command, *asking.options.values()]))


@dataclass(kw_only=True)
class Answering(EchoAnswering):
    """Answers what is asked; never before `until` is over."""

    asked: list[Asking] = field(default_factory=list)
    says: Callable[[Asking], Say | None] = echo
    takes_seconds: float = 0

    async def ask(self, asking: Asking) -> Say | None:
        self.asked.append(asking)
        await asyncio.sleep(self.takes_seconds)
        return self.says(asking)


class EmptyOutbox(FakeOutbox):
    """Nothing was ever kept."""

    async def holds(self, _key: str) -> bool:
        return False


class AtOnce:
    """It is always somebody's turn."""

    async def turn(self, _world: str, _name: str, clock: Clock, _every: TimeDelta) -> Instant:
        return clock.now()


class NothingChosen:
    """No group chose a channel."""

    async def channel(self, _group: GroupId) -> PlaceId | None:
        return None


def client_of(folder: Path, answering: Answering) -> Client:
    (folder / DEFAULT_LOCALE).mkdir(exist_ok=True)
    (folder / DEFAULT_LOCALE / "own.ftl").write_text(OWN)
    words = Catalogue([settings.shipped() / "words", folder])

    async def locale_of(_group: GroupId) -> str:
        return DEFAULT_LOCALE

    return DiscordWorld(
        name="discord",
        token="",
        words=words,
        locales=words.locales,
        answering=answering,
        outbox=EmptyOutbox(),
        ledger=FakeLedger(),
        groups=FakeGroups(),
        choosing=NothingChosen(),
        turns=AtOnce(),
        clock=FakeClock(),
        journal=FakeJournal(),
        locale_of=locale_of,
    ).client


@asynccontextmanager
async def served(folder: Path, answering: Answering) -> AsyncIterator[simcord.Env]:
    """Simulate a Discord that the bot serves; at the end, what was asked of it is put to Discord's description."""
    async with simcord.run(client_of(folder, answering), shard_count=1) as env:
        yield env
    assert recorded_faults(env) == []


async def test_a_slash_command_is_answered_for_one_persons_eyes(tmp_path: Path) -> None:
    answering = Answering(known=(FIND,))
    async with served(tmp_path, answering) as env:
        guild = env.create_guild()
        channel = guild.create_text_channel("general")
        ash = guild.add_member(env.create_user("ash"))
        result = await ash.slash(channel, "find", need="**help** @everyone")

    [asking] = answering.asked
    assert result.ephemeral
    assert not result.deferred
    assert result.response is not None
    assert result.response.content == "You said: find \\*\\*help\\*\\* @\u2060everyone"
    assert asking.person == PersonId.of("discord", str(ash.id))
    assert asking.group == GroupId.of("discord", str(guild.id))
    assert list(asking.places) == ["general"]


async def test_an_answer_that_takes_long_is_announced_first(tmp_path: Path) -> None:
    answering = Answering(known=(FIND,), takes_seconds=5)
    async with served(tmp_path, answering) as env:
        guild = env.create_guild()
        ash = guild.add_member(env.create_user("ash"))
        result = await ash.slash(guild.create_text_channel("general"), "find", need="help")
        announced = result.deferred, result.ephemeral
        await env.advance_time(answering.takes_seconds)

    assert announced == (True, True)
    assert result.response is not None
    assert result.response.content == "You said: find help"


async def test_a_long_answer_comes_in_pages_all_of_them_private(tmp_path: Path) -> None:
    def long(_asking: Asking) -> Say:
        return Say(lines=tuple(line("test-echo", text="x" * 900) for _ in range(5)))

    async with served(tmp_path, Answering(known=(FIND,), says=long)) as env:
        guild = env.create_guild()
        ash = guild.add_member(env.create_user("ash"))
        result = await ash.slash(guild.create_text_channel("general"), "find", need="help")

    assert result.response is not None
    said = [result.response, *result.followups]
    assert len(said) == 3
    assert all(one.ephemeral for one in said)
    assert sum(one.content.count("x") for one in said) == 4500


async def test_a_button_does_what_it_says_also_after_the_bot_was_started_again(tmp_path: Path) -> None:
    go = Choice(label=line("test-echo", text="go"), command="sit can", options={"ask": "K7"})

    def offer(asking: Asking) -> Say | None:
        return say("test-echo", text="?").offering(go) if asking.command == "find" else echo(asking)

    answering = Answering(known=(FIND, CAN), says=offer)
    async with served(tmp_path, answering) as env:
        guild = env.create_guild()
        ash = guild.add_member(env.create_user("ash"))
        first = await ash.slash(guild.create_text_channel("general"), "find", need="help")
        assert first.response is not None
        await env.restart_bot(client_of(tmp_path, answering))
        result = await ash.click(first.response.message, label="You said: go")

    assert [asking.command for asking in answering.asked] == ["find", "sit can"]
    assert answering.asked[1].options == {"ask": "K7"}
    assert answering.asked[1].group == GroupId.of("discord", str(guild.id))
    assert result.response is not None
    assert result.response.content == "You said: sit can K7"
    assert result.ephemeral


async def test_what_discord_would_not_take_is_a_fault_also_where_the_simulation_takes_it(tmp_path: Path) -> None:
    needed()
    client = client_of(tmp_path, Answering(known=(FIND,)))
    async with simcord.run(client, shard_count=1) as env:
        channel = env.create_guild().create_text_channel("general")
        await client.http.request(
            Route("POST", "/channels/{channel_id}/messages", channel_id=channel.id),
            json={"content": "hello", "nonce": "n" * 26},
        )

    assert recorded_faults(env)
