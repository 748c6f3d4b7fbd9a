"""A strict app and the bot: matrix-js-sdk, in the mode that leaves out every device its owner did not sign."""

import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.strict.app import NO_SHIELD, CannotInstallError, StrictPeer, install
from tests.synapse.bot import Bot
from tests.synapse.conftest import NewPeer
from tests.synapse.deeds import said
from tests.synapse.homeserver import Homeserver
from tests.synapse.signatures import set_up, signed_in


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fetch the app once for all tests."""
    try:
        return install(tmp_path_factory.mktemp("strict"))
    except CannotInstallError as error:
        pytest.skip(str(error))


@pytest.fixture
async def sam(app: Path, homeserver: Homeserver) -> AsyncIterator[StrictPeer]:
    """Let a person with a strict app come onto the server."""
    peer = await StrictPeer.come(app, homeserver, homeserver.register(f"sam{secrets.token_hex(3)}"))
    yield peer
    await peer.go()


async def test_a_strict_app_and_the_bot_talk_both_ways_and_no_shield_is_shown(bot: Bot, sam: StrictPeer) -> None:
    async with bot.running():
        group = await sam.do("gather", invite=bot.person.user_id)
        hello = await sam.do("read", room=group["room"], words="Alongside")
        await sam.do("say", room=group["room"], text="!from the room")
        first = await sam.do("read", words="You said: from the room")
        await sam.do("say", room=first["room"], text="from the chat")
        second = await sam.do("read", room=first["room"], words="You said: from the chat")

    assert first["room"] != group["room"]
    assert [(each["encrypted"], each["shield"], each["reason"]) for each in (hello, first, second)] == [
        (True, NO_SHIELD, None)
    ] * 3


async def test_a_strict_app_neither_reads_nor_speaks_to_a_bot_that_is_not_signed(
    bot: Bot, sam: StrictPeer, new_peer: NewPeer
) -> None:
    ann = await new_peer("ann")
    set_up(bot.homeserver, bot.person, signed_in(bot.homeserver, bot.person))
    async with bot.running():
        group = await ann.make_group(sam.person.user_id)
        await ann.wait_for_people(group, sam.person.user_id)
        await ann.client.room_invite(group, bot.person.user_id)
        hello = await sam.do("unreadable")
        await sam.do("say", room=group, text="!from the strict app")
        await ann.say(group, "!from the other")
        await ann.wait_for(said("from the other"))

    assert hello["reason"] == "UNSIGNED_SENDER_DEVICE"
    assert bot.journal.kinds.count("not-cross-signed") == 1
    assert [typed.text for typed in bot.answering.heard] == ["from the other"]
