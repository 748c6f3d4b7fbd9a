"""In which month each group last used anything; what nobody uses for thirteen months is let go."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step on."""
    op.create_table(
        "uses",
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("group_id", name="pk_uses"),
    )


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("uses")
