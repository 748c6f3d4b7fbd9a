"""One button pressed more than once at a time, on a loopback Discord: each press is answered, the deed is one."""

import asyncio
from pathlib import Path

import pytest

from tests.discord.gateway import until
from tests.discord.house import Host
from tests.discord.interactions import Answered
from tests.discord.loopback import Loopback
from tests.discord.permissions import Json
from tests.discord.test_house import Village, answered

DELETED = "DELETE /channels/{channel_id}"


@pytest.fixture
def host(loopback: Loopback, tmp_path: Path) -> Host:
    return Host(loopback=loopback, folder=tmp_path)


async def at_once(village: Village, message: Json, label: str, *people: Json) -> list[Answered]:
    """Let everybody press before any press is answered."""
    pressed = [await village.loopback.people.press(message, user, label) for user in people]
    assert not any(each.messages for each in pressed)
    return list(await asyncio.gather(*map(answered, pressed)))


async def test_two_who_end_their_meeting_at_once_are_both_answered_and_the_room_goes_once(
    loopback: Loopback, host: Host
) -> None:
    village = Village(loopback)
    async with host.running():
        card = await village.meet()
        both = await at_once(village, card, "Step away", village.ann, village.bea)
        await until(lambda: card["channel_id"] not in loopback.channels, 20)

    assert all(each.ephemeral for each in both)
    assert len([each for each in loopback.asked if each.route == DELETED]) == 1


async def test_an_ask_sent_by_a_double_press_is_sent_once(loopback: Loopback, host: Host) -> None:
    village = Village(loopback)
    async with host.running():
        await village.slash(village.bea, "sit open")
        preview = await village.slash(village.ann, "sit ask")
        first, second = await at_once(village, preview.messages[0], "Send it", village.ann, village.ann)
        await village.hears("Someone would like")
        late = await village.slash(village.ann, "sit withdraw")

    assert sum("Sent." in each.contents[0] for each in (first, second)) == 1
    assert len(village.said("Someone would like")) == 1
    assert "Withdrawn" in late.contents[0]
