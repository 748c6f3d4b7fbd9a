"""Since when somebody is in a group's rooms, as a real server tells it: since they came, whatever they changed."""

from typing import Any
from urllib.parse import quote

from whenever import Instant

from bot.adapters.matrix import MatrixWorld
from bot.domain.firststep import Stay
from tests.synapse.bot import Bot, group_id, person_id
from tests.synapse.conftest import NewPeer
from tests.synapse.deeds import in_a_group, put_state, said
from tests.synapse.house import until
from tests.synapse.peer import Peer


async def membership(peer: Peer, room_id: str, user_id: str) -> dict[str, Any]:
    """Return the event of somebody's last change in a room."""
    path = f"/_matrix/client/v3/rooms/{quote(room_id)}/state/m.room.member/{quote(user_id)}?format=event"
    headers = {"Authorization": f"Bearer {peer.client.access_token}"}
    response = await peer.client.send("GET", path, None, headers)
    return dict(await response.json())


async def at(peer: Peer, room_id: str) -> Instant:
    """Return when somebody last changed anything about themselves in a room."""
    event = await membership(peer, room_id, peer.user_id)
    return Instant.from_timestamp(event["origin_server_ts"], unit="millisecond")


async def called(peer: Peer, room_id: str, name: str) -> None:
    """Let somebody take a name, and wait until the room knows it."""
    await peer.client.set_displayname(name)

    async def is_known() -> bool:
        return bool((await membership(peer, room_id, peer.user_id))["content"].get("displayname") == name)

    await until(is_known, peer)


async def stay(world: MatrixWorld, peer: Peer, room_id: str) -> Stay:
    return await world.stay(person_id(peer.user_id), group_id(room_id))


async def heard(peer: Peer, room_id: str, text: str) -> None:
    """Wait until the bot has heard somebody, and with it all that came before."""
    await peer.say(room_id, f"!{text}")
    await peer.wait_for(said(text))


async def test_it_is_since_they_came_however_often_they_took_another_name(bot: Bot, new_peer: NewPeer) -> None:
    ann, bea = await new_peer("ann"), await new_peer("bea")
    async with bot.running() as world:
        room = await in_a_group(bot, ann, bea, encrypted=False)
        await heard(bea, room, "here")
        came = await at(bea, room)
        for name in ("Bea", "B.", "Beatrix"):
            await called(bea, room, name)
        found = await stay(world, bea, room)
        changed = await at(bea, room)

    assert found == Stay(here=True, since=came, exact=True)
    assert changed > came


async def test_who_left_and_came_back_is_there_since_they_came_back(bot: Bot, new_peer: NewPeer) -> None:
    ann, bea = await new_peer("ann"), await new_peer("bea")
    async with bot.running() as world:
        room = await in_a_group(bot, ann, bea, encrypted=False)
        await heard(bea, room, "here")
        first = await stay(world, bea, room)
        await bea.leave(room)
        await ann.wait_until(lambda: bea.user_id not in ann.rooms[room].users)
        await heard(ann, room, "gone")
        between = await stay(world, bea, room)
        await ann.client.room_invite(room, bea.user_id)
        await bea.client.join(room)
        await heard(bea, room, "back")
        again = await stay(world, bea, room)
        came = await at(bea, room)

    assert (first.here, first.exact, between) == (True, True, Stay(here=False))
    assert again == Stay(here=True, since=came, exact=True)
    assert first.since is not None
    assert came > first.since


async def test_what_the_bot_may_not_see_it_does_not_guess_at(bot: Bot, new_peer: NewPeer) -> None:
    ann, bea, cai = await new_peer("ann"), await new_peer("bea"), await new_peer("cai")
    room = await ann.make_group(bea.user_id, encrypted=False)
    await put_state(ann, room, "m.room.history_visibility", {"history_visibility": "joined"})
    await bea.wait_until(lambda: room in bea.rooms)
    await called(bea, room, "Bea")
    async with bot.running() as world:
        await ann.client.room_invite(room, bot.person.user_id)
        await ann.wait_for_people(room, bot.person.user_id)
        await heard(bea, room, "here")
        found = await stay(world, bea, room)
        changed = await at(bea, room)
        others = [await stay(world, cai, room), await world.stay(person_id(bot.person.user_id), group_id(room))]

    assert found == Stay(here=True, since=changed, exact=False)
    assert others == [Stay(here=False)] * 2
