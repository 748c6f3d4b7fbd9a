"""How a ping may reach somebody who takes nothing in private; whoever told nothing is named in no room."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step on."""
    op.add_column("wishes", sa.Column("reach", sa.Text(), nullable=True))


def downgrade() -> None:
    """Go one step back."""
    op.drop_column("wishes", "reach")
