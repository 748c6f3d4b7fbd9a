"""What is due next is found at once, however much falls due at the same moment."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_INDEX, _TABLE = "ix_dues_at", "dues"


def upgrade() -> None:
    """Go one step on."""
    op.drop_index(_INDEX, _TABLE)
    op.create_index(_INDEX, _TABLE, ["at", "key"])


def downgrade() -> None:
    """Go one step back."""
    op.drop_index(_INDEX, _TABLE)
    op.create_index(_INDEX, _TABLE, ["at"])
