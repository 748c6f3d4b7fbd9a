"""The bot as an account on a real server: its token, its keys, its files."""

import json

from bot.ports.chat import ChatError
from tests.synapse.bot import Bot


async def test_a_token_that_is_no_longer_good_is_made_good_with_the_password(bot: Bot) -> None:
    async with bot.running():
        first = session_of(bot)
    (bot.folder / "bot" / "session.json").write_text(json.dumps({**first, "access_token": "syt_run_out"}))
    async with bot.running():
        second = session_of(bot)

    assert first["device_id"] == second["device_id"]
    assert first["access_token"] != second["access_token"]


async def test_a_device_that_was_deleted_elsewhere_is_not_made_anew_though_there_is_a_password(bot: Bot) -> None:
    async with bot.running():
        first = session_of(bot)
    bot.homeserver.ask("POST", "/_matrix/client/v3/logout", {}, first["access_token"])
    kinds = [await fault_starting(bot), await fault_starting(bot)]

    assert kinds == ["device-gone"] * 2
    assert first["device_id"] not in devices(bot)


async def test_everything_on_disk_is_for_its_owner_alone(bot: Bot) -> None:
    async with bot.running():
        pass

    files = [bot.folder / "bot", *(bot.folder / "bot").iterdir()]
    assert len(files) == 6
    assert all(file.stat().st_mode & 0o077 == 0 for file in files)


def session_of(bot: Bot) -> dict[str, str]:
    return dict(json.loads((bot.folder / "bot" / "session.json").read_text()))


def log_in_elsewhere(bot: Bot) -> str:
    """Log in as an app would; return the token."""
    who = {"type": "m.id.user", "user": bot.person.user_id}
    wanted = {"type": "m.login.password", "identifier": who, "password": bot.person.password}
    return str(bot.homeserver.ask("POST", "/_matrix/client/v3/login", wanted)["access_token"])


def devices(bot: Bot) -> list[str]:
    answer = bot.homeserver.ask("GET", "/_matrix/client/v3/devices", token=log_in_elsewhere(bot))
    return [device["device_id"] for device in answer["devices"]]


async def fault_starting(bot: Bot) -> str | None:
    """Return the kind of fault that the start ends with."""
    try:
        async with bot.running():
            return None
    except ChatError as error:
        return error.kind
