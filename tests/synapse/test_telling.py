"""What the bot says on a real server, and to whom."""

from bot.domain.saying import say
from tests.synapse.bot import Bot, person_id, place_id
from tests.synapse.conftest import NewPeer
from tests.synapse.deeds import fault_telling, in_a_group, said, until_telling_fails


async def test_a_message_with_one_key_is_one_event(bot: Bot, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    async with bot.running() as world:
        group = await in_a_group(bot, ann)
        await ann.wait_for(lambda heard: "Alongside" in heard.body)
        for text in ("once", "once", "the end"):
            await world.post(place_id(group), say("test-echo", text=text), text)
        await ann.wait_for(lambda heard: "the end" in heard.body)

    assert [heard.body for heard in ann.heard].count("You said: once") == 1


async def test_what_people_type_comes_out_harmless(bot: Bot, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    typed = 'hey @room <b>x</b> <a href="https://example.org">y</a> @bob:hs.test'
    async with bot.running():
        group = await in_a_group(bot, ann)
        await ann.say(group, f"!{typed}")
        answer = await ann.wait_for(lambda heard: "You said" in heard.body)

    assert "@room" not in answer.body
    assert "@room" not in answer.html
    assert "<b>" not in answer.html
    assert "<a" not in answer.html
    assert answer.mentions == (ann.user_id,)


async def test_those_a_message_in_a_room_is_meant_for_are_the_only_ones_rung(bot: Bot, new_peer: NewPeer) -> None:
    ann, bob, cat = await new_peer("ann"), await new_peer("bob"), await new_peer("cat")
    async with bot.running() as world:
        group = await in_a_group(bot, ann, bob, cat)
        one, two = person_id(ann.user_id), person_id(bob.user_id)
        names = say("test-names", one=one, two=two)
        await world.post(place_id(group), names.ringing(one), "K")
        meant = await cat.wait_for(lambda heard: "are on" in heard.body)
        await world.post(place_id(group), names, "L")
        only_told = await cat.wait_for(lambda heard: "are on" in heard.body)

    assert meant.mentions == (ann.user_id,)
    assert only_told.content["m.mentions"] == {}
    assert "https://matrix.to/#/%40ann" in only_told.html


async def test_someone_who_has_not_come_in_is_invited_once_and_told_when_they_do(bot: Bot, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    async with bot.running() as world:
        await in_a_group(bot, ann)
        ann.accepts = False
        kinds = [await fault_telling(world, ann, "ping") for _ in range(3)]
        await ann.wait_until(lambda: bool(ann.invites))
        invites = list(ann.invites)
        ann.accepts = True
        await ann.wait_until(lambda: bot.nudges == 1)
        told = await fault_telling(world, ann, "ping")
        heard = await ann.wait_for(said("ping"))

    assert kinds == [("not-joined-yet", False)] * 3
    assert len(invites) == 1
    assert told is None
    assert heard.encrypted


async def test_someone_who_left_the_direct_chat_is_left_in_peace_until_they_ask(bot: Bot, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    async with bot.running() as world:
        group = await in_a_group(bot, ann)
        await ann.say(group, "!help")
        answer = await ann.wait_for(said("help"))
        await ann.leave(answer.room_id)
        told = await until_telling_fails(world, ann)
        await ann.say(group, "!now")
        again = await ann.wait_for(said("now"))

    assert told == ("direct-chat-left", True)
    assert again.room_id == answer.room_id
