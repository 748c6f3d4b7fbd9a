"""What the bot hears on a real server, and what it lets go."""

import asyncio

from bot.ports.inbox import Received
from tests.synapse.bot import NAME, Bot, group_id, person_id, place_id
from tests.synapse.conftest import NewPeer
from tests.synapse.deeds import (
    answers,
    as_if_ended,
    in_a_group,
    new_key,
    said,
    to_devices,
)


async def test_a_command_in_an_encrypted_group_is_answered_in_a_direct_chat(bot: Bot, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    async with bot.running():
        group = await in_a_group(bot, ann)
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
        group = await in_a_group(bot, ann)
        hello = await ann.wait_for(lambda heard: "Alongside" in heard.body, room_id=group)

    assert len(hello.body.splitlines()) == 3
    assert hello.encrypted


async def test_chatter_reaches_nobody(bot: Bot, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    async with bot.running():
        group = await in_a_group(bot, ann)
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
        group = await in_a_group(bot, ann)
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
        await in_a_group(bot, ann)
        second = await in_a_group(bot, ann)
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


async def test_news_heard_twice_is_answered_once(bot: Bot, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    async with bot.running():
        group = await in_a_group(bot, ann, encrypted=False)
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
    assert answers(ann) == ["first", "second", "third"]


async def test_what_was_heard_and_not_answered_when_the_process_ended_is_read_again_and_answered(
    bot: Bot, new_peer: NewPeer
) -> None:
    ann = await new_peer("ann")
    hangs = asyncio.Event()
    async with bot.running():
        group = await in_a_group(bot, ann)
        await ann.say(group, "!first")
        await ann.wait_for(said("first"))
        bot.answering.until = hangs
        for text in ("!second", "just talk"):
            await ann.say(group, text)
        await ann.wait_until(lambda: len(bot.answering.heard) == 2)
        again = as_if_ended(bot)
        hangs.set()
    async with again.running():
        await ann.wait_for(said("second"))

    assert [typed.text for typed in again.answering.heard] == ["second"]
    assert answers(ann) == ["first", "second"]
    assert again.inbox.rows == {}


async def test_what_was_dealt_with_before_the_process_ended_is_let_go_at_the_next_start(
    bot: Bot, new_peer: NewPeer
) -> None:
    ann = await new_peer("ann")
    async with bot.running():
        group = await in_a_group(bot, ann)
        event_id = await ann.say(group, "!first")
        await ann.wait_for(said("first"))
    bot.inbox.rows[NAME, event_id] = Received(room=group, event=event_id)
    async with bot.running():
        await ann.say(group, "!second")
        await ann.wait_for(said("second"))

    assert [typed.text for typed in bot.answering.heard] == ["first", "second"]
    assert bot.inbox.rows == {}


async def test_a_command_whose_key_comes_late_is_answered_when_it_comes(bot: Bot, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    async with bot.running():
        group, other = await in_a_group(bot, ann), await in_a_group(bot, ann, encrypted=False)
        await ann.say(group, "!first")
        await ann.wait_for(said("first"))
        held_back = new_key(ann, group)(bot.person.user_id)
        await ann.say(group, "!late")
        await ann.say(other, "!meanwhile")
        await ann.wait_for(said("meanwhile"))
        for messages in held_back:
            await to_devices(ann, messages)
        await ann.wait_for(said("late"))

    assert answers(ann) == ["first", "meanwhile", "late"]
