"""A sit is kept to its end: what is wanted of it, who hears of it, several sitters, and what they agree on together.

One that was picked for later before keeps whom it was picked with.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def _new() -> Sequence[sa.Column[Any]]:
    return (
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("ticks", sa.Text(), server_default="", nullable=False),
        sa.Column("company", sa.Integer(), server_default="1", nullable=False),
        sa.Column("after_it", sa.Text(), server_default="goes", nullable=False),
        sa.Column("ahead", sa.Text(), server_default="", nullable=False),
        sa.Column("heard", sa.Text(), server_default="open", nullable=False),
        sa.Column("every", sa.Integer(), server_default="10", nullable=False),
        sa.Column("widens_at", sa.BigInteger(), nullable=True),
        sa.Column("everyone", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("noted", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=True),
        sa.Column("room", sa.Text(), nullable=True),
        sa.Column("again", sa.Text(), nullable=True),
        sa.Column("change", sa.Text(), nullable=True),
        sa.Column("change_by", sa.Text(), nullable=True),
    )


def upgrade() -> None:
    """Go one step on."""
    for column in _new():
        op.add_column("asks", column)
    op.create_table(
        "sitters",
        sa.Column("ask_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["ask_id"], ["asks.id"], name=op.f("fk_sitters_ask_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("ask_id", "number", name=op.f("pk_sitters")),
    )
    op.create_table(
        "sit_named",
        sa.Column("ask_id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["ask_id"], ["asks.id"], name=op.f("fk_sit_named_ask_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("ask_id", "person", name=op.f("pk_sit_named")),
    )
    op.create_table(
        "sit_words",
        sa.Column("ask_id", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["ask_id"], ["asks.id"], name=op.f("fk_sit_words_ask_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("ask_id", "word", "person", name=op.f("pk_sit_words")),
    )
    op.execute("INSERT INTO sitters (ask_id, number, person) SELECT id, 1, sitter FROM asks WHERE sitter IS NOT NULL")
    op.drop_column("asks", "sitter")


def downgrade() -> None:
    """Go one step back: of several, the first who was picked stays, and sits that are open are let go of."""
    op.execute("DELETE FROM asks WHERE stage IN ('widening', 'unanswered', 'gathering', 'opening', 'open', 'ending')")
    op.add_column("asks", sa.Column("sitter", sa.Text(), nullable=True))
    op.execute(
        "UPDATE asks SET sitter = (SELECT person FROM sitters WHERE sitters.ask_id = asks.id AND sitters.number = 1)"
    )
    op.drop_table("sit_words")
    op.drop_table("sit_named")
    op.drop_table("sitters")
    for column in reversed(_new()):
        op.drop_column("asks", column.name)
