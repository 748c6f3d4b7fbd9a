"""Sitting together as a group: open hours until their end, and which rotas hold them. Nobody who comes is in a row."""

from sqlalchemy import Boolean, ForeignKey, Table, Text

from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.ports.datamap import Seen
from bot.store.tables.base import Id, Limit, Moment, column, days, kept, metadata
from bot.store.tables.rota import rotas

_WANTED = "quiet, talk, either or side by side"

open_hours = Table(
    "open_hours",
    metadata,
    column("id", Text, primary_key=True, purpose="the code that it is ended by", holds="a code of our own"),
    column("group_id", Id(GroupId), index=True, purpose="which group it belongs to"),
    column("place", Id(PlaceId), purpose="in which room it is"),
    column("wanted", Text, purpose="what kind of company", holds=_WANTED),
    column("starts_at", Moment, purpose="when it begins"),
    column("until", Moment, purpose="when it ends"),
    column(
        "starter",
        Id(PersonId),
        nullable=True,
        purpose="who may end it; empty for one that a rota holds, and when they left",
        seen=Seen.THEMSELVES,
    ),
    column("named", Boolean, purpose="that they chose to be named with it"),
    column("begun", Boolean, purpose="that its room was told, so that it is told once", seen=Seen.NOBODY),
    info=kept(
        topic="open-hours",
        ends="when it is over, or called off",
        seen=Seen.GROUP,
        limit=Limit(("until",), days(1)),
    ),
)

open_hours_rotas = Table(
    "open_hours_rotas",
    metadata,
    column(
        "rota",
        Text,
        ForeignKey(rotas.c.id, ondelete="CASCADE"),
        primary_key=True,
        purpose="whose shifts open open hours",
        holds="the id of a rota",
    ),
    column("wanted", Text, purpose="what kind of company", holds=_WANTED),
    info=kept(topic="open-hours", ends="when somebody sets it so, or the rota ends", seen=Seen.GROUP),
)
