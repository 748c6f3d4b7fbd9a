"""Who would be open to sitting again, and dates to look at how it is."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step on."""
    op.create_table(
        "sit_again",
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("pair", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("group_id", "pair", "person", name=op.f("pk_sit_again")),
    )
    op.create_table(
        "sit_looks",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("other", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sit_looks")),
    )
    op.create_index(op.f("ix_sit_looks_group_id"), "sit_looks", ["group_id"])


def downgrade() -> None:
    """Go one step back."""
    op.drop_index(op.f("ix_sit_looks_group_id"), table_name="sit_looks")
    op.drop_table("sit_looks")
    op.drop_table("sit_again")
