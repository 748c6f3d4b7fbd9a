"""Closed direct messages, permissions and channels taken away, people and servers that go: each with one outcome."""

import asyncio
import sqlite3
from contextlib import closing

import pytest
from whenever import TimeDelta

from bot.clockwork.clock import MovableClock
from bot.domain.ids import GroupId
from bot.domain.outgoing import Message
from bot.domain.saying import say
from bot.house import House
from tests.discord import refusing
from tests.discord.gateway import until
from tests.discord.house import NAME, Host, group, place
from tests.discord.loopback import Loopback
from tests.discord.permissions import Json, May
from tests.discord.test_crashes import SEND, rooms
from tests.discord.test_house import Village, answered, nothing_left


def kept(host: Host, of: Json) -> list[str]:
    """Return the rows in which a thing's id stands anywhere."""
    with closing(sqlite3.connect(host.folder / "alongside.db")) as database:
        return [row for row in database.iterdump() if of["id"] in row]


async def _known(house: House, village: Village) -> list[GroupId]:
    return [each for each in await house.groups.known(NAME) if each == group(village.guild)]


def news(village: Village, channel: Json) -> Message:
    now = MovableClock().now()
    about = group(village.guild)
    later = now + TimeDelta(hours=1)
    return Message(key="news", group=about, to=place(channel), say=say("sit-thanks"), not_before=now, expires_at=later)


async def asks(village: Village) -> None:
    """Let ann ask for company, and send it."""
    preview = await village.slash(village.ann, "sit ask")
    await village.press(preview.messages[0], village.ann, "Send it")


async def test_who_takes_no_direct_messages_gets_none_and_nothing_of_it_is_said_elsewhere(
    loopback: Loopback, host: Host
) -> None:
    village = Village(loopback)
    loopback.happening.direct_messages_closed(village.bea)
    async with host.running() as house:
        await village.slash(village.bea, "sit open")
        await asks(village)
        await until(lambda: "not-sent" in host.journal.kinds, 20)
        loopback.happening.direct_messages_opened(village.bea)
        host.waits(house)
        await village.slash(village.bea, "sit open")
        card = await village.slash(village.bea, "group show")
        form = await loopback.people.press(card.messages[0], village.bea, "Set the time zone")
        await until(lambda: form.modal, 20)
        people = await house.groups.people(group(village.guild))

    assert village.said("Someone would like") == []
    assert len(people) == 2


async def test_a_permission_that_goes_while_two_are_on_their_way_calls_the_meeting_off_and_tells_both(
    loopback: Loopback, host: Host
) -> None:
    village = Village(loopback)
    loopback.luck.refuse(
        "PUT /channels/{channel_id}/thread-members/{user_id}", refusing.MISSING_PERMISSIONS, times=None
    )
    async with host.running():
        await village.agree()
        await until(lambda: len(village.said("did not")) == 2, 20)
        await until(lambda: not rooms(loopback), 20)

    assert village.said("What was agreed") == []


async def test_where_rooms_cannot_be_made_any_more_another_channel_is_used(loopback: Loopback, host: Host) -> None:
    village = Village(loopback)
    other = loopback.world.channel(village.guild, "other")
    async with host.running():
        first = village.guild["channels"][0]
        await answered(await loopback.people.slash(village.guild, village.ann, "group channel", channel=first))
        await loopback.happening.overwritten(first, loopback.me, deny=May.CREATE_PRIVATE_THREADS)
        card = await village.meet()

    assert loopback.channels[card["channel_id"]]["parent_id"] == other["id"]


@pytest.mark.parametrize("away", [False, True])
async def test_a_chosen_channel_that_is_deleted_is_let_go_and_rooms_are_made_elsewhere(
    loopback: Loopback, host: Host, *, away: bool
) -> None:
    village = Village(loopback)
    chosen = await loopback.happening.channel_made(village.guild, "chosen")
    async with host.running():
        await answered(await loopback.people.slash(village.guild, village.ann, "group channel", channel=chosen))
        if not away:
            await loopback.happening.channel_deleted(chosen)
            await until(lambda: not kept(host, chosen), 20)
    before = kept(host, chosen)
    if away:
        await loopback.happening.channel_deleted(chosen)
    async with host.running():
        card = await village.meet()

    assert bool(before) == away
    assert loopback.channels[card["channel_id"]]["parent_id"] == village.guild["channels"][0]["id"]
    assert kept(host, chosen) == []


async def test_a_rotas_channel_that_is_gone_while_the_bot_is_away_is_let_go_when_discord_says_so(
    loopback: Loopback, host: Host
) -> None:
    village = Village(loopback)
    async with host.running():
        await village.slash(village.ann, "rota new", name="Tea", when="daily 20:00")
    first = village.guild["channels"][0]
    await loopback.happening.channel_made(village.guild, "other")
    await loopback.happening.channel_deleted(first)
    async with host.running() as house:
        before = kept(host, first)
        async with house.database.transaction():
            await house.outbox.put(news(village, first))
        await until(lambda: not kept(host, first), 20)

    assert before


async def test_somebody_who_left_is_forgotten_when_discord_says_so(loopback: Loopback, host: Host) -> None:
    village = Village(loopback)
    async with host.running():
        await village.slash(village.bea, "sit open")
        await village.slash(village.bea, "me zone", zone="Europe/Dublin")
        await village.slash(village.ann, "rota new", name="Tea", when="daily 20:00")
        await village.slash(village.bea, "rota join", date="tomorrow")
        await loopback.happening.member_left(village.guild, village.bea)
        await asks(village)
        await until(lambda: not kept(host, village.bea), 20)

    assert village.said("Someone would like") == []


async def test_a_server_that_the_bot_was_taken_out_of_while_it_was_away_is_forgotten_at_the_next_start(
    loopback: Loopback, host: Host
) -> None:
    village, other = Village(loopback), Village(loopback)
    async with host.running() as house:
        for each in (village, other):
            await each.slash(each.ann, "rota new", name="Tea", when="daily 20:00")
    await loopback.happening.bot_removed(village.guild)
    async with host.running() as house:
        await nothing_left(lambda: _known(house, village))
        assert await house.groups.known(NAME) == (group(other.guild),)


async def test_a_server_that_is_out_of_reach_at_the_start_is_not_forgotten(loopback: Loopback, host: Host) -> None:
    village = Village(loopback)
    async with host.running():
        await village.slash(village.ann, "rota new", name="Tea", when="daily 20:00")
    await loopback.happening.outage(village.guild)
    async with host.running() as house:
        # The bot has looked round by then.
        await asyncio.sleep(0.5)
        before = await house.groups.known(NAME)
        await loopback.happening.outage_over(village.guild)
        shown = await village.slash(village.ann, "rota show", rota="Tea")

    assert before == (group(village.guild),)
    assert "Tea" in shown.contents[0]


@pytest.mark.parametrize("refusal", [refusing.MISSING_ACCESS, refusing.MISSING_PERMISSIONS, refusing.UNKNOWN_GUILD])
async def test_what_discord_refuses_is_let_go_and_the_next_one_comes(
    loopback: Loopback, host: Host, refusal: refusing.Refusal
) -> None:
    village = Village(loopback)
    async with host.running() as house:
        refused = loopback.luck.refuse(SEND, refusal)
        await village.slash(village.ann, "rota new", name="Tea", when="daily 20:00")
        await until(lambda: refused.happened, 20)
        host.waits(house)
        await village.slash(village.ann, "rota new", name="Milk", when="daily 20:00")
        await village.hears("There is a new rota: Milk")

    assert village.said("There is a new rota: Tea") == []


async def test_pings_are_kept_while_the_token_is_not_good_and_said_when_it_is_again(
    loopback: Loopback, host: Host
) -> None:
    village = Village(loopback)
    async with host.running():
        loopback.luck.refuse(SEND, refusing.UNAUTHORIZED, times=None)
        await village.slash(village.ann, "rota new", name="Tea", when="daily 20:00")
        await until(lambda: "not-sent" in host.journal.kinds, 20)
        # Whatever becomes of it is noted by then.
        await asyncio.sleep(0.5)
    loopback.luck.mend()
    async with host.running() as house:
        house.nudge()
        await village.hears("There is a new rota: Tea")
