"""Invited to a room: the bot says who it is there, and tells the inviter in private how the group is set up."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.adapters.matrix.arrivals import MOST_ROOMS_AN_HOUR
from bot.cogs.group import Goings
from bot.domain.ids import GroupId, PlaceId
from bot.domain.saying import Say
from bot.ports.groups import Groups
from tests.synapse.conftest import NewPeer
from tests.synapse.deeds import room_state
from tests.synapse.house import NAME, Host, known, until
from tests.synapse.peer import Heard, Peer, together


class DiesBeforeSaying(Goings):
    """A house that dies when the bot has come in and is about to say so."""

    def __init__(self, groups: Groups) -> None:
        vars(self).update(vars(groups))

    async def entered(self, place: PlaceId, group: GroupId, hello: Say | None, *, there: bool) -> None:
        raise RuntimeError(place, group, hello, there)


WELCOME = "I am Alongside"
SET_UP = "You invited me to your group."


def has(words: str) -> Callable[[Heard], bool]:
    return lambda heard: words in heard.body


def count(peer: Peer, words: str) -> int:
    return len([heard for heard in peer.heard if words in heard.body])


async def run_until_it_dies(host: Host) -> None:
    async with host.running(), asyncio.timeout(60):
        assert host.serving is not None
        await host.serving


WELSH = """group-kept = Cadwyd:
group-language-changed = Iaith y grŵp hwn yw { $to }.
group-intro = Dyma sut mae’r grŵp hwn:
group-set-nation = Gosod y genedl
group-nation-nation = Cenedl
    .ask = Pa genedl?
"""


async def test_a_group_is_spoken_to_in_its_language_and_answers_in_it_and_another_group_is_not(
    host: Host, new_peer: NewPeer, tmp_path: Path
) -> None:
    own = tmp_path / "words" / "cy"
    own.mkdir(parents=True)
    (own / "group.ftl").write_text(WELSH, encoding="utf-8")
    host.words = (own.parent,)
    ann, bob = await new_peer("ann"), await new_peer("bob")
    async with host.running():
        room, other = await ann.make_group(host.user_id), await bob.make_group(host.user_id)
        for peer, at in ((ann, room), (bob, other)):
            await peer.wait_for(has(WELCOME), room_id=at)
            await peer.wait_for(has(SET_UP))
        await ann.say(room, "!group language cy")
        announced = await ann.wait_for(has("Iaith y grŵp hwn yw cy."), room_id=room)
        answered = await ann.wait_for(has("Cadwyd:"))
        await ann.say(room, "!group")
        shown = await ann.wait_for(has("Dyma sut"))
        await ann.say(shown.room_id, "gosod y genedl")
        await ann.wait_for(has("Pa genedl?"), room_id=shown.room_id)
        await bob.say(other, "!group")
        elsewhere = await bob.wait_for(has("This is how this group has things"))
    async with host.running():
        await ann.say(room, "!group")
        await ann.wait_for(lambda heard: has("Dyma sut")(heard) and heard.event_id != shown.event_id)

    assert announced.body == "Iaith y grŵp hwn yw cy."
    assert answered.room_id == shown.room_id
    assert "Gosod y genedl" in shown.body
    assert "Set the nation" in elsewhere.body


async def test_the_inviter_is_told_in_private_and_sets_things_by_number_and_the_room_is_told(
    host: Host, new_peer: NewPeer
) -> None:
    ann, bob = await new_peer("ann"), await new_peer("bob")
    async with host.running():
        room = await ann.make_group(host.user_id, bob.user_id)
        await bob.wait_for_people(room, bob.user_id, host.user_id)
        await ann.wait_for(has(WELCOME), room_id=room)
        told = await ann.wait_for(has(SET_UP))
        await ann.say(told.room_id, "2")
        await ann.wait_for(has("England, Scotland, Wales"), room_id=told.room_id)
        await ann.say(told.room_id, "scotland")
        await ann.wait_for(has("Kept, and the room is told"), room_id=told.room_id)
        announced = await bob.wait_for(has("This group’s nation"), room_id=room)
        await bob.say(room, "!me")
        ways = await bob.wait_for(has("for you in this group"))
        await bob.say(room, "!group")
        shown = await bob.wait_for(has("how this group has things"))

    assert told.room_id != room
    assert told.encrypted
    assert "Times in Europe/London" in told.body
    assert "Nation: not told" in told.body
    assert announced.body == "This group’s nation is now Scotland."
    assert "Nation: Scotland" in ways.body
    assert "Nation: Scotland" in shown.body
    assert count(bob, SET_UP) == 0


async def test_a_crash_between_coming_in_and_saying_so_loses_neither_and_says_neither_twice(
    host: Host, new_peer: NewPeer
) -> None:
    ann = await new_peer("ann")
    host.groups = DiesBeforeSaying
    await ann.make_group(host.user_id)
    with pytest.raises(ExceptionGroup):
        await run_until_it_dies(host)
    host.groups = lambda groups: groups
    for _ in range(2):
        async with host.running() as house:
            await ann.wait_until(lambda: count(ann, WELCOME) == 1 and count(ann, SET_UP) == 1)
            async with house.database.transaction():
                left = await house.group_ways.invited("mx")

    assert (count(ann, WELCOME), count(ann, SET_UP)) == (1, 1)
    assert left == {}


async def test_an_inviter_who_left_before_the_bot_came_is_told_nothing_and_the_room_is_greeted(
    host: Host, new_peer: NewPeer
) -> None:
    ann, bob = await new_peer("ann"), await new_peer("bob")
    room = await ann.make_group(host.user_id, bob.user_id)
    await bob.wait_for_people(room, bob.user_id)
    await ann.leave(room)
    async with host.running():
        await bob.wait_for(has(WELCOME), room_id=room)
        await bob.say(room, "!help")
        await bob.wait_for(has("You can ask me these things"))
        await ann.sync(0.2)

    assert ann.rooms == {}


async def test_an_invitation_to_a_room_that_all_have_left_comes_to_nothing(host: Host, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    room = await ann.make_group(host.user_id)
    await ann.leave(room)
    async with host.running() as house:

        async def is_let_go() -> bool:
            return "not-joined" in host.journal.kinds and not await house.groups.invitations(NAME)

        await until(is_let_go)
        found = await known(house.database)

    assert found == {}


async def test_an_inviter_who_never_comes_into_the_direct_chat_holds_nobody_up(host: Host, new_peer: NewPeer) -> None:
    ann, bob = await new_peer("ann"), await new_peer("bob")
    async with host.running():
        room = await ann.make_group(host.user_id, bob.user_id)
        ann.accepts = False
        await bob.wait_for(has(WELCOME), room_id=room)
        await ann.wait_until(lambda: len(ann.invites) == 1)
        await bob.say(room, "!help")
        await bob.wait_for(has("You can ask me these things"))
        await ann.sync(0.2)

    assert len(ann.invites) == 1


async def test_two_invitations_at_once_are_each_taken_up_and_each_inviter_told(host: Host, new_peer: NewPeer) -> None:
    ann, bob = await new_peer("ann"), await new_peer("bob")
    rooms = [await peer.make_group(host.user_id) for peer in (ann, bob, ann)]
    async with host.running():
        await together(ann, until=lambda: count(ann, SET_UP) == 2)
        await together(bob, until=lambda: count(bob, SET_UP) == 1)
        greeted = {heard.room_id for peer in (ann, bob) for heard in peer.heard if WELCOME in heard.body}

    assert greeted == set(rooms)


async def test_invited_again_after_being_put_out_it_begins_anew(host: Host, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    async with host.running():
        room = await ann.make_group(host.user_id)
        await ann.wait_for(has(SET_UP))
        await ann.say(room, "!group zone Asia/Kolkata")
        await ann.wait_for(has("Asia/Kolkata"), room_id=room)
    await ann.client.room_kick(room, host.user_id)
    await ann.client.room_invite(room, host.user_id)
    async with host.running():
        again = await ann.wait_for(has(SET_UP))
        await ann.wait_until(lambda: count(ann, WELCOME) == 2)

    assert "Times in Europe/London" in again.body


@pytest.mark.long
async def test_one_person_cannot_drown_the_bot_in_rooms(host: Host, new_peer: NewPeer) -> None:
    ann, bob = await new_peer("ann"), await new_peer("bob")
    rooms = [await ann.make_group(host.user_id, encrypted=False) for _ in range(MOST_ROOMS_AN_HOUR + 1)]
    async with host.running():
        await ann.wait_until(lambda: "invitation-declined" in host.journal.kinds)
        other = await bob.make_group(host.user_id)
        await bob.wait_for(has(WELCOME), room_id=other)
        members = [await room_state(ann, room, "m.room.member", host.user_id) for room in rooms]

    declined = [member for member in members if member["membership"] == "leave"]
    assert [f"at most {MOST_ROOMS_AN_HOUR} rooms an hour" in member["reason"] for member in declined] == [True]
    assert len([member for member in members if member["membership"] == "join"]) == MOST_ROOMS_AN_HOUR
