"""Changes of rotas that wait for the word of whoever wished them."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step on."""
    op.create_table(
        "rota_proposals",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("rota", "code")),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("stamp", sa.Text(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("holidays", sa.Text(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("closed", "rule", "begins_on")),
        sa.Column("ends_on", sa.Text(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("wall_time", "wall_ends")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("fewest", "most")),
        sa.ForeignKeyConstraint(["rota"], ["rotas.id"], name=op.f("fk_rota_proposals_rota"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("rota", "code", "number", name=op.f("pk_rota_proposals")),
    )


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("rota_proposals")
