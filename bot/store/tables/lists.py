"""Lists to choose from, so that a number or a reaction still answers one after a restart. Each is gone in a day."""

from sqlalchemy import Boolean, ForeignKey, Integer, Table, Text

from bot.domain.ids import GroupId, PersonId
from bot.store.tables.base import PASSING, Id, Moment, column, metadata

_DAY = "24 hours after the message, an hour later at most"
_BACK = "when it is taken back, or with its list"

lists = Table(
    "lists",
    metadata,
    column("message", Text, primary_key=True, purpose="which message of the bot's a reaction stands under", ends=_DAY),
    column("person", Id(PersonId), index=True, purpose="who may answer it", ends=_DAY),
    column("group_id", Id(GroupId), purpose="which group the answer is about", ends=_DAY),
    column("choices", Text, purpose="what each choice does, as ids; no name and no text of people", ends=_DAY),
    column("last", Boolean, purpose="whether a number typed now means this list", ends=_DAY),
    column("until", Moment, index=True, purpose="when it can be answered no more", ends=_DAY),
    info=PASSING,
)

list_answers = Table(
    "list_answers",
    metadata,
    column("reaction", Text, primary_key=True, purpose="which reaction, so that it can be taken back", ends=_BACK),
    column(
        "message",
        Text,
        ForeignKey("lists.message", ondelete="CASCADE"),
        index=True,
        purpose="which list it answered",
        ends=_BACK,
    ),
    column("number", Integer, purpose="which choice of it", ends=_BACK),
    info=PASSING,
)
