"""Hellos: when somebody is to be said hello to, and what they laid down. No answer is a row, and all of it ends."""

from sqlalchemy import Boolean, ForeignKey, Integer, Table, Text, UniqueConstraint

from bot.domain.ids import GroupId, PersonId
from bot.ports.datamap import Seen
from bot.store.tables.base import Id, Limit, LocalDate, Moment, column, days, kept, metadata

_HELLO = "when the person stops it, or when its weeks are over"
_BUDDY = "when the buddy stops being one, when another is asked, or when the hellos end"
_QUESTION = "when it is answered, when the buddy was told, or when the hellos end"

hellos = Table(
    "hellos",
    metadata,
    column("id", Text, primary_key=True, purpose="the code that a buddy agrees with", holds="a code of our own"),
    column("group_id", Id(GroupId), purpose="which group it belongs to"),
    column("person", Id(PersonId), purpose="who is said hello to"),
    column("zone", Text, purpose="on whose wall the times are", holds="a time zone"),
    column("weeks", Integer, purpose="how many weeks it goes on for, and again when it is renewed"),
    column("until", Moment, purpose="when it ends by itself"),
    column("who", Text, purpose="who hears that they would like a hello", holds="one of three words"),
    column("unanswered", Text, purpose="what happens without an answer", holds="one of two words"),
    column("wait_minutes", Integer, purpose="how long an answer is waited for"),
    column("paused", Boolean, purpose="that no hello is said until they go on"),
    column("watermark", Moment, purpose="up to when all was said, so that nothing is said twice", seen=Seen.NOBODY),
    UniqueConstraint("group_id", "person"),
    # A question that is open at the end is dealt with within a day and a half.
    info=kept(topic="hellos", ends=_HELLO, seen=Seen.THEMSELVES, limit=Limit(("until",), days(2))),
)


def _of_hello() -> ForeignKey:
    return ForeignKey(hellos.c.id, ondelete="CASCADE")


hello_times = Table(
    "hello_times",
    metadata,
    column("hello", Text, _of_hello(), primary_key=True, purpose="whose times", holds="a code of hellos"),
    column("number", Integer, primary_key=True, purpose="which of their lines"),
    column("rule", Text, purpose="on which dates it falls, as RFC 5545 has it", holds="a rule of RFC 5545"),
    column("starts", LocalDate, purpose="the first local date it may fall on"),
    column("last", LocalDate, nullable=True, purpose="the last one, if there is one"),
    column("wall_time", Text, purpose="when, on the wall", holds="a time of day"),
    info=kept(topic="hellos", ends=_HELLO, seen=Seen.THEMSELVES),
)

hello_buddies = Table(
    "hello_buddies",
    metadata,
    column("hello", Text, _of_hello(), primary_key=True, purpose="for which hellos", holds="a code of hellos"),
    column("person", Id(PersonId), purpose="who was asked to be the buddy"),
    column("agreed", Boolean, purpose="that they said yes, before which nothing starts"),
    info=kept(topic="hellos", ends=_BUDDY, seen=Seen.BOTH),
)

hello_questions = Table(
    "hello_questions",
    metadata,
    column("hello", Text, _of_hello(), primary_key=True, purpose="of which hellos", holds="a code of hellos"),
    column("asked_at", Moment, primary_key=True, purpose="which hello it is"),
    column("answer_by", Moment, purpose="until when an answer is waited for"),
    column("tell_at", Moment, purpose="when the buddy hears that there is none"),
    info=kept(topic="hellos", ends=_QUESTION, seen=Seen.NOBODY, limit=Limit(("tell_at",), days(1))),
)
