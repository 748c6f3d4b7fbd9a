"""Many messages due at once go as fast as Discord lets one bot, and none is refused for being too many."""

import asyncio
from pathlib import Path

from bot.adapters.discord.rendering import Rendered
from bot.adapters.discord.speaking import Speaking
from tests.adapters.discord.test_interactions import FIND, Answering, client_of
from tests.discord.loopback import Loopback, connected

PEOPLE = 40
# Both ends share one process here: what it was late with arrives closer together than it was sent.
ROOM_FOR_DELAYS = 10


async def test_nothing_is_refused_for_being_too_many(loopback: Loopback, tmp_path: Path) -> None:
    client, guild = client_of(tmp_path, Answering(known=(FIND,))), loopback.guild()
    people = [loopback.user(f"peer{number}") for number in range(PEOPLE)]
    for user in people:
        loopback.world.join(guild, user)
    async with connected(client, loopback.token):
        loopback.limits.routes["POST /users/@me/channels"] = (PEOPLE, 1)
        loopback.limits.most_a_second += ROOM_FOR_DELAYS
        loopback.limits.enforced = True
        speaking, hello = Speaking(client), Rendered(pages=("hello",))
        await asyncio.gather(*(speaking.tell(int(user["id"]), hello, user["id"]) for user in people))

    assert loopback.invalid == 0
    assert sum(map(len, loopback.messages.values())) == PEOPLE
