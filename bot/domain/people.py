"""A person's own ways: what they told the bot about themselves, and nothing worked out about them."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from whenever import Instant, TimeDelta

from bot.domain.quiet import Quiet


class Nation(StrEnum):
    """The four nations, whose rules differ. Ids as in the signposting packs."""

    ENGLAND = "england"
    SCOTLAND = "scotland"
    WALES = "wales"
    NI = "ni"


class Reach(StrEnum):
    """How a ping may reach a person: in private and nowhere else, or else by their name in the room, or not at all."""

    PRIVATE = "private"
    MENTION = "mention"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Nobody asks them for anything, until `until`; None means until they say otherwise. No reason is asked or kept."""

    until: Instant | None = None

    def holds(self, at: Instant) -> bool:
        """Return whether it holds at that moment."""
        return self.until is None or at < self.until


DAY_BEFORE = TimeDelta(hours=24)
QUARTER_HOUR_BEFORE = TimeDelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How one person wants things. `zone` is an IANA name; a nation of None means not told.

    `leads` are how long before a shift a ping comes, longest first; empty means no pings. `reach` is only ever the
    person's own choice: no group and nobody who runs the bot makes it for them. So are all that follow it: hours in
    which nothing is said to them first, the most shifts they are asked for in a week from Monday to Sunday in their
    zone, the least time between two shifts, whether they may be asked to fill gaps, and a pause; None means none.
    """

    zone: str = "Europe/London"
    nation: Nation | None = None
    leads: tuple[TimeDelta, ...] = (DAY_BEFORE, QUARTER_HOUR_BEFORE)
    reach: Reach = Reach.PRIVATE
    quiet: Quiet | None = None
    weekly: int | None = None
    rest: TimeDelta | None = None
    gaps: bool = False
    pause: Pause | None = None

    @property
    def pings(self) -> tuple[TimeDelta, ...]:
        """How long before a shift a ping is sent to them: `leads`, and none when their calendar is enough."""
        return () if self.reach is Reach.CALENDAR else self.leads

    def asked_from(self, at: Instant) -> Instant | None:
        """Return the first moment from `at` on at which they may be asked for anything: not paused, not quiet.

        None when their pause has no end.
        """
        if self.pause is not None and self.pause.holds(at):
            if self.pause.until is None:
                return None
            at = self.pause.until
        return self.out_of_quiet(at)

    def out_of_quiet(self, at: Instant) -> Instant:
        """Return the first moment from `at` on at which it is not quiet for them."""
        return at if self.quiet is None else self.quiet.put_off(at, self.zone)

    def wishing(self, wish: "Wish") -> Self:
        """Return these ways with what the person themselves wished for laid over them."""
        return replace(
            self,
            zone=self.zone if wish.zone is None else wish.zone,
            nation=self.nation if wish.nation is None else wish.nation,
            leads=self.leads if wish.leads is None else wish.leads,
            reach=self.reach if wish.reach is None else wish.reach,
            quiet=self.quiet if wish.quiet is None else wish.quiet,
            weekly=self.weekly if wish.weekly is None else wish.weekly,
            rest=self.rest if wish.rest is None else wish.rest,
            gaps=self.gaps if wish.gaps is None else wish.gaps,
            pause=self.pause if wish.pause is None else wish.pause,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What one person told about themselves in one group; None means never told, so the group's ways hold."""

    zone: str | None = None
    nation: Nation | None = None
    leads: tuple[TimeDelta, ...] | None = None
    reach: Reach | None = None
    quiet: Quiet | None = None
    weekly: int | None = None
    rest: TimeDelta | None = None
    gaps: bool | None = None
    pause: Pause | None = None
