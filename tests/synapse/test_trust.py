"""Devices of people: trusted on first use, and in a group that asks for it only when their owner vouches for them."""

import contextlib
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.domain.ids import GroupId
from bot.domain.saying import say
from tests.synapse.bot import Bot, group_id, person_id, place_id
from tests.synapse.conftest import NewPeer
from tests.synapse.deeds import answers, in_a_group, said
from tests.synapse.peer import Heard, Peer
from tests.synapse.signatures import vouch_for


@dataclass
class Strict:
    """The groups that ask for verified devices only."""

    groups: set[GroupId] = field(default_factory=set)

    async def wants_verified(self, group: GroupId) -> bool:
        return group in self.groups


@pytest.fixture
def strict(bot: Bot) -> Strict:
    strict = Strict()
    bot.wants_verified = strict.wants_verified
    return strict


def not_verified(heard: Heard) -> bool:
    return "verified devices" in heard.body


async def test_what_is_said_in_a_strict_group_goes_to_verified_devices_alone(
    bot: Bot, new_peer: NewPeer, strict: Strict
) -> None:
    ann, eve = await new_peer("ann"), await new_peer("eve")
    vouch_for(bot.homeserver, ann)
    async with bot.running() as world:
        group = await in_a_group(bot, ann, eve)
        await eve.wait_for(lambda heard: "Alongside" in heard.body)
        strict.groups.add(group_id(group))
        await world.post(place_id(group), say("test-echo", text="for the verified"), "1")
        await ann.wait_for(said("for the verified"))
        strict.groups.clear()
        await world.post(place_id(group), say("test-echo", text="for all"), "2")
        await eve.wait_for(said("for all"))
        await ann.wait_for(said("for all"))

    assert answers(ann) == ["for the verified", "for all"]
    assert answers(eve) == ["for all"]


async def test_a_device_that_becomes_verified_reads_what_comes_next(
    bot: Bot, new_peer: NewPeer, strict: Strict
) -> None:
    ann, eve = await new_peer("ann"), await new_peer("eve")
    vouch_for(bot.homeserver, ann)
    async with bot.running() as world:
        group = await in_a_group(bot, ann, eve)
        strict.groups.add(group_id(group))
        await world.post(place_id(group), say("test-echo", text="before"), "1")
        await ann.wait_for(said("before"))
        vouch_for(bot.homeserver, eve)
        await ann.say(group, "!ping")
        await ann.wait_for(said("ping"))
        await world.post(place_id(group), say("test-echo", text="after"), "2")
        await eve.wait_for(said("after"))

    assert answers(eve) == ["after"]


async def test_a_command_from_another_device_is_not_acted_on_and_the_person_is_told_once(
    bot: Bot, new_peer: NewPeer, strict: Strict
) -> None:
    ann, eve = await new_peer("ann"), await new_peer("eve")
    vouch_for(bot.homeserver, ann)
    async with bot.running():
        group = await in_a_group(bot, ann, eve)
        strict.groups.add(group_id(group))
        await eve.say(group, "!first")
        told = await eve.wait_for(not_verified)
        await eve.say(group, "!second")
        await eve.say(told.room_id, "third")
        await ann.say(group, "!from ann")
        await ann.wait_for(said("from ann"))
        await eve.sync(0.2)

    assert [typed.text for typed in bot.answering.heard] == ["from ann"]
    assert [heard.body for heard in eve.heard if not_verified(heard)] == [told.body]
    assert told.encrypted
    assert told.room_id != group


async def test_a_reaction_says_of_no_device_that_it_is_verified(bot: Bot, new_peer: NewPeer, strict: Strict) -> None:
    ann = await new_peer("ann")
    vouch_for(bot.homeserver, ann)
    async with bot.running() as world:
        group, other = await in_a_group(bot, ann), await in_a_group(bot, ann)
        strict.groups.add(group_id(group))
        await ann.say(other, "!hello")
        await ann.wait_for(said("hello"))
        await world.tell(person_id(ann.user_id), say("test-card"), "list", group_id(group))
        told = await ann.wait_for(lambda heard: "The card." in heard.body)
        await ann.react(told.room_id, told.event_id, "1")
        await ann.say(group, "!and on")
        await ann.wait_for(said("and on"))

    [reaction] = bot.answering.reactions
    # The chat itself stands for no group.
    assert set(reaction.groups) == {group_id(group), group_id(other), group_id(told.room_id)}
    assert reaction.unvouched == {group_id(group), group_id(told.room_id)}


async def test_a_second_device_of_the_same_person_is_one_of_its_own(
    bot: Bot, new_peer: NewPeer, strict: Strict, tmp_path: Path
) -> None:
    ann = await new_peer("ann")
    owner = vouch_for(bot.homeserver, ann)
    async with bot.running():
        group = await in_a_group(bot, ann)
        strict.groups.add(group_id(group))
        laptop = await Peer.come(bot.homeserver, ann.person, tmp_path / "laptop")
        await laptop.wait_until(lambda: group in laptop.rooms)
        await laptop.say(group, "!too soon")
        await laptop.wait_for(not_verified)
        vouch_for(bot.homeserver, laptop, owner)
        await ann.say(group, "!from the phone")
        await ann.wait_for(said("from the phone"))
        await laptop.say(group, "!from the laptop")
        await laptop.wait_for(said("from the laptop"))
    await laptop.go()

    assert [typed.text for typed in bot.answering.heard] == ["from the phone", "from the laptop"]


async def test_a_changed_identity_matters_to_a_strict_group_alone_and_coming_back_begins_anew(
    bot: Bot, new_peer: NewPeer, strict: Strict
) -> None:
    ann, bob = await new_peer("ann"), await new_peer("bob")
    vouch_for(bot.homeserver, ann)
    vouch_for(bot.homeserver, bob)
    async with bot.running():
        group = await in_a_group(bot, bob, ann)
        await ann.say(group, "!first")
        await ann.wait_for(said("first"))
    vouch_for(bot.homeserver, ann)
    async with bot.running():
        await ann.say(group, "!changed")
        await ann.wait_for(said("changed"))
        strict.groups.add(group_id(group))
        await ann.say(group, "!strict")
        await ann.wait_for(not_verified)
        await ann.leave(group)
        await bob.wait_until(lambda: ann.user_id not in bob.rooms[group].users)
        await bob.say(group, "!she went")
        await bob.wait_for(said("she went"))
        await ann.wait_until(lambda: group not in ann.rooms)
        await bob.client.room_invite(group, ann.user_id)
        await ann.wait_for_people(group, ann.user_id, bob.user_id)
        await ann.say(group, "!back")
        await ann.wait_for(said("back"))

    assert [typed.text for typed in bot.answering.heard] == ["first", "changed", "she went", "back"]
    assert not {kind for kind in bot.journal.kinds if "key" in kind or "identity" in kind}


async def test_what_is_typed_in_clear_comes_from_no_verified_device(
    bot: Bot, new_peer: NewPeer, strict: Strict
) -> None:
    ann = await new_peer("ann")
    vouch_for(bot.homeserver, ann)
    async with bot.running():
        group = await in_a_group(bot, ann, encrypted=False)
        strict.groups.add(group_id(group))
        await ann.say(group, "!in clear")
        await ann.wait_for(not_verified)

    assert bot.answering.heard == []


async def test_what_people_call_their_devices_is_not_kept(bot: Bot, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    await ann.client.update_device(str(ann.client.device_id), {"display_name": "The phone Ann hides"})
    async with bot.running():
        await in_a_group(bot, ann)
        await ann.wait_for(lambda _: True)
    file = bot.folder / "bot" / "keys.db"
    with contextlib.closing(sqlite3.connect(file)) as database:
        devices = database.execute("SELECT count(*), max(display_name) FROM devicekeys").fetchone()

    assert devices[0] > 0
    assert devices[1] == ""
    assert b"The phone Ann hides" not in file.read_bytes()
