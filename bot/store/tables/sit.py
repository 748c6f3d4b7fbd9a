"""Sits: an ask while it is open, who it was put to and who offered, and who is open to be asked. All of it ends."""

from sqlalchemy import ForeignKey, Integer, Table, Text

from bot.domain.ids import GroupId, PersonId
from bot.domain.sit.ask import Where
from bot.store.tables.base import Id, Moment, column, metadata

_OVER = "the moment the ask is over"
_PAUSED = "when the person pauses, or at the time they set"

asks = Table(
    "asks",
    metadata,
    column("id", Text, primary_key=True, purpose="the code that is typed to answer", ends=_OVER),
    column("group_id", Id(GroupId), index=True, purpose="which group it belongs to", ends=_OVER),
    column("asker", Id(PersonId), purpose="who is told of offers", ends=_OVER),
    column("wanted", Text, purpose="quiet, talk or either", ends=_OVER),
    column("minutes", Integer, purpose="how long the company is wanted for", ends=_OVER),
    column("asked_at", Moment, purpose="the order of asks", ends=_OVER),
    column("starts_at", Moment, nullable=True, purpose="when the sit is to begin, if not now", ends=_OVER),
    column("answer_by", Moment, purpose="when the asker is told how it stands", ends=_OVER),
    column("meets", Text, server_default=Where.ROOM, purpose="where the two meet: room or direct", ends=_OVER),
    column("stage", Text, purpose="what can happen next", ends=_OVER),
    column("sitter", Id(PersonId), nullable=True, purpose="who was picked for a later time", ends=_OVER),
)

_ASK = "asks.id"

invited = Table(
    "invited",
    metadata,
    column("ask_id", Text, ForeignKey(_ASK, ondelete="CASCADE"), primary_key=True, purpose="which ask", ends=_OVER),
    column("person", Id(PersonId), primary_key=True, purpose="who may answer it", ends=_OVER),
)

offers = Table(
    "offers",
    metadata,
    column("ask_id", Text, ForeignKey(_ASK, ondelete="CASCADE"), primary_key=True, purpose="which ask", ends=_OVER),
    column("number", Integer, primary_key=True, purpose="what the asker types to pick it", ends=_OVER),
    column("person", Id(PersonId), purpose="whose yes it is", ends=_OVER),
)

openings = Table(
    "openings",
    metadata,
    column("group_id", Id(GroupId), primary_key=True, purpose="the group they are open in", ends=_PAUSED),
    column("person", Id(PersonId), primary_key=True, purpose="who may be asked", ends=_PAUSED),
    column("until", Moment, nullable=True, purpose="until when; empty means until they pause", ends=_PAUSED),
)
