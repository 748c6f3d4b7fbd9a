"""Rooms that are upgraded: everything goes along to the new one, and nobody takes a group over with a false end."""

from collections.abc import Callable

from bot.domain.outgoing import Message
from bot.house import House
from bot.store.outbox import OutboxShelf
from tests.synapse.conftest import NewPeer
from tests.synapse.deeds import put_state, room_state, upgrade
from tests.synapse.house import Host, known, place, sheets, until
from tests.synapse.peer import Heard, Peer
from tests.synapse.test_forgetting import with_rota


def has(words: str) -> Callable[[Heard], bool]:
    return lambda heard: words in heard.body


async def has_moved(house: House, old: str, new: str) -> bool:
    found = await known(house.database)
    return old not in found and found.get(new) == frozenset({place(new)})


async def anyone_may_come(peer: Peer, room: str) -> None:
    await put_state(peer, room, "m.room.join_rules", {"join_rule": "public"})


async def test_an_upgraded_room_is_followed_with_all_that_is_kept_of_it(host: Host, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    async with host.running() as house:
        old = await with_rota(host, ann)
        await anyone_may_come(ann, old)
        new = await upgrade(ann, old)
        await ann.client.join(new)
        await until(lambda: has_moved(house, old, new), ann)
        await ann.wait_until(lambda: host.user_id not in ann.rooms[old].users)
        await ann.say(new, "!rota end 1")
        await ann.wait_for(has("has ended"), room_id=new)
        made = await room_state(ann, new, "m.room.create")
        hellos = [heard for heard in ann.heard if heard.room_id == new and "I am Alongside" in heard.body]

    assert made["room_version"] == "12"
    assert hellos == []
    assert host.keys_kept(old) == 0


async def test_upgraded_while_the_bot_was_away_the_room_is_followed_when_it_is_back(
    host: Host, new_peer: NewPeer
) -> None:
    ann = await new_peer("ann")
    async with host.running():
        old = await with_rota(host, ann)
        await anyone_may_come(ann, old)
    new = await upgrade(ann, old)
    async with host.running() as house:
        await until(lambda: has_moved(house, old, new), ann)
        [sheet] = await sheets(house.database, new)

    assert sheet.rota.place == place(new)


async def test_where_it_takes_an_invitation_the_bot_says_so_once_and_comes_when_it_is_invited(
    host: Host, new_peer: NewPeer
) -> None:
    ann = await new_peer("ann")
    async with host.running():
        old = await with_rota(host, ann)
        new = await upgrade(ann, old)
        await ann.wait_for(has("I cannot go there by myself"))
    async with host.running() as house:
        before = await known(house.database)
        await ann.client.join(new)
        await ann.client.room_invite(new, host.user_id)
        await until(lambda: has_moved(house, old, new), ann)
        await ann.say(new, "!rota show")
        await ann.wait_for(has("Evening check-in"))
        await ann.sync(0.2)

    assert before.keys() == {old}
    assert len([heard for heard in ann.heard if "I cannot go there by myself" in heard.body]) == 1
    assert not [heard for heard in ann.heard if heard.room_id == new and "I am Alongside" in heard.body]


async def test_a_room_that_is_no_successor_is_left_again_and_nothing_moves(host: Host, new_peer: NewPeer) -> None:
    ann, eve = await new_peer("ann"), await new_peer("eve")
    false = await eve.make_group(encrypted=False)
    await anyone_may_come(eve, false)
    async with host.running() as house:
        old = await with_rota(host, ann)
        await put_state(ann, old, "m.room.tombstone", {"body": "", "replacement_room": false})
        await eve.wait_until(lambda: host.user_id in eve.rooms[false].users)
        await eve.wait_until(lambda: host.user_id not in eve.rooms[false].users)
        await ann.say(old, "!rota show")
        await ann.wait_for(has("Evening check-in"))
        found = await known(house.database)

    assert found.keys() == {old}
    assert "not-a-successor" in host.journal.kinds


async def test_a_direct_chat_can_be_upgraded_too(host: Host, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    async with host.running():
        await ann.make_group(host.user_id)
        old = await ann.make_direct(host.user_id)
        await ann.wait_for_people(old, host.user_id)
        await ann.say(old, "help")
        await ann.wait_for(has("You can ask me these things"), room_id=old)
        new = await upgrade(ann, old)
        await ann.client.join(new)
        await ann.client.room_invite(new, host.user_id)
        await ann.wait_until(lambda: host.user_id not in ann.rooms[old].users)
        await ann.wait_for_people(new, host.user_id)
        await ann.say(new, "about")
        await ann.wait_for(has("I help this group"), room_id=new)

    assert old != new


async def test_a_crash_after_the_move_leaves_nothing_behind_and_moves_nothing_twice(
    host: Host, new_peer: NewPeer
) -> None:
    ann = await new_peer("ann")
    async with host.running():
        old = await with_rota(host, ann)
        await anyone_may_come(ann, old)
    new = await upgrade(ann, old)
    async with host.running() as house:
        await until(lambda: has_moved(house, old, new), ann)
    await ann.client.join(new)
    async with host.running() as house:
        await ann.say(new, "!group zone UTC")
        await ann.wait_for(has("UTC"), room_id=new)
        async with house.database.transaction():
            waiting = await OutboxShelf(house.database).claim(host.clock.now(), host.clock.now(), 100)
        found = await known(house.database)

    assert [one for one in waiting if isinstance(one.sending, Message) and one.sending.to == place(old)] == []
    assert found.keys() == {new}
