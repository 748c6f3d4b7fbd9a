"""Sits: an ask while it is open, who it was put to and who offered, and who is open to be asked. All of it ends."""

from sqlalchemy import ForeignKey, Integer, Table, Text

from bot.domain.ids import GroupId, PersonId
from bot.domain.sit.ask import Where
from bot.ports.datamap import Seen
from bot.store.tables.base import Id, Limit, Moment, column, days, kept, metadata

_OVER = "the moment the ask is over"
_PAUSED = "when the person pauses, or at the time they set"

asks = Table(
    "asks",
    metadata,
    column("id", Text, primary_key=True, purpose="the code that is typed to answer", holds="a code of our own"),
    column("group_id", Id(GroupId), index=True, purpose="which group it belongs to"),
    column("asker", Id(PersonId), purpose="who is told of offers", seen=Seen.BOTH),
    column("wanted", Text, purpose="what kind of company", holds="quiet, talk or either"),
    column("minutes", Integer, purpose="how long the company is wanted for"),
    column("asked_at", Moment, purpose="the order of asks", seen=Seen.ASKER),
    column("starts_at", Moment, nullable=True, purpose="when the sit is to begin, if not now"),
    column("answer_by", Moment, purpose="when the asker is told how it stands", seen=Seen.ASKER),
    column("meets", Text, server_default=Where.ROOM, purpose="where the two meet", holds="room or direct"),
    column("stage", Text, purpose="what can happen next", holds="one of a few words", seen=Seen.ASKER),
    column("sitter", Id(PersonId), nullable=True, purpose="who was picked for a later time", seen=Seen.BOTH),
    info=kept(
        topic="asks",
        ends=_OVER,
        seen=Seen.ASKED,
        limit=Limit(("answer_by", "starts_at"), days(1)),
    ),
)


def _of_ask() -> ForeignKey:
    return ForeignKey(asks.c.id, ondelete="CASCADE")


invited = Table(
    "invited",
    metadata,
    column(
        "ask_id",
        Text,
        _of_ask(),
        primary_key=True,
        purpose="which ask",
        holds="an ask's code",
    ),
    column("person", Id(PersonId), primary_key=True, purpose="who may answer it"),
    info=kept(topic="asks", ends=_OVER, seen=Seen.NOBODY),
)

offers = Table(
    "offers",
    metadata,
    column(
        "ask_id",
        Text,
        _of_ask(),
        primary_key=True,
        purpose="which ask",
        holds="an ask's code",
        seen=Seen.BOTH,
    ),
    column("number", Integer, primary_key=True, purpose="what the asker types to pick it"),
    column("person", Id(PersonId), purpose="whose yes it is"),
    info=kept(topic="asks", ends=_OVER, seen=Seen.ASKER),
)

openings = Table(
    "openings",
    metadata,
    column("group_id", Id(GroupId), primary_key=True, purpose="the group they are open in"),
    column("person", Id(PersonId), primary_key=True, purpose="who may be asked"),
    column("until", Moment, nullable=True, purpose="until when; empty means until they pause"),
    info=kept(topic="openings", ends=_PAUSED, seen=Seen.THEMSELVES, limit=Limit(("until",), days(0))),
)
