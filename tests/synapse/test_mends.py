"""The ten defects of nio 0.26 that were shown, T1 to T10: each with a test that fails without its mend.

Where it is cheap, a second test shows that nio still has the defect: when it no longer does, the mend can go.
"""

import asyncio
import contextlib
import json
import re
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from nio import AsyncClient

from bot.domain.commands import Typed
from bot.domain.saying import Say, say
from bot.ports.chat import ChatError
from tests.fakes.answering import echo
from tests.soak.cutting import Cutting
from tests.soak.process import settled
from tests.synapse.bot import Bot, group_id, person_id, place_id
from tests.synapse.conftest import NewPeer
from tests.synapse.deeds import (
    answers,
    bad_events,
    bad_messages,
    client_of,
    in_a_group,
    said,
    send_raw,
    send_to_device,
    use_up_keys,
)
from tests.synapse.homeserver import Homeserver
from tests.synapse.peer import Peer

SERVER_AWAY_SECONDS = 4


class Through(Homeserver):
    """A homeserver at another address, such as that of a wire that counts."""

    def __init__(self, url: str) -> None:
        self._url = url

    @property
    def url(self) -> str:
        return self._url


@pytest.fixture
async def wire(homeserver: Homeserver) -> AsyncIterator[Cutting]:
    """A wire to the homeserver that counts what goes over it."""
    cutting = Cutting(homeserver.url)
    await cutting.start()
    yield cutting
    await cutting.stop()


async def test_t1_seven_kinds_of_poison_and_a_command_in_one_sync_leave_the_command_answered(
    bot: Bot, new_peer: NewPeer
) -> None:
    ann, eve = await new_peer("ann"), await new_peer("eve")
    async with bot.running():
        group = await in_a_group(bot, ann)
        hers = await in_a_group(bot, eve)
        await eve.wait_for(lambda _: True)
    device = next(iter(eve.client.device_store[bot.person.user_id].values()))
    to_device, events = bad_messages(device.curve25519), bad_events()
    for bad in to_device:
        await send_to_device(eve, bot.person.user_id, bad)
    for kind, content in events:
        await send_raw(eve, hers, kind, content)
    await ann.say(group, "!still there")
    for _ in range(2):
        async with bot.running():
            await ann.wait_for(said("still there"))
            await ann.say(group, "!still there")

    assert len(to_device) + len(events) >= 7
    assert bot.journal.kinds.count("event-spoiled") >= 3


async def test_t2_a_new_device_reaches_a_bot_whose_one_time_keys_are_used_up(bot: Bot, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    async with bot.running():
        group = await in_a_group(bot, ann)
        await ann.wait_for(lambda _: True)
    use_up_keys(bot, ann)
    eve = await new_peer("eve")
    await ann.client.room_invite(group, eve.user_id)
    await eve.wait_until(lambda: group in eve.rooms)
    await eve.say(group, "!help")
    async with bot.running():
        answer = await eve.wait_for(said("help"))

    assert answer.encrypted


async def test_t2_one_time_keys_that_are_used_up_are_made_anew(bot: Bot, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    async with bot.running():
        group = await in_a_group(bot, ann)
        await ann.wait_for(lambda _: True)
        use_up_keys(bot, ann)
        await ann.say(group, "!help")
        await ann.wait_for(said("help"))
        before = bot.homeserver.ask("GET", "/_matrix/client/v3/sync", token=_session(bot)["access_token"])

    assert before["device_one_time_keys_count"]["signed_curve25519"] >= 25


async def test_t2_nio_takes_no_notice_of_a_count_of_nought(homeserver: Homeserver, new_peer: NewPeer) -> None:
    ann, eve = await new_peer("ann"), await new_peer("eve")
    used_up = {"one_time_keys": {ann.user_id: {ann.client.device_id: "signed_curve25519"}}}
    for _ in range(60):
        homeserver.ask("POST", "/_matrix/client/v3/keys/claim", used_up, eve.client.access_token)
    answer = await ann.client.sync()
    assert ann.client.olm is not None

    assert answer.device_key_count.signed_curve25519 == 0
    assert ann.client.olm.uploaded_key_count != 0


def _session(bot: Bot) -> dict[str, str]:
    return dict(json.loads((bot.folder / "bot" / "session.json").read_text()))


async def test_t3_a_restart_loses_nothing_and_repeats_nothing(bot: Bot, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    async with bot.running():
        group = await in_a_group(bot, ann)
        await ann.say(group, "!before")
        await ann.wait_for(said("before"))
    await ann.say(group, "!away")
    await _chatter(ann, group)
    await ann.say(group, "!back")
    async with bot.running():
        await ann.wait_for(said("back"))
    async with bot.running():
        await ann.say(group, "!after")
        await ann.wait_for(said("after"))

    assert [typed.text for typed in bot.answering.heard] == ["before", "away", "back", "after"]
    assert answers(ann) == ["before", "away", "back", "after"]


@pytest.mark.parametrize(
    "step",
    [
        pytest.param("sync: after it was fed", marks=pytest.mark.long),
        "inbox: after lines and place were written",
        pytest.param("decide: after an answer was decided", marks=pytest.mark.long),
        pytest.param("send: after the server accepted", marks=pytest.mark.long),
    ],
)
async def test_t3_commands_on_both_sides_of_a_long_gap_are_answered_once_by_a_bot_that_was_killed(
    homeserver: Homeserver, new_peer: NewPeer, tmp_path: Path, step: str
) -> None:
    ann = await new_peer("ann")
    account = homeserver.register(f"killed{abs(hash(step))}")
    async with settled(tmp_path / "process", homeserver.url, account) as process:
        await process.start(0)
        await process.serves()
        group = await ann.make_group(account.user_id)
        await ann.wait_for_people(group, account.user_id)
        await ann.say(group, "!me")
        await ann.wait_for(lambda heard: "Nation" in heard.body)
        await process.kill()
        for nation in ("wales", "scotland"):
            await ann.say(group, f"!me nation {nation}")
            await _chatter(ann, group)
        await process.start(0, step)
        status = await process.ended(60)
        await process.start(0)
        await process.serves()
        for _ in range(2):
            await ann.wait_for(lambda heard: heard.body.startswith("Kept"))
        await ann.say(group, "!me")
        await ann.wait_for(lambda heard: "Nation" in heard.body)

    assert status == -signal.SIGKILL
    assert [heard.body for heard in ann.heard if re.match("Kept", heard.body)] == ["Kept: Wales.", "Kept: Scotland."]


async def _chatter(peer: Peer, room_id: str) -> None:
    """Say more than one sync holds."""
    texts = ({"msgtype": "m.text", "body": f"chatter {number}"} for number in range(101))
    await asyncio.gather(*(send_raw(peer, room_id, "m.room.message", text) for text in texts))


async def test_t4_an_answer_can_be_read_on_a_device_that_is_brand_new(bot: Bot, tmp_path: Path) -> None:
    person = bot.homeserver.register("twodevices")
    ann = await Peer.come(bot.homeserver, person, tmp_path / "first")
    async with bot.running():
        group = await in_a_group(bot, ann)
        await ann.say(group, "!first")
        await ann.wait_for(said("first"))
        new = await Peer.come(bot.homeserver, person, tmp_path / "second")
        await new.wait_until(lambda: group in new.rooms)
        await new.say(group, "!second")
        answer = await new.wait_for(said("second"))
    for peer in (ann, new):
        await peer.go()

    assert answer.encrypted


async def test_t5_a_revoked_token_ends_the_run_after_one_request(
    bot: Bot, homeserver: Homeserver, wire: Cutting
) -> None:
    bot.homeserver = Through(wire.address)
    world = bot.world()
    await world.start()
    _revoke(homeserver, _session(bot)["access_token"])
    asked = wire.asked
    with pytest.raises(ChatError) as caught:
        async with asyncio.timeout(10):
            await world.run()
    asked = wire.asked - asked
    await world.stop()

    assert (caught.value.kind, caught.value.permanent) == ("token-revoked", True)
    assert asked == 1


def _revoke(homeserver: Homeserver, token: str) -> None:
    homeserver.ask("POST", "/_matrix/client/v3/logout", {}, token)


async def test_t5_a_server_that_is_away_is_asked_less_and_less(bot: Bot, wire: Cutting) -> None:
    bot.homeserver = Through(wire.address)
    async with bot.running():
        wire.away = True
        wire.drop()
        connected = wire.connected
        await asyncio.sleep(SERVER_AWAY_SECONDS)
        connected = wire.connected - connected

    assert 2 <= connected <= SERVER_AWAY_SECONDS * 2


async def test_t5_nio_asks_without_end_with_a_revoked_token(
    homeserver: Homeserver, new_peer: NewPeer, wire: Cutting
) -> None:
    ann = await new_peer("ann")
    ann.client.homeserver = wire.address
    _revoke(homeserver, ann.client.access_token)
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(ann.client.sync_forever(timeout=30_000), 1)

    # Hundreds on a machine that has nothing else to do.
    assert wire.asked > 5


async def test_t6_a_post_that_is_broken_off_goes_out_once_and_the_room_can_still_be_spoken_in(
    bot: Bot, new_peer: NewPeer
) -> None:
    ann, bob = await new_peer("ann"), await new_peer("bob")
    async with bot.running() as world:
        group = await in_a_group(bot, ann)
        await ann.wait_for(lambda heard: "Alongside" in heard.body)
        await ann.client.room_invite(group, bob.user_id)
        await bob.wait_until(lambda: group in bob.rooms)
        client = client_of(world)
        await ann.wait_until(lambda: bob.user_id in client.rooms[group].users and not client.should_query_keys)
        broken = asyncio.create_task(world.post(place_id(group), say("test-echo", text="one"), "one"))
        await _until_keys_are_given(client, group)
        broken.cancel()
        await asyncio.wait([broken])
        for text in ("one", "two"):
            async with asyncio.timeout(10):
                await world.post(place_id(group), say("test-echo", text=text), text)
        await ann.wait_for(said("two"))

    assert broken.cancelled()
    assert answers(ann) == ["one", "two"]


async def test_t6_nio_holds_a_room_for_ever_after_a_send_that_was_broken_off(new_peer: NewPeer) -> None:
    ann, bob = await new_peer("ann"), await new_peer("bob")
    room = await ann.make_group(bob.user_id)
    await bob.wait_until(lambda: room in bob.rooms)
    await ann.wait_for_people(room, bob.user_id)
    sending = asyncio.create_task(ann.say(room, "hello"))
    await _until_keys_are_shared(ann.client, room)
    sending.cancel()
    await asyncio.wait([sending])

    assert room in ann.client.sharing_session


async def _until_keys_are_given(client: AsyncClient, room_id: str) -> None:
    """Wait until the bot has begun to give the room's new key to the devices there, and no longer."""
    assert client.olm is not None
    sessions = client.olm.outbound_group_sessions
    async with asyncio.timeout(10):
        while room_id not in sessions or sessions[room_id].shared:  # noqa: ASYNC110  nio has no event for it.
            await asyncio.sleep(0)


async def _until_keys_are_shared(client: AsyncClient, room_id: str) -> None:
    """Wait until the keys for a room are on their way, and no longer."""
    async with asyncio.timeout(10):
        while room_id not in client.sharing_session:  # noqa: ASYNC110  nio has no event for it.
            await asyncio.sleep(0)


async def test_t7_an_exception_in_one_answer_loses_no_other(bot: Bot, new_peer: NewPeer) -> None:
    def answer(typed: Typed) -> Say:
        if typed.text == "bad":
            raise ValueError(typed.text)
        return echo(typed)

    ann = await new_peer("ann")
    async with bot.running():
        group = await in_a_group(bot, ann)
        await ann.say(group, "!first")
        await ann.wait_for(said("first"))
    bot.answering.answer = answer
    for text in ("one", "bad", "two"):
        await ann.say(group, f"!{text}")
    async with bot.running():
        await ann.wait_for(said("two"))
        await ann.say(group, "!three")
        await ann.wait_for(said("three"))

    assert answers(ann) == ["first", "one", "two", "three"]


async def test_t8_after_a_restart_the_bot_knows_the_rooms_it_is_in(bot: Bot, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    async with bot.running():
        group = await in_a_group(bot, ann)
        await ann.say(group, "!first")
        await ann.wait_for(said("first"))
    async with bot.running() as world:
        await world.post(place_id(group), say("test-echo", text="here"), "here")
        await world.tell(person_id(ann.user_id), say("test-echo", text="and here"), "and here", group_id(group))
        await ann.wait_for(said("and here"))

    assert sorted(answers(ann)) == ["and here", "first", "here"]


async def test_t8_nio_knows_no_room_after_a_sync_from_a_kept_place(new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    await ann.make_group()

    assert await _rooms_known(ann, full_state=False) == 0
    assert await _rooms_known(ann, full_state=True) == 1


async def _rooms_known(peer: Peer, *, full_state: bool) -> int:
    """Return how many rooms another app of the same device knows after its first sync."""
    again = AsyncClient(peer.client.homeserver, peer.user_id)
    again.restore_login(peer.user_id, peer.client.device_id or "", peer.client.access_token)
    await again.sync(since=peer.client.next_batch, full_state=full_state)
    await again.close()
    return len(again.rooms)


async def test_t9_being_put_out_of_a_group_is_noticed(bot: Bot, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    async with bot.running() as world:
        group = await in_a_group(bot, ann)
        chat = await ann.make_direct(bot.person.user_id)
        await ann.wait_for_people(chat, bot.person.user_id)
        await ann.client.room_kick(group, bot.person.user_id)
        await ann.say(chat, "help")
        answer = await ann.wait_for(lambda _: True, room_id=chat)
        with pytest.raises(ChatError) as caught:
            await world.post(place_id(group), say("test-card"), "K")

    assert "not in a group together" in answer.body
    assert (caught.value.kind, caught.value.permanent) == ("room-left", True)


async def test_t9_nio_goes_on_believing_that_it_is_in_a_room_it_was_put_out_of(new_peer: NewPeer) -> None:
    ann, bob = await new_peer("ann"), await new_peer("bob")
    room = await ann.make_group(bob.user_id)
    await bob.wait_until(lambda: room in bob.rooms)
    await ann.client.room_kick(room, bob.user_id)
    answer = await bob.client.sync(1000)

    assert room in answer.rooms.leave
    assert room in bob.client.rooms


async def test_t10_each_device_of_the_bot_has_a_name_that_nobody_can_guess(bot: Bot, homeserver: Homeserver) -> None:
    other = Bot(homeserver=homeserver, person=homeserver.register("otherbot"), folder=bot.folder / "other")
    devices = []
    for each in (bot, other):
        async with each.running():
            devices.append(_session(each)["device_id"])

    assert len(set(devices)) == 2
    assert all(re.fullmatch("[0-9A-F]{16}", device) for device in devices)


async def test_t10_nio_sends_no_keys_to_a_device_with_the_same_name(homeserver: Homeserver, tmp_path: Path) -> None:
    people = [homeserver.register(name) for name in ("same1", "same2")]
    ann, bob = [await Peer.come(homeserver, person, tmp_path / person.user_id, "SAME") for person in people]
    room = await ann.make_group(bob.user_id)
    await bob.wait_until(lambda: room in bob.rooms)
    await ann.wait_for_people(room, bob.user_id)
    await ann.say(room, "hello")
    assert ann.client.olm is not None
    shared_with = ann.client.olm.outbound_group_sessions[room].users_shared_with
    for peer in (ann, bob):
        await peer.go()

    assert shared_with == set()
