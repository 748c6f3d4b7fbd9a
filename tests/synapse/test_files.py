"""Files for one person on a real server: sealed where the chat is, opened by that person alone, handed over once."""

import pytest

from bot.domain.commands import Typed
from bot.domain.outgoing import Message
from bot.domain.saying import File, Handed, Say, line, say
from tests.synapse.between import Reply, Request, between
from tests.synapse.bot import Bot, group_id, person_id
from tests.synapse.conftest import NewPeer
from tests.synapse.deeds import answers, in_a_chat, in_a_group, in_thread, said
from tests.synapse.peer import Peer

CONTENT = {"a.html": "<p>café</p>".encode(), "b.json": b"{}\n"}
_UPLOAD = "/_matrix/media/v3/upload"
_SEND = "/send/m.room.encrypted/"


def handing(text: str) -> Say:
    files = tuple(File(name=name, kind="text/plain", content=each) for name, each in CONTENT.items())
    later, in_text = line("test-echo", text="ask again"), line("test-echo", text="all of it")
    return say("test-echo", text=text).handing(Handed(files=files, in_text=(in_text,), later=(later,)))


def answer(typed: Typed) -> Say:
    return handing(typed.text) if typed.text == "export" else say("test-echo", text=typed.text)


def told(text: str) -> str:
    return f"You said: {text}"


async def all_files(peer: Peer) -> None:
    await peer.wait_until(lambda: len(peer.files) >= len(CONTENT))


@pytest.mark.parametrize("encrypted", [True, False], ids=["encrypted", "plain"])
async def test_the_person_opens_what_was_handed_over_and_the_server_cannot_where_the_chat_is_encrypted(
    bot: Bot, new_peer: NewPeer, *, encrypted: bool
) -> None:
    ann = await new_peer("ann")
    bot.answering.answer = answer
    async with bot.running():
        await in_a_group(bot, ann)
        chat = await in_a_chat(bot, ann, encrypted=encrypted)
        await ann.say(chat, "export")
        message = await ann.wait_for(lambda heard: told("export") in heard.body, room_id=chat)
        await all_files(ann)
        opened = {file.name: await ann.opened(file) for file in ann.files}
        on_the_server = {file.name: await ann.fetched(file) for file in ann.files}

    assert opened == CONTENT
    assert {file.encrypted for file in ann.files} == {encrypted}
    assert {("file" in file.content, "url" in file.content) for file in ann.files} == {(encrypted, not encrypted)}
    assert (on_the_server == CONTENT) is not encrypted
    assert ("It can read them" in message.body) is not encrypted
    assert [file.content["info"] for file in ann.files] == [
        {"mimetype": "text/plain", "size": len(each)} for each in CONTENT.values()
    ]
    assert bot.outbox.waiting == {}


async def test_what_is_handed_over_again_under_one_key_comes_once(bot: Bot, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    async with bot.running() as world:
        group = await in_a_group(bot, ann)
        chat = await in_a_chat(bot, ann)
        for _ in range(2):
            await world.tell(person_id(ann.user_id), handing("export"), "K", group_id(group))
        await ann.say(chat, "the end")
        await ann.wait_for(said("the end"), room_id=chat)

    assert [file.name for file in ann.files] == list(CONTENT)
    assert len([heard for heard in ann.heard if told("export") in heard.body]) == 1


async def test_files_that_were_asked_for_in_a_thread_come_in_it(bot: Bot, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    bot.answering.answer = answer
    async with bot.running():
        await in_a_group(bot, ann)
        chat = await in_a_chat(bot, ann)
        root = await ann.say(chat, "hello")
        await ann.say(chat, "export", **in_thread(root))
        await all_files(ann)

    assert {file.content["m.relates_to"]["event_id"] for file in ann.files} == {root}


@pytest.mark.parametrize(("status", "errcode"), [(413, "M_TOO_LARGE"), (403, "M_FORBIDDEN"), (404, "M_UNRECOGNIZED")])
async def test_where_the_server_takes_no_files_the_answer_is_text(
    bot: Bot, new_peer: NewPeer, status: int, errcode: str
) -> None:
    ann = await new_peer("ann")
    bot.answering.answer = answer

    async def refuse(request: Request) -> Reply | None:
        return Reply(status=status, content={"errcode": errcode}) if request.path == _UPLOAD else None

    async with between(bot.homeserver.url) as bot.through:
        bot.through.before = refuse
        async with bot.running():
            await in_a_group(bot, ann)
            chat = await in_a_chat(bot, ann)
            await ann.say(chat, "export")
            await ann.wait_for(said("all of it"), room_id=chat)

    assert ann.files == []
    assert answers(ann) == ["all of it"]


@pytest.mark.parametrize(
    ("lost", "taken"),
    [
        (_UPLOAD, 1),
        (_SEND, 1),
        *(pytest.param(*each, marks=pytest.mark.long) for each in ((_UPLOAD, 0), (_SEND, 0), (_SEND, 2))),
    ],
)
async def test_what_cannot_be_handed_over_now_waits_without_its_files_and_comes_when_it_is_asked_for_again(
    bot: Bot, new_peer: NewPeer, lost: str, taken: int
) -> None:
    ann = await new_peer("ann")
    bot.answering.answer = answer
    left: list[bool] | None = None

    async def fail(request: Request) -> Reply | None:
        """Let so many more go through, and no other."""
        if left is None or lost not in request.path:
            return None
        return None if left and left.pop() else Reply(status=502, content={})

    async with between(bot.homeserver.url) as bot.through:
        bot.through.before = fail
        async with bot.running() as world:
            await in_a_group(bot, ann)
            chat = await in_a_chat(bot, ann)
            await ann.say(chat, "hello")
            await ann.wait_for(said("hello"), room_id=chat)
            left = [True] * taken
            await ann.say(chat, "export")
            await ann.wait_until(lambda: bool(bot.outbox.waiting))
            [waiting] = bot.outbox.waiting.values()
            assert isinstance(waiting, Message)
            left = None
            await world.tell(person_id(ann.user_id), waiting.say, waiting.key, waiting.group)
            await ann.wait_for(said("ask again"), room_id=chat)
            await ann.say(chat, "export")
            await ann.wait_until(lambda: ann.files[-1:] != [] and ann.files[-1].name == list(CONTENT)[-1])

    assert waiting.say == say("test-echo", text="ask again")
    assert [await ann.opened(file) for file in ann.files[-2:]] == list(CONTENT.values())
