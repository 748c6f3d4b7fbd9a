"""What is taken away again is on no page any more, however it is read, and nothing else goes with it."""

import json
from collections.abc import Mapping

import pytest

from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.saying import Say, choice, say
from bot.ports.chat import ChatError
from tests.adapters.local.conftest import Room

ASH, BEA, STRANGER = (PersonId.of("local", name) for name in ("ash", "bea", "stranger"))
ROOM = PlaceId.of("local", "room")
GROUP = GroupId.of("local", "group")
INVITATION = say("sit-invitation-free").offering(choice("sit-not-now", "sit not now", ask="abcdefgh"))
FREE = "there is nothing to do. Nobody sees"


def instructions(stream: str) -> list[Mapping[str, str]]:
    """Return what the page's script is told to do, in order, but for setting the clock."""
    data = [line.removeprefix("data: ") for line in stream.splitlines() if line.startswith("data: ")]
    told = [json.loads(each) for each in data]
    return [each for each in told if each["at"] != "clock-now"]


async def test_it_goes_from_the_page_and_live_and_other_messages_stay(room: Room) -> None:
    posted = await room.world.tell(ASH, INVITATION, "k1", GROUP)
    await room.world.tell(ASH, say("sit-paused"), "k2", GROUP)
    before = await room.read("/as/ash")
    await room.world.unsay(ASH, posted.messages, "event")
    after = await room.read("/as/ash")
    await room.world.post(ROOM, say("sit-nothing"), "k3")
    added, other, dropped, _ = instructions(await room.stream_until("You have no ask", "&as=ash"))

    assert (FREE in before, FREE in after) == (True, False)
    assert "Not now" not in after
    assert "Paused." in after
    assert (dropped["do"], f'id="{dropped["at"]}"' in added["html"]) == ("drop", True)
    assert dropped["at"] not in other["html"]
    assert f'id="{dropped["at"]}"' in before


async def test_another_person_is_told_nothing_of_it(room: Room) -> None:
    posted = await room.world.tell(ASH, INVITATION, "k1", GROUP)
    await room.world.unsay(ASH, posted.messages, "event")
    await room.world.post(ROOM, say("sit-nothing"), "k2")
    told = instructions(await room.stream_until("You have no ask", "&as=bea"))

    assert [each["do"] for each in told] == ["add"]


async def test_what_is_in_the_groups_room_goes_for_everybody(room: Room) -> None:
    posted = await room.world.post(ROOM, INVITATION, "k1")
    await room.world.unsay(ROOM, posted.messages, "event")
    await room.world.post(ROOM, say("sit-nothing"), "k2")
    added, dropped, _ = instructions(await room.stream_until("You have no ask", "&as=bea"))

    assert FREE not in await room.read()
    assert (dropped["do"], f'id="{dropped["at"]}"' in added["html"]) == ("drop", True)


async def test_a_second_time_and_for_what_is_not_there_nothing_happens(room: Room) -> None:
    posted = await room.world.tell(ASH, INVITATION, "k1", GROUP)
    other = await room.world.tell(BEA, Say(lines=INVITATION.lines), "k2", GROUP)
    for messages in (posted.messages, posted.messages, other.messages, ("999",)):
        await room.world.unsay(ASH, messages, "event")
    await room.world.unsay(PlaceId.of("local", "meeting-1"), other.messages, "event")
    again = await room.world.tell(ASH, INVITATION, "k1", GROUP)

    assert FREE in await room.read("/as/bea")
    assert FREE not in await room.read("/as/ash")
    assert again == posted
    with pytest.raises(ChatError):
        await room.world.unsay(STRANGER, posted.messages, "event")


async def test_what_a_person_said_stays_whatever_is_asked(room: Room) -> None:
    await room.send("/type", {"as": "ash", "text": "my own words"})
    await room.world.unsay(ASH, tuple(map(str, range(10))), "event")

    assert "my own words" in await room.read("/as/ash")
