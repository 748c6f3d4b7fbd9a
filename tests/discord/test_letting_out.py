"""One of several goes from a private room on Discord: the bot takes them out, and stays with the others."""

import pytest

from bot.domain.ids import GroupId, PersonId
from bot.ports.chat import ChatError
from tests.discord import refusing
from tests.discord.house import NAME, Host
from tests.discord.loopback import Loopback
from tests.discord.permissions import Json
from tests.discord.test_house import Village

OUT = "DELETE /channels/{channel_id}/thread-members/{user_id}"


def person(user: Json) -> PersonId:
    return PersonId.of(NAME, user["id"])


async def test_one_of_several_is_taken_out_and_the_others_and_the_bot_stay(loopback: Loopback, host: Host) -> None:
    village = Village(loopback)
    cai = loopback.user("cai")
    loopback.world.join(village.guild, cai)
    group, people = GroupId.of(NAME, village.guild["id"]), [person(each) for each in (village.ann, village.bea, cai)]
    async with host.running() as house:
        world = house.worlds[NAME]
        place = await world.open(people, "k", group)
        for key in ("k", "k", "another"):
            await world.let_out(key, group, people[1])
        attendance = await world.attendance(place, people)

    assert attendance.gone == {people[1]}
    assert set(loopback.world.thread_members[place.native]) == {village.ann["id"], cai["id"], loopback.me["id"]}


async def test_nobody_is_taken_out_of_a_room_that_is_gone(loopback: Loopback, host: Host) -> None:
    village = Village(loopback)
    group, people = GroupId.of(NAME, village.guild["id"]), [person(each) for each in (village.ann, village.bea)]
    async with host.running() as house:
        world = house.worlds[NAME]
        place = await world.open(people, "k", group)
        await world.leave("k", group, closing=True)
        await world.let_out("k", group, people[1])

    assert place.native not in loopback.channels


async def test_that_somebody_may_not_be_taken_out_is_a_fault_and_that_they_are_not_there_is_none(
    loopback: Loopback, host: Host
) -> None:
    village = Village(loopback)
    group, people = GroupId.of(NAME, village.guild["id"]), [person(each) for each in (village.ann, village.bea)]
    async with host.running() as house:
        world = house.worlds[NAME]
        await world.open(people, "k", group)
        loopback.luck.refuse(OUT, refusing.UNKNOWN_MEMBER)
        await world.let_out("k", group, people[1])
        loopback.luck.refuse(OUT, refusing.MISSING_PERMISSIONS)
        with pytest.raises(ChatError) as fault:
            await world.let_out("k", group, people[1])

    assert fault.value.permanent
