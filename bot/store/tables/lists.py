"""Lists to choose from, so that a number or a reaction still answers one after a restart. Each is gone in a day."""

from sqlalchemy import Boolean, ForeignKey, Integer, Table, Text

from bot.domain.ids import GroupId, PersonId
from bot.ports.datamap import Seen
from bot.store.tables.base import Id, Limit, Moment, column, days, kept, metadata

_DAY = "24 hours after the message, an hour later at most"
_BACK = "when it is taken back, or with its list"

lists = Table(
    "lists",
    metadata,
    column(
        "message",
        Text,
        primary_key=True,
        purpose="which message of the bot's a reaction stands under",
        holds="the platform's id of a message of the bot's",
    ),
    column("person", Id(PersonId), index=True, purpose="who may answer it"),
    column("group_id", Id(GroupId), purpose="which group the answer is about"),
    column(
        "choices",
        Text,
        purpose="what each choice does, as ids; no name and no text of people",
        holds="commands with their options, as ids",
    ),
    column("last", Boolean, purpose="whether a number typed now means this list"),
    column("until", Moment, index=True, purpose="when it can be answered no more"),
    info=kept(topic="lists", ends=_DAY, seen=Seen.NOBODY, limit=Limit(("until",), days(0)), passing=True),
)

list_answers = Table(
    "list_answers",
    metadata,
    column(
        "reaction",
        Text,
        primary_key=True,
        purpose="which reaction, so that it can be taken back",
        holds="the platform's id of a reaction",
    ),
    column(
        "message",
        Text,
        ForeignKey("lists.message", ondelete="CASCADE"),
        index=True,
        purpose="which list it answered",
        holds="the platform's id of a message of the bot's",
    ),
    column("number", Integer, purpose="which choice of it"),
    info=kept(topic="lists", ends=_BACK, seen=Seen.NOBODY, passing=True),
)
