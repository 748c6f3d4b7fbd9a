"""An answer whose way is uncertain is in its place once, and nowhere else."""

import pytest

from tests.discord.gateway import until
from tests.discord.house import Host
from tests.discord.loopback import Loopback
from tests.discord.test_crashes import CALLBACK, slow
from tests.discord.test_house import Village


@pytest.mark.parametrize(("path", "options"), [("me show", {}), ("me nation", {"nation": "wales"})])
async def test_an_announcement_whose_reply_was_lost_is_followed_by_the_answer(
    loopback: Loopback, host: Host, monkeypatch: pytest.MonkeyPatch, path: str, options: dict[str, str]
) -> None:
    village = Village(loopback)
    async with host.running() as house:
        lost = loopback.luck.lose_reply(CALLBACK)
        with slow(house, 2, monkeypatch):
            given = await loopback.people.slash(village.guild, village.ann, path, **options)
            await until(lambda: given.messages, 20)

    assert (lost.happened, given.thinking, len(given.contents)) == (1, True, 1)
    assert "Wales" in given.contents[0] or path == "me show"
    assert loopback.messages == {}
