"""The bot's own device, signed by its account: as another account on a real server is shown it."""

import contextlib
import json
from collections.abc import AsyncIterator

import pytest

from bot.adapters.matrix.crosssigning import CrossSigning, Standing
from bot.adapters.matrix.folder import Folder
from bot.adapters.matrix.seeds import OwnKeys, Seeds
from bot.adapters.matrix.session import Account, come_in, new_client
from bot.adapters.matrix.wire import Wire
from bot.ports.chat import ChatError
from tests.synapse.bot import Bot
from tests.synapse.signatures import (
    are_signed,
    are_signed_at_home,
    keys_of,
    master_of,
    set_up,
    sign_device,
    signed_in,
)

ALL_SIGNED = (True, True, True, True)


@pytest.fixture
def other(bot: Bot) -> str:
    """Return the token of somebody else, who looks at the bot's keys."""
    name = bot.person.user_id.removeprefix("@").partition(":")[0]
    return signed_in(bot.homeserver, bot.homeserver.register(f"other-{name}"))


def session_of(bot: Bot) -> dict[str, str]:
    return dict(json.loads((bot.folder / "bot" / "session.json").read_text()))


def device_of(bot: Bot) -> str:
    return session_of(bot)["device_id"]


def signatures(bot: Bot, token: str) -> tuple[bool, ...]:
    """Return whether each signature is good: two as somebody else sees them, two as the bot itself does."""
    me, device = bot.person.user_id, device_of(bot)
    outside = keys_of(bot.homeserver, me, token)
    inside = keys_of(bot.homeserver, me, session_of(bot)["access_token"])
    return *are_signed(outside, me, device), *are_signed_at_home(inside, me, device)


def master(bot: Bot, token: str) -> str:
    return master_of(keys_of(bot.homeserver, bot.person.user_id, token), bot.person.user_id)


def seeds_of(bot: Bot) -> Seeds:
    folder = Folder.taken(bot.folder / "bot")
    folder.free()
    return Seeds(folder.path, folder.secret, bot.person.user_id)


@contextlib.asynccontextmanager
async def signing(bot: Bot, password: str | None) -> AsyncIterator[CrossSigning]:
    """Come in without the world around it, as somebody who sets the bot up does."""
    folder = Folder.taken(bot.folder / "bot")
    seeds = Seeds(folder.path, folder.secret, bot.person.user_id)
    account = Account(homeserver=bot.homeserver.url, user_id=bot.person.user_id, password=bot.person.password)
    client = new_client(account, folder.path, folder.secret)
    await come_in(client, account, folder, "Alongside")
    yield CrossSigning(client=client, wire=Wire(client), seeds=seeds, password=password, journal=bot.journal)
    await client.close()
    assert client.store is not None
    client.store.database.close()
    folder.free()


async def test_another_account_sees_a_device_that_its_owner_signed(bot: Bot, other: str) -> None:
    async with bot.running() as world:
        standing = await world.standing()

    assert signatures(bot, other) == ALL_SIGNED
    assert standing is Standing.SIGNED
    assert "not-cross-signed" not in bot.journal.kinds


async def test_a_restart_changes_nothing(bot: Bot, other: str) -> None:
    async with bot.running():
        first = keys_of(bot.homeserver, bot.person.user_id, other)
    async with bot.running() as world:
        second = keys_of(bot.homeserver, bot.person.user_id, other)
        standing = await world.standing()

    assert second == first
    assert standing is Standing.SIGNED


async def test_after_a_crash_with_the_seeds_kept_these_are_the_ones(bot: Bot, other: str) -> None:
    keys = OwnKeys.new()
    seeds_of(bot).keep(keys)
    async with bot.running():
        pass

    assert master(bot, other) == keys.master.public
    assert signatures(bot, other) == ALL_SIGNED


async def test_after_a_crash_with_the_keys_on_the_server_the_device_is_signed(bot: Bot, other: str) -> None:
    keys = OwnKeys.new()
    seeds_of(bot).keep(keys)
    set_up(bot.homeserver, bot.person, signed_in(bot.homeserver, bot.person), keys.raw)
    async with bot.running():
        pass

    assert master(bot, other) == keys.master.public
    assert signatures(bot, other) == ALL_SIGNED


async def test_keys_of_somebody_else_are_left_alone(bot: Bot, other: str) -> None:
    token = signed_in(bot.homeserver, bot.person)
    owner = set_up(bot.homeserver, bot.person, token)
    async with bot.running() as world:
        first = await world.standing()
        sign_device(bot.homeserver, owner, bot.person.user_id, device_of(bot), token)
        second = await world.standing()

    assert master(bot, other) == owner.master.version
    assert (first, second) == (Standing.FOREIGN_KEYS, Standing.SIGNED_ELSEWHERE)
    assert bot.journal.kinds.count("not-cross-signed") == 1
    assert seeds_of(bot).read() is None


async def test_an_account_that_was_reset_elsewhere_is_taken_back_only_when_asked(bot: Bot, other: str) -> None:
    async with bot.running():
        pass
    owner = set_up(bot.homeserver, bot.person, signed_in(bot.homeserver, bot.person))
    async with bot.running() as world:
        standing = await world.standing()
    left_alone = master(bot, other)
    async with signing(bot, bot.person.password) as own:
        after = await own.reset()

    assert standing is Standing.FOREIGN_KEYS
    assert left_alone == owner.master.version
    assert after is Standing.SIGNED
    assert master(bot, other) != owner.master.version
    assert signatures(bot, other) == ALL_SIGNED


@pytest.mark.parametrize(("password", "kind"), [(None, "needs-password"), ("not it", "password-refused")])
async def test_without_the_password_nothing_is_reset(bot: Bot, other: str, password: str | None, kind: str) -> None:
    async with bot.running():
        before = master(bot, other)
    async with signing(bot, password) as own:
        with pytest.raises(ChatError) as caught:
            await own.reset()
    async with bot.running() as world:
        standing = await world.standing()

    assert (caught.value.kind, caught.value.permanent) == (kind, True)
    assert master(bot, other) == before
    assert standing is Standing.SIGNED


async def test_a_reset_that_a_crash_broke_off_is_brought_to_its_end(bot: Bot, other: str) -> None:
    async with bot.running():
        pass
    keys = OwnKeys.new()
    seeds_of(bot).keep_next(keys)
    set_up(bot.homeserver, bot.person, signed_in(bot.homeserver, bot.person), keys.raw)
    async with bot.running():
        pass

    assert master(bot, other) == keys.master.public
    assert signatures(bot, other) == ALL_SIGNED


async def test_a_reset_that_never_reached_the_server_leaves_everything_as_it_was(bot: Bot, other: str) -> None:
    async with bot.running():
        before = master(bot, other)
    seeds_of(bot).keep_next(OwnKeys.new())
    async with bot.running() as world:
        standing = await world.standing()

    assert master(bot, other) == before
    assert standing is Standing.SIGNED


async def test_a_new_device_in_the_same_folder_is_signed_again(bot: Bot, other: str) -> None:
    async with bot.running():
        first, before = device_of(bot), master(bot, other)
    for name in ("session.json", "keys.db"):
        (bot.folder / "bot" / name).unlink()
    async with bot.running():
        pass

    assert device_of(bot) != first
    assert master(bot, other) == before
    assert signatures(bot, other) == ALL_SIGNED


async def test_a_device_whose_login_was_ended_is_not_made_anew_by_itself(bot: Bot, other: str) -> None:
    async with bot.running():
        before = keys_of(bot.homeserver, bot.person.user_id, other)["master_keys"]
    bot.homeserver.ask("POST", "/_matrix/client/v3/logout", {}, session_of(bot)["access_token"])
    with pytest.raises(ChatError) as caught:
        async with bot.running():
            pass

    assert (caught.value.kind, caught.value.permanent) == ("device-gone", True)
    assert keys_of(bot.homeserver, bot.person.user_id, other)["master_keys"] == before


async def test_seeds_that_cannot_be_opened_are_not_replaced(bot: Bot, other: str) -> None:
    async with bot.running():
        before = master(bot, other)
    file = bot.folder / "bot" / "signing.seeds"
    spoiled = bytes(byte ^ 1 for byte in file.read_bytes())
    file.write_bytes(spoiled)
    async with bot.running():
        pass

    assert file.read_bytes() == spoiled
    assert master(bot, other) == before
    assert bot.journal.kinds.count("not-cross-signed") == 1
