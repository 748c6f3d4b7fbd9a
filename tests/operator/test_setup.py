"""Finding the server, before anything secret is sent anywhere."""

import asyncio
import os
import pty
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.matrix.setup import found, is_safe
from bot.ports.chat import ChatError
from tests.operator.server import answering

VERSIONS = "/_matrix/client/versions"
LOGIN = "/_matrix/client/v3/login"
WELL_KNOWN = "/.well-known/matrix/client"
A_SERVER: Mapping[str, Any] = {
    VERSIONS: {"versions": ["v1.11"]},
    LOGIN: {"flows": [{"type": "m.login.sso"}, {"type": "m.login.password"}]},
}
BY_WEB_PAGE: Mapping[str, Any] = {**A_SERVER, LOGIN: {"flows": [{"type": "m.login.sso"}]}}


async def fault_finding(given: str) -> str:
    with pytest.raises(ChatError) as caught:
        await found(given)
    return caught.value.kind


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://matrix.example.org", True),
        ("https://127.0.0.1:8448", True),
        ("http://127.0.0.1:8008", True),
        ("http://localhost:8008", True),
        ("http://[::1]:8008", True),
        ("http://matrix.example.org", False),
        ("http://127.0.0.1.example.org", False),
        ("http://10.0.0.1", False),
        ("ftp://localhost", False),
        ("https://", False),
    ],
)
def test_only_https_and_this_machine_are_safe(address: str, safe: bool) -> None:  # noqa: FBT001  A case's own value.
    assert is_safe(address) is safe


async def test_a_domain_says_where_its_server_is() -> None:
    async with (
        answering(A_SERVER) as server,
        answering({WELL_KNOWN: {"m.homeserver": {"base_url": f"http://{server}/"}}}) as domain,
    ):
        there = await found(domain)

    assert (there.address, there.takes_passwords) == (f"http://{server}", True)


async def test_a_domain_that_says_nothing_is_the_server_itself() -> None:
    async with answering(A_SERVER) as domain:
        there = await found(domain)

    assert there.address == f"http://{domain}"


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        ({WELL_KNOWN: {"m.homeserver": {"base_url": "http://matrix.example.org"}}}, "not-https"),
        ({WELL_KNOWN: {"m.homeserver": {}}}, "no-server"),
        ({WELL_KNOWN: "<html>"}, "no-server"),
        ({}, "not-found"),
        ({VERSIONS: {"hello": 1}}, "no-server"),
    ],
)
async def test_what_is_no_server_or_not_safe_is_said(answers: Mapping[str, Any], kind: str) -> None:
    async with answering(answers) as domain:
        fault = await fault_finding(domain)

    assert fault == kind


async def test_an_address_that_is_not_https_is_not_even_asked() -> None:
    assert await fault_finding("http://matrix.example.org") == "not-https"


async def test_a_server_that_is_away_is_said() -> None:
    async with answering({}) as domain:
        pass

    assert await fault_finding(domain) == "unreachable"


def init(config: Path, domain: str, *more: str) -> tuple[int, str]:
    where = ("--homeserver", domain, "--config", str(config))
    command = [sys.executable, "-m", "bot", "init", "matrix", *where, *more]
    done = subprocess.run(  # noqa: S603  Our own command.
        command, capture_output=True, check=False, encoding="utf-8", input="s3cret\n", timeout=60
    )
    return done.returncode, done.stderr


async def test_a_server_that_takes_no_passwords_says_what_to_do(tmp_path: Path) -> None:
    config = tmp_path / "alongside.toml"
    async with answering(BY_WEB_PAGE) as domain:
        given = ("--account", "@alongside:example.org", "--password-file", "-")
        status, told = await asyncio.to_thread(init, config, domain, *given)

    assert (status, told.count("\n"), "mas-cli manage issue-compatibility-token" in told) == (1, 1, True), told
    assert not config.exists()


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (("--account", "alongside", "--password-file", "-"), "give the whole account"),
        (("--name", "../x"), "give a short name"),
        (("--token-file", "nowhere"), "cannot be read"),
    ],
)
async def test_what_is_given_wrongly_is_one_line(tmp_path: Path, more: tuple[str, ...], says: str) -> None:
    config = tmp_path / "alongside.toml"
    async with answering(A_SERVER) as domain:
        status, told = await asyncio.to_thread(init, config, f"http://{domain}", *more)

    assert (status in {1, 2}, told.count("\n"), says in told) == (True, 1, True), told
    assert not config.exists()


def on_a_terminal(config: Path, domain: str) -> str:
    """Type the answers as a person does; return everything that could be read over their shoulder."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "bot", "init", "matrix", "--homeserver", domain, "--config", str(config)]
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True)  # noqa: S603  As above.
    os.close(theirs)
    shown = b""
    for answer in (b"@alongside:example.org\n", b"s3cret\n"):
        while not shown.endswith(b": "):
            shown += os.read(ours, 1000)
        os.write(ours, answer)
        shown += os.read(ours, 1)
    try:
        while piece := os.read(ours, 1000):
            shown += piece
    except OSError:
        process.wait()
    os.close(ours)
    return shown.decode()


async def test_a_password_that_is_typed_is_not_shown(tmp_path: Path) -> None:
    async with answering(A_SERVER) as domain:
        shown = await asyncio.to_thread(on_a_terminal, tmp_path / "alongside.toml", f"http://{domain}")

    assert "account, such as @alongside:example.org: @alongside:example.org" in shown
    assert "Password: " in shown
    assert "s3cret" not in shown
