"""What is lost on the wire, and a process that dies anywhere: all of it ends as one message, one room, one answer."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator

import pytest
from whenever import TimeDelta

from bot.house import House
from tests.discord.gateway import until
from tests.discord.house import Host
from tests.discord.loopback import Loopback
from tests.discord.luck import Mishap, When
from tests.discord.refusing import MISSING_PERMISSIONS
from tests.discord.test_house import Village

SEND = "POST /channels/{channel_id}/messages"
DELETE = "DELETE /channels/{channel_id}/messages/{message_id}"
LOOK = "GET /channels/{channel_id}/messages"
THREAD = "POST /channels/{channel_id}/threads"
ACTIVE = "GET /guilds/{guild_id}/threads/active"
EDIT = "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original"
CALLBACK = "POST /interactions/{interaction_id}/{interaction_token}/callback"


def times(loopback: Loopback, route: str) -> int:
    return len([each for each in loopback.asked if each.route == route])


async def tries_again(host: Host, house: House, mishap: Mishap) -> None:
    """Wait until it went wrong, and let the time go by until the next try."""
    await until(lambda: mishap.is_over, 20)
    await asyncio.sleep(0.3)
    host.waits(house)


async def test_an_invitation_whose_reply_was_lost_comes_once(loopback: Loopback, host: Host) -> None:
    village = Village(loopback)
    async with host.running() as house:
        await village.slash(village.bea, "sit open")
        lost = loopback.luck.lose_reply(SEND)
        await village.press((await village.slash(village.ann, "sit ask")).messages[0], village.ann, "Send it")
        await tries_again(host, house, lost)
        await until(lambda: times(loopback, SEND) + times(loopback, LOOK) == 2, 30)

    assert lost.happened == 1
    assert len(village.said("Someone would like")) == 1


async def test_a_kill_between_sending_and_noting_it_says_nothing_twice(loopback: Loopback, host: Host) -> None:
    village = Village(loopback)
    async with host.dying():
        await village.slash(village.bea, "sit open")
        loopback.luck.slow(SEND, 60, when=When.AFTER)
        await village.press((await village.slash(village.ann, "sit ask")).messages[0], village.ann, "Send it")
        await village.hears("Someone would like")
        before = times(loopback, SEND)
    loopback.luck.mend()
    async with host.running():
        await until(lambda: times(loopback, SEND) > before, 30)

    assert len(village.said("Someone would like")) == 1


async def test_what_was_said_longer_ago_than_discord_knows_it_for_the_same_is_found_where_it_stands(
    loopback: Loopback, host: Host
) -> None:
    village = Village(loopback)
    async with host.running() as house:
        await village.slash(village.bea, "sit open")
        lost = loopback.luck.lose_reply(SEND)
        await village.press(
            (await village.slash(village.ann, "sit ask", wait="4 hours")).messages[0], village.ann, "Send it"
        )
        await until(lambda: lost.is_over, 20)
        await asyncio.sleep(0.3)
        time_goes_by(loopback, host)
        house.works.ring()
        await until(lambda: times(loopback, LOOK) >= 1, 30)
        await asyncio.sleep(0.5)

    assert len(village.said("Someone would like")) == times(loopback, SEND) == 1


async def test_what_was_said_before_a_long_standstill_is_not_said_again_after_it(
    loopback: Loopback, host: Host
) -> None:
    village = Village(loopback)
    async with host.dying():
        await village.slash(village.bea, "sit open")
        loopback.luck.slow(SEND, 60, when=When.AFTER)
        await village.press(
            (await village.slash(village.ann, "sit ask", wait="4 hours")).messages[0], village.ann, "Send it"
        )
        await village.hears("Someone would like")
    loopback.luck.mend()
    time_goes_by(loopback, host)
    async with host.running():
        await until(lambda: times(loopback, LOOK) >= 1, 30)
        await asyncio.sleep(0.5)

    assert len(village.said("Someone would like")) == 1
    # None but the one in whose middle it was killed, which may not have been counted by then.
    assert times(loopback, SEND) <= 1


async def test_an_earlier_ask_in_the_same_words_is_not_taken_for_a_later_one(loopback: Loopback, host: Host) -> None:
    village = Village(loopback)
    # The earlier one still stands.
    loopback.luck.refuse(DELETE, MISSING_PERMISSIONS, times=None)
    async with host.running() as house:
        await village.slash(village.bea, "sit open")
        for _ in range(2):
            await an_ask_comes_late(village, host, house)

    assert times(loopback, LOOK) == 2
    assert len(village.said("Someone would like")) == 2


async def an_ask_comes_late(village: Village, host: Host, house: House) -> None:
    loopback, before = village.loopback, len(village.said("Someone would like"))
    unheard = loopback.luck.lose_request(SEND)
    asked = await village.slash(village.ann, "sit ask", wait="4 hours")
    sent = await village.press(asked.messages[0], village.ann, "Send it")
    await until(lambda: unheard.is_over, 20)
    await asyncio.sleep(0.3)
    time_goes_by(loopback, host)
    house.works.ring()
    await until(lambda: len(village.said("Someone would like")) > before, 30)
    await village.press(sent.messages[0], village.ann, "Withdraw")


async def test_an_answer_that_was_not_taken_at_first_is_announced_and_comes_in_its_place(
    loopback: Loopback, host: Host
) -> None:
    village = Village(loopback)
    async with host.running() as house:
        loopback.luck.lose_request(CALLBACK, times=2)
        given = await loopback.people.slash(village.guild, village.ann, "me nation", nation="wales")
        await until(lambda: given.thinking, 20)
        host.waits(house)
        await until(lambda: given.messages, 30)

    assert given.thinking
    assert given.contents == ["Kept: Wales."]
    assert village.said("Kept: Wales.") == []


@pytest.mark.parametrize("command", ["now", "me zone"])
@pytest.mark.parametrize("mishap", ["lose_request", "lose_reply"])
async def test_an_answer_that_was_lost_on_the_way_out_or_back_is_there_once(
    loopback: Loopback, host: Host, mishap: str, command: str
) -> None:
    village = Village(loopback)
    options = {"zone": "UTC"} if command == "me zone" else {}
    async with host.running():
        lost = getattr(loopback.luck, mishap)(CALLBACK)
        given = await loopback.people.slash(village.guild, village.ann, command, **options)
        await until(lambda: given.messages and times(loopback, CALLBACK) == 2, 30)
        await asyncio.sleep(0.5)

    assert lost.happened == 1
    assert len(given.messages) == 1
    assert not given.thinking


async def test_an_answer_that_was_announced_before_a_kill_comes_in_its_place_in_the_next_life(
    loopback: Loopback, host: Host
) -> None:
    village = Village(loopback)
    async with host.dying():
        loopback.luck.lose_request(CALLBACK, times=2)
        away = loopback.luck.lose_request(EDIT, times=None)
        given = await loopback.people.slash(village.guild, village.ann, "me nation", nation="wales")
        await until(lambda: given.thinking, 20)
        await asyncio.sleep(0.5)
        loopback.luck.mishaps.remove(away)
    host.clock.move(TimeDelta(minutes=1))
    async with host.running():
        await until(lambda: given.messages, 30)

    assert given.contents == ["Kept: Wales."]
    assert village.said("Kept: Wales.") == []


async def test_an_answer_that_discord_was_never_told_of_comes_once_as_a_direct_message(
    loopback: Loopback, host: Host
) -> None:
    village = Village(loopback)
    async with host.dying():
        loopback.luck.lose_request(CALLBACK, times=None)
        given = await loopback.people.slash(village.guild, village.ann, "me nation", nation="wales")
        await until(lambda: times(loopback, CALLBACK) >= 3, 20)
    loopback.luck.mend()
    loopback.clock.pass_by(4)
    host.clock.move(TimeDelta(minutes=1))
    async with host.running():
        await village.hears("Kept: Wales.")

    assert given.messages == []
    assert len(village.said("Kept: Wales.")) == 1


async def test_an_interaction_that_takes_no_answer_is_not_asked_again_before_the_direct_message_is(
    loopback: Loopback, host: Host
) -> None:
    village = Village(loopback)
    async with host.running() as house:
        loopback.luck.lose_request(CALLBACK, times=None)
        given = await loopback.people.slash(village.guild, village.ann, "me nation", nation="wales")
        await until(lambda: times(loopback, CALLBACK) >= 3, 20)
        loopback.luck.mend()
        loopback.clock.pass_by(4)
        lost = loopback.luck.lose_reply(SEND)
        host.waits(house)
        await until(lambda: lost.is_over, 20)
        asked = times(loopback, EDIT)
        await tries_again(host, house, lost)
        await until(lambda: times(loopback, LOOK) == 2, 30)

    assert (given.messages, asked, times(loopback, EDIT)) == ([], 1, 1)
    assert len(village.said("Kept: Wales.")) == 1


async def test_a_room_whose_making_was_not_heard_of_is_found_again(loopback: Loopback, host: Host) -> None:
    village = Village(loopback)
    async with host.running() as house:
        lost = loopback.luck.lose_reply(THREAD)
        meeting = asyncio.create_task(village.meet())
        await tries_again(host, house, lost)
        await meeting

    assert lost.happened == 1
    assert len(rooms(loopback)) == 1
    assert len(village.said("What was agreed")) == 1


async def test_a_room_that_discord_made_although_it_said_otherwise_is_the_only_one(
    loopback: Loopback, host: Host
) -> None:
    village = Village(loopback)
    async with host.running():
        fault = loopback.luck.fail_after_all(THREAD, 500)
        await village.meet()

    assert fault.happened == 1
    assert times(loopback, THREAD) == 2
    assert len(rooms(loopback)) == 1
    assert len(village.said("What was agreed")) == 1


async def test_a_room_that_was_made_just_before_a_kill_is_found_again(loopback: Loopback, host: Host) -> None:
    village = Village(loopback)
    with contextlib.suppress(asyncio.CancelledError):
        async with host.dying():
            loopback.luck.slow("PUT /channels/{channel_id}/thread-members/{user_id}", 60, times=None)
            meeting = asyncio.create_task(village.meet())
            await until(lambda: rooms(loopback), 30)
            await asyncio.sleep(0.3)
            meeting.cancel()
    loopback.luck.mend()
    async with host.running():
        await village.hears("What was agreed")

    assert len(rooms(loopback)) == 1
    assert len(village.said("What was agreed")) == 1


async def test_a_room_that_was_made_twice_just_before_a_kill_is_the_only_one_in_the_next_life(
    loopback: Loopback, host: Host
) -> None:
    village = Village(loopback)
    with contextlib.suppress(asyncio.CancelledError):
        async with host.dying():
            loopback.luck.fail_after_all(THREAD, 500)
            loopback.luck.slow(ACTIVE, 60, times=None, skip=1)
            meeting = asyncio.create_task(village.meet())
            await until(lambda: len(rooms(loopback)) == 2, 30)
            meeting.cancel()
    loopback.luck.mend()
    async with host.running():
        await village.hears("What was agreed")

    assert len(rooms(loopback)) == 1
    assert len(village.said("What was agreed")) == 1


async def test_whoever_must_wait_long_holds_up_nobody_else(loopback: Loopback, host: Host) -> None:
    village = Village(loopback)
    cat = loopback.user("cat")
    loopback.world.join(village.guild, cat)
    direct = loopback.world.direct(village.bea["id"])
    async with host.running():
        await village.slash(village.bea, "sit open")
        await village.slash(cat, "sit open")
        loopback.luck.limit(f"POST /channels/{direct['id']}/messages", 3600, times=None)
        await village.press((await village.slash(village.ann, "sit ask")).messages[0], village.ann, "Send it")
        await village.hears("Someone would like")

    [said] = village.said("Someone would like")
    assert said["channel_id"] == loopback.world.direct(cat["id"])["id"]


@contextlib.contextmanager
def slow(house: House, seconds: float, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    usual = house.database.transaction

    @contextlib.asynccontextmanager
    async def waited() -> AsyncIterator[object]:
        await asyncio.sleep(seconds)
        async with usual() as opened:
            yield opened

    monkeypatch.setattr(house.database, "transaction", waited)
    yield
    monkeypatch.undo()


async def test_a_store_that_takes_five_seconds_lets_discord_know_in_time(
    loopback: Loopback, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    village = Village(loopback)
    async with host.running() as house:
        card = await village.slash(village.ann, "group show")
        with slow(house, 5, monkeypatch):
            loop = asyncio.get_running_loop()
            began = loop.time()
            form = await loopback.people.press(card.messages[0], village.ann, "Set the time zone")
            given = await loopback.people.slash(village.guild, village.bea, "me nation", nation="wales")
            await until(lambda: form.modal and given.thinking, 10)
            took = loop.time() - began
            await until(lambda: given.messages, 40)

    assert took < 3
    assert given.contents == ["Kept: Wales."]


def time_goes_by(loopback: Loopback, host: Host) -> None:
    """Let so much time go by that Discord knows no nonce any more."""
    loopback.clock.pass_by(20 * 60)
    host.clock.move(TimeDelta(minutes=20))


def rooms(loopback: Loopback) -> list[object]:
    return [channel for channel in loopback.channels.values() if channel["type"] == 12]
