"""The Matrix world on a real server, as people meet it there."""

import asyncio
import contextlib
import json
import secrets
import sqlite3
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote

import pytest

from bot.adapters.matrix import MatrixWorld
from bot.domain.saying import say
from bot.ports.chat import ChatError
from tests.synapse.bot import Bot, group_id, person_id, place_id
from tests.synapse.conftest import NewPeer
from tests.synapse.peer import Heard, Peer


def said(text: str) -> Callable[[Heard], bool]:
    """Return whether a message is the echo of this text."""
    return lambda heard: heard.body == f"You said: {text}"


async def _in_a_group(bot: Bot, *peers: Peer, encrypted: bool = True) -> str:
    """Make a group's room with the bot in it; the first of the people makes it."""
    first, *others = peers
    everyone = (bot.person.user_id, *(peer.user_id for peer in others))
    room_id = await first.make_group(*everyone, encrypted=encrypted)
    for peer in others:
        await peer.wait_until(lambda peer=peer: room_id in peer.rooms)  # type: ignore[misc]  # Bound at once.
    await first.wait_for_people(room_id, *everyone)
    return room_id


async def test_a_command_in_an_encrypted_group_is_answered_in_a_direct_chat(bot: Bot, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    async with bot.running():
        group = await _in_a_group(bot, ann)
        event_id = await ann.say(group, "!sit 30m quiet")
        answer = await ann.wait_for(said("sit 30m quiet"))

    typed = bot.answering.heard[0]
    assert answer.encrypted
    assert answer.room_id != group
    assert typed.key == f"mx:{event_id}"
    assert typed.person == person_id(ann.user_id)
    assert typed.group == group_id(group)
    assert typed.places == {"here": place_id(group)}
    assert not typed.private


async def test_the_bot_says_who_it_is_when_it_comes_into_a_group(bot: Bot, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    async with bot.running():
        group = await _in_a_group(bot, ann)
        hello = await ann.wait_for(lambda heard: "Alongside" in heard.body, room_id=group)

    assert len(hello.body.splitlines()) == 3
    assert hello.encrypted


async def test_a_message_with_one_key_is_one_event(bot: Bot, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    async with bot.running() as world:
        group = await _in_a_group(bot, ann)
        await ann.wait_for(lambda heard: "Alongside" in heard.body)
        for text in ("once", "once", "the end"):
            await world.post(place_id(group), say("test-echo", text=text), text)
        await ann.wait_for(lambda heard: "the end" in heard.body)

    assert [heard.body for heard in ann.heard].count("You said: once") == 1


async def test_chatter_reaches_nobody(bot: Bot, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    async with bot.running():
        group = await _in_a_group(bot, ann)
        await ann.say(group, "I had a hard night")
        edit = {"msgtype": "m.text", "body": "!find rent"}
        first = await ann.say(group, "never mind")
        relation = {"rel_type": "m.replace", "event_id": first}
        await ann.say(group, "!find rent", **{"m.relates_to": relation, "m.new_content": edit})
        await ann.say(group, "!help")
        await ann.wait_for(said("help"))

    assert [typed.text for typed in bot.answering.heard] == ["help"]


async def test_in_a_direct_chat_every_line_is_for_the_bot(bot: Bot, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    async with bot.running():
        group = await _in_a_group(bot, ann)
        chat = await ann.make_direct(bot.person.user_id)
        await ann.wait_for_people(chat, bot.person.user_id)
        for text in ("1", "!help"):
            await ann.say(chat, text)
            await ann.wait_for(lambda heard: "You said" in heard.body, room_id=chat)

    assert [typed.text for typed in bot.answering.heard] == ["1", "help"]
    assert all(typed.private and typed.group == group_id(group) for typed in bot.answering.heard)


async def test_someone_without_a_group_is_told_what_to_do(bot: Bot, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    async with bot.running():
        chat = await ann.make_direct(bot.person.user_id)
        await ann.wait_for_people(chat, bot.person.user_id)
        await ann.say(chat, "help")
        answer = await ann.wait_for(lambda _: True, room_id=chat)

    assert "not in a group together" in answer.body
    assert bot.answering.heard == []


async def test_someone_in_two_groups_is_asked_to_type_in_one_and_then_it_is_that_one(
    bot: Bot, new_peer: NewPeer
) -> None:
    ann = await new_peer("ann")
    async with bot.running():
        await _in_a_group(bot, ann)
        second = await _in_a_group(bot, ann)
        chat = await ann.make_direct(bot.person.user_id)
        await ann.wait_for_people(chat, bot.person.user_id)
        await ann.say(chat, "rota show")
        unclear = await ann.wait_for(lambda _: True, room_id=chat)
        await ann.say(second, "!help")
        await ann.wait_for(said("help"), room_id=chat)
        await ann.say(chat, "rota show")
        await ann.wait_for(said("rota show"), room_id=chat)

    assert "more than one group" in unclear.body
    assert [typed.group for typed in bot.answering.heard] == [group_id(second)] * 2


async def test_a_restart_loses_nothing_and_repeats_nothing(bot: Bot, new_peer: NewPeer) -> None:
    ann, bob = await new_peer("ann"), await new_peer("bob")
    async with bot.running():
        group = await _in_a_group(bot, ann, bob)
        await asyncio.gather(*(_talk(peer, group, ["before"]) for peer in (ann, bob)))
        await asyncio.gather(*(peer.wait_for(said("before")) for peer in (ann, bob)))
    more_than_one_sync_holds = [f"away {number}" for number in range(55)]
    await asyncio.gather(*(_talk(peer, group, more_than_one_sync_holds) for peer in (ann, bob)))
    async with bot.running():
        await asyncio.gather(*(peer.wait_for(said("away 54")) for peer in (ann, bob)))
    async with bot.running():
        await asyncio.gather(*(_talk(peer, group, ["after"]) for peer in (ann, bob)))
        await asyncio.gather(*(peer.wait_for(said("after")) for peer in (ann, bob)))

    assert _answers(ann) == ["before", *more_than_one_sync_holds, "after"]
    assert _answers(bob) == ["before", *more_than_one_sync_holds, "after"]


async def test_news_heard_twice_is_answered_once(bot: Bot, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    async with bot.running():
        group = await _in_a_group(bot, ann)
        await ann.say(group, "!first")
        await ann.wait_for(said("first"))
    mark = dict(bot.bookmarks.marks)
    await ann.say(group, "!second")
    async with bot.running():
        await ann.wait_for(said("second"))
    bot.bookmarks.marks = mark
    async with bot.running():
        await ann.say(group, "!third")
        await ann.wait_for(said("third"))

    assert [typed.text for typed in bot.answering.heard] == ["first", "second", "second", "third"]
    assert _answers(ann) == ["first", "second", "third"]


async def test_poison_spoils_itself_alone(bot: Bot, new_peer: NewPeer) -> None:
    ann, eve = await new_peer("ann"), await new_peer("eve")
    async with bot.running():
        group = await _in_a_group(bot, ann)
        hers = await _in_a_group(bot, eve)
        await eve.wait_for(lambda _: True)
    device = next(iter(eve.client.device_store[bot.person.user_id].values()))
    for bad in _bad_messages(device.curve25519):
        await _send_to_device(eve, bot.person.user_id, bad)
    for kind, content in _bad_events():
        await _send_raw(eve, hers, kind, content)
    await ann.say(group, "!still there")
    async with bot.running():
        await ann.wait_for(said("still there"))

    assert bot.journal.kinds.count("event-spoiled") >= 3


async def test_what_people_type_comes_out_harmless(bot: Bot, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    typed = 'hey @room <b>x</b> <a href="https://example.org">y</a> @bob:hs.test'
    async with bot.running():
        group = await _in_a_group(bot, ann)
        await ann.say(group, f"!{typed}")
        answer = await ann.wait_for(lambda heard: "You said" in heard.body)

    assert "@room" not in answer.body
    assert "@room" not in answer.html
    assert "<b>" not in answer.html
    assert "<a" not in answer.html
    assert answer.content["m.mentions"] == {}


async def test_people_named_in_a_room_are_the_only_ones_rung(bot: Bot, new_peer: NewPeer) -> None:
    ann, bob, cat = await new_peer("ann"), await new_peer("bob"), await new_peer("cat")
    async with bot.running() as world:
        group = await _in_a_group(bot, ann, bob, cat)
        one, two = person_id(ann.user_id), person_id(bob.user_id)
        await world.post(place_id(group), say("test-names", one=one, two=two), "K")
        heard = await cat.wait_for(lambda heard: "are on" in heard.body)

    assert heard.mentions == (ann.user_id, bob.user_id)
    assert "https://matrix.to/#/%40ann" in heard.html


async def test_someone_who_has_not_come_in_is_invited_once_and_told_when_they_do(bot: Bot, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    async with bot.running() as world:
        await _in_a_group(bot, ann)
        ann.accepts = False
        kinds = [await _told(world, ann, "ping") for _ in range(3)]
        await ann.wait_until(lambda: bool(ann.invites))
        invites = list(ann.invites)
        ann.accepts = True
        await ann.wait_until(lambda: bot.nudges == 1)
        told = await _told(world, ann, "ping")
        heard = await ann.wait_for(said("ping"))

    assert kinds == [("not-joined-yet", False)] * 3
    assert len(invites) == 1
    assert told is None
    assert heard.encrypted


async def test_someone_who_left_the_direct_chat_is_left_in_peace_until_they_ask(bot: Bot, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    async with bot.running() as world:
        group = await _in_a_group(bot, ann)
        await ann.say(group, "!help")
        answer = await ann.wait_for(said("help"))
        await ann.leave(answer.room_id)
        told = await _until_told_otherwise(world, ann)
        await ann.say(group, "!now")
        again = await ann.wait_for(said("now"))

    assert told == ("direct-chat-left", True)
    assert again.room_id == answer.room_id


async def test_two_meet_in_a_room_of_their_own_and_talk_on_when_the_bot_has_left(bot: Bot, new_peer: NewPeer) -> None:
    ann, bob = await new_peer("ann"), await new_peer("bob")
    people = [person_id(ann.user_id), person_id(bob.user_id)]
    async with bot.running() as world:
        place = await world.open(people, "K")
        again = await world.open(people, "K")
        await ann.wait_until(lambda: place.native in ann.rooms)
        early = await world.present(place)
        await bob.wait_until(lambda: place.native in bob.rooms)
        await ann.wait_until(lambda: bot.nudges == 2)
        present = await world.present(place)
        await world.post(place, say("test-card"), "K")
        await world.leave(place, closing=False)
        cards = [await peer.wait_for(lambda heard: heard.body == "The card.") for peer in (ann, bob)]
        await world.leave(place, closing=False)
    await ann.say(place.native, "hello bob")
    from_ann = await bob.wait_for(lambda heard: heard.body == "hello bob")
    await bob.say(place.native, "hello ann")
    from_bob = await ann.wait_for(lambda heard: heard.body == "hello ann")

    room = ann.rooms[place.native]
    assert place == again
    assert early == {people[0]}
    assert present == set(people)
    assert all(heard.encrypted for heard in (*cards, from_ann, from_bob))
    assert set(room.users) == {ann.user_id, bob.user_id}
    assert room.canonical_alias is None
    assert room.history_visibility == "joined"
    assert room.power_levels.can_user_invite(ann.user_id)
    assert await _addresses(ann, place.native) == []
    assert _keys_kept(bot, place.native) == 0


async def test_a_post_that_is_broken_off_goes_out_once_and_the_room_can_still_be_spoken_in(
    bot: Bot, new_peer: NewPeer
) -> None:
    ann = await new_peer("ann")
    async with bot.running() as world:
        group = await _in_a_group(bot, ann)
        await ann.wait_for(lambda heard: "Alongside" in heard.body)
        broken = asyncio.create_task(world.post(place_id(group), say("test-echo", text="one"), "one"))
        await asyncio.sleep(0)
        broken.cancel()
        await asyncio.wait([broken])
        await world.post(place_id(group), say("test-echo", text="one"), "one")
        await world.post(place_id(group), say("test-echo", text="two"), "two")
        await ann.wait_for(said("two"))

    assert broken.cancelled()
    assert _answers(ann) == ["one", "two"]


async def test_being_put_out_of_a_group_is_noticed(bot: Bot, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    async with bot.running() as world:
        group = await _in_a_group(bot, ann)
        chat = await ann.make_direct(bot.person.user_id)
        await ann.wait_for_people(chat, bot.person.user_id)
        await ann.client.room_kick(group, bot.person.user_id)
        await ann.say(chat, "help")
        answer = await ann.wait_for(lambda _: True, room_id=chat)
        with pytest.raises(ChatError) as caught:
            await world.post(place_id(group), say("test-card"), "K")

    assert "not in a group together" in answer.body
    assert (caught.value.kind, caught.value.permanent) == ("room-left", True)


async def test_a_meeting_that_came_to_nothing_is_closed_to_everybody(bot: Bot, new_peer: NewPeer) -> None:
    ann, bob = await new_peer("ann"), await new_peer("bob")
    bob.accepts = False
    async with bot.running() as world:
        place = await world.open([person_id(ann.user_id), person_id(bob.user_id)], "K")
        await ann.wait_until(lambda: place.native in ann.rooms)
        await world.leave(place, closing=True)
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
        await world.leave(again, closing=True)

    assert place == again
    assert bot.answering.heard == []


async def test_a_new_device_reaches_a_bot_whose_one_time_keys_are_used_up(bot: Bot, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    async with bot.running():
        group = await _in_a_group(bot, ann)
        await ann.wait_for(lambda _: True)
    device = next(iter(ann.client.device_store[bot.person.user_id].values()))
    used_up = {"one_time_keys": {bot.person.user_id: {device.device_id: "signed_curve25519"}}}
    for _ in range(60):
        bot.homeserver.ask("POST", "/_matrix/client/v3/keys/claim", used_up, ann.client.access_token)
    eve = await new_peer("eve")
    await ann.client.room_invite(group, eve.user_id)
    await eve.wait_until(lambda: group in eve.rooms)
    await eve.say(group, "!help")
    async with bot.running():
        answer = await eve.wait_for(said("help"))

    assert answer.encrypted


async def test_a_revoked_token_ends_the_run_for_good(bot: Bot) -> None:
    world = bot.world()
    await world.start()
    session = json.loads((bot.folder / "bot" / "session.json").read_text())
    bot.homeserver.ask("POST", "/_matrix/client/v3/logout", {}, session["access_token"])
    with pytest.raises(ChatError) as caught:
        await world.run()
    await world.stop()

    assert (caught.value.kind, caught.value.permanent) == ("token-revoked", True)


async def test_a_token_that_is_no_longer_good_is_made_good_with_the_password(bot: Bot) -> None:
    async with bot.running():
        first = json.loads((bot.folder / "bot" / "session.json").read_text())
    bot.homeserver.ask("POST", "/_matrix/client/v3/logout", {}, first["access_token"])
    async with bot.running():
        second = json.loads((bot.folder / "bot" / "session.json").read_text())

    assert first["device_id"] == second["device_id"]
    assert first["access_token"] != second["access_token"]


async def test_everything_on_disk_is_for_its_owner_alone(bot: Bot) -> None:
    async with bot.running():
        pass

    files = [bot.folder / "bot", *(bot.folder / "bot").iterdir()]
    assert len(files) == 4
    assert all(file.stat().st_mode & 0o077 == 0 for file in files)


async def _talk(peer: Peer, room_id: str, texts: Sequence[str]) -> None:
    for text in texts:
        await peer.say(room_id, f"!{text}")


def _answers(peer: Peer) -> list[str]:
    texts = (heard.body for heard in peer.heard if heard.body.startswith("You said: "))
    return [text.removeprefix("You said: ") for text in texts]


async def _told(world: MatrixWorld, peer: Peer, text: str) -> tuple[str, bool] | None:
    """Tell someone; return the fault's kind and whether it is permanent."""
    try:
        await world.tell(person_id(peer.user_id), say("test-echo", text=text), f"{peer.user_id} {text}")
    except ChatError as error:
        return error.kind, error.permanent
    return None


async def _until_told_otherwise(world: MatrixWorld, peer: Peer) -> tuple[str, bool] | None:
    """Tell someone until it fails: the bot may not have heard of their leaving yet."""
    for number in range(20):
        if (fault := await _told(world, peer, f"try {number}")) is not None:
            return fault
        await peer.sync(0.2)
    return None


def _bad_messages(key: str) -> list[dict[str, Any]]:
    """Return contents of `m.room.encrypted` to a device that end nio's own sync."""
    olm = {"algorithm": "m.olm.v1.curve25519-aes-sha2", "sender_key": key}
    return [
        {**olm, "ciphertext": {key: {"type": 0, "body": "not base64 at all"}}},
        {**olm, "ciphertext": {key: {"type": 1, "body": "AAAA"}}},
        {**olm, "ciphertext": {key: {"type": "x", "body": ""}}},
        {**olm, "ciphertext": {key: None}},
    ]


def _bad_events() -> list[tuple[str, dict[str, Any]]]:
    megolm = {"algorithm": "m.megolm.v1.aes-sha2", "device_id": "X"}
    return [
        ("m.room.encrypted", {**megolm, "sender_key": "", "session_id": "", "ciphertext": ""}),
        ("m.room.encrypted", {"algorithm": "m.megolm.v1.aes-sha2"}),
        ("m.room.message", {"msgtype": "m.text", "body": "!x", "m.relates_to": 3}),
    ]


async def _addresses(peer: Peer, room_id: str) -> list[str]:
    headers = {"Authorization": f"Bearer {peer.client.access_token}"}
    response = await peer.client.send("GET", f"/_matrix/client/v3/rooms/{quote(room_id)}/aliases", None, headers)
    return list((await response.json())["aliases"])


def _keys_kept(bot: Bot, room_id: str) -> int:
    with contextlib.closing(sqlite3.connect(bot.folder / "bot" / "keys.db")) as database:
        found = database.execute("SELECT count(*) FROM megolminboundsessions WHERE room_id = ?", (room_id,))
        return int(found.fetchone()[0])


async def _send_to_device(peer: Peer, user_id: str, content: dict[str, Any]) -> None:
    path = f"/_matrix/client/v3/sendToDevice/m.room.encrypted/{secrets.token_hex(8)}"
    body = json.dumps({"messages": {user_id: {"*": content}}})
    headers = {"Authorization": f"Bearer {peer.client.access_token}"}
    response = await peer.client.send("PUT", path, body, headers)
    assert response.status == 200


async def _send_raw(peer: Peer, room_id: str, kind: str, content: dict[str, Any]) -> None:
    """Send it as it is, past the encryption."""
    path = f"/_matrix/client/v3/rooms/{quote(room_id)}/send/{kind}/{secrets.token_hex(8)}"
    headers = {"Authorization": f"Bearer {peer.client.access_token}"}
    response = await peer.client.send("PUT", path, json.dumps(content), headers)
    assert response.status == 200
