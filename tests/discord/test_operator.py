"""Setting a bot up on Discord, looking at it and running it, as commands: what the operator gives, gets and is told."""

import asyncio
import signal
import stat
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.discord.gateway import until
from tests.discord.loopback import Loopback
from tests.discord.luck import When
from tests.discord.operating import Operator
from tests.discord.permissions import May
from tests.discord.test_crashes import SEND, times
from tests.discord.test_house import FOR_ALL, Village, answered

pytestmark = pytest.mark.long


@pytest.fixture
def operator(loopback: Loopback, tmp_path: Path) -> Operator:
    loopback.gateway.identify_every = 0
    loopback.checks_itself = False
    return Operator(loopback=loopback, folder=tmp_path)


def modes(folder: Path) -> set[int]:
    return {stat.S_IMODE(file.stat().st_mode) for file in folder.rglob("*") if file.is_file()}


async def test_init_writes_what_is_its_owners_alone_and_its_link_asks_for_what_is_used(
    loopback: Loopback, operator: Operator
) -> None:
    status, told = await operator.init()
    link = next(word for word in told.split() if word.startswith("https://discord.com/oauth2"))
    asked = parse_qs(urlsplit(link).query)
    again, refused = await operator.init()

    assert status == 0, told
    assert modes(operator.folder) == {0o600}
    assert operator.token_file.read_text() == loopback.token
    assert loopback.token not in operator.config.read_text() + operator.told
    assert (asked["permissions"], asked["client_id"]) == ([str(int(FOR_ALL))], [loopback.me["id"]])
    assert asked["scope"] == ["bot applications.commands"]
    assert (again, "is there already" in refused) == (1, True)


async def test_a_wrong_token_is_one_sentence_and_writes_nothing(operator: Operator) -> None:
    status, told = await operator.init("wrong")

    assert (status, told.count("\n")) == (1, 1), told
    assert "does not know the bot's token" in told
    assert not operator.config.exists()
    assert not operator.token_file.exists()


async def test_check_names_what_is_missing_in_which_channel(loopback: Loopback, operator: Operator) -> None:
    loopback.guild("well", granted=FOR_ALL)
    lacking = loopback.guild("lacking", granted=FOR_ALL)
    shut = loopback.guild("shut", granted=FOR_ALL)
    taken = May.MANAGE_THREADS | May.SEND_MESSAGES
    await loopback.happening.overwritten(lacking["channels"][0], loopback.me, deny=taken)
    await loopback.happening.permission_taken(shut, May.CREATE_PRIVATE_THREADS)
    await operator.init()
    status, found = await operator.checks()
    operator.token_file.write_text("wrong")
    wrong, without = await operator.checks()

    assert status == wrong == 1
    assert found["discord token"] == ("fine", f"it is good for alongside, application {loopback.me['id']}")
    assert found["discord server well"][0] == "fine"
    assert found["discord server lacking"][0] == "missing"
    assert "#general (Send Messages)" in found["discord server lacking"][1]
    assert "#general (Manage Threads)" in found["discord server lacking"][1]
    assert "no channel in which the bot can make private rooms" in found["discord server shut"][1]
    assert "does not know the bot's token" in without["discord"][1]
    assert loopback.token not in operator.told


@pytest.mark.parametrize(("code", "says"), [(4004, "make a new one"), (4014, "see in its Developer Portal")])
async def test_what_discord_will_not_have_any_more_ends_the_run_with_one_sentence(
    loopback: Loopback, operator: Operator, code: int, says: str
) -> None:
    loopback.guild()
    await operator.init()
    async with operator.running() as process:
        told = operator.told
        await loopback.gateway.close(code)
        async with asyncio.timeout(30):
            status = await process.wait()
    rest = operator.told.removeprefix(told)

    assert (status, rest.count("\n")) == (1, 1), rest
    assert says in rest


async def test_a_discord_that_is_away_at_the_start_is_waited_for(loopback: Loopback, operator: Operator) -> None:
    await operator.init()
    village = Village(loopback)
    loopback.luck.fail("GET /users/@me", 503)
    async with operator.running():
        await until(lambda: loopback.gateway.connected, 40)
        given = await answered(await loopback.people.slash(village.guild, village.ann, "me nation", nation="wales"))

    assert given.contents == ["Kept: Wales."]
    assert operator.told.count("server-away") == 1


async def test_a_process_that_is_killed_says_nothing_twice_and_loses_nothing(
    loopback: Loopback, operator: Operator
) -> None:
    await operator.init()
    village = Village(loopback)
    async with operator.running(signal.SIGKILL):
        await village.slash(village.bea, "sit open")
        preview = await village.slash(village.ann, "sit ask")
        slow = loopback.luck.slow(SEND, 60, when=When.AFTER)
        await loopback.people.press(preview.messages[0], village.ann, "Send it")
        await until(lambda: slow.happened, 20)
    before = times(loopback, SEND)
    async with operator.running():
        await until(lambda: times(loopback, SEND) > before, 30)
        await village.press(await village.hears("Someone would like"), village.bea, "I can")

    assert len(village.said("Someone would like")) == 1
