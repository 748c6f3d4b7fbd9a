"""The bot talks to the homeserver or the Discord that it was set up for, and to nothing else on any network."""

import ast
import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import bot
from tests.apart.guard import WRITES_TO, reached
from tests.discord.conftest import loopback
from tests.discord.gateway import until
from tests.discord.loopback import Loopback
from tests.discord.operating import Operator
from tests.discord.pointing import environment
from tests.discord.test_house import Village
from tests.synapse.conftest import NewPeer, new_peer
from tests.synapse.homeserver import Homeserver
from tests.synapse.peer import Heard
from tests.synapse.test_run import add_world
from tests.test_command_line import LONGEST, Trying

__all__ = ["loopback", "new_peer"]

# What could talk to somebody else. nio brings its own way to its server along, and discord.py to its own.
TALKATIVE = {
    *("urllib.request", "http.client", "requests", "httpx", "urllib3", "smtplib", "ftplib", "imaplib", "poplib"),
    *("nntplib", "telnetlib", "xmlrpc.client", "webbrowser", "sentry_sdk", "prometheus_client"),
}


@asynccontextmanager
async def _guarded(folder: Path, *words: str, env: dict[str, str] | None = None) -> AsyncIterator[bytes]:
    """Run the bot, watched, until the end of the block, which begins with the line that says that it serves."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.apart.guard", *words),
        env=(env or dict(os.environ)) | {WRITES_TO: str(folder / "reached")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(LONGEST):
            async for line in process.stdout:
                if b"serving" in line or b"http://" in line:
                    break
        yield line
    finally:
        process.send_signal(signal.SIGTERM)
        told, _ = await process.communicate()
    assert process.returncode == 0, told


def _address(url: str) -> set[str]:
    """Return a server's address as it is reached for and as it is looked up."""
    parts = urlsplit(url)
    return {f"{parts.hostname}:{parts.port}"}


async def test_on_discord_it_reaches_for_discord_alone_also_after_a_restart(loopback: Loopback, tmp_path: Path) -> None:
    loopback.checks_itself, loopback.gateway.identify_every = False, 0
    operator, village = Operator(loopback=loopback, folder=tmp_path), Village(loopback)
    await operator.init()
    run = ("run", "--config", str(operator.config))
    async with _guarded(tmp_path, *run, env=environment(loopback.url)):
        await until(lambda: loopback.commands and loopback.gateway.connected, 60)
        for path, options in (
            ("find", {"need": "debt"}),
            ("now", {}),
            ("about", {}),
            ("rota new", {"name": "Tea", "when": "every friday 20:00"}),
            ("rota join", {"date": "next friday"}),
            ("me zone", {"zone": "Asia/Kolkata"}),
        ):
            await village.slash(village.ann, path, **options)
        await village.meet()
    async with _guarded(tmp_path, *run, env=environment(loopback.url)):
        await until(lambda: loopback.gateway.connected, 60)
        await village.slash(village.ann, "rota mine")

    assert reached(tmp_path / "reached") == _address(loopback.url)


def _says(words: str, heard: Heard) -> bool:
    return words in heard.body


async def test_on_matrix_it_reaches_for_the_homeserver_alone(
    homeserver: Homeserver, new_peer: NewPeer, tmp_path: Path
) -> None:
    account = homeserver.register("apart")
    add_world(tmp_path, "apart", homeserver.url, account, "wales")
    peer = await new_peer("ash")
    group = ""
    for words, says in (
        ("!me", "for you in this group"),
        ("!find debt", "debt"),
        ("!rota new Tea, daily 20:00", "is kept"),
    ):
        async with _guarded(tmp_path, "run", "--config", str(tmp_path / "alongside.toml")):
            if not group:
                group = await peer.make_group(account.user_id)
                await peer.wait_for_people(group, account.user_id)
            await peer.say(group, words)
            await peer.wait_for(partial(_says, says))

    assert reached(tmp_path / "reached") == _address(homeserver.url)


async def test_the_local_room_reaches_for_nothing(tmp_path: Path) -> None:
    async with _guarded(tmp_path, "try", "--port", "0", "--keep", str(tmp_path / "kept.db")) as line:
        process = await asyncio.create_subprocess_exec(sys.executable, "-c", "")
        trying = Trying(process=process, address=line.decode().strip())
        for text in ("find debt", "now", "rota new Tea, next friday 20:00", "sit open", "me zone Asia/Kolkata"):
            await trying.types("ash", text)
        await process.wait()

    # The page is served on an address of its own, which asyncio looks up though it is a number.
    assert reached(tmp_path / "reached") <= {"127.0.0.1:0"}


def test_what_is_reached_for_on_purpose_is_found(tmp_path: Path) -> None:
    """Watched in a process of its own, since nothing can take the guard away again."""
    code = (
        "import socket, sys, urllib.request; from pathlib import Path; from tests.apart.guard import watch;"
        "watch(Path(sys.argv[1]));"
        "a = socket.socket(); a.settimeout(1);"
        "[a.connect_ex(('127.0.0.1', 1)), a.close()];"
        "b = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); b.sendto(b'x', ('127.0.0.2', 9)); b.close();"
        "socket.getaddrinfo('localhost', 80)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "reached")], check=True, timeout=LONGEST)  # noqa: S603  Ours.

    assert reached(tmp_path / "reached") == {"127.0.0.1:1", "127.0.0.2:9", "localhost:80"}


def _imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (node.module, *(f"{node.module}.{each.name}" for each in node.names))


def test_no_module_of_the_bot_imports_what_could_talk_to_anybody_else() -> None:
    files = list(Path(bot.__file__).parent.rglob("*.py"))
    imported = {name for file in files for name in _imported(file)}

    assert imported & TALKATIVE == set()
    assert {"aiohttp", "discord", "nio"} <= imported
