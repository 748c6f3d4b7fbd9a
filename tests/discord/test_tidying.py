"""Taking away what the bot said, on a loopback Discord: it goes once, whole, and whatever happens on the wire."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.adapters.discord.rendering import Button, Rendered
from bot.adapters.discord.speaking import Speaking
from tests.adapters.discord.test_interactions import FIND, Answering, client_of
from tests.discord.gateway import until
from tests.discord.house import Host
from tests.discord.loopback import Loopback, connected
from tests.discord.luck import When
from tests.discord.test_crashes import DELETE, times
from tests.discord.test_house import Village

ANN = 200_000_000_000_000_001
INVITATION = "Someone would like"
TWO_PAGES = Rendered(pages=("one", "two"), buttons=(Button(label="Yes", custom_id="a?1=me"),))


async def test_every_page_goes_from_a_direct_message_or_a_channel_and_a_second_time_is_harmless(
    loopback: Loopback, tmp_path: Path
) -> None:
    client, guild = client_of(tmp_path, Answering(known=(FIND,))), loopback.guild()
    loopback.world.join(guild, loopback.user("ann", ANN))
    channel = int(guild["channels"][0]["id"])
    async with connected(client, loopback.token):
        speaking = Speaking(client)
        said, other = await speaking.tell(ANN, TWO_PAGES, "K"), await speaking.tell(ANN, TWO_PAGES, "L")
        posted = await speaking.post(channel, TWO_PAGES, "M")
        for _ in range(2):
            await speaking.unsay_to(ANN, said)
            await speaking.unsay_in(channel, posted)
        left = [message["id"] for messages in loopback.messages.values() for message in messages]
        await loopback.happening.channel_deleted(loopback.channels[str(channel)])
        await speaking.unsay_in(channel, posted)

    assert left == list(other)
    assert (len(said), len(posted)) == (2, 2)


def dump(host: Host) -> list[str]:
    with closing(sqlite3.connect(f"file:{host.folder / 'alongside.db'}?mode=ro", uri=True)) as file:
        return list(file.iterdump())


def still_kept(host: Host) -> list[str]:
    """Return of which messages it is still kept where they stand, and what is still to be done."""
    with closing(sqlite3.connect(f"file:{host.folder / 'alongside.db'}?mode=ro", uri=True)) as file:
        kept = file.execute("SELECT key FROM outbox WHERE stands IS NOT NULL OR done_at IS NULL")
        return [key for (key,) in kept]


def noted(host: Host) -> bool:
    """Whether all that was said is noted down as said, and where the invitation stands as well."""
    with closing(sqlite3.connect(f"file:{host.folder / 'alongside.db'}?mode=ro", uri=True)) as file:
        [(to_do, standing)] = file.execute("SELECT SUM(done_at IS NULL), SUM(stands IS NOT NULL) FROM outbox")
        return (to_do, standing) == (0, 1)


async def asked(village: Village) -> None:
    """Let Bea be open, and Ann ask."""
    await village.slash(village.bea, "sit open")
    await village.press((await village.slash(village.ann, "sit ask")).messages[0], village.ann, "Send it")
    await village.hears(INVITATION)


async def test_not_now_takes_the_message_away_and_changes_not_a_byte_of_what_is_kept(
    loopback: Loopback, host: Host
) -> None:
    village = Village(loopback)
    async with host.running():
        await asked(village)
        await until(lambda: noted(host), 20)
        before = dump(host)
        told = await village.press(village.said(INVITATION)[0], village.bea, "Not now")
        gone, after = village.said(INVITATION), dump(host)

    assert (gone, told.contents) == ([], ["There is nothing more to do."])
    assert before == after
    assert [message["flags"] & 64 for message in told.messages] == [64]


async def test_where_it_cannot_be_taken_away_it_is_said_that_all_is_well_and_nothing_is_kept(
    loopback: Loopback, host: Host
) -> None:
    village = Village(loopback)
    async with host.running():
        await asked(village)
        await until(lambda: noted(host), 20)
        before = dump(host)
        loopback.luck.fail(DELETE, 404, times=None)
        told = await village.press(village.said(INVITATION)[0], village.bea, "Not now")
        stands, after = village.said(INVITATION), dump(host)

    assert len(stands) == 1
    assert told.contents == ["That is fine. Nobody hears of it, and nothing is kept of it."]
    assert before == after


async def test_an_invitation_goes_once_the_ask_is_over_though_the_reply_is_lost(loopback: Loopback, host: Host) -> None:
    village = Village(loopback)
    async with host.running() as house:
        await asked(village)
        await until(lambda: still_kept(host), 20)
        lost = loopback.luck.lose_reply(DELETE)
        await village.slash(village.ann, "sit withdraw")
        await until(lambda: lost.is_over and not village.said(INVITATION), 20)
        await asyncio.sleep(0.3)
        host.waits(house)
        await until(lambda: not still_kept(host), 30)

    assert times(loopback, DELETE) >= 1


async def test_a_kill_between_taking_it_away_and_noting_it_does_no_harm(loopback: Loopback, host: Host) -> None:
    village = Village(loopback)
    async with host.dying():
        await asked(village)
        await until(lambda: still_kept(host), 20)
        loopback.luck.slow(DELETE, 60, when=When.AFTER)
        await village.slash(village.ann, "sit withdraw")
        await until(lambda: not village.said(INVITATION), 20)
    loopback.luck.mend()
    unfinished = still_kept(host)
    async with host.running():
        await until(lambda: not still_kept(host), 30)

    # The answer to the withdrawal may not be noted yet either.
    assert len([key for key in unfinished if key.startswith("sit:")]) == 2
    assert village.said(INVITATION) == []
