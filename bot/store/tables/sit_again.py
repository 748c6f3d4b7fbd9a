"""What may come after a sit: who would be open to another one, and dates to look at how it is. All of it ends."""

from sqlalchemy import Table, Text

from bot.domain.ids import GroupId, PersonId
from bot.ports.datamap import Seen
from bot.store.tables.base import Id, Limit, Moment, column, days, kept, metadata

_AGAIN = "when both have said so, when the person takes it back, or a week after they said it"
_LOOK = "when it is ended, a week after the date, or, where there was no yes, a week after it was asked"

sit_again = Table(
    "sit_again",
    metadata,
    column("group_id", Id(GroupId), primary_key=True, purpose="the group it is in"),
    column("pair", Text, primary_key=True, purpose="what the other would say too", holds="a code of our own"),
    column("person", Id(PersonId), primary_key=True, purpose="who would be open to sitting again"),
    column("until", Moment, purpose="when it goes"),
    info=kept(topic="again", ends=_AGAIN, seen=Seen.THEMSELVES, limit=Limit(("until",), days(0))),
)

sit_looks = Table(
    "sit_looks",
    metadata,
    column("id", Text, primary_key=True, purpose="how it is answered, moved or ended", holds="a code of our own"),
    column("group_id", Id(GroupId), index=True, purpose="the group it is in"),
    column("person", Id(PersonId), purpose="whose it is"),
    column(
        "other",
        Id(PersonId),
        purpose="with whom; each has a row of their own, once both said yes",
        is_another=True,
        goes_too=True,
    ),
    column("at", Moment, nullable=True, purpose="the date to look at how it is; empty in an invitation to sit again"),
    column(
        "state", Text, purpose="whether the other said yes, so that nobody is asked twice in a week", holds="a word"
    ),
    column("until", Moment, purpose="when it goes"),
    info=kept(topic="again", ends=_LOOK, seen=Seen.THEMSELVES, limit=Limit(("until",), days(0))),
)
