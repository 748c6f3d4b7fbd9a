"""What people on Matrix are used to, on a real server: reactions, threads, a sign that the bot is writing."""

import asyncio

import pytest

from bot.domain.commands import Picking, TakingBack
from bot.domain.ids import PlaceId
from bot.domain.saying import Say, choice, line, say
from tests.synapse.bot import Bot, group_id, person_id
from tests.synapse.conftest import NewPeer
from tests.synapse.deeds import in_a_chat, in_a_group, in_thread, said, send_raw

ONE = "1\ufe0f\u20e3"
LIST = Say(lines=(line("test-card"),), choices=(choice("test-choice", "sit can"),))


@pytest.mark.parametrize("encrypted", [True, False], ids=["encrypted", "plain"])
async def test_a_reaction_in_a_direct_chat_and_its_taking_back_are_heard(
    bot: Bot, new_peer: NewPeer, *, encrypted: bool
) -> None:
    ann = await new_peer("ann")
    async with bot.running() as world:
        group = await in_a_group(bot, ann)
        chat = await in_a_chat(bot, ann, encrypted=encrypted)
        await ann.say(chat, "hello")
        await ann.wait_for(said("hello"))
        posted = await world.tell(person_id(ann.user_id), LIST, "list", group_id(group))
        told = await ann.wait_for(lambda heard: "The card." in heard.body, room_id=chat)
        reaction = await ann.react(chat, told.event_id, ONE)
        await ann.take_back(chat, reaction)
        await ann.say(chat, "help")
        await ann.wait_for(said("help"))

    # The chat itself stands for no group.
    places = {group_id(each): {"here": PlaceId(group_id(each))} for each in (group, chat)}
    picking, taking_back = bot.answering.reactions
    assert (told.event_id, (told.event_id,)) == (posted.answered, posted.messages)
    assert picking == Picking(
        key=f"mx:{reaction}",
        message=f"mx:{told.event_id}",
        text=ONE,
        person=person_id(ann.user_id),
        groups=places,
    )
    assert isinstance(taking_back, TakingBack)
    assert (taking_back.reaction, taking_back.person) == (f"mx:{reaction}", person_id(ann.user_id))


async def test_a_reaction_in_a_group_reaches_nobody(bot: Bot, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    async with bot.running():
        group = await in_a_group(bot, ann)
        hello = await ann.wait_for(lambda heard: "Alongside" in heard.body, room_id=group)
        await ann.take_back(group, await ann.react(group, hello.event_id, ONE))
        await ann.say(group, "!help")
        await ann.wait_for(said("help"))

    assert bot.answering.reactions == []


async def test_a_reaction_and_its_taking_back_are_heard_also_when_one_answer_does_not_hold_all_that_came_since(
    bot: Bot, new_peer: NewPeer
) -> None:
    ann = await new_peer("ann")
    async with bot.running() as world:
        group = await in_a_group(bot, ann)
        chat = await in_a_chat(bot, ann, encrypted=False)
        await ann.say(chat, "hello")
        await ann.wait_for(said("hello"))
        await world.tell(person_id(ann.user_id), LIST, "list", group_id(group))
        told = await ann.wait_for(lambda heard: "The card." in heard.body, room_id=chat)
        first = await ann.react(chat, told.event_id, ONE)
        await ann.say(chat, "help")
        await ann.wait_for(said("help"))
    second = await ann.react(chat, told.event_id, "2")
    await ann.take_back(chat, first)
    much = ({"msgtype": "m.notice", "body": f"chatter {number}"} for number in range(120))
    await asyncio.gather(*(send_raw(ann, chat, "m.room.message", chatter) for chatter in much))
    async with bot.running():
        await ann.say(chat, "still there")
        await ann.wait_for(said("still there"))

    picked = [heard.key for heard in bot.answering.reactions if isinstance(heard, Picking)]
    taken_back = [heard.reaction for heard in bot.answering.reactions if isinstance(heard, TakingBack)]
    assert list(dict.fromkeys(picked)) == [f"mx:{first}", f"mx:{second}"]
    assert taken_back == [f"mx:{first}"]


async def test_a_command_in_a_thread_of_the_direct_chat_is_answered_in_that_thread(bot: Bot, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    async with bot.running():
        await in_a_group(bot, ann)
        chat = await in_a_chat(bot, ann)
        root = await ann.say(chat, "first")
        plain = await ann.wait_for(said("first"))
        typed = await ann.say(chat, "second", **in_thread(root))
        answer = await ann.wait_for(said("second"))

    assert "m.relates_to" not in plain.content
    assert answer.room_id == chat
    assert answer.encrypted
    assert answer.content["m.relates_to"] == {
        "rel_type": "m.thread",
        "event_id": root,
        "is_falling_back": True,
        "m.in_reply_to": {"event_id": typed},
    }


async def test_a_command_in_a_thread_of_the_group_is_answered_in_the_direct_chat(bot: Bot, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    async with bot.running():
        group = await in_a_group(bot, ann)
        root = await ann.say(group, "shall we?")
        await ann.say(group, "! sit", **in_thread(root))
        answer = await ann.wait_for(said("sit"))

    assert answer.room_id != group
    assert "m.relates_to" not in answer.content


async def test_an_answer_that_takes_longer_than_a_second_shows_that_the_bot_is_writing_and_no_longer_than_that(
    bot: Bot, new_peer: NewPeer
) -> None:
    ann = await new_peer("ann")
    busy = bot.answering.until = asyncio.Event()
    me = bot.person.user_id
    async with bot.running():
        group = await in_a_group(bot, ann)
        chat = await in_a_chat(bot, ann)
        await ann.say(group, "!help")
        await ann.wait_until(lambda: (chat, frozenset({me})) in ann.signs)
        busy.set()
        await ann.wait_for(said("help"))
        await ann.wait_until(lambda: ann.signs[-1] == (chat, frozenset()))

    assert {room for room, _ in ann.signs} == {chat}


async def test_an_answer_that_comes_at_once_shows_no_sign(bot: Bot, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    async with bot.running():
        await in_a_group(bot, ann)
        chat = await in_a_chat(bot, ann)
        for text in ("one", "two"):
            await ann.say(chat, text)
            await ann.wait_for(said(text))
        await ann.sync(1.5)

    assert ann.signs == []


async def test_a_line_of_someone_in_two_groups_is_about_the_group_of_the_list_it_answers(
    bot: Bot, new_peer: NewPeer
) -> None:
    ann = await new_peer("ann")
    async with bot.running():
        first, second = await in_a_group(bot, ann), await in_a_group(bot, ann)
        chat = await in_a_chat(bot, ann)
        await ann.say(second, "!help")
        await ann.wait_for(said("help"))
        bot.answering.group = group_id(first)
        await ann.say(chat, "1")
        await ann.wait_for(said("1"))
        bot.answering.group = group_id("!elsewhere")
        await ann.say(chat, "2")
        await ann.wait_for(said("2"))

    assert [typed.group for typed in bot.answering.heard] == [group_id(second), group_id(first), group_id(second)]


async def test_a_list_that_was_answered_with_is_remembered_by_its_message(bot: Bot, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    bot.answering.answer = lambda _: LIST
    async with bot.running():
        group = await in_a_group(bot, ann)
        await in_a_chat(bot, ann)
        await ann.say(group, "!help")
        told = await ann.wait_for(lambda heard: "The card." in heard.body)

    assert bot.answering.said == [(person_id(ann.user_id), group_id(group), LIST, told.event_id)]
    assert bot.answering.written > 0


async def test_a_message_tells_the_name_that_someone_has_in_the_group_it_is_about(bot: Bot, new_peer: NewPeer) -> None:
    ann, bob = await new_peer("ann"), await new_peer("bob")
    async with bot.running() as world:
        group, other = await in_a_group(bot, ann, bob), await in_a_group(bot, ann, bob)
        for room, name in ((group, "Bob here"), (other, "Bob elsewhere")):
            member = {"membership": "join", "displayname": name}
            await bob.client.room_put_state(room, "m.room.member", member, bob.user_id)
            await ann.wait_until(lambda room=room, name=name: ann.rooms[room].users[bob.user_id].name == name)  # type: ignore[misc]  # Bound at once.
        names = say("test-names", one=person_id(ann.user_id), two=person_id(bob.user_id))
        await in_a_chat(bot, ann)
        await ann.say(other, "!help")
        await ann.wait_for(said("help"))
        await world.tell(person_id(ann.user_id), names, "names", group_id(other))
        told = await ann.wait_for(lambda heard: "are on" in heard.body)

    assert "Bob elsewhere" in told.body
    assert world.called(person_id(bob.user_id), group_id(group)) == "Bob here"
