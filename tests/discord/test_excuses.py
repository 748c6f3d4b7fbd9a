"""An answer that was announced and never came: whoever asked is told so in its place, and nobody else hears of it."""

import asyncio

import pytest
from sqlalchemy import select

from bot.adapters.discord.excuses import STANDS_AFTER, Excuses
from bot.house import House
from bot.store.tables.house import outbox
from tests.discord.gateway import until
from tests.discord.house import Host
from tests.discord.interactions import Answered
from tests.discord.loopback import Loopback
from tests.discord.test_house import Village

ORIGINAL = "GET /webhooks/{webhook_id}/{webhook_token}/messages/@original"
EXCUSE = "I was stopped before I could answer. Please ask again."


def think(house: House, monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """Let every command that looks up how somebody wants things take that long."""
    usual = house.people.ways

    async def ways(*args: object) -> object:
        await asyncio.sleep(seconds)
        return await usual(*args)  # type: ignore[arg-type]  # As it was called.

    monkeypatch.setattr(house.people, "ways", ways)


async def excuses(house: House) -> list[str]:
    async with house.database.transaction():
        keys = (await house.database.execute(select(outbox.c.key).where(outbox.c.done_at.is_(None)))).scalars()
        return [key for key in keys if key.endswith(":excuse")]


async def announced_before_a_kill(village: Village, host: Host, monkeypatch: pytest.MonkeyPatch) -> Answered:
    """Let somebody ask for what is announced, and then never answered."""
    async with host.dying() as house:
        think(house, monkeypatch, 60)
        given = await village.loopback.people.slash(village.guild, village.ann, "now")
        await until(lambda: given.thinking, 20)
    return given


async def left_after(house: House, host: Host) -> list[str]:
    """Return what excuses are left after a round: what was sent is marked in the next one."""
    for _ in range(50):
        host.waits(house)
        await asyncio.sleep(0.1)
        if not (left := await excuses(house)):
            break
    return left


async def test_who_asked_just_before_a_kill_is_told_to_ask_again(
    loopback: Loopback, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    village = Village(loopback)
    given = await announced_before_a_kill(village, host, monkeypatch)
    host.clock.move(STANDS_AFTER)
    async with host.running() as house:
        await until(lambda: given.messages, 30)
        left = await left_after(house, host)

    assert given.contents == [EXCUSE]
    assert left == []
    assert village.said(EXCUSE) == []


async def test_an_answer_that_took_long_needs_no_excuse(
    loopback: Loopback, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    village = Village(loopback)
    async with host.running() as house:
        think(house, monkeypatch, 2.5)
        given = await loopback.people.slash(village.guild, village.ann, "now")
        await until(lambda: given.thinking, 20)
        meanwhile = await excuses(house)
        await until(lambda: given.messages, 20)
        await asyncio.sleep(0.3)
        after = await excuses(house)

    assert (len(meanwhile), after) == (1, [])
    assert "Lines that answer day and night" in given.contents[0]


async def test_an_excuse_that_could_not_be_taken_back_leaves_the_answer_as_it_is(
    loopback: Loopback, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_args: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(Excuses, "take_back", fails)
    village = Village(loopback)
    async with host.running() as house:
        think(house, monkeypatch, 2.5)
        given = await loopback.people.slash(village.guild, village.ann, "now")
        await until(lambda: given.messages, 20)
        await until(lambda: "excuse-not-taken-back OSError" in host.journal.kinds, 20)
        host.waits(house)
        await until(lambda: loopback.counted[ORIGINAL], 20)
        left = await left_after(house, host)

    assert left == []
    assert EXCUSE not in given.contents[0]
    assert village.said(EXCUSE) == []


async def test_an_excuse_for_which_discord_has_no_place_any_more_is_let_go(
    loopback: Loopback, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    village = Village(loopback)
    given = await announced_before_a_kill(village, host, monkeypatch)
    loopback.clock.pass_by(15 * 60 + 1)
    host.clock.move(STANDS_AFTER)
    async with host.running() as house:
        await until(lambda: loopback.counted[ORIGINAL], 30)
        left = await left_after(house, host)

    assert (given.messages, left) == ([], [])
    assert village.said(EXCUSE) == []
