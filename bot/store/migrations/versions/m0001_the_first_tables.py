"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step on."""
    _house()
    _rotas()
    _rosters()
    _sit()


def _house() -> None:
    """Make the outbox, the diary, wishes and bookmarks."""
    op.create_table(
        "bookmarks",
        sa.Column("world", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("world", "name", name=op.f("pk_bookmarks")),
    )
    op.create_table(
        "dues",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_dues")),
    )
    op.create_index(op.f("ix_dues_at"), "dues", ["at"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("claimed_until", sa.BigInteger(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
    )
    op.create_index("ix_outbox_open", "outbox", ["done_at", "not_before"], unique=False)
    op.create_table(
        "wishes",
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=True),
        sa.Column("nation", sa.Text(), nullable=True),
        sa.Column("leads", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("group_id", "person", name=op.f("pk_wishes")),
    )


def _rotas() -> None:
    """Make the rotas and their numbers."""
    op.create_table(
        "rota_numbers",
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_rota_numbers")),
    )
    op.create_table(
        "rotas",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("starts", sa.Text(), nullable=False),
        sa.Column("wall_time", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("length_seconds", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("watermark", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rotas")),
        sa.UniqueConstraint("group_id", "number", name=op.f("uq_rotas_group_id")),
    )


def _rosters() -> None:
    """Make the rows of who is on a rota."""
    op.create_table(
        "rota_away",
        sa.Column("rota", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["rota"], ["rotas.id"], name=op.f("fk_rota_away_rota"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("rota", "person", "date", name=op.f("pk_rota_away")),
    )
    op.create_table(
        "rota_single",
        sa.Column("rota", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["rota"], ["rotas.id"], name=op.f("fk_rota_single_rota"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("rota", "person", "date", name=op.f("pk_rota_single")),
    )
    op.create_table(
        "rota_standing",
        sa.Column("rota", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["rota"], ["rotas.id"], name=op.f("fk_rota_standing_rota"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("rota", "person", "weekday", name=op.f("pk_rota_standing")),
    )
    op.create_table(
        "rota_told",
        sa.Column("rota", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["rota"], ["rotas.id"], name=op.f("fk_rota_told_rota"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("rota", "date", name=op.f("pk_rota_told")),
    )


def _sit() -> None:
    """Make the asks and the openings."""
    op.create_table(
        "asks",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("asker", sa.Text(), nullable=False),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=True),
        sa.Column("answer_by", sa.BigInteger(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("sitter", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asks")),
    )
    op.create_index(op.f("ix_asks_group_id"), "asks", ["group_id"], unique=False)
    op.create_table(
        "openings",
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("group_id", "person", name=op.f("pk_openings")),
    )
    op.create_table(
        "invited",
        sa.Column("ask_id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["ask_id"], ["asks.id"], name=op.f("fk_invited_ask_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("ask_id", "person", name=op.f("pk_invited")),
    )
    op.create_table(
        "offers",
        sa.Column("ask_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["ask_id"], ["asks.id"], name=op.f("fk_offers_ask_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("ask_id", "number", name=op.f("pk_offers")),
    )


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("rota_told")
    op.drop_table("rota_standing")
    op.drop_table("rota_single")
    op.drop_table("rota_away")
    op.drop_table("offers")
    op.drop_table("invited")
    op.drop_table("wishes")
    op.drop_table("rotas")
    op.drop_table("rota_numbers")
    op.drop_index("ix_outbox_open", table_name="outbox")
    op.drop_table("outbox")
    op.drop_table("openings")
    op.drop_index(op.f("ix_dues_at"), table_name="dues")
    op.drop_table("dues")
    op.drop_table("bookmarks")
    op.drop_index(op.f("ix_asks_group_id"), table_name="asks")
    op.drop_table("asks")
