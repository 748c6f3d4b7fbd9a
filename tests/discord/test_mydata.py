"""What is kept of a person, asked for in a direct message: also by somebody who has left the server."""

import asyncio
from pathlib import Path

from bot.house import House
from tests.cogs.mydata.circle import bytes_in, named_in, rows_of
from tests.discord.house import Host, person
from tests.discord.loopback import Loopback
from tests.discord.permissions import Json
from tests.discord.test_house import Village, answered

_PATIENCE_SECONDS = 20


async def wiped(house: House, folder: Path, user: Json) -> None:
    """Wait until no byte names the person: the round after the last word was sent sees to it."""
    async with asyncio.timeout(_PATIENCE_SECONDS):
        while bytes_in(folder, person(user)):
            house.works.ring()
            await asyncio.sleep(0.05)


async def test_who_has_left_sees_what_is_kept_and_lets_it_go_in_a_direct_message(
    loopback: Loopback, host: Host, tmp_path: Path
) -> None:
    village = Village(loopback)
    # Discord shows an app's commands in direct messages where the two share a server, as in another of the bot's.
    loopback.world.join(loopback.guild("another"), village.ann)
    async with host.running() as house:
        await village.slash(village.ann, "rota new", name="Tea", when="daily 20:00")
        await village.slash(village.ann, "rota join", every="every week")
        await village.slash(village.ann, "me zone", zone="Asia/Kolkata")
        del loopback.world.members[village.guild["id"]][village.ann["id"]]
        shown = await answered(await loopback.people.slash(None, village.ann, "mydata show"))
        asked = await answered(await loopback.people.slash(None, village.ann, "mydata forget"))
        gone = await village.press(asked.messages[0], village.ann, "Let it all go")
        await wiped(house, tmp_path, village.ann)
        nothing = await answered(await loopback.people.slash(None, village.ann, "mydata show"))
        rows = await rows_of(house.database)

    assert "In peers" in shown.contents[0]
    assert "Your standing place: Tea" in shown.contents[0]
    assert "times in Asia/Kolkata" in shown.contents[0]
    assert gone.contents[0].startswith("It is gone, all of it.")
    assert nothing.contents[0].startswith("I keep nothing of you.")
    assert named_in(rows, person(village.ann)) == []
    assert len(rows["rotas"]) == 1


async def test_in_a_server_the_answer_is_for_one_persons_eyes(loopback: Loopback, host: Host) -> None:
    village = Village(loopback)
    async with host.running():
        await village.slash(village.ann, "sit open")
        shown = await village.slash(village.ann, "mydata show")

    assert "You are open to being asked, until you pause" in shown.contents[0]
    assert all(page["flags"] & 64 for page in shown.messages)
