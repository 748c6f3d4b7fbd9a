"""Alembic's entry: it migrates over the connection that `bot.store.migrating` hands it, and opens none itself."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy.types import TypeDecorator

from bot.store.tables import metadata


def plainly(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:  # noqa: ANN401  Any schema item.
    """Write a new migration with the column types of the database, not with ours, which may change later."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{type(item.impl_instance).__name__}()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_item=plainly,
    compare_type=False,
)
with context.begin_transaction():
    context.run_migrations()
