"""A first step: what a group asks of somebody before they may offer company. Asking for company needs none, ever.

It is taken or it is not; how far somebody is with it is worked out when it is needed, and kept nowhere.
"""

from dataclasses import dataclass

from whenever import Instant, TimeDelta

from bot.domain.saying import Line

# As many members as a first step by welcome usually takes, and as stand in where nobody can tell how long one is there.
TWO_MEMBERS = 2
MOST_DAYS, MOST_WELCOMES = 365, 5
_DAY = TimeDelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstStep:
    """So many `days` in the group, of 24 hours each, or so many members' `welcomes`. With neither, nothing is asked."""

    days: int | None = None
    welcomes: int | None = None

    @property
    def is_asked(self) -> bool:
        """Whether anything is asked for."""
        return self != FirstStep()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """Whether somebody is in a group, and since when without a break, as the platform tells it at this moment.

    `since` is the earliest moment that it shows, or None; unless it is `exact`, they may have been there before.
    """

    here: bool
    since: Instant | None = None
    exact: bool = False

    @property
    def told(self) -> Instant | None:
        """Since when they are there, if that is certain."""
        return self.since if self.here and self.exact else None


NOT_TOLD = Stay(here=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How it is for one person: whether they may offer company, and what they are told of it."""

    may_offer: bool
    lines: tuple[Line, ...] = ()


def is_taken(step: FirstStep, stay: Stay, welcomes: int, now: Instant) -> bool:
    """Return whether somebody has taken a group's first step.

    Where the platform cannot tell since when they are there, two members' welcome stands in for the days: the step is
    not held to be taken unseen, and nobody is kept out by what only the platform knows.
    """
    if step.days is None:
        return welcomes >= (step.welcomes or 0)
    if not stay.here:
        return False
    if stay.since is not None and now >= stay.since + step.days * _DAY:
        return True
    return stay.told is None and welcomes >= TWO_MEMBERS


def taken_from(step: FirstStep, stay: Stay) -> Instant | None:
    """Return from when on it is taken by staying; None where that is not told, or where it is no step of days."""
    return None if step.days is None or stay.told is None else stay.told + step.days * _DAY
