"""What the house itself keeps: what is to be said, when to wake, what people told about themselves, sync marks."""

from sqlalchemy import Index, Integer, Table, Text, UniqueConstraint

from bot.domain.ids import GroupId, PersonId
from bot.store.tables.base import PASSING, Id, Moment, column, metadata

_SENT = "emptied when sent; the row goes seven days later"
_DUE = "when the moment has come"
_TOLD = "when the person takes it back"

outbox = Table(
    "outbox",
    metadata,
    column("id", Integer, primary_key=True, purpose="the order of sending", ends=_SENT),
    column("key", Text, unique=True, purpose="makes saying it twice harmless", ends=_SENT),
    column("group_id", Id(GroupId), purpose="which group it belongs to", ends=_SENT),
    column("body", Text, nullable=True, purpose="to whom, which sentence, as ids, and the way back there", ends=_SENT),
    column("not_before", Moment, purpose="when to send or to try again", ends=_SENT),
    column("expires_at", Moment, purpose="when it is too late to be sent", ends=_SENT),
    column("claimed_until", Moment, nullable=True, purpose="which process is sending it", ends=_SENT),
    column("failures", Integer, default=0, purpose="how long to wait before the next try", ends=_SENT),
    column("done_at", Moment, nullable=True, purpose="that it was sent, so that it is not sent again", ends=_SENT),
    Index("ix_outbox_open", "done_at", "not_before"),
)

dues = Table(
    "dues",
    metadata,
    column("key", Text, primary_key=True, purpose="one moment for each subject", ends=_DUE),
    column("kind", Text, purpose="which step to take", ends=_DUE),
    column("group_id", Id(GroupId), purpose="which group it belongs to", ends=_DUE),
    column("about", Text, purpose="which rota or ask it is about", ends=_DUE),
    column("at", Moment, index=True, purpose="when to wake", ends=_DUE),
    column("failures", Integer, default=0, purpose="how long to wait before the next try", ends=_DUE),
)

wishes = Table(
    "wishes",
    metadata,
    column("group_id", Id(GroupId), primary_key=True, purpose="the group it was told in", ends=_TOLD),
    column("person", Id(PersonId), primary_key=True, purpose="who told it", ends=_TOLD),
    column("zone", Text, nullable=True, purpose="times in the person's own time zone", ends=_TOLD),
    column("nation", Text, nullable=True, purpose="cards for the nation they live in", ends=_TOLD),
    column("leads", Text, nullable=True, purpose="how long before a shift they want a ping", ends=_TOLD),
    column("reach", Text, nullable=True, purpose="that a ping may name them in the room", ends=_TOLD),
)

bookmarks = Table(
    "bookmarks",
    metadata,
    column("world", Text, primary_key=True, purpose="which world", ends="when the world is taken out"),
    column("name", Text, primary_key=True, purpose="which mark", ends="when the world is taken out"),
    column("mark", Text, purpose="where reading a platform goes on after a restart", ends="at the next mark"),
    info=PASSING,
)

_DEALT_WITH = "when it was dealt with; after a day at most"

inbox = Table(
    "inbox",
    metadata,
    column("id", Integer, primary_key=True, purpose="the order of hearing", ends=_DEALT_WITH),
    column("world", Text, purpose="which world", ends=_DEALT_WITH),
    column("event", Text, purpose="what to read again after a crash; not what was said", ends=_DEALT_WITH),
    column("room", Text, purpose="where to read it", ends=_DEALT_WITH),
    column("heard_at", Moment, purpose="when it is too old to be answered", ends=_DEALT_WITH),
    UniqueConstraint("world", "event"),
    info=PASSING,
)

_BACKUPS_GONE = "when every backup from before it is past its date: [backup] keep_days"

forgotten = Table(
    "forgotten",
    metadata,
    column(
        "digest",
        Text,
        primary_key=True,
        purpose="that somebody was forgotten, so that a restore forgets them again; holds no id",
        ends=_BACKUPS_GONE,
    ),
    column("at", Moment, purpose="which backups it is newer than", ends=_BACKUPS_GONE),
)
