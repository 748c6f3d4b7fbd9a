"""Bring a database to the newest tables. Alembic is loaded only when there is something to do."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text

from bot.store.database import Database

NEWEST = "0024"
_LOCK = 2_018_915_346  # any number, the same in every process: only one of them migrates a PostgreSQL at a time


async def migrate(database: Database) -> bool:
    """Bring the tables up to `NEWEST`; return whether there was anything to do."""
    async with database.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        if await connection.run_sync(at_step) == NEWEST:
            return False
        await connection.run_sync(bring_to, "head")
        return True


async def migration(database: Database) -> str | None:
    """Return the step that the tables are at, or None when there are none; nothing is changed."""
    async with database.engine.connect() as connection:
        return await connection.run_sync(at_step)


def alembic_config(connection: Connection) -> Any:  # noqa: ANN401  Alembic's type, without loading Alembic.
    """Return Alembic's configuration for an open connection."""
    from alembic.config import Config  # noqa: PLC0415  Half a second and 8 MB, for one start in many.

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def at_step(connection: Connection) -> str | None:
    """Return the step that the tables are at, or None when there are none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    at: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return at


def bring_to(connection: Connection, step: str) -> bool:
    """Bring the tables up to a step, `head` being the newest; return False when there is no such step."""
    from alembic import command  # noqa: PLC0415  As above.
    from alembic.script import ScriptDirectory  # noqa: PLC0415  As above.
    from alembic.util import CommandError  # noqa: PLC0415  As above.

    config = alembic_config(connection)
    try:
        ScriptDirectory.from_config(config).get_revision(step)
    except CommandError:
        return False
    command.upgrade(config, step)
    return True
