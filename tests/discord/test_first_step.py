"""Since when somebody is a member, and who could read a private room of the group's, from what Discord itself tells."""

from whenever import Instant, TimeDelta

from bot.domain.firststep import Stay
from tests.discord.house import Host, group, person
from tests.discord.loopback import Loopback
from tests.discord.permissions import Json, May
from tests.discord.test_house import Village
from tests.discord.test_readers import SEES, staffed

DAY = TimeDelta(hours=24)
READERS = "Who else could read what is said: "


def joined(village: Village, user: Json, *, days: int) -> Instant:
    """Let somebody be a member for so many days; return since when."""
    since = Instant.now().round("second") - days * DAY
    member = village.loopback.world.members[village.guild["id"]][user["id"]]
    member["joined_at"] = since.format_iso().replace("Z", "+00:00")
    return since


async def test_who_is_a_member_for_long_enough_is_asked_and_who_is_not_reads_from_when_on_they_are(
    loopback: Loopback, host: Host
) -> None:
    village = Village(loopback)
    joined(village, village.bea, days=13)
    async with host.running():
        await village.slash(village.ann, "group first", step="14 days")
        told = await village.hears("From now on, someone is 14 days in the group")
        opened = await village.slash(village.bea, "sit open")
        preview = await village.slash(village.ann, "sit ask", wanted="quiet")
        sent = await village.press(preview.messages[0], village.ann, "Send it")
        before = village.said("Someone would like quiet company")
        host.clock.move(DAY + TimeDelta(hours=1))
        again = await village.slash(village.bea, "sit open")
        about = await village.slash(village.bea, "about")

    assert told["channel_id"] == village.guild["channels"][0]["id"]
    assert "This group asks for 14 days in it before someone offers." in opened.contents[0]
    assert "For you that is so from" in opened.contents[0]
    assert "Nobody has said they are open just now" in sent.contents[0]
    assert before == []
    assert "You have taken the first step." in again.contents[0]
    assert "You can ask for company at any time." in about.contents[0]


async def test_it_is_asked_of_discord_once_and_seen_anew_when_somebody_uses_something(
    loopback: Loopback, host: Host
) -> None:
    village = Village(loopback)
    since = joined(village, village.bea, days=20)
    async with host.running() as house:
        world = house.worlds["discord"]
        first = await world.stay(person(village.bea), group(village.guild))
        later = joined(village, village.bea, days=1)
        known = await world.stay(person(village.bea), group(village.guild))
        await village.slash(village.bea, "sit pause")
        anew = await world.stay(person(village.bea), group(village.guild))
        nobody = await world.stay(person(loopback.user("cai")), group(village.guild))
        itself = await world.stay(person(loopback.world.me), group(village.guild))

    assert first == known == Stay(here=True, since=since, exact=True)
    assert anew == Stay(here=True, since=later, exact=True)
    assert (nobody.here, itself.here) == (False, False)


async def test_a_member_welcomes_another_whom_they_choose_and_nobody_who_is_none(
    loopback: Loopback, host: Host
) -> None:
    village = Village(loopback)
    stranger = loopback.user("eve")
    async with host.running():
        await village.slash(village.ann, "group first", step="1 welcome")
        kept = await village.slash(village.ann, "sit welcome", whom=village.bea)
        heard = await village.hears("welcomes you to this group")
        refused = await village.slash(village.ann, "sit welcome", whom=stranger)
        opened = await village.slash(village.bea, "sit open")

    assert "Kept: you welcome" in kept.contents[0]
    assert f"<@{village.ann['id']}>" in heard["content"]
    assert "I do not find them in this group." in refused.contents[0]
    assert "You have taken the first step." in opened.contents[0]


async def test_before_an_ask_is_sent_those_who_can_read_rooms_under_the_groups_channel_are_named(
    loopback: Loopback, host: Host
) -> None:
    village = Village(loopback)
    cai, dee = await staffed(loopback, village)
    async with host.running():
        general = await village.slash(village.ann, "sit ask", wanted="quiet")
        await village.slash(village.ann, "group channel", channel=village.guild["channels"][0])
        named = await village.slash(village.ann, "sit ask", wanted="quiet")
        direct = await village.slash(village.ann, "sit ask", wanted="quiet", where="direct")
    [of_general, of_named, of_direct] = [
        next(line for line in told.contents[0].splitlines() if line.startswith(READERS))
        for told in (general, named, direct)
    ]

    assert "whoever may manage threads in this server" in of_general
    assert [name for name in ("Moderators", "Admins", "Helpers here") if name not in of_named] == []
    assert [name for name in ("Gardeners", "Helpers elsewhere", "Backstage") if name in of_named] == []
    assert f"<@{cai['id']}>" in of_named
    assert f"<@{dee['id']}>" not in of_named
    assert of_direct == f"{READERS}Discord, the company."


async def test_of_many_who_can_read_a_room_some_are_named_and_the_others_are_told_of(
    loopback: Loopback, host: Host
) -> None:
    village = Village(loopback)
    for number in range(6):
        loopback.world.role(village.guild, f"Moderators {number}", SEES | May.MANAGE_THREADS)
    async with host.running():
        await village.slash(village.ann, "group channel", channel=village.guild["channels"][0])
        told = await village.slash(village.ann, "sit ask", wanted="quiet")
    [line] = [line for line in told.contents[0].splitlines() if line.startswith(READERS)]

    assert "others who may manage threads" in line
    assert sum(f"Moderators {number}" in line for number in range(6)) == 4
