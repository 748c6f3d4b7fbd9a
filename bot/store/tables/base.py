"""What all tables share: one metadata, moments as milliseconds, columns that say their purpose and their end."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import BigInteger, Column, Dialect, MetaData, Text
from sqlalchemy.sql.base import SchemaEventTarget
from sqlalchemy.types import TypeDecorator, TypeEngine
from whenever import Date, Instant

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# A table of what is true of this machine and this hour alone: an old copy of it would do harm, so no backup holds it.
PASSING = {"passing": True}


class Moment(TypeDecorator[Instant]):
    """An `Instant`, as milliseconds since 1970 (UTC)."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Instant | None, _dialect: Dialect) -> int | None:
        """To the row."""
        return None if value is None else value.timestamp(unit="millisecond")

    def process_result_value(self, value: int | None, _dialect: Dialect) -> Instant | None:
        """From the row."""
        return None if value is None else Instant.from_timestamp(value, unit="millisecond")


class LocalDate(TypeDecorator[Date]):
    """A `Date` with no zone, as ISO 8601 text, so that it sorts by time."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Date | None, _dialect: Dialect) -> str | None:
        """To the row."""
        return None if value is None else value.format_iso()

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Date | None:
        """From the row."""
        return None if value is None else Date.parse_iso(value)


class Id(TypeDecorator[str]):
    """A `PersonId`, `GroupId` or `PlaceId`, or another kind of text, as text."""

    impl = Text
    cache_ok = True

    def __init__(self, made: Callable[[str], str]) -> None:
        super().__init__()
        self.made = made

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """To the row; drivers ask for a plain string."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> str | None:
        """From the row, as the kind it is."""
        return None if value is None else self.made(value)


def column(
    name: str,
    kind: TypeEngine[Any] | type[TypeEngine[Any]],
    *more: SchemaEventTarget,
    purpose: str,
    ends: str,
    **options: Any,  # noqa: ANN401  Passed on to SQLAlchemy as it is.
) -> Column[Any]:
    """Make a column that says what it is for and when it ends; never null unless it is said."""
    options.setdefault("nullable", False)
    return Column(name, kind, *more, info={"purpose": purpose, "ends": ends}, **options)
