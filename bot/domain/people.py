"""A person's own ways: what they told the bot about themselves, and nothing worked out about them."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from whenever import TimeDelta


class Nation(StrEnum):
    """The four nations, whose rules differ. Ids as in the signposting packs."""

    ENGLAND = "england"
    SCOTLAND = "scotland"
    WALES = "wales"
    NI = "ni"


class Reach(StrEnum):
    """How a ping may reach a person: in private and nowhere else, or else by their name in the room."""

    PRIVATE = "private"
    MENTION = "mention"


DAY_BEFORE = TimeDelta(hours=24)
QUARTER_HOUR_BEFORE = TimeDelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How one person wants things. `zone` is an IANA name; a nation of None means not told.

    `leads` are how long before a shift a ping comes, longest first; empty means no pings. `reach` is only ever the
    person's own choice: no group and nobody who runs the bot makes it for them.
    """

    zone: str = "Europe/London"
    nation: Nation | None = None
    leads: tuple[TimeDelta, ...] = (DAY_BEFORE, QUARTER_HOUR_BEFORE)
    reach: Reach = Reach.PRIVATE

    def wishing(self, wish: "Wish") -> Self:
        """Return these ways with what the person themselves wished for laid over them."""
        return replace(
            self,
            zone=self.zone if wish.zone is None else wish.zone,
            nation=self.nation if wish.nation is None else wish.nation,
            leads=self.leads if wish.leads is None else wish.leads,
            reach=self.reach if wish.reach is None else wish.reach,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What one person told about themselves in one group; None means never told, so the group's ways hold."""

    zone: str | None = None
    nation: Nation | None = None
    leads: tuple[TimeDelta, ...] | None = None
    reach: Reach | None = None
