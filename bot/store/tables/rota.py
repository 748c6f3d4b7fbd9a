"""Rotas: the rule of each, and who said yes to which dates. A date's rows go three days after it."""

from sqlalchemy import ForeignKey, Integer, Table, Text, UniqueConstraint

from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.store.tables.base import Id, LocalDate, Moment, column, metadata

_ROTA = "when somebody of the group ends the rota"
_STANDING = "when the person leaves the weekly place, or the rota ends"
_DATE = "three days after the date, when the person takes it back, or when the rota ends"
_GROUP = "when the group goes"

rotas = Table(
    "rotas",
    metadata,
    column("id", Text, primary_key=True, purpose="what the other rows hold on to", ends=_ROTA),
    column("group_id", Id(GroupId), purpose="which group it belongs to", ends=_ROTA),
    column("number", Integer, purpose="what people call it by", ends=_ROTA),
    column("name", Text, purpose="what the group calls it", ends=_ROTA),
    column("rule", Text, purpose="on which weekdays it falls, as an RFC 5545 rule", ends=_ROTA),
    column("starts", LocalDate, purpose="the first local date it may fall on", ends=_ROTA),
    column("wall_time", Text, purpose="when a shift begins, on the wall", ends=_ROTA),
    column("zone", Text, purpose="on whose wall", ends=_ROTA),
    column("length_seconds", Integer, purpose="how long a shift is", ends=_ROTA),
    column("people", Integer, purpose="how many a shift is for", ends=_ROTA),
    column("place", Id(PlaceId), purpose="the room where check-ins open", ends=_ROTA),
    column("words", Text, nullable=True, purpose="the group's own words that open a check-in", ends=_ROTA),
    column(
        "watermark", Moment, purpose="up to when everything due was done, so that nothing is said twice", ends=_ROTA
    ),
    UniqueConstraint("group_id", "number"),
)


def _of_rota() -> ForeignKey:
    return ForeignKey(rotas.c.id, ondelete="CASCADE")


rota_standing = Table(
    "rota_standing",
    metadata,
    column("rota", Text, _of_rota(), primary_key=True, purpose="which rota", ends=_STANDING),
    column("person", Id(PersonId), primary_key=True, purpose="who said yes to every week", ends=_STANDING),
    column("weekday", Integer, primary_key=True, purpose="to which weekday, Monday being 1", ends=_STANDING),
)

rota_single = Table(
    "rota_single",
    metadata,
    column("rota", Text, _of_rota(), primary_key=True, purpose="which rota", ends=_DATE),
    column("person", Id(PersonId), primary_key=True, purpose="who said yes to one date", ends=_DATE),
    column("date", LocalDate, primary_key=True, purpose="to which date", ends=_DATE),
)

rota_away = Table(
    "rota_away",
    metadata,
    column("rota", Text, _of_rota(), primary_key=True, purpose="which rota", ends=_DATE),
    column("person", Id(PersonId), primary_key=True, purpose="who has a weekly place and cannot come once", ends=_DATE),
    column("date", LocalDate, primary_key=True, purpose="on which date", ends=_DATE),
)

rota_told = Table(
    "rota_told",
    metadata,
    column("rota", Text, _of_rota(), primary_key=True, purpose="which rota", ends=_DATE),
    column(
        "date", LocalDate, primary_key=True, purpose="whose gap the room was told of, so it is told once", ends=_DATE
    ),
)

rota_numbers = Table(
    "rota_numbers",
    metadata,
    column("group_id", Id(GroupId), primary_key=True, purpose="which group", ends=_GROUP),
    column("last", Integer, purpose="the last number given, so that an old button never means a new rota", ends=_GROUP),
)
