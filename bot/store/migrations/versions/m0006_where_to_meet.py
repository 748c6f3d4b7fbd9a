"""Where those who sit together meet; an ask that is open already keeps its room."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step on."""
    op.add_column("asks", sa.Column("meets", sa.Text(), server_default="room", nullable=False))


def downgrade() -> None:
    """Go one step back."""
    op.drop_column("asks", "meets")
