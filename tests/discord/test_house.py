"""The whole house on a loopback Discord: people meet as they do there, and nothing of it remains."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from whenever import TimeDelta

from bot.domain.ids import GroupId
from bot.domain.sit.table import Stage
from bot.house import House
from bot.ports.chat import ChatError
from bot.store.tables.sit import asks
from tests.discord.gateway import until
from tests.discord.house import NAME, Host
from tests.discord.interactions import Answered
from tests.discord.loopback import Loopback
from tests.discord.permissions import Json, May

FOR_ALL = (
    May.VIEW_CHANNEL
    | May.SEND_MESSAGES
    | May.CREATE_PRIVATE_THREADS
    | May.SEND_MESSAGES_IN_THREADS
    | May.MANAGE_THREADS
)


@pytest.fixture
def host(loopback: Loopback, tmp_path: Path) -> Host:
    return Host(loopback=loopback, folder=tmp_path)


class Village:
    """One server with two people in it, who use what the bot says to them."""

    def __init__(self, loopback: Loopback, granted: May = FOR_ALL) -> None:
        self.loopback = loopback
        self.guild = loopback.guild(granted=granted)
        self.ann, self.bea = loopback.user("ann"), loopback.user("bea")
        self.both = self.ann, self.bea
        for user in self.both:
            loopback.world.join(self.guild, user)

    async def slash(self, user: Json, path: str, /, **options: Any) -> Answered:  # noqa: ANN401  As there.
        return await answered(await self.loopback.people.slash(self.guild, user, path, **options))

    async def press(self, message: Json, user: Json, label: str) -> Answered:
        return await answered(await self.loopback.people.press(message, user, label))

    def said(self, words: str) -> list[Json]:
        """Return what the bot said with those words in it, in every channel."""
        all_ = [message for messages in self.loopback.messages.values() for message in messages]
        return [message for message in all_ if words in message["content"]]

    async def hears(self, words: str) -> Json:
        await until(lambda: self.said(words), 20)
        return self.said(words)[-1]

    async def meet(self) -> Json:
        """Let the two agree to meet; return the card they read in their room."""
        await self.agree()
        return await self.hears("What was agreed")

    async def agree(self) -> None:
        """Let the two agree to meet."""
        await self.slash(self.bea, "sit open")
        preview = await self.slash(self.ann, "sit ask", wanted="quiet")
        await self.press(preview.messages[0], self.ann, "Send it")
        await self.press(await self.hears("Someone would like"), self.bea, "I can")
        await self.press(await self.hears("can sit with you"), self.ann, "Meet bea")


async def answered(given: Answered) -> Answered:
    await until(lambda: given.messages, 20)
    return given


async def test_two_people_meet_in_a_private_thread_that_goes_with_all_of_it_when_one_of_them_ends_it(
    loopback: Loopback, host: Host
) -> None:
    village = Village(loopback)
    async with host.running():
        card = await village.meet()
        thread = loopback.channels[card["channel_id"]]
        there = {user["id"] for user in (village.ann, village.bea)} <= loopback.world.thread_members[
            thread["id"]
        ].keys()
        await village.press(card, village.bea, "Step away")
        await until(lambda: thread["id"] not in loopback.channels, 20)
        late = await village.slash(village.ann, "sit withdraw")

    assert there
    assert thread["name"].startswith("Private room ")
    assert "Who else can read this" in card["content"]
    assert f"<@{village.guild['owner_id']}>" in card["content"]
    assert card["allowed_mentions"]["users"] == [int(village.ann["id"]), int(village.bea["id"])]
    assert late.contents == ["You have no ask and no offer open. There is nothing to take back."]


async def test_a_room_that_somebody_archived_by_hand_is_taken_away_all_the_same(loopback: Loopback, host: Host) -> None:
    village = Village(loopback)
    async with host.running():
        card = await village.meet()
        thread = loopback.channels[card["channel_id"]]
        await loopback.happening.thread_archived(thread)
        await village.slash(village.ann, "now")
        await village.press(card, village.bea, "Step away")
        await until(lambda: thread["id"] not in loopback.channels, 20)


async def _begun(house: House) -> None:
    """Wait until the time of the sit runs: it does once the card is known to be there, a moment after it is read."""
    async with asyncio.timeout(20):
        while True:
            async with house.database.transaction():
                stages = (await house.database.execute(select(asks.c.stage))).scalars().all()
            if stages == [Stage.OPEN]:
                return
            await asyncio.sleep(0.01)


async def test_a_room_is_taken_away_when_its_time_is_over(loopback: Loopback, host: Host) -> None:
    village = Village(loopback)
    async with host.running() as house:
        card = await village.meet()
        await _begun(house)
        host.clock.move(TimeDelta(minutes=44))
        house.works.ring()
        await asyncio.sleep(0.5)
        before = card["channel_id"] in loopback.channels
        host.clock.move(TimeDelta(minutes=2))
        house.works.ring()
        await until(lambda: card["channel_id"] not in loopback.channels, 20)

    assert before


async def test_a_button_that_needs_more_opens_a_form_and_what_is_filled_in_is_told_to_the_group(
    loopback: Loopback, host: Host
) -> None:
    village = Village(loopback)
    async with host.running():
        card = await village.slash(village.ann, "group show")
        form = await loopback.people.press(card.messages[0], village.ann, "Set the time zone")
        await until(lambda: form.modal, 20)
        done = await answered(await loopback.people.submit(form, zone="Asia/Kolkata"))
        news = await village.hears("This group now goes by the time in Asia/Kolkata")

    assert done.contents == ["Kept, and the room is told:\nThis group now goes by the time in Asia/Kolkata."]
    assert news["channel_id"] == village.guild["channels"][0]["id"]


async def test_a_channel_where_something_is_missing_says_what_does_not_work_there(
    loopback: Loopback, host: Host
) -> None:
    village = Village(loopback, FOR_ALL & ~May.MANAGE_THREADS)
    async with host.running():
        channel = village.guild["channels"][0]
        done = await answered(await loopback.people.slash(village.guild, village.ann, "group channel", channel=channel))

    assert f"Private rooms are now made under <#{channel['id']}>" in done.contents[0]
    assert "Manage Threads" in done.contents[0]


async def test_where_the_bot_may_not_delete_it_says_so_beforehand_and_archives_the_room(
    loopback: Loopback, host: Host
) -> None:
    village = Village(loopback, FOR_ALL & ~May.MANAGE_THREADS)
    async with host.running():
        card = await village.meet()
        await village.press(card, village.ann, "Step away")
        thread = loopback.channels[card["channel_id"]]
        await until(lambda: thread["thread_metadata"]["archived"], 20)

    assert "I may not delete threads here" in card["content"]


async def test_a_server_that_adds_the_bot_hears_of_it_once_where_it_greets_people_and_the_button_is_the_set_up(
    loopback: Loopback, host: Host
) -> None:
    village = Village(loopback)
    async with host.running():
        new = loopback.guild("new", granted=None)
        new["system_channel_id"] = new["channels"][0]["id"]
        loopback.world.join(new, village.ann)
        await loopback.happening.bot_added(new, FOR_ALL)
        hello = await village.hears("I help this group look after each other")
        shown = await village.press(hello, village.ann, "See the set-up")

    assert hello["channel_id"] == new["system_channel_id"]
    assert len(village.said("I help this group")) == 1
    assert shown.contents[0].startswith("This is how this group has things")
    assert shown.ephemeral


async def test_everything_kept_of_a_server_goes_when_the_bot_is_taken_out_of_it(loopback: Loopback, host: Host) -> None:
    village = Village(loopback)
    async with host.running() as house:
        await village.slash(village.ann, "rota new", name="Tea", when="daily 20:00")
        await village.slash(village.ann, "me zone", zone="Europe/Dublin")
        await loopback.happening.bot_removed(village.guild)
        await nothing_left(lambda: house.groups.known(NAME))


async def nothing_left(left: Callable[[], Awaitable[Collection[GroupId]]]) -> None:
    async with asyncio.timeout(20):
        while await left():  # noqa: ASYNC110  Two programs, and no event between them.
            await asyncio.sleep(0.05)


@pytest.mark.parametrize(("token", "intents", "kind"), [("wrong", 1, "token-wrong"), (None, 0, "intents-not-allowed")])
async def test_what_discord_will_not_have_ends_it_at_once_with_its_kind(
    loopback: Loopback, host: Host, token: str | None, intents: int, kind: str
) -> None:
    host.token = token
    loopback.gateway.intents_allowed = intents
    with pytest.raises(ChatError) as fault:
        async with host.running():
            pass

    assert (fault.value.kind, fault.value.permanent) == (kind, True)
