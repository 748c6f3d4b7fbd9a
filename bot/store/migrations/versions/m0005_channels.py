"""The channel that a group has chosen for its private rooms."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step on."""
    op.add_column("groups", sa.Column("channel", sa.Text(), nullable=True))


def downgrade() -> None:
    """Go one step back."""
    op.drop_column("groups", "channel")
