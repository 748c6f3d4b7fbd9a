"""Lists to choose from that outlive a restart, and what reactions answered."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step on."""
    op.create_table(
        "lists",
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("last", sa.Boolean(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("message", name=op.f("pk_lists")),
    )
    op.create_index(op.f("ix_lists_person"), "lists", ["person"], unique=False)
    op.create_index(op.f("ix_lists_until"), "lists", ["until"], unique=False)
    op.create_table(
        "list_answers",
        sa.Column("reaction", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message"], ["lists.message"], name=op.f("fk_list_answers_message"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("reaction", name=op.f("pk_list_answers")),
    )
    op.create_index(op.f("ix_list_answers_message"), "list_answers", ["message"], unique=False)


def downgrade() -> None:
    """Go one step back."""
    op.drop_index(op.f("ix_list_answers_message"), table_name="list_answers")
    op.drop_table("list_answers")
    op.drop_index(op.f("ix_lists_until"), table_name="lists")
    op.drop_index(op.f("ix_lists_person"), table_name="lists")
    op.drop_table("lists")
