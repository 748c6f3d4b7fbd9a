"""What is kept of a person, in sentences: `data-<table>` says what a table holds, `mydata-<table>` what a row does."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from whenever import Date, Instant, Time, TimeDelta

from bot.domain.commands import Trait
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.saying import Arg, Line, Look, line
from bot.ports.mydata import Kept

# Tables whose every row is told; of others, how many rows there are.
TOLD = frozenset(
    {
        *("wishes", "pauses", "apart", "welcomes", "asks", "offers", "sit_again", "sit_looks"),
        *("openings", "opening_times", "opening_ways", "opening_asked"),
        *("hellos", "hello_buddies", "open_hours"),
        *("rota_standing", "rota_single", "rota_away", "rota_absent", "rota_offers"),
        *("asked_last", "rota_asked", "rota_reserve"),
        *("rota_proposals", "rota_drafts"),
    }
)
# Those of them of which one row is told, however many there are: their number would be a score.
UNCOUNTED = frozenset({"welcomes"})

GOES = (line("mydata-forget-others", Look.ITEM), line("mydata-forget-stays", Look.ITEM))
HOW = line("mydata-how", Look.QUIET)


@dataclass(frozen=True, slots=True, kw_only=True)
class InGroup:
    """What is kept of a person in one group: what the group is called, the rows, and the person's zone there."""

    group: GroupId
    heading: Line
    kept: Sequence[Kept]
    zone: str


def group(name: str | None, *, here: bool) -> Line:
    """Return what stands above the things of one group."""
    if name is not None:
        return line("mydata-in-group", Look.HEADING, name=name)
    return line("mydata-in-this-group" if here else "mydata-in-a-group", Look.HEADING)


def of_group(above: Line, kept: Sequence[Kept], zone: str) -> Iterator[Line]:
    """Yield what is kept in one group, its times in `zone`."""
    yield above
    for table, rows in groupby(kept, key=lambda one: one.table):
        slug = table.replace("_", "-")
        if table in TOLD:
            told = list(rows)[: 1 if table in UNCOUNTED else None]
            yield from (Line(id=f"mydata-{slug}", args=args(row, zone), look=Look.ITEM) for row in told)
        else:
            yield line("mydata-several", Look.ITEM, what=Line(id=f"data-{slug}"), count=len(list(rows)))


def args(row: Kept, zone: str) -> Mapping[str, Arg]:
    """Return the row as arguments of a sentence; what has no meaning for people is left out."""
    told = {name: fact(name, value, zone) for name, value in row.facts.items()}
    return {name: arg for name, arg in told.items() if arg is not None}


def fact(name: str, value: object, zone: str) -> "Arg | None":
    """Return one fact as an argument, moments in `zone`; None for what has no meaning for people."""
    match value:
        case PersonId() | GroupId() | PlaceId():
            return None
        case Instant():
            return value.to_tz(zone)
        case str() | int() if name in _READ:
            return _READ[name](value)
        case str() | Date() | int():
            return value
        case _:
            return "none"


def _leads(text: str) -> Arg:
    return tuple(TimeDelta.parse_iso(lead) for lead in text.split()) or "no"


# Columns that mean more than they hold.
_READ: Mapping[str, Callable[[Any], Arg]] = {
    "leads": _leads,
    "quiet_from": Time.parse_iso,
    "quiet_to": Time.parse_iso,
    "rest_minutes": lambda minutes: TimeDelta(minutes=minutes),
    "on_shifts": lambda is_so: "yes" if is_so else "no",
    "wall_time": Time.parse_iso,
    "wall_ends": Time.parse_iso,
    "rather_not": lambda words: tuple(words.split(",")) if words else "none",
    "gaps": lambda may: "yes" if may else "no",
    "paused": lambda is_so: "yes" if is_so else "no",
    "agreed": lambda is_so: "yes" if is_so else "no",
}


def beyond(traits: frozenset[Trait]) -> Sequence[str]:
    """Return the names of what the bot cannot let go of."""
    return ("messages", "platform", *(("devices",) if Trait.DEVICES in traits else ()), "backup", "apart")


def unreached(traits: frozenset[Trait]) -> Sequence[Line]:
    """Return what the bot cannot let go of, and who can."""
    items = (Line(id=f"mydata-unreached-{name}", look=Look.ITEM) for name in beyond(traits))
    return (line("mydata-unreached", Look.HEADING), *items)
