"""Rooms for two on a real server."""

from bot.domain.saying import say
from bot.ports.chat import Attendance
from tests.synapse.bot import Bot, person_id
from tests.synapse.conftest import NewPeer
from tests.synapse.deeds import addresses, keys_kept


async def test_two_meet_in_a_room_of_their_own_and_talk_on_when_the_bot_has_left(bot: Bot, new_peer: NewPeer) -> None:
    ann, bob = await new_peer("ann"), await new_peer("bob")
    people = [person_id(ann.user_id), person_id(bob.user_id)]
    async with bot.running() as world:
        place = await world.open(people, "K")
        again = await world.open(people, "K")
        await ann.wait_until(lambda: place.native in ann.rooms)
        await ann.wait_until(lambda: bot.nudges == 1)
        early = await world.attendance(place)
        await bob.wait_until(lambda: place.native in bob.rooms)
        await ann.wait_until(lambda: bot.nudges == 2)
        present = await world.attendance(place)
        await world.post(place, say("test-card"), "K")
        await world.leave("K", closing=False)
        cards = [await peer.wait_for(lambda heard: heard.body == "The card.") for peer in (ann, bob)]
        await world.leave("K", closing=False)
    await ann.say(place.native, "hello bob")
    from_ann = await bob.wait_for(lambda heard: heard.body == "hello bob")
    await bob.say(place.native, "hello ann")
    from_bob = await ann.wait_for(lambda heard: heard.body == "hello ann")

    room = ann.rooms[place.native]
    assert place == again
    assert early == Attendance(here=frozenset(people[:1]), gone=frozenset())
    assert present == Attendance(here=frozenset(people), gone=frozenset())
    assert all(heard.encrypted for heard in (*cards, from_ann, from_bob))
    assert set(room.users) == {ann.user_id, bob.user_id}
    assert room.canonical_alias is None
    assert room.history_visibility == "joined"
    assert room.power_levels.users == {ann.user_id: 150, bob.user_id: 150}
    assert await addresses(ann, place.native) == []
    assert keys_kept(bot, place.native) == 0


async def test_a_meeting_that_came_to_nothing_is_closed_to_everybody(bot: Bot, new_peer: NewPeer) -> None:
    ann, bob = await new_peer("ann"), await new_peer("bob")
    bob.accepts = False
    async with bot.running() as world:
        place = await world.open([person_id(ann.user_id), person_id(bob.user_id)], "K")
        await ann.wait_until(lambda: place.native in ann.rooms)
        await world.leave("K", closing=True)
        await ann.wait_until(lambda: place.native not in ann.rooms)

    assert place.native not in bob.rooms


async def test_a_meeting_room_is_found_again_after_a_restart(bot: Bot, new_peer: NewPeer) -> None:
    ann, bob = await new_peer("ann"), await new_peer("bob")
    people = [person_id(ann.user_id), person_id(bob.user_id)]
    async with bot.running() as world:
        place = await world.open(people, "K")
    async with bot.running() as world:
        again = await world.open(people, "K")
        await ann.wait_until(lambda: place.native in ann.rooms)
        await ann.wait_until(lambda: bot.nudges == 1)
        await ann.say(place.native, "!help")
        await world.leave("K", closing=True)

    assert place == again
    assert bot.answering.heard == []
