"""Who else can read a private room is told before anybody types in it, from what people really may do there.

https://discord.com/developers/docs/topics/threads#permissions
"""

from tests.discord.house import Host
from tests.discord.loopback import Loopback
from tests.discord.permissions import Json, May
from tests.discord.test_house import Village, answered

SEES = May.VIEW_CHANNEL | May.SEND_MESSAGES


async def staffed(loopback: Loopback, village: Village) -> tuple[Json, Json]:
    """Give the server roles and people of every kind; return one who may read, and one who may not."""
    guild, happening = village.guild, loopback.happening
    channel = guild["channels"][0]
    loopback.world.role(guild, "Moderators", SEES | May.MANAGE_THREADS)
    loopback.world.role(guild, "Admins", May.ADMINISTRATOR)
    loopback.world.role(guild, "Gardeners", SEES | May.MANAGE_CHANNELS)
    helpers = loopback.world.role(guild, "Helpers here", SEES)
    former = loopback.world.role(guild, "Helpers elsewhere", SEES | May.MANAGE_THREADS)
    unseeing = loopback.world.role(guild, "Backstage", SEES | May.MANAGE_THREADS)
    cai, dee = loopback.user("cai"), loopback.user("dee")
    for user in (cai, dee):
        loopback.world.join(guild, user)
    await happening.overwritten(channel, helpers, allow=May.MANAGE_THREADS)
    await happening.overwritten(channel, former, deny=May.MANAGE_THREADS)
    await happening.overwritten(channel, unseeing, deny=May.VIEW_CHANNEL)
    await happening.overwritten(channel, cai, allow=May.MANAGE_THREADS)
    await happening.overwritten(channel, dee, deny=May.MANAGE_THREADS)
    return cai, dee


async def test_the_card_names_the_roles_and_people_who_can_read_the_room_and_no_others(
    loopback: Loopback, host: Host
) -> None:
    village = Village(loopback)
    cai, dee = await staffed(loopback, village)
    async with host.running():
        card = await village.meet()
        room = loopback.channels[card["channel_id"]]
        again = await answered(await loopback.people.slash(room, village.ann, "about", where="room"))

    for told in (card["content"], again.contents[0]):
        assert [role for role in ("Moderators", "Admins", "Helpers here") if role not in told] == []
        assert [role for role in ("Gardeners", "Helpers elsewhere", "Backstage") if role in told] == []
        assert f"<@{cai['id']}>" in told
        assert f"<@{village.guild['owner_id']}>" in told
        assert f"<@{dee['id']}>" not in told


async def test_a_role_that_comes_to_read_rooms_while_the_bot_runs_is_named_in_the_next_one(
    loopback: Loopback, host: Host
) -> None:
    village = Village(loopback)
    role = loopback.world.role(village.guild, "Gardeners", SEES)
    async with host.running():
        first = await village.meet()
        await loopback.happening.role_changed(village.guild, role, SEES | May.MANAGE_THREADS)
        room = loopback.channels[first["channel_id"]]
        now = await answered(await loopback.people.slash(room, village.ann, "about", where="room"))

    assert "Gardeners" not in first["content"]
    assert "Gardeners" in now.contents[0]
