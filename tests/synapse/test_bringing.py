"""A file that somebody sends in their direct chat: opened where it was asked for, and else let go of."""

from io import BytesIO

import pytest
from nio import UploadResponse
from nio.crypto.attachments import encrypt_attachment

from bot.domain.reading.files import LARGEST
from tests.synapse.bot import Bot
from tests.synapse.conftest import NewPeer
from tests.synapse.deeds import in_a_chat, in_a_group, said
from tests.synapse.homeserver import SERVER_NAME

TABLE = b"date;start\n2026-12-03;19:00\n"
UNASKED = "I was not waiting for a file. To bring a rota in from one, type “rota import”."

REFUSED = [
    *["That file is too large. Up to 256 kilobytes fit."] * 2,
    *["I could not fetch that file. Please send it again."] * 3,
]


@pytest.mark.parametrize("encrypted", [True, False], ids=["encrypted", "plain"])
async def test_a_file_that_was_asked_for_is_heard_and_no_other(bot: Bot, new_peer: NewPeer, *, encrypted: bool) -> None:
    ann = await new_peer("ann")
    async with bot.running():
        group = await in_a_group(bot, ann, encrypted=encrypted)
        chat = await in_a_chat(bot, ann, encrypted=encrypted)
        await ann.send_file(group, "a.csv", b"for the room", encrypted=encrypted)
        await ann.send_file(chat, "b.csv", b"not asked for", encrypted=encrypted)
        await ann.wait_for(lambda heard: heard.body == UNASKED, room_id=chat)
        bot.answering.expects_file = True
        await ann.send_file(chat, "c.csv", TABLE, encrypted=encrypted)
        await ann.wait_for(said(TABLE.decode().strip()), room_id=chat)

    [typed] = bot.answering.heard
    assert (typed.text, typed.is_file, typed.private) == (TABLE.decode(), True, True)


async def test_a_file_that_is_too_large_or_gone_is_refused_in_a_sentence(bot: Bot, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    bot.answering.expects_file = True
    async with bot.running():
        await in_a_group(bot, ann)
        chat = await in_a_chat(bot, ann, encrypted=False)
        for more in ({}, {"info": {"size": 3}}):
            await ann.send_file(chat, "a.csv", b"x" * (LARGEST + 1), encrypted=False, **more)
        for address in ("mxc://example.org/../../x", f"mxc://{SERVER_NAME}/abc", "https://example.org/x"):
            await ann.say(chat, "a.csv", msgtype="m.file", url=address, info={"size": 3})
        await ann.wait_until(lambda: len([heard for heard in ann.heard if heard.room_id == chat]) >= len(REFUSED))

    assert [heard.body for heard in ann.heard if heard.room_id == chat] == REFUSED
    assert bot.answering.heard == []


async def test_a_file_that_is_not_what_was_sealed_is_not_opened(bot: Bot, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    bot.answering.expects_file = True
    other, _ = encrypt_attachment(b"another")
    async with bot.running():
        await in_a_group(bot, ann)
        chat = await in_a_chat(bot, ann)
        _, keys = encrypt_attachment(TABLE)
        uploaded, _ = await ann.client.upload(BytesIO(other), "text/csv", "a.csv", filesize=len(other))
        assert isinstance(uploaded, UploadResponse)
        await ann.say(chat, "a.csv", msgtype="m.file", file={**keys, "url": uploaded.content_uri})
        await ann.wait_for(lambda heard: heard.body == REFUSED[-1], room_id=chat)

    assert bot.answering.heard == []
