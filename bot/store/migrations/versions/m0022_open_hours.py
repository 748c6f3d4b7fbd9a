"""Open hours of groups, and which rotas hold them."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step on."""
    op.create_table(
        "open_hours",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "group_id", "place", "wanted")),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("starts_at", "until")),
        sa.Column("starter", sa.Text(), nullable=True),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in ("named", "begun")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_hours")),
    )
    op.create_index(op.f("ix_open_hours_group_id"), "open_hours", ["group_id"])
    op.create_table(
        "open_hours_rotas",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("rota", "wanted")),
        sa.ForeignKeyConstraint(["rota"], ["rotas.id"], name=op.f("fk_open_hours_rotas_rota"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("rota", name=op.f("pk_open_hours_rotas")),
    )


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("open_hours_rotas")
    op.drop_index(op.f("ix_open_hours_group_id"), "open_hours")
    op.drop_table("open_hours")
