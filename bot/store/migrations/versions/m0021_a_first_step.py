"""What a group asks for before somebody offers company, its own words on emergencies, and who welcomed whom."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step on."""
    op.add_column("groups", sa.Column("first_days", sa.Integer(), nullable=True))
    op.add_column("groups", sa.Column("first_welcomes", sa.Integer(), nullable=True))
    op.add_column("groups", sa.Column("stance", sa.Text(), nullable=True))
    op.create_table(
        "welcomes",
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("welcomer", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("group_id", "person", "welcomer", name=op.f("pk_welcomes")),
    )


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("welcomes")
    for name in ("stance", "first_welcomes", "first_days"):
        op.drop_column("groups", name)
