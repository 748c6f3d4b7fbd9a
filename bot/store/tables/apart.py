"""Never paired: who asked not to be brought together with whom. A line is of the person who made it."""

from sqlalchemy import Table

from bot.domain.ids import GroupId, PersonId
from bot.ports.datamap import Seen
from bot.store.tables.base import Id, column, kept, metadata

_UNMADE = (
    "when the person who made it takes it back or leaves the group; not when the other is forgotten, who could come"
    " back"
)

apart = Table(
    "apart",
    metadata,
    column("group_id", Id(GroupId), primary_key=True, purpose="the group it is for"),
    column("person", Id(PersonId), primary_key=True, purpose="who made it"),
    column(
        "other",
        Id(PersonId),
        primary_key=True,
        purpose="with whom I never bring them together",
        is_another=True,
    ),
    info=kept(topic="apart", ends=_UNMADE, seen=Seen.THEMSELVES),
)
