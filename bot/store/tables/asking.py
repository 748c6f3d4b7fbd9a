"""Asking when a shift needs people: when they were last asked, for what they are not asked again, and reserves."""

from sqlalchemy import ForeignKey, Integer, Table, Text

from bot.domain.ids import GroupId, PersonId
from bot.ports.datamap import Seen
from bot.store.tables.base import Id, Limit, LocalDate, Moment, column, days, kept, metadata
from bot.store.tables.rota import rotas

_WEEK = "seven days after it, or when the person leaves the group"
_ASKED = "three days after the date, when the shift is full, or when the rota ends"
_RESERVE = "three days after the date, when the person was asked and it is full, takes it back, or when the rota ends"

asked_last = Table(
    "asked_last",
    metadata,
    column("group_id", Id(GroupId), primary_key=True, purpose="in which group"),
    column("person", Id(PersonId), primary_key=True, purpose="who was asked; what they answered is kept nowhere"),
    column(
        "at", Moment, purpose="when a rota last asked them, so that they are not asked for a day, and others sooner"
    ),
    info=kept(topic="asking", ends=_WEEK, seen=Seen.THEMSELVES, limit=Limit(("at",), days(7))),
)


def _of_rota() -> ForeignKey:
    return ForeignKey(rotas.c.id, ondelete="CASCADE")


rota_asked = Table(
    "rota_asked",
    metadata,
    column("rota", Text, _of_rota(), primary_key=True, purpose="which rota", holds="a rota's id"),
    column("date", LocalDate, primary_key=True, purpose="for the shift of which date"),
    column("pattern", Integer, primary_key=True, purpose="of which line of the rota"),
    column("person", Id(PersonId), primary_key=True, purpose="who was asked, or has left it, and is not asked again"),
    column("until", Moment, nullable=True, purpose="until when they are waited for; emptied when that is over"),
    info=kept(topic="asking", ends=_ASKED, seen=Seen.THEMSELVES, limit=Limit(("date",), days(3))),
)

rota_reserve = Table(
    "rota_reserve",
    metadata,
    column("rota", Text, _of_rota(), primary_key=True, purpose="which rota", holds="a rota's id"),
    column("date", LocalDate, primary_key=True, purpose="for the shift of which date"),
    column("pattern", Integer, primary_key=True, purpose="of which line of the rota"),
    column("person", Id(PersonId), primary_key=True, purpose="who would like to be asked first if a place opens"),
    column("since", Moment, purpose="who said so before others, and is asked before them"),
    info=kept(topic="asking", ends=_RESERVE, seen=Seen.THEMSELVES, limit=Limit(("date",), days(3))),
)
