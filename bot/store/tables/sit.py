"""Sits: an ask to its end, who it was put to, who offered, and who meets. All of it ends."""

from sqlalchemy import Boolean, ForeignKey, Integer, Table, Text, false

from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.sit.wishes import Circle, Room, Where
from bot.ports.datamap import Seen
from bot.store.tables.base import Id, Limit, Moment, column, days, kept, metadata

_OVER = "the moment the ask is over"
_ANSWERED = "when all have said so, or the moment the sit is over"
_CIRCLES = "a few of four words for who hears of it"

asks = Table(
    "asks",
    metadata,
    column("id", Text, primary_key=True, purpose="the code that is typed to answer", holds="a code of our own"),
    column("group_id", Id(GroupId), index=True, purpose="which group it belongs to"),
    column("asker", Id(PersonId), purpose="who is told of offers, and who meets", seen=Seen.BOTH),
    column("place", Id(PlaceId), nullable=True, purpose="the room that hears of it, if the whole room is to"),
    column("wanted", Text, purpose="what kind of company", holds="one of a few kinds"),
    column("minutes", Integer, purpose="how long the company is wanted for"),
    column("ticks", Text, server_default="", purpose="what is off the table, what is welcome", holds="a few of eight"),
    column("company", Integer, server_default="1", purpose="how many may come, besides the one who asked"),
    column("meets", Text, server_default=Where.ROOM, purpose="where they meet", holds="room or direct"),
    column("after_it", Text, server_default=Room.GOES, purpose="what becomes of their room", holds="goes or stays"),
    column("asked_at", Moment, purpose="the order of asks", seen=Seen.ASKER),
    column("starts_at", Moment, nullable=True, purpose="when the sit is to begin, if not now"),
    column("answer_by", Moment, purpose="when the asker is told how it stands", seen=Seen.ASKER),
    column("ahead", Text, server_default="", purpose="who is still to hear of it", holds=_CIRCLES, seen=Seen.ASKER),
    column("heard", Text, server_default=Circle.OPEN, purpose="who heard of it", holds=_CIRCLES, seen=Seen.ASKER),
    column("every", Integer, server_default="10", purpose="after how many minutes it widens", seen=Seen.ASKER),
    column("widens_at", Moment, nullable=True, purpose="when it is put to more people next", seen=Seen.ASKER),
    column(
        "everyone", Boolean, server_default=false(), purpose="whether anyone in the room may answer", seen=Seen.ASKER
    ),
    column(
        "noted",
        Boolean,
        server_default=false(),
        purpose="whether they wrote a line, which stands in no row, so that I can ask for it again",
        seen=Seen.ASKER,
    ),
    column("stage", Text, purpose="what can happen next", holds="one of a few words", seen=Seen.ASKER),
    column("ends_at", Moment, nullable=True, purpose="when the time they agreed on is over", seen=Seen.BOTH),
    column("room", Id(PlaceId), nullable=True, purpose="where they are, while I am to take it away", seen=Seen.BOTH),
    column(
        "again",
        Text,
        nullable=True,
        purpose="how they say that they are open to sitting again",
        holds="a code of our own",
        seen=Seen.BOTH,
    ),
    column("change_by", Id(PersonId), nullable=True, purpose="who would like the card changed", seen=Seen.BOTH),
    column(
        "change",
        Text,
        nullable=True,
        purpose="what they would like changed in it",
        holds="a kind, a length, and a few of eight",
        seen=Seen.BOTH,
    ),
    info=kept(
        topic="asks",
        ends=_OVER,
        seen=Seen.ASKED,
        limit=Limit(("answer_by", "starts_at", "ends_at"), days(2)),
    ),
)


def _of_ask() -> ForeignKey:
    return ForeignKey(asks.c.id, ondelete="CASCADE")


invited = Table(
    "invited",
    metadata,
    column(
        "ask_id",
        Text,
        _of_ask(),
        primary_key=True,
        purpose="which ask",
        holds="an ask's code",
    ),
    column("person", Id(PersonId), primary_key=True, purpose="who may answer it"),
    info=kept(topic="asks", ends=_OVER, seen=Seen.NOBODY),
)

offers = Table(
    "offers",
    metadata,
    column(
        "ask_id",
        Text,
        _of_ask(),
        primary_key=True,
        purpose="which ask",
        holds="an ask's code",
        seen=Seen.BOTH,
    ),
    column("number", Integer, primary_key=True, purpose="what the asker types to pick it"),
    column("person", Id(PersonId), purpose="whose yes it is"),
    info=kept(topic="asks", ends=_OVER, seen=Seen.ASKER),
)

sitters = Table(
    "sitters",
    metadata,
    column("ask_id", Text, _of_ask(), primary_key=True, purpose="which ask", holds="an ask's code"),
    column("number", Integer, primary_key=True, purpose="the order in which they were picked"),
    column("person", Id(PersonId), purpose="who was picked, until it is over"),
    info=kept(topic="asks", ends=_OVER, seen=Seen.BOTH),
)

sit_named = Table(
    "sit_named",
    metadata,
    column("ask_id", Text, _of_ask(), primary_key=True, purpose="which ask", holds="an ask's code"),
    column("person", Id(PersonId), primary_key=True, purpose="whom the asker would like it put to"),
    info=kept(topic="asks", ends=_OVER, seen=Seen.ASKER),
)

sit_words = Table(
    "sit_words",
    metadata,
    column("ask_id", Text, _of_ask(), primary_key=True, purpose="which ask", holds="an ask's code"),
    column("word", Text, primary_key=True, purpose="what they said yes to", holds="longer, change or unheard"),
    column("person", Id(PersonId), primary_key=True, purpose="who said yes to it"),
    info=kept(topic="asks", ends=_ANSWERED, seen=Seen.THEMSELVES),
)
