"""Rotas: the rule of each, and who said yes to which dates. A date's rows go three days after it."""

from sqlalchemy import ForeignKey, Integer, Table, Text, UniqueConstraint

from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.ports.datamap import Seen
from bot.store.tables.base import Id, Limit, LocalDate, Moment, column, days, kept, metadata

_ROTA = "when somebody of the group ends the rota"
_STANDING = "when the person leaves the weekly place, or the rota ends"
# A shift of a day, in the last time zone to reach its date, is over by then.
_DATE_LASTS = Limit(("date",), days(3))
_DATE = "three days after the date, when the person takes it back, or when the rota ends"
_GROUP = "when the group goes"

rotas = Table(
    "rotas",
    metadata,
    column(
        "id",
        Text,
        primary_key=True,
        purpose="what the other rows hold on to",
        holds="an id of our own",
        seen=Seen.NOBODY,
    ),
    column("group_id", Id(GroupId), purpose="which group it belongs to"),
    column("number", Integer, purpose="what people call it by"),
    column(
        "name",
        Text,
        purpose="what the group calls it",
        holds="words that the group chose",
        words_of=("rota new", "name"),
    ),
    column("rule", Text, purpose="on which weekdays it falls, as an RFC 5545 rule", holds="a rule of RFC 5545"),
    column("starts", LocalDate, purpose="the first local date it may fall on"),
    column("wall_time", Text, purpose="when a shift begins, on the wall", holds="a time of day"),
    column("zone", Text, purpose="on whose wall", holds="a time zone"),
    column("length_seconds", Integer, purpose="how long a shift is"),
    column("people", Integer, purpose="how many a shift is for"),
    column("place", Id(PlaceId), purpose="the room where check-ins open"),
    column(
        "words",
        Text,
        nullable=True,
        purpose="the group's own words that open a check-in",
        holds="words that the group chose",
        words_of=("rota new", "words"),
    ),
    column(
        "watermark",
        Moment,
        purpose="up to when everything due was done, so that nothing is said twice",
        seen=Seen.NOBODY,
    ),
    UniqueConstraint("group_id", "number"),
    info=kept(topic="rotas", ends=_ROTA, seen=Seen.GROUP),
)


def _of_rota() -> ForeignKey:
    return ForeignKey(rotas.c.id, ondelete="CASCADE")


rota_standing = Table(
    "rota_standing",
    metadata,
    column("rota", Text, _of_rota(), primary_key=True, purpose="which rota", holds="a rota's id"),
    column("person", Id(PersonId), primary_key=True, purpose="who said yes to every week"),
    column("weekday", Integer, primary_key=True, purpose="to which weekday, Monday being 1"),
    info=kept(topic="rotas", ends=_STANDING, seen=Seen.GROUP),
)

rota_single = Table(
    "rota_single",
    metadata,
    column("rota", Text, _of_rota(), primary_key=True, purpose="which rota", holds="a rota's id"),
    column("person", Id(PersonId), primary_key=True, purpose="who said yes to one date"),
    column("date", LocalDate, primary_key=True, purpose="to which date"),
    info=kept(topic="rotas", ends=_DATE, seen=Seen.GROUP, limit=_DATE_LASTS),
)

rota_away = Table(
    "rota_away",
    metadata,
    column("rota", Text, _of_rota(), primary_key=True, purpose="which rota", holds="a rota's id"),
    column("person", Id(PersonId), primary_key=True, purpose="who has a weekly place and cannot come once"),
    column("date", LocalDate, primary_key=True, purpose="on which date"),
    info=kept(topic="rotas", ends=_DATE, seen=Seen.GROUP, limit=_DATE_LASTS),
)

rota_told = Table(
    "rota_told",
    metadata,
    column("rota", Text, _of_rota(), primary_key=True, purpose="which rota", holds="a rota's id"),
    column("date", LocalDate, primary_key=True, purpose="whose gap the room was told of, so it is told once"),
    info=kept(topic="rotas", ends=_DATE, seen=Seen.GROUP, limit=_DATE_LASTS),
)

rota_numbers = Table(
    "rota_numbers",
    metadata,
    column("group_id", Id(GroupId), primary_key=True, purpose="which group"),
    column(
        "last", Integer, purpose="the last number given, so that an old button never means a new rota", seen=Seen.NOBODY
    ),
    info=kept(topic="rotas", ends=_GROUP, seen=Seen.GROUP),
)
