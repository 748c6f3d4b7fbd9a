"""When people are open to being asked for a sit, how often, and when they last were."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step on."""
    _make(
        "opening_times",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("wall_time", sa.Text(), nullable=False),
        sa.Column("wall_ends", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("last_date", sa.Text(), nullable=True),
        key=("number",),
    )
    _make(
        "opening_ways",
        sa.Column("on_shifts", sa.Boolean(), nullable=False),
        sa.Column("sits_weekly", sa.Integer(), nullable=True),
        sa.Column("rather_not", sa.Text(), nullable=False),
    )
    _make("opening_asked", sa.Column("at", sa.BigInteger(), nullable=False))


def downgrade() -> None:
    """Go one step back: whoever was open on shifts or at times is open no more."""
    for name in ("opening_asked", "opening_ways", "opening_times"):
        op.drop_table(name)


def _make(name: str, *columns: sa.Column[object], key: tuple[str, ...] = ()) -> None:
    op.create_table(
        name,
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("group_id", "person", *key, name=op.f(f"pk_{name}")),
    )
