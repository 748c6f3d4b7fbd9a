"""With the bot's whole folder, the server's database and all that went over it, what was said cannot be read."""

import asyncio
import contextlib
import sqlite3
import time
from pathlib import Path
from typing import Any

from bot.adapters.matrix.fallbacks import USED_LASTS
from bot.adapters.matrix.ratchets import GAP_WAITED_FOR
from bot.domain.saying import say
from tests.synapse.bot import Bot, group_id, person_id
from tests.synapse.conftest import NewPeer
from tests.synapse.deeds import answers, in_a_group, new_key, said, send_raw, to_devices, use_up_keys
from tests.synapse.peer import Peer
from tests.synapse.thief import Loot, Tapped, events_of, taken

GROUP = group_id("!group:hs.test")
TALK = tuple(f"what nobody else should read, {number}" for number in range(5))


def loot_of(folder: Path) -> Loot:
    return Loot.of(folder, (folder / "store.secret").read_text())


async def talk(ann: Peer, group: str) -> None:
    for text in TALK:
        await ann.say(group, text)
    await ann.say(group, "!help")
    await ann.wait_for(said("help"))


def encrypted(peer: Peer, room: str, text: str) -> dict[str, Any]:
    """Encrypt a message without sending it."""
    olm = peer.client.olm
    assert olm is not None
    content = {"msgtype": "m.text", "body": text}
    return dict(olm.group_encrypt(room, {"type": "m.room.message", "content": content}))


def gaps(bot: Bot, *, are_there: bool, patience_seconds: float = 10) -> None:
    """Wait until the bot has written down that something came out of its turn, or that nothing is waited for."""
    last = time.monotonic() + patience_seconds
    with contextlib.closing(sqlite3.connect(bot.folder / "bot" / "keys.db")) as database:
        while bool(database.execute("SELECT count(*) FROM megolmahead").fetchone()[0]) is not are_there:
            assert time.monotonic() < last
            time.sleep(0.1)


async def emptied(bot: Bot, ann: Peer, tapped: Tapped, *rooms: str) -> Loot:
    """Take the folder of the running bot again and again, until nothing said in the rooms can be read with it."""
    loot = Loot()

    def reads_nothing() -> bool:
        nonlocal loot
        loot = loot_of(taken(bot.folder / "bot", bot.folder / "stolen"))
        loot.open_to_device(tapped.to(bot.person.user_id))
        return not any(loot.reads(events_of(bot.homeserver, room)) for room in rooms)

    await ann.wait_until(reads_nothing)
    return loot


async def test_what_was_said_with_the_bot_in_the_room_cannot_be_read_with_all_it_keeps(
    bot: Bot, new_peer: NewPeer, tmp_path: Path
) -> None:
    ann = await new_peer("ann")
    tapped = Tapped.on(ann)
    async with bot.running():
        group = await in_a_group(bot, ann)
        await talk(ann, group)
        loot = await emptied(bot, ann, tapped, group, ann.heard[-1].room_id)
        await ann.say(group, "said after the theft")
        await ann.say(group, "!done")
        await ann.wait_for(said("done"))
    at_rest = loot_of(bot.folder / "bot")
    at_rest.open_to_device(tapped.to(bot.person.user_id))
    events = events_of(bot.homeserver, group)
    hers = Loot.of(tmp_path / ann.user_id, "peer").reads(events)

    # The thief knows the trade: an ordinary client's folder gives everything away, and ours what is still to come.
    assert {*TALK, "!help", "said after the theft"} <= hers
    assert "said after the theft" in loot.reads(events)
    assert at_rest.reads(events) == set()
    assert at_rest.accounts
    assert at_rest.olm
    assert at_rest.megolm


async def test_a_key_that_came_by_way_of_the_fallback_key_opens_nothing_once_that_is_gone(
    bot: Bot, new_peer: NewPeer
) -> None:
    ann = await new_peer("ann")
    async with bot.running():
        group = await in_a_group(bot, ann)
        await ann.wait_for(lambda _: True)
    use_up_keys(bot, ann)
    eve = await new_peer("eve")
    tapped = Tapped.on(eve)
    await ann.client.room_invite(group, eve.user_id)
    await eve.wait_until(lambda: group in eve.rooms)
    await eve.say(group, TALK[0])
    async with bot.running():
        await eve.say(group, "!help")
        await eve.wait_for(said("help"))
        early = loot_of(taken(bot.folder / "bot", bot.folder / "stolen"))
        early.open_to_device(tapped.to(bot.person.user_id))
        bot.clock.move(USED_LASTS)
        await eve.say(group, "!later")
        await eve.wait_for(said("later"))
        late = await emptied(bot, eve, tapped, group)

    assert TALK[0] in early.reads(events_of(bot.homeserver, group))
    assert late.accounts


async def test_a_room_that_was_left_leaves_no_byte_in_the_folder(bot: Bot, new_peer: NewPeer) -> None:
    ann, bob = await new_peer("ann"), await new_peer("bob")
    async with bot.running() as world:
        place = await world.open([person_id(ann.user_id), person_id(bob.user_id)], "K", GROUP)
        for peer in (ann, bob):
            await peer.wait_until(lambda peer=peer: place.native in peer.rooms)  # type: ignore[misc]  # Bound at once.
        await ann.say(place.native, "hello bob")
        await bob.wait_for(lambda heard: heard.body == "hello bob")
        await world.post(place, say("test-card"), "K")
        await world.leave("K", GROUP, closing=False)
    files = [file.read_bytes() for file in (bot.folder / "bot").iterdir()]

    assert not any(place.native.encode() in held for held in files)


async def test_a_key_that_is_shared_again_from_its_beginning_brings_nothing_back(bot: Bot, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    tapped = Tapped.on(ann)
    async with bot.running():
        group, other = await in_a_group(bot, ann), await in_a_group(bot, ann, encrypted=False)
        await ann.say(group, "!first")
        await ann.wait_for(said("first"))
        key = new_key(ann, group)
        for _ in range(2):
            for messages in key(bot.person.user_id):
                await to_devices(ann, messages)
            await talk(ann, group)
        for messages in key(bot.person.user_id):
            await to_devices(ann, messages)
        await ann.say(other, "!and on")
        await ann.wait_for(said("and on"))
        loot = await emptied(bot, ann, tapped, group)

    assert loot.megolm


async def test_what_is_being_answered_can_be_read_until_it_was_and_what_came_after_it_too(
    bot: Bot, new_peer: NewPeer
) -> None:
    ann = await new_peer("ann")
    tapped, hangs = Tapped.on(ann), asyncio.Event()
    async with bot.running():
        group = await in_a_group(bot, ann)
        await talk(ann, group)
        bot.answering.until = hangs
        await ann.say(group, "!slow")
        await ann.say(group, TALK[0])
        await ann.wait_until(lambda: len(bot.answering.heard) == 2)
        meanwhile = loot_of(taken(bot.folder / "bot", bot.folder / "stolen"))
        hangs.set()
        await ann.wait_for(said("slow"))
        await emptied(bot, ann, tapped, group)

    assert "!slow" in meanwhile.reads(events_of(bot.homeserver, group))


async def test_a_message_out_of_its_turn_is_still_read_within_a_minute_and_not_after(
    bot: Bot, new_peer: NewPeer
) -> None:
    ann = await new_peer("ann")
    async with bot.running():
        group = await in_a_group(bot, ann)
        await ann.say(group, "!first")
        await ann.wait_for(said("first"))
        early, missing = (encrypted(ann, group, text) for text in ("!early", "!missing"))
        for text, late in (("!next", early), ("!after", None)):
            await ann.say(group, text)
            await ann.wait_for(said(text.removeprefix("!")))
            if late is not None:
                await send_raw(ann, group, "m.room.encrypted", late)
                await ann.wait_for(said("early"))
        await asyncio.to_thread(gaps, bot, are_there=True)
        bot.clock.move(GAP_WAITED_FOR)
        await asyncio.to_thread(gaps, bot, are_there=False)
        await send_raw(ann, group, "m.room.encrypted", missing)
        await ann.say(group, "!last")
        await ann.wait_for(said("last"))

    assert answers(ann) == ["first", "next", "early", "after", "last"]
