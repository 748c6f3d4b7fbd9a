"""When people may be reached and asked; whoever told nothing has no quiet hours, and is asked to fill no gap."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_TOLD = (
    ("quiet_from", sa.Text),
    ("quiet_to", sa.Text),
    ("weekly", sa.Integer),
    ("rest_minutes", sa.Integer),
    ("gaps", sa.Boolean),
)


def upgrade() -> None:
    """Go one step on."""
    for name, kind in _TOLD:
        op.add_column("wishes", sa.Column(name, kind(), nullable=True))
    op.create_table(
        "pauses",
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("group_id", "person", name=op.f("pk_pauses")),
    )


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("pauses")
    for name, _ in reversed(_TOLD):
        op.drop_column("wishes", name)
