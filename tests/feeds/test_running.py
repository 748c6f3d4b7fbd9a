"""`alongside run` with feeds, its homeserver away: it serves them, reaches for nobody else, and logs no address."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import ClientSession

from bot.domain.ids import GroupId, PersonId
from bot.domain.rota.calendar import digest
from bot.store.database import Database
from bot.store.feeds import FeedStore
from tests.apart.guard import WRITES_TO, reached
from tests.tables import with_tables
from tests.test_command_line import LONGEST, alongside, matrix, one_line, settings_in

TOKEN = "t0ken-of-one-person-" + "x" * 12
AWAY = "http://127.0.0.1:1"


def with_feeds(folder: Path, port: int) -> str:
    """Return settings with feeds on that port, and a homeserver that is away."""
    return settings_in(folder, matrix(AWAY) + f'[calendar]\naddress = "https://rota.example.org"\nport = {port}\n')


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


async def kept_in(folder: Path) -> None:
    """Make a database in which one person has a feed."""
    database = Database.at(with_tables(folder / "alongside.db"))
    async with database.transaction():
        of = GroupId.of("matrix", "!group:example.org"), PersonId.of("matrix", "@ash:example.org")
        await FeedStore(database).put(*of, digest(TOKEN))
    await database.close()


@asynccontextmanager
async def running(config: str, environment: Mapping[str, str]) -> AsyncGenerator[list[bytes]]:
    """Run the bot, watched, until the end of the block; what it told is there after it."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.apart.guard", "run", "--config", config),
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert process.stdout is not None
    told: list[bytes] = []
    try:
        async with asyncio.timeout(LONGEST):
            async for line in process.stdout:
                told.append(line)
                if b"serving" in line:
                    break
        yield told
    finally:
        process.send_signal(signal.SIGTERM)
        rest, _ = await process.communicate()
        told.append(rest)
    assert process.returncode == 0, told


async def test_feeds_are_served_while_the_homeserver_is_away_and_nobody_is_called_or_told(tmp_path: Path) -> None:
    port = free_port()
    config = with_feeds(tmp_path, port)
    (tmp_path / "kept").mkdir(mode=0o700)
    await kept_in(tmp_path / "kept")
    environment = {WRITES_TO: str(tmp_path / "reached"), "PYTHONASYNCIODEBUG": "1", "PYTHONDEVMODE": "1"}
    async with running(config, environment) as told, ClientSession(f"http://127.0.0.1:{port}") as http:
        async with http.get(f"/calendar/{TOKEN}.ics") as answer:
            found = answer.status, await answer.text()
        async with http.get("/calendar/another-token-that-nobody-was-given.ics") as answer:
            missing = answer.status
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"NOT {TOKEN} HTTP\r\n\r\n".encode())
        await reader.read()
        writer.close()
    log = b"".join(told)

    assert found[0] == 200
    assert found[1].startswith("BEGIN:VCALENDAR")
    assert missing == 404
    assert b"serving" in log
    assert not [each for each in (b"t0ken", b"another-token", b"/calendar/") if each in log]
    assert reached(tmp_path / "reached") == {"127.0.0.1:1"}


def test_a_port_that_is_taken_ends_with_1_and_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = int(listening.getsockname()[1])
        status, out, errors = alongside("run", "--config", with_feeds(tmp_path, port))

    assert (status, out) == (1, "")
    assert one_line(errors.splitlines(keepends=True)[-1])
    assert f"calendar: port {port} on 127.0.0.1 is taken" in errors


def test_without_the_section_nothing_listens(tmp_path: Path) -> None:
    """Its code is not even loaded: the room with the server is a module of its own."""
    code = "import sys, bot.operator.serving; sys.exit('bot.feeds.site' in sys.modules or 'icalendar' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=False, cwd=tmp_path, timeout=LONGEST)  # noqa: S603  Ours.

    assert done.returncode == 0
