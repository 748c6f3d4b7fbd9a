"""Which messages of the bot's are to be taken away again."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step on."""
    op.add_column("outbox", sa.Column("stands", sa.Text(), nullable=True))


def downgrade() -> None:
    """Go one step back."""
    op.drop_column("outbox", "stands")
