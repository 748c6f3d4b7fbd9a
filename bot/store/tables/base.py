"""What all tables share: one metadata, moments as milliseconds, columns that say what they are for and who sees them.

The data map is made from what is said here, and so is the purge.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Dialect, Integer, MetaData, Table, Text
from sqlalchemy.sql.base import SchemaEventTarget
from sqlalchemy.types import TypeDecorator, TypeEngine
from whenever import Date, Instant, TimeDelta

from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.ports.datamap import Seen

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


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


@dataclass(frozen=True, slots=True)
class Limit:
    """The longest that a row stays: so long after the last moment, or local date, in those columns.

    A row in which all of them are empty does not go by the clock.
    """

    columns: tuple[str, ...]
    after: TimeDelta


_HOLDS: Mapping[Any, str] = {
    GroupId: "the platform's id of a group",
    PersonId: "the platform's id of a person",
    PlaceId: "the platform's id of a room",
    Moment: "a moment",
    LocalDate: "a date",
    Boolean: "yes or no",
    Integer: "a number",
}


def column(  # noqa: PLR0913  Each is something to be said.
    name: str,
    kind: TypeEngine[Any] | type[TypeEngine[Any]],
    *more: SchemaEventTarget,
    purpose: str,
    holds: str | None = None,
    seen: Seen | None = None,
    words_of: frozenset[tuple[str, str]] | None = None,
    on_its_way: bool = False,
    is_another: bool = False,
    goes_too: bool = False,
    **options: Any,  # noqa: ANN401  Passed on to SQLAlchemy as it is.
) -> Column[Any]:
    """Make a column that says what it is for; never null unless it is said. Where it says less, its table speaks.

    What it `holds` follows from its kind, but for text. `words_of` names each command and option whose very words
    it holds, and `on_its_way` says that a message may carry them there until it is sent; in every other column stands
    nothing that was typed. `is_another` says that the person in it has no part in the row: it is not shown to them, and
    neither goes nor ends with them, but where it `goes_too`. Raises `LookupError` for text of which it is not said what
    it holds.
    """
    options.setdefault("nullable", False)
    told = holds or _HOLDS[kind.made if isinstance(kind, Id) else kind]
    info = {"holds": told, "purpose": purpose, "words_of": words_of, "on_its_way": on_its_way, "is_another": is_another}
    info["stays"] = is_another and not goes_too
    info |= {} if seen is None else {"seen": seen}
    return Column(name, kind, *more, info=info, **options)


def days(count: int) -> TimeDelta:
    """Return so many days, as the clock counts them: 24 hours each."""
    return TimeDelta(hours=24 * count)


def kept(
    *, topic: str, ends: str, seen: Seen, limit: Limit | None = None, latest: str = "", passing: bool = False
) -> dict[str, Any]:
    """Return what a table is told of itself: what it is about, in words when its rows go, and who sees them.

    Its topic is told in chat by the sentence `about-data-<topic>`.
    With a `limit`, they go by the clock at the latest; `latest` says so of a table that hangs on nothing else. What is
    `passing` is true of this machine and this hour alone: an old copy of it would do harm, so no backup holds it.
    """
    return {"topic": topic, "ends": ends, "seen": seen, "limit": limit, "latest": latest, "passing": passing}


def limit_of(table: Table) -> Limit | None:
    """Return the limit of a table whose rows go by the clock at the latest; of any other, None."""
    found: Limit | None = table.info["limit"]
    return found
