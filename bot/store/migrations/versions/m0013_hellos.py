"""Hellos for people, at times that they chose."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step on."""
    op.create_table(
        "hellos",
        sa.Column("id", sa.Text(), nullable=False),
        *(_column(name, sa.Text()) for name in ("group_id", "person", "zone")),
        _column("weeks", sa.Integer()),
        _column("until", sa.BigInteger()),
        *(_column(name, sa.Text()) for name in ("who", "unanswered")),
        _column("wait_minutes", sa.Integer()),
        _column("paused", sa.Boolean()),
        _column("watermark", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hellos")),
        sa.UniqueConstraint("group_id", "person", name=op.f("uq_hellos_group_id")),
    )
    times = [_column(name, sa.Text()) for name in ("rule", "starts")]
    last = sa.Column("last", sa.Text(), nullable=True)
    _hanging("hello_times", "number", _column("number", sa.Integer()), *times, last, _column("wall_time", sa.Text()))
    _hanging("hello_buddies", None, _column("person", sa.Text()), _column("agreed", sa.Boolean()))
    moments = [_column(name, sa.BigInteger()) for name in ("asked_at", "answer_by", "tell_at")]
    _hanging("hello_questions", "asked_at", *moments)


def downgrade() -> None:
    """Go one step back."""
    for name in ("hello_questions", "hello_buddies", "hello_times", "hellos"):
        op.drop_table(name)


def _column(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _hanging(name: str, key: str | None, *columns: sa.Column[Any]) -> None:
    """Make a table whose rows go with their hellos."""
    keys = ["hello", *([key] if key else [])]
    op.create_table(
        name,
        sa.Column("hello", sa.Text(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["hello"], ["hellos.id"], name=op.f(f"fk_{name}_hello"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint(*keys, name=op.f(f"pk_{name}")),
    )
