"""Changes of rotas, and rotas from files, that wait for the word of whoever wished them. They go after a day."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, Table, Text
from whenever import TimeDelta

from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.ports.datamap import Seen
from bot.store.tables.base import Id, Limit, LocalDate, Moment, column, kept, metadata
from bot.store.tables.rota import rotas

_PROPOSAL = "when whoever proposed it agrees or proposes another, when the rota ends, or after a day"


def _line() -> Iterator[Column[Any]]:
    """Give the columns of one line of a rota as it would be; each table has its own."""
    yield from (
        column(
            "rule", Text, purpose="on which dates the line would fall, as RFC 5545 has it", holds="a rule of RFC 5545"
        ),
        column("begins_on", LocalDate, purpose="the first local date it might fall on"),
        column("ends_on", LocalDate, nullable=True, purpose="the last one, if there is one"),
        column("wall_time", Text, purpose="when a shift would begin, on the wall", holds="a time of day"),
        column("wall_ends", Text, purpose="when a shift would end, on the wall", holds="a time of day"),
        column("fewest", Integer, purpose="how many a shift would need"),
        column("most", Integer, purpose="how many a shift would have room for"),
    )


rota_proposals = Table(
    "rota_proposals",
    metadata,
    column(
        "rota",
        Text,
        ForeignKey(rotas.c.id, ondelete="CASCADE"),
        primary_key=True,
        purpose="which rota would change",
        holds="a rota's id",
    ),
    column("code", Text, primary_key=True, purpose="what tells the change from others", holds="a code of our own"),
    column("number", Integer, primary_key=True, purpose="which line of the rota it would have"),
    column("person", Id(PersonId), purpose="who wished it, and may agree"),
    column("until", Moment, purpose="up to when they may"),
    column(
        "stamp",
        Text,
        purpose="whether the rota is still as it was when they were shown",
        holds="a digest of our own",
        seen=Seen.NOBODY,
    ),
    column("lines", Integer, purpose="the last number that would be given to a line", seen=Seen.NOBODY),
    column("zone", Text, purpose="on whose wall its times would be", holds="a time zone"),
    column(
        "holidays",
        Text,
        nullable=True,
        purpose="on which nation's bank holidays it would have no shifts, if on any",
        holds="a nation",
    ),
    column("closed", Text, purpose="on which dates it would have no shifts", holds="dates, as ISO 8601 has them"),
    *_line(),
    info=kept(topic="rotas", ends=_PROPOSAL, seen=Seen.THEMSELVES, limit=Limit(("until",), TimeDelta.ZERO)),
)

_DRAFT = "when whoever brought it in agrees or brings in another, or after a day"

# Of the file it came from, nothing else is kept: not what it is called, nor a title, nor a name in it.
rota_drafts = Table(
    "rota_drafts",
    metadata,
    column("group_id", Id(GroupId), primary_key=True, purpose="in which group the rota would be"),
    column("code", Text, primary_key=True, purpose="what tells the rota from others", holds="a code of our own"),
    column("number", Integer, primary_key=True, purpose="which line of the rota it would be"),
    column("person", Id(PersonId), purpose="who brought it in, and may agree"),
    column("until", Moment, purpose="up to when they may"),
    column(
        "name",
        Text,
        purpose="what the rota would be called",
        holds="words that the group chose",
        words_of=frozenset({("rota import", "name")}),
    ),
    column("zone", Text, purpose="on whose wall its times would be", holds="a time zone"),
    column("place", Id(PlaceId), purpose="the room where its check-ins would open"),
    column("closed", Text, purpose="on which dates it would have no shifts", holds="dates, as ISO 8601 has them"),
    *_line(),
    info=kept(topic="rotas", ends=_DRAFT, seen=Seen.THEMSELVES, limit=Limit(("until",), TimeDelta.ZERO)),
)
