"""A group's own ways: what its members set for all of them, in the open, and may change at any time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.firststep import FirstStep
from bot.domain.ids import GroupId, PlaceId
from bot.domain.people import Nation

NOTHING_FIRST = FirstStep()


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupWays:
    """How one group has things; None means never set, so the world's ways hold.

    `zone` is an IANA name. `channel` is where private rooms are made, in worlds where a group has several channels.
    `verified_only` says that the bot hands its keys only to devices that their owners verified. `first_step` is what
    comes before somebody may offer company, and `stance` what the group says of emergencies, in its own words.
    """

    zone: str | None = None
    nation: Nation | None = None
    locale: str | None = None
    channel: PlaceId | None = None
    verified_only: bool = False
    first_step: FirstStep = NOTHING_FIRST
    stance: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Languages:
    """The languages there are words for, as BCP 47 tags: those of a world may be usual there, else `usual` is."""

    known: Sequence[str]
    usual: str
    by_world: Mapping[str, str]

    def of(self, group: GroupId, own: str | None) -> str:
        """Return the language a group is spoken to in: its own, if there are words for it still, or its world's."""
        return own if own in self.known and own is not None else self.by_world.get(group.world, self.usual)

    def shown(self, group: GroupId, own: str | None) -> str | None:
        """Return the same, or None where there is nothing to choose from."""
        return self.of(group, own) if len(self.known) > 1 else None
