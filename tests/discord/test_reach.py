"""Pings on a loopback Discord, to people who take no direct messages."""

from pathlib import Path

from whenever import TimeDelta

from tests.discord.gateway import until
from tests.discord.house import Host
from tests.discord.loopback import Loopback
from tests.discord.test_house import Village

A_DAY = TimeDelta(hours=24)


async def test_of_two_who_closed_their_direct_messages_only_the_one_who_agreed_is_named_and_rung_for(
    loopback: Loopback, tmp_path: Path
) -> None:
    village, host = Village(loopback), Host(loopback=loopback, folder=tmp_path)
    async with host.running() as house:
        await village.slash(village.ann, "rota new", name="Tea", when="daily 20:00", people="2")
        for user in (village.ann, village.bea):
            await village.slash(user, "rota join", rota="1", every="every week")
            await village.slash(user, "rota remind", leads="a day")
            loopback.happening.direct_messages_closed(user)
        kept = await village.slash(village.ann, "me reach", how="mention")
        host.clock.move(A_DAY)
        house.works.ring()
        named = await village.hears("there is a ping for you")
        await until(lambda: host.journal.kinds.count("not-sent") == 2, 20)
        shifts = await village.slash(village.ann, "rota mine")

    assert "you are named in the rota’s room" in kept.contents[0]
    assert len(village.said("there is a ping for you")) == 1
    assert named["content"].startswith(f"<@{village.ann['id']}>, there is a ping for you.")
    assert named["allowed_mentions"]["users"] == [int(village.ann["id"])]
    assert "Tea" not in named["content"]
    assert "Tea" in shifts.contents[0]
