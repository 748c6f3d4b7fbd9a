"""Groups: their own ways, the rooms of one with several, invitations, and when it last used anything."""

from sqlalchemy import Boolean, Integer, Table, Text

from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.ports.datamap import Seen
from bot.store.tables.base import Id, Limit, LocalDate, Moment, column, days, kept, metadata

_GROUP = "when the group sets it otherwise, or the bot is out of the group"
_LISTED = "when the space lists the room no more, or the bot is out of it"
_USED = "with all else that is kept of the group, thirteen months after it at the latest"
_TOLD = "when the bot came in and said so, or could not"

groups = Table(
    "groups",
    metadata,
    column("group_id", Id(GroupId), primary_key=True, purpose="which group"),
    column("zone", Text, nullable=True, purpose="times in the group's own time zone", holds="a time zone"),
    column(
        "nation", Text, nullable=True, purpose="cards for the nation the group lives in", holds="one of four nations"
    ),
    column("locale", Text, nullable=True, purpose="the group's language", holds="a language"),
    column("channel", Id(PlaceId), nullable=True, purpose="the channel that private rooms are made under"),
    column("verified_only", Boolean, purpose="whether only verified devices are given keys"),
    column("first_days", Integer, nullable=True, purpose="days in the group before somebody may offer company"),
    column("first_welcomes", Integer, nullable=True, purpose="members' welcomes before somebody may offer company"),
    column(
        "stance",
        Text,
        nullable=True,
        purpose="what the group itself says of emergencies, shown before an ask is sent",
        holds="words that the group chose",
        words_of=frozenset({("group stance", "words")}),
    ),
    info=kept(topic="group", ends=_GROUP, seen=Seen.GROUP),
)

group_rooms = Table(
    "group_rooms",
    metadata,
    column("place", Id(PlaceId), primary_key=True, purpose="a room of a group that has several"),
    column("group_id", Id(GroupId), purpose="the space that lists it"),
    info=kept(topic="group", ends=_LISTED, seen=Seen.GROUP),
)

invitations = Table(
    "invitations",
    metadata,
    column("place", Id(PlaceId), primary_key=True, purpose="the room the bot is invited to"),
    column("inviter", Id(PersonId), purpose="who is told in private how the group is set up"),
    column("at", Moment, purpose="one introduction for each invitation"),
    info=kept(topic="group", ends=_TOLD, seen=Seen.NOBODY, limit=Limit(("at",), days(7)), passing=True),
)

uses = Table(
    "uses",
    metadata,
    column("group_id", Id(GroupId), primary_key=True, purpose="which group"),
    column("month", LocalDate, purpose="in which month it last used anything, so that unused things end"),
    info=kept(topic="group", ends=_USED, seen=Seen.NOBODY),
)
