"""What the house itself keeps: what is to be said, when to wake, what people told about themselves, sync marks."""

from sqlalchemy import Boolean, Index, Integer, Table, Text, UniqueConstraint

from bot.domain.ids import GroupId, PersonId
from bot.ports.datamap import Seen
from bot.store.tables.base import Id, Limit, Moment, column, days, kept, metadata

_SENT = "emptied when sent, and where it stands when it is taken away; the row goes seven days later"
_DUE = "when the moment has come"
_TOLD = "when the person takes it back"
_RESUMED = "when the person ends it, or at the time they set"
_WORLD = "when the world is taken out; the mark itself at the next one"

outbox = Table(
    "outbox",
    metadata,
    column("id", Integer, primary_key=True, purpose="the order of sending"),
    column(
        "key",
        Text,
        unique=True,
        purpose="makes saying it twice harmless",
        holds="a key made from ids, never from words",
    ),
    column("group_id", Id(GroupId), purpose="which group it belongs to"),
    column(
        "body",
        Text,
        nullable=True,
        purpose="what is still to be said, to whom, and the way back there",
        holds="ids of sentences with their arguments, the group's words for a rota or on emergencies among them",
        on_its_way=True,
    ),
    column("not_before", Moment, purpose="when to send or to try again"),
    column("expires_at", Moment, purpose="when it is too late to be sent"),
    column("claimed_until", Moment, nullable=True, purpose="which process is sending it"),
    column("failures", Integer, default=0, purpose="how long to wait before the next try"),
    column("done_at", Moment, nullable=True, purpose="that it was sent, so that it is not sent again"),
    column(
        "stands",
        Text,
        nullable=True,
        purpose="which message it became, where that is to be taken away again",
        holds="the platform's ids of messages of the bot's",
    ),
    Index("ix_outbox_open", "done_at", "not_before"),
    info=kept(
        topic="messages",
        ends=_SENT,
        seen=Seen.NOBODY,
        limit=Limit(("done_at",), days(7)),
    ),
)

dues = Table(
    "dues",
    metadata,
    column("key", Text, primary_key=True, purpose="one moment for each subject", holds="what it is about, as an id"),
    column("kind", Text, purpose="which step to take", holds="one of a few words"),
    column("group_id", Id(GroupId), purpose="which group it belongs to"),
    column(
        "about",
        Text,
        purpose="which rota or ask it is about, or what is to be suggested when",
        holds="the id of a rota or an ask, a code, a number of weeks, or a time",
    ),
    column("at", Moment, purpose="when to wake"),
    column("failures", Integer, default=0, purpose="how long to wait before the next try"),
    Index("ix_dues_at", "at", "key"),
    info=kept(topic="messages", ends=_DUE, seen=Seen.NOBODY),
)

wishes = Table(
    "wishes",
    metadata,
    column("group_id", Id(GroupId), primary_key=True, purpose="the group it was told in"),
    column("person", Id(PersonId), primary_key=True, purpose="who told it"),
    column("zone", Text, nullable=True, purpose="times in the person's own time zone", holds="a time zone"),
    column("nation", Text, nullable=True, purpose="cards for the nation they live in", holds="one of four nations"),
    column("leads", Text, nullable=True, purpose="how long before a shift they want a ping", holds="lengths of time"),
    column(
        "reach",
        Text,
        nullable=True,
        purpose="that a ping may name them in the room, or that none is sent",
        holds="one of three words",
    ),
    column("quiet_from", Text, nullable=True, purpose="when their quiet hours begin", holds="a time of day"),
    column("quiet_to", Text, nullable=True, purpose="when their quiet hours end", holds="a time of day"),
    column("weekly", Integer, nullable=True, purpose="the most shifts in a week that they are asked for"),
    column("rest_minutes", Integer, nullable=True, purpose="the least time between two shifts that they are asked for"),
    column("gaps", Boolean, nullable=True, purpose="that they may be asked when a shift needs people"),
    info=kept(topic="wishes", ends=_TOLD, seen=Seen.THEMSELVES),
)

pauses = Table(
    "pauses",
    metadata,
    column("group_id", Id(GroupId), primary_key=True, purpose="the group they paused in"),
    column("person", Id(PersonId), primary_key=True, purpose="whom nobody asks for anything"),
    column("until", Moment, nullable=True, purpose="until when; empty means until they say otherwise"),
    info=kept(topic="pauses", ends=_RESUMED, seen=Seen.THEMSELVES, limit=Limit(("until",), days(0))),
)

bookmarks = Table(
    "bookmarks",
    metadata,
    column("world", Text, primary_key=True, purpose="which world", holds="a world's name in the settings"),
    column("name", Text, primary_key=True, purpose="which mark", holds="one of a few words"),
    column(
        "mark",
        Text,
        purpose="where reading a platform goes on after a restart",
        holds="what the platform calls a place in its stream of events",
    ),
    info=kept(topic="marks", ends=_WORLD, seen=Seen.NOBODY, latest="with the world", passing=True),
)

_DEALT_WITH = "when it was dealt with; after a day at most"

inbox = Table(
    "inbox",
    metadata,
    column("id", Integer, primary_key=True, purpose="the order of hearing"),
    column("world", Text, purpose="which world", holds="a world's name in the settings"),
    column(
        "event",
        Text,
        purpose="what to read again after a crash; not what was said",
        holds="the platform's id of an event",
    ),
    column("room", Text, purpose="where to read it", holds="the platform's id of a room"),
    column("heard_at", Moment, purpose="when it is too old to be answered"),
    UniqueConstraint("world", "event"),
    info=kept(topic="marks", ends=_DEALT_WITH, seen=Seen.NOBODY, limit=Limit(("heard_at",), days(1)), passing=True),
)

_BACKUPS_GONE = "when every backup from before it is past its date: [backup] keep_days"

forgotten = Table(
    "forgotten",
    metadata,
    column(
        "digest",
        Text,
        primary_key=True,
        purpose="that somebody was forgotten, so that a restore forgets them again",
        holds="a number that tells nobody who it was, without a secret that no backup holds",
    ),
    column("at", Moment, purpose="which backups it is newer than"),
    info=kept(topic="forgotten", ends=_BACKUPS_GONE, seen=Seen.NOBODY, latest=_BACKUPS_GONE),
)
