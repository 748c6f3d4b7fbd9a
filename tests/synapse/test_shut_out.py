"""Nobody shuts the group out, and themselves: verified devices are asked for from one of them alone."""

from tests.synapse.conftest import NewPeer
from tests.synapse.house import Host
from tests.synapse.peer import Heard, Peer
from tests.synapse.signatures import vouch_for

ONLY_VERIFIED = "group devices verified"
HOW_IT_IS, KEPT = "This is how this group has things", "Kept, and the room is told"
REFUSED = "After that I would not hear you"


async def told(peer: Peer, words: str) -> Heard:
    return await peer.wait_for(lambda heard: words in heard.body)


async def test_who_has_no_verified_device_does_not_ask_for_them_and_goes_on_being_heard(
    host: Host, new_peer: NewPeer
) -> None:
    ann = await new_peer("ann")
    async with host.running():
        room = await ann.make_group(host.user_id)
        await ann.wait_for_people(room, host.user_id)
        await ann.say(room, f"!{ONLY_VERIFIED}")
        answer = await told(ann, REFUSED)
        await ann.say(answer.room_id, "group")
        card = await told(ann, HOW_IT_IS)
        await ann.say(card.room_id, "3")
        await told(ann, REFUSED)
        await ann.say(room, "!group")
        await told(ann, HOW_IT_IS)


async def test_what_is_typed_in_clear_and_a_reaction_ask_for_it_just_as_little(host: Host, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    vouch_for(host.homeserver, ann)
    async with host.running():
        room = await ann.make_group(host.user_id, encrypted=False)
        await ann.wait_for_people(room, host.user_id)
        await ann.say(room, f"!{ONLY_VERIFIED}")
        await told(ann, REFUSED)
        await ann.say(room, "!group")
        card = await told(ann, HOW_IT_IS)
        await ann.react(card.room_id, card.event_id, "3")
        await told(ann, REFUSED)


async def test_who_has_a_verified_device_asks_for_them_and_takes_it_back(host: Host, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    vouch_for(host.homeserver, ann)
    async with host.running():
        room = await ann.make_group(host.user_id)
        await ann.wait_for_people(room, host.user_id)
        await ann.say(room, f"!{ONLY_VERIFIED}")
        await told(ann, KEPT)
        await ann.say(room, "!group devices any")
        await told(ann, KEPT)
