"""Feeds: addresses at which people's calendars fetch their own shifts. Of the address itself nothing is kept."""

from sqlalchemy import Table, Text

from bot.domain.ids import GroupId, PersonId
from bot.ports.datamap import Seen
from bot.store.tables.base import Id, column, kept, metadata

_FEED = "when the person makes another or ends it, is out of the group, or the group goes"

# An old copy would open again what the person has ended since.
feeds = Table(
    "feeds",
    metadata,
    column("group_id", Id(GroupId), primary_key=True, purpose="of which group the shifts are"),
    column("person", Id(PersonId), primary_key=True, purpose="whose shifts they are"),
    column(
        "digest",
        Text,
        unique=True,
        purpose="to know the address again that was given to the person",
        holds="a digest of random letters",
    ),
    info=kept(topic="feeds", ends=_FEED, seen=Seen.NOBODY, passing=True),
)
