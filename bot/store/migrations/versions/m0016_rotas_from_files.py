"""Rotas from files that wait for the word of whoever brought them in."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step on."""
    op.create_table(
        "rota_drafts",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("group_id", "code")),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("name", "zone", "place")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("closed", "rule", "begins_on")),
        sa.Column("ends_on", sa.Text(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("wall_time", "wall_ends")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("fewest", "most")),
        sa.PrimaryKeyConstraint("group_id", "code", "number", name=op.f("pk_rota_drafts")),
    )


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("rota_drafts")
