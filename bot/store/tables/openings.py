"""Who is open to being asked for a sit: now, on their shifts, at times. When they were last asked, for a week.

Nothing else is kept of a sit: no ask, no answer, and no number of them.
"""

from sqlalchemy import Boolean, Integer, Table, Text

from bot.domain.ids import GroupId, PersonId
from bot.ports.datamap import Seen
from bot.store.tables.base import Id, Limit, LocalDate, Moment, column, days, kept, metadata

_PAUSED = "when the person pauses, or at the time they set"
_OVER = "when the person pauses, or three days after its last date"
_CHANGED = "when the person changes it, or leaves the group"
_WEEK = "seven days after it, or when the person leaves the group"

openings = Table(
    "openings",
    metadata,
    column("group_id", Id(GroupId), primary_key=True, purpose="the group they are open in"),
    column("person", Id(PersonId), primary_key=True, purpose="who may be asked"),
    column("until", Moment, nullable=True, purpose="until when; empty means until they pause"),
    info=kept(topic="openings", ends=_PAUSED, seen=Seen.THEMSELVES, limit=Limit(("until",), days(0))),
)

opening_times = Table(
    "opening_times",
    metadata,
    column("group_id", Id(GroupId), primary_key=True, purpose="the group they are open in"),
    column("person", Id(PersonId), primary_key=True, purpose="who may be asked at these times"),
    column("number", Integer, primary_key=True, purpose="one of their times, told from the others"),
    column("rule", Text, purpose="on which dates", holds="a rule for dates"),
    column("wall_time", Text, purpose="from when, on the clock where they are", holds="a time of day"),
    column("wall_ends", Text, purpose="until when", holds="a time of day"),
    column("since", LocalDate, purpose="from which date on"),
    column("last_date", LocalDate, nullable=True, purpose="the last date, if there is one"),
    info=kept(topic="openings", ends=_OVER, seen=Seen.THEMSELVES, limit=Limit(("last_date",), days(3))),
)

opening_ways = Table(
    "opening_ways",
    metadata,
    column("group_id", Id(GroupId), primary_key=True, purpose="in which group"),
    column("person", Id(PersonId), primary_key=True, purpose="whose ways they are"),
    column("on_shifts", Boolean, purpose="whether they may be asked while they are on a shift"),
    column("sits_weekly", Integer, nullable=True, purpose="how many times they are asked in seven days at most"),
    column("rather_not", Text, purpose="which asks are not put to them", holds="some of eleven words of the bot's"),
    info=kept(topic="openings", ends=_CHANGED, seen=Seen.THEMSELVES),
)

opening_asked = Table(
    "opening_asked",
    metadata,
    column("group_id", Id(GroupId), primary_key=True, purpose="in which group"),
    column("person", Id(PersonId), primary_key=True, purpose="who was asked; what they answered is kept nowhere"),
    column("at", Moment, purpose="when they were last asked for a sit, so that their own limit can be kept"),
    info=kept(topic="openings", ends=_WEEK, seen=Seen.THEMSELVES, limit=Limit(("at",), days(7))),
)
