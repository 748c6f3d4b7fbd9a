"""The bot as an account on a real server: its token, its keys, its files."""

import json

import pytest

from bot.ports.chat import ChatError
from tests.synapse.bot import Bot
from tests.synapse.conftest import NewPeer
from tests.synapse.deeds import in_a_group, said, use_up_keys


async def test_a_new_device_reaches_a_bot_whose_one_time_keys_are_used_up(bot: Bot, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    async with bot.running():
        group = await in_a_group(bot, ann)
        await ann.wait_for(lambda _: True)
    use_up_keys(bot, ann)
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
    assert len(files) == 5
    assert all(file.stat().st_mode & 0o077 == 0 for file in files)
