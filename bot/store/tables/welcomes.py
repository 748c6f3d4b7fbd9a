"""Welcomes: who welcomed whom, where a group asks for that before somebody offers company. A row is of both of them."""

from sqlalchemy import Table

from bot.domain.ids import GroupId, PersonId
from bot.ports.datamap import Seen
from bot.store.tables.base import Id, column, kept, metadata

_UNSAID = "when whoever said it takes it back, or either of the two leaves the group"

welcomes = Table(
    "welcomes",
    metadata,
    column("group_id", Id(GroupId), primary_key=True, purpose="the group it is for"),
    column("person", Id(PersonId), primary_key=True, purpose="who was welcomed, and so may offer company"),
    column("welcomer", Id(PersonId), primary_key=True, purpose="who welcomed them: each member's welcome stands once"),
    info=kept(topic="welcomes", ends=_UNSAID, seen=Seen.THEMSELVES),
)
