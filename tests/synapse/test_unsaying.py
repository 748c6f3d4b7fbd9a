"""What the bot said is taken away again on a real server: nothing of it is left there, and nothing else goes."""

import itertools
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from nio import RoomGetEventResponse
from whenever import Instant, TimeDelta

from bot.domain.outgoing import Tidying
from bot.domain.saying import say
from tests.synapse.bot import Bot, group_id, person_id, place_id
from tests.synapse.conftest import NewPeer
from tests.synapse.deeds import in_a_chat, in_a_group, said
from tests.synapse.homeserver import Homeserver
from tests.synapse.lives import after, before, lives
from tests.synapse.peer import Heard, Peer
from tests.synapse.test_crashes import PATIENCE_SECONDS, dies_at_each, grouped, news

THANKS = "They have company now."
numbers = itertools.count(1)


async def on_the_server(peer: Peer, heard: Heard) -> dict[str, Any]:
    """Return an event as the server has it now."""
    found = await peer.client.room_get_event(heard.room_id, heard.event_id)
    assert isinstance(found, RoomGetEventResponse), found
    source: dict[str, Any] = found.event.source
    return source


async def answered_in_a_chat(bot: Bot, peer: Peer) -> str:
    """Start a chat with the bot, which answers there from now on."""
    chat = await in_a_chat(bot, peer)
    await peer.say(chat, "here")
    await peer.wait_for(said("here"), room_id=chat)
    return chat


@pytest.mark.parametrize("encrypted", [True, False])
async def test_nothing_of_it_is_left_on_the_server_and_once_is_enough(
    bot: Bot, new_peer: NewPeer, *, encrypted: bool
) -> None:
    ann = await new_peer("ann")
    async with bot.running() as world:
        group = await in_a_group(bot, ann, encrypted=encrypted)
        await answered_in_a_chat(bot, ann)
        told = await world.tell(person_id(ann.user_id), say("test-echo", text="told"), "K", group_id(group))
        posted = await world.post(place_id(group), say("test-echo", text="posted"), "L")
        await world.post(place_id(group), say("test-echo", text="kept"), "M")
        heard = [await ann.wait_for(said(text)) for text in ("told", "posted", "kept")]
        await world.unsay(person_id(ann.user_id), told.messages, "N")
        await world.unsay(place_id(group), posted.messages, "O")
        await ann.wait_until(lambda: len(ann.gone) == 2)
        first = [await on_the_server(ann, each) for each in heard]
        # As a later life would, which knows of none of it.
        await world.unsay(person_id(ann.user_id), told.messages, "P")
        await world.unsay(place_id(group), posted.messages, "Q")
        await world.post(place_id(group), say("test-echo", text="the end"), "R")
        await ann.wait_for(said("the end"))

    assert sorted(ann.gone) == sorted([heard[0].event_id, heard[1].event_id])
    assert [event["content"] == {} for event in first] == [True, True, False]
    assert heard[0].encrypted


async def test_it_is_found_in_whichever_chat_it_stands_and_left_alone_where_it_does_not(
    bot: Bot, new_peer: NewPeer
) -> None:
    ann, bob = await new_peer("ann"), await new_peer("bob")
    async with bot.running() as world:
        group = await in_a_group(bot, ann, bob)
        await answered_in_a_chat(bot, ann)
        told = await world.tell(person_id(ann.user_id), say("test-echo", text="told"), "K", group_id(group))
        first = await ann.wait_for(said("told"))
        # From now on she is answered in another chat.
        chat = await answered_in_a_chat(bot, ann)
        await world.unsay(person_id(bob.user_id), told.messages, "L")
        await world.unsay(place_id(group), told.messages, "M")
        stands = await on_the_server(ann, first)
        await world.unsay(person_id(ann.user_id), told.messages, "N")
        gone = await on_the_server(ann, first)

    assert first.room_id != chat
    assert (stands["content"] != {}, gone["content"]) == (True, {})


@pytest.mark.long
async def test_a_bot_that_is_killed_at_every_step_of_it_leaves_nothing_standing(
    homeserver: Homeserver, new_peer: NewPeer, tmp_path: Path
) -> None:
    ann, cat = await new_peer("ann"), await new_peer("cat")
    account = homeserver.register(f"cuttidying{next(numbers)}")
    async with lives(homeserver, account, tmp_path) as bot:
        group = await grouped(bot, account, cat)
        message = replace(news(group, ann), tidied=True)
        await bot.put(message)
        await bot.begin()
        heard = await ann.wait_for(lambda heard: THANKS in heard.body, PATIENCE_SECONDS)
        await ann.wait_until(lambda: bot.open_rows() == 0, PATIENCE_SECONDS)
        await bot.end()
        now = Instant.now()
        await bot.put(
            Tidying(
                key="tidy",
                group=message.group,
                of=message.key,
                to=message.to,
                not_before=now,
                expires_at=now + TimeDelta(hours=1),
            )
        )
        await dies_at_each(bot, (before("PUT", "/redact/"), after("PUT", "/redact/")), ann)
        await bot.begin()
        await ann.wait_until(lambda: bot.open_rows() == 0, PATIENCE_SECONDS)
        await bot.end()

        assert bot.standing() == 0
    assert [each.body for each in ann.heard].count(heard.body) == 1
    assert ann.gone == [heard.event_id]
    assert (await on_the_server(ann, heard))["content"] == {}
