"""Rooms for two on a real server."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from bot.domain.ids import PersonId
from bot.domain.saying import say
from bot.ports.chat import Attendance
from tests.synapse.bot import Bot, group_id, person_id
from tests.synapse.conftest import NewPeer
from tests.synapse.deeds import addresses, keys_kept
from tests.synapse.homeserver import Homeserver
from tests.synapse.peer import Peer

GROUP = group_id("!group:hs.test")


@pytest.fixture
def old_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Homeserver]:
    """Start a server whose rooms are of a version in which nobody's power is endless."""
    server = Homeserver(tmp_path_factory.mktemp("old"), 'default_room_version: "10"\n')
    server.start()
    yield server
    server.stop()


async def state(peer: Peer, room_id: str, kind: str) -> dict[str, Any]:
    """Return the content of one kind of state in a room, as one of its people is shown it."""
    path = f"/_matrix/client/v3/rooms/{quote(room_id)}/state/{kind}/"
    headers = {"Authorization": f"Bearer {peer.client.access_token}"}
    return dict(await (await peer.client.send("GET", path, None, headers)).json())


async def met(bot: Bot, ann: Peer, bob: Peer) -> str:
    """Let the two meet, and the bot leave; return their room."""
    people = [person_id(ann.user_id), person_id(bob.user_id)]
    async with bot.running() as world:
        place = await world.open(people, "K", GROUP)
        again = await world.open(people, "K", GROUP)
        await ann.wait_until(lambda: place.native in ann.rooms)
        await ann.wait_until(lambda: bot.nudges == 1)
        early = await world.attendance(place)
        await bob.wait_until(lambda: place.native in bob.rooms)
        await ann.wait_until(lambda: bot.nudges == 2)
        present = await world.attendance(place)
        await world.post(place, say("test-card"), "K")
        await world.leave("K", GROUP, closing=False)
        await world.leave("K", GROUP, closing=False)
        found = await world.find("K", GROUP)

    assert (place, None) == (again, found)
    assert early in {attendance(people[0]), attendance(people[1])}
    assert present == attendance(*people)
    return place.native


def attendance(*here: PersonId) -> Attendance:
    return Attendance(here=frozenset(here), gone=frozenset())


async def test_two_meet_in_a_room_of_their_own_and_talk_on_when_the_bot_has_left(bot: Bot, new_peer: NewPeer) -> None:
    ann, bob, cat = await new_peer("ann"), await new_peer("bob"), await new_peer("cat")
    room_id = await met(bot, ann, bob)
    cards = [await peer.wait_for(lambda heard: heard.body == "The card.") for peer in (ann, bob)]
    await ann.say(room_id, "hello bob")
    from_ann = await bob.wait_for(lambda heard: heard.body == "hello bob")
    await bob.say(room_id, "hello ann")
    from_bob = await ann.wait_for(lambda heard: heard.body == "hello ann")
    alone = set(ann.rooms[room_id].users)
    await bob.client.room_invite(room_id, cat.user_id)
    await cat.wait_until(lambda: room_id in cat.rooms)

    assert all(heard.encrypted for heard in (*cards, from_ann, from_bob))
    assert alone == {ann.user_id, bob.user_id}
    assert (await state(ann, room_id, "m.room.power_levels"))["users"] == {ann.user_id: 150, bob.user_id: 150}
    assert keys_kept(bot, room_id) == 0


async def test_a_meeting_room_tells_nothing_and_is_open_to_nobody(bot: Bot, new_peer: NewPeer) -> None:
    ann, bob = await new_peer("ann"), await new_peer("bob")
    room_id = await met(bot, ann, bob)
    kinds = ("name", "topic", "canonical_alias", "join_rules", "guest_access", "history_visibility")
    name, topic, alias, *access = [await state(ann, room_id, f"m.room.{kind}") for kind in kinds]

    assert (name, topic["errcode"], alias) == ({"name": "Private room"}, "M_NOT_FOUND", {})
    assert [next(iter(rule.values())) for rule in access] == ["invite", "forbidden", "joined"]
    assert await addresses(ann, room_id) == []


async def test_the_bot_does_not_come_back_into_a_meeting_it_has_left(bot: Bot, new_peer: NewPeer) -> None:
    ann, bob = await new_peer("ann"), await new_peer("bob")
    room_id = await met(bot, ann, bob)
    await ann.client.room_invite(room_id, bot.person.user_id)
    async with bot.running():
        group = await ann.make_group(bot.person.user_id)
        await ann.wait_for_people(group, bot.person.user_id)
        await ann.sync()

    assert ann.rooms[room_id].users[bot.person.user_id].invited


async def test_in_a_room_of_an_older_version_both_have_all_the_power_too(
    old_server: Homeserver, tmp_path: Path
) -> None:
    ann, bob = [await Peer.come(old_server, old_server.register(name), tmp_path / name) for name in ("ann", "bob")]
    bot = Bot(homeserver=old_server, person=old_server.register("bot"), folder=tmp_path)
    room_id = await met(bot, ann, bob)
    levels = await state(bob, room_id, "m.room.power_levels")
    for peer in (ann, bob):
        await peer.go()

    assert levels["users"] == dict.fromkeys((bot.person.user_id, ann.user_id, bob.user_id), 100)


async def test_a_meeting_that_came_to_nothing_is_closed_to_everybody(bot: Bot, new_peer: NewPeer) -> None:
    ann, bob = await new_peer("ann"), await new_peer("bob")
    bob.accepts = False
    async with bot.running() as world:
        place = await world.open([person_id(ann.user_id), person_id(bob.user_id)], "K", GROUP)
        await ann.wait_until(lambda: place.native in ann.rooms)
        await world.leave("K", GROUP, closing=True)
        await ann.wait_until(lambda: place.native not in ann.rooms)

    assert place.native not in bob.rooms


async def test_a_meeting_room_is_found_again_after_a_restart(bot: Bot, new_peer: NewPeer) -> None:
    ann, bob = await new_peer("ann"), await new_peer("bob")
    people = [person_id(ann.user_id), person_id(bob.user_id)]
    async with bot.running() as world:
        place = await world.open(people, "K", GROUP)
    async with bot.running() as world:
        again = await world.open(people, "K", GROUP)
        await ann.wait_until(lambda: place.native in ann.rooms)
        await ann.wait_until(lambda: bot.nudges == 1)
        await ann.say(place.native, "!help")
        await world.leave("K", GROUP, closing=True)

    assert place == again
    assert bot.answering.heard == []
