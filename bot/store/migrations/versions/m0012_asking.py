"""When people were last asked for a shift, for which they are not asked again, and who is on a reserve list."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step on."""
    op.create_table(
        "asked_last",
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("group_id", "person", name=op.f("pk_asked_last")),
    )
    _make("rota_asked", sa.Column("until", sa.BigInteger(), nullable=True))
    _make("rota_reserve", sa.Column("since", sa.BigInteger(), nullable=False))


def downgrade() -> None:
    """Go one step back."""
    for name in ("rota_reserve", "rota_asked", "asked_last"):
        op.drop_table(name)


def _make(name: str, last: sa.Column[int]) -> None:
    op.create_table(
        name,
        sa.Column("rota", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("pattern", sa.Integer(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        last,
        sa.ForeignKeyConstraint(["rota"], ["rotas.id"], name=op.f(f"fk_{name}_rota"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("rota", "date", "pattern", "person", name=op.f(f"pk_{name}")),
    )
