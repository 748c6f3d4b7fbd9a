"""Groups: their own ways, which rooms a group of several has, and invitations until they are dealt with."""

from sqlalchemy import Boolean, Table, Text

from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.store.tables.base import PASSING, Id, Moment, column, metadata

_GROUP = "when the group sets it otherwise, or the bot is out of the group"
_LISTED = "when the space lists the room no more, or the bot is out of it"
_TOLD = "when the bot came in and said so, or could not"

groups = Table(
    "groups",
    metadata,
    column("group_id", Id(GroupId), primary_key=True, purpose="which group", ends=_GROUP),
    column("zone", Text, nullable=True, purpose="times in the group's own time zone", ends=_GROUP),
    column("nation", Text, nullable=True, purpose="cards for the nation the group lives in", ends=_GROUP),
    column("locale", Text, nullable=True, purpose="the group's language", ends=_GROUP),
    column("channel", Id(PlaceId), nullable=True, purpose="the channel that private rooms are made under", ends=_GROUP),
    column("verified_only", Boolean, purpose="whether only verified devices are given keys", ends=_GROUP),
)

group_rooms = Table(
    "group_rooms",
    metadata,
    column("place", Id(PlaceId), primary_key=True, purpose="a room of a group that has several", ends=_LISTED),
    column("group_id", Id(GroupId), purpose="the space that lists it", ends=_LISTED),
)

invitations = Table(
    "invitations",
    metadata,
    column("place", Id(PlaceId), primary_key=True, purpose="the room the bot is invited to", ends=_TOLD),
    column("inviter", Id(PersonId), purpose="who is told in private how the group is set up", ends=_TOLD),
    column("at", Moment, purpose="one introduction for each invitation", ends=_TOLD),
    info=PASSING,
)
