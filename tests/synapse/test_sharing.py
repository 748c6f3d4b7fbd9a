"""The keys of rooms: who is given them, and who is not."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.adapters.matrix.devices import Devices
from bot.adapters.matrix.pieces import DEVICES_IN_A_PIECE, Pieces
from bot.adapters.matrix.sharing import Sharing
from bot.adapters.matrix.wire import Body, Wire
from bot.domain.saying import say
from bot.ports.chat import ChatError
from tests.synapse.bot import Bot, place_id
from tests.synapse.conftest import NewPeer
from tests.synapse.deeds import in_a_group, said
from tests.synapse.peer import Heard, Peer


class EventfulWire(Wire):
    """Lets something happen before each request of a kind."""

    def __init__(self, peer: Peer, kind: str, happen: Callable[[], None]) -> None:
        super().__init__(peer.client)
        self._kind = kind
        self._happen = happen

    async def ask(
        self, method: str, path: str, body: Body | None = None, *, wait_seconds: float = 30
    ) -> dict[str, Any]:
        if self._kind in path:
            self._happen()
        return await super().ask(method, path, body, wait_seconds=wait_seconds)


def sharing(peer: Peer, wire: Wire | None = None, refused: set[str] | None = None) -> Sharing:
    wire, pieces = wire or Wire(peer.client), Pieces(peer.client)
    return Sharing(
        client=peer.client,
        wire=wire,
        devices=Devices(client=peer.client, wire=wire, pieces=pieces),
        pieces=pieces,
        may_have_keys=lambda _room_id, user_id, _device_id: user_id not in (refused or set()),
    )


async def three(new_peer: NewPeer) -> tuple[Peer, Peer, Peer, str]:
    ann, bob, cat = await new_peer("ann"), await new_peer("bob"), await new_peer("cat")
    room = await ann.make_group(bob.user_id, cat.user_id)
    for peer in (bob, cat):
        await peer.wait_until(lambda peer=peer: room in peer.rooms)  # type: ignore[misc]  # Bound at once.
    await ann.wait_for_people(room, bob.user_id, cat.user_id)
    return ann, bob, cat, room


async def reads(peer: Peer, text: str) -> bool:
    """Whether they read it, once they have heard of it at all."""

    def is_it(heard: Heard) -> bool:
        return heard.body == text

    try:
        await peer.wait_for(is_it, 2)
    except TimeoutError:
        return False
    return True


async def test_everybody_in_a_room_reads_what_is_said_there_first(bot: Bot, new_peer: NewPeer) -> None:
    peers = [await new_peer(f"peer{number}") for number in range(DEVICES_IN_A_PIECE + 2)]
    async with bot.running() as world:
        group = await in_a_group(bot, *peers)
        await world.post(place_id(group), say("test-echo", text="all of you"), "K")
        heard = [await peer.wait_for(said("all of you")) for peer in peers]

    assert all(each.encrypted for each in heard)


async def test_a_device_that_may_not_have_a_rooms_key_is_not_given_it(new_peer: NewPeer) -> None:
    ann, bob, cat, room = await three(new_peer)
    await sharing(ann, refused={cat.user_id}).share(room)
    await ann.say(room, "for bob")

    assert (await reads(bob, "for bob"), await reads(cat, "for bob")) == (True, False)


async def test_someone_who_goes_while_a_key_is_given_out_is_not_left_with_it(new_peer: NewPeer) -> None:
    ann, bob, cat, room = await three(new_peer)
    refused: set[str] = set()
    wire = EventfulWire(ann, "sendToDevice", lambda: refused.add(cat.user_id))
    await sharing(ann, wire, refused).share(room)
    await ann.say(room, "for bob")

    assert (await reads(bob, "for bob"), await reads(cat, "for bob")) == (True, False)


async def test_a_key_that_did_not_get_through_is_not_taken_for_given(new_peer: NewPeer) -> None:
    ann, bob, cat, room = await three(new_peer)
    failures = iter([ChatError("unreachable", permanent=False)])

    def fail_once() -> None:
        for failure in failures:
            raise failure

    shares = sharing(ann, EventfulWire(ann, "sendToDevice", fail_once))
    with pytest.raises(ChatError):
        await shares.share(room)
    await shares.share(room)
    await ann.say(room, "for both")

    assert (await reads(bob, "for both"), await reads(cat, "for both")) == (True, True)


async def test_whose_devices_change_while_they_are_asked_for_is_asked_for_again(new_peer: NewPeer) -> None:
    ann, bob, _, _ = await three(new_peer)
    asked: list[str] = []

    def change_once() -> None:
        asked.append("asked")
        if len(asked) == 1 and ann.client.olm is not None:
            ann.client.olm.add_changed_users({bob.user_id})

    wire = EventfulWire(ann, "/keys/query", change_once)
    await Devices(client=ann.client, wire=wire, pieces=Pieces(ann.client)).learn([bob.user_id], anew=True)

    assert asked == ["asked"] * 2
