"""Databases with the newest tables: the migrations run once for all tests, and each test gets a copy."""

import tempfile
from functools import cache
from pathlib import Path

from alembic import command
from sqlalchemy import create_engine

from bot.store.migrating import alembic_config


def with_tables(file: Path) -> str:
    """Put a SQLite file with the newest tables there, unless there is one already, and return its URL."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(_made())
    return f"sqlite+aiosqlite:///{file}"


@cache
def _made() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "made.db")
        engine = create_engine(f"sqlite:///{file}")
        with engine.begin() as connection:
            command.upgrade(alembic_config(connection), "head")
        engine.dispose()
        return file.read_bytes()
