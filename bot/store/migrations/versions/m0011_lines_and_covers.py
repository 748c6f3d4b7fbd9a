"""Rotas of several lines, shifts that are shared out in parts, offers, absences, and dates without shifts."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

Row: TypeAlias = dict[str, Any]

_RULE = ("rule", "starts", "wall_time", "length_seconds", "people")
_A_DAY_MINUTES = 24 * 60


def upgrade() -> None:
    """Go one step on: a rota's rule becomes its first line."""
    rotas = _rows("rotas")
    for name, kind, default in (("lines", sa.Integer(), "1"), ("opens_days", sa.Integer(), "56")):
        op.add_column("rotas", sa.Column(name, kind, server_default=default, nullable=False))
    op.add_column("rotas", sa.Column("holidays", sa.Text(), nullable=True))
    for name in _RULE:
        op.drop_column("rotas", name)
    _make_lines(rotas)
    began = {rota["id"]: rota["starts"] for rota in rotas}
    _again("rota_standing", _standing(), lambda row: row | {"pattern": 1, "since": began[row["rota"]], "every": 1})
    for name in ("rota_single", "rota_away"):
        _again(name, _shift_columns(), lambda row: row | {"pattern": 1, "part_starts": 0, "part_ends": None})
    _again("rota_told", [*_date(), _number("pattern")], lambda row: row | {"pattern": 1})
    _make("rota_absent", [*_person(), _text("first"), sa.Column("last", sa.Text(), nullable=False)])
    _make("rota_offers", _offers())


def downgrade() -> None:
    """Go one step back: only the first line of a rota stays, and whole shifts."""
    lines = {row["rota"]: row for row in sorted(_rows("rota_patterns"), key=lambda row: row["number"], reverse=True)}
    for name in ("rota_offers", "rota_absent", "rota_closed", "rota_patterns"):
        op.drop_table(name)
    for name in ("rule", "starts", "wall_time"):
        op.add_column("rotas", sa.Column(name, sa.Text(), server_default="", nullable=False))
    for name in ("length_seconds", "people"):
        op.add_column("rotas", sa.Column(name, sa.Integer(), server_default="0", nullable=False))
    for rota, line in lines.items():
        values = {name: line[name] for name in ("rule", "starts", "wall_time")}
        values |= {"length_seconds": _seconds(line), "people": line["most"]}
        table = sa.table("rotas", sa.column("id"), *(sa.column(name) for name in values))
        op.execute(table.update().where(table.c.id == rota).values(values))
    for name in ("lines", "opens_days", "holidays"):
        op.drop_column("rotas", name)
    _again("rota_standing", [*_person(), _number("weekday")], _only_weekly)
    for name in ("rota_single", "rota_away"):
        _again(name, [*_person(), _text("date")], _only_whole)
    _again("rota_told", _date(), _only_first)


def _make_lines(rotas: Sequence[Row]) -> None:
    _make(
        "rota_patterns",
        [
            _text("rota"),
            _number("number"),
            *(sa.Column(name, sa.Text(), nullable=False) for name in ("rule", "starts")),
            sa.Column("last", sa.Text(), nullable=True),
            *(sa.Column(name, sa.Text(), nullable=False) for name in ("wall_time", "wall_ends")),
            *(sa.Column(name, sa.Integer(), nullable=False) for name in ("fewest", "most")),
        ],
        [_line(rota) for rota in rotas],
    )
    _make("rota_closed", [_text("rota"), _text("first"), sa.Column("last", sa.Text(), nullable=False)])


def _line(rota: Row) -> Row:
    kept = {name: rota[name] for name in ("rule", "starts", "wall_time")}
    hour, minute, *_ = (int(part) for part in rota["wall_time"].split(":"))
    ends = (hour * 60 + minute + rota["length_seconds"] // 60) % _A_DAY_MINUTES
    wall_ends = f"{ends // 60:02}:{ends % 60:02}:00"
    # What was called full was never asked to be.
    return kept | {
        "rota": rota["id"],
        "number": 1,
        "last": None,
        "wall_ends": wall_ends,
        "fewest": 1,
        "most": rota["people"],
    }


def _seconds(line: Row) -> int:
    starts, ends = (
        int(hour) * 60 + int(minute)
        for hour, minute, *_ in (line[name].split(":") for name in ("wall_time", "wall_ends"))
    )
    return ((ends - starts) % _A_DAY_MINUTES or _A_DAY_MINUTES) * 60


def _only_weekly(row: Row) -> Row | None:
    fits = row["pattern"] == 1 and row["weekday"] and row["every"] == 1
    return {name: row[name] for name in ("rota", "person", "weekday")} if fits else None


def _only_whole(row: Row) -> Row | None:
    fits = row["pattern"] == 1 and row["part_starts"] == 0 and row["part_ends"] is None
    return {name: row[name] for name in ("rota", "person", "date")} if fits else None


def _only_first(row: Row) -> Row | None:
    return {name: row[name] for name in ("rota", "date")} if row["pattern"] == 1 else None


def _again(name: str, columns: Sequence[sa.Column[Any]], changed: Callable[[Row], Row | None]) -> None:
    """Make a table anew with other columns, and put its rows back as they are now; those of None are let go."""
    rows = [changed(row) for row in _rows(name)]
    op.drop_table(name)
    unique: Mapping[tuple[Any, ...], Row] = {
        tuple(row[column.name] for column in columns if column.primary_key): row for row in rows if row
    }
    _make(name, columns, list(unique.values()))


def _make(name: str, columns: Sequence[sa.Column[Any]], rows: Sequence[Row] = ()) -> None:
    keys = [column.name for column in columns if column.primary_key]
    plain = [sa.Column(column.name, column.type, nullable=column.nullable) for column in columns]
    table = op.create_table(
        name,
        *plain,
        sa.ForeignKeyConstraint(["rota"], ["rotas.id"], name=op.f(f"fk_{name}_rota"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint(*keys, name=op.f(f"pk_{name}")),
    )
    op.bulk_insert(table, list(rows))


def _rows(name: str) -> list[Row]:
    found = op.get_bind().execute(sa.text(f"SELECT * FROM {name}"))  # noqa: S608  A table's name, and our own.
    return [dict(row) for row in found.mappings()]


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), primary_key=True, nullable=False)


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), primary_key=True, nullable=False)


def _person() -> list[sa.Column[Any]]:
    return [_text("rota"), _text("person")]


def _date() -> list[sa.Column[Any]]:
    return [_text("rota"), _text("date")]


def _standing() -> list[sa.Column[Any]]:
    every = sa.Column("every", sa.Integer(), nullable=False)
    return [*_person(), _number("pattern"), _number("weekday"), _text("since"), every]


def _shift_columns() -> list[sa.Column[Any]]:
    ends = sa.Column("part_ends", sa.Integer(), nullable=True)
    return [*_person(), _text("date"), _number("pattern"), _number("part_starts"), ends]


def _offers() -> list[sa.Column[Any]]:
    return [
        _text("rota"),
        _text("code"),
        _text("date"),
        _number("pattern"),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("part_starts", sa.Integer(), nullable=False),
        sa.Column("part_ends", sa.Integer(), nullable=True),
        sa.Column("only_for", sa.Text(), nullable=True),
        sa.Column("back_date", sa.Text(), nullable=True),
        sa.Column("back_pattern", sa.Integer(), nullable=True),
    ]
