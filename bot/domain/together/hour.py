"""An open hour: people come and go, and nobody keeps a list. It holds choices and ids, and nobody but who started it.

In one place there is one at a time. What the room was told of one stands: it goes on to its end.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self, TypeAlias

from whenever import Instant, TimeDelta

from bot.domain.codes import code_for
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.rota.sheet import Sheet
from bot.domain.saying import Refused

KIND = "together"
# So long an open hour may be that somebody starts, and so far ahead; one of a shift is as long as the shift.
LONGEST = TimeDelta(hours=4)
FURTHEST_DAYS = 14
MOST = 10
# The end of one is told so late, and no later: after that nobody waits for it.
LATEST = TimeDelta(hours=1)
# Where no shift begins for so long, it is looked again.
LOOKED_AGAIN = TimeDelta(hours=24)


class Company(StrEnum):
    """What kind of company. `BESIDE`: each doing something of their own."""

    QUIET = "quiet"
    TALK = "talk"
    EITHER = "either"
    BESIDE = "side by side"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour:
    """One open hour. `begun` says that its room was told so; until then it is planned.

    `starter` may end it: None where a shift opened it, or where they left. `named` says that they chose to be named.
    """

    id: str
    group: GroupId
    place: PlaceId
    company: Company
    starts: Instant
    ends: Instant
    starter: PersonId | None = None
    named: bool = False
    begun: bool = False

    @property
    def due_key(self) -> str:
        """The key of its one moment in the diary."""
        return f"{KIND}:{self.id}"

    @property
    def shown(self) -> PersonId | None:
        """Who is named with it, or None."""
        return self.starter if self.named else None

    def meets(self, other: Self) -> bool:
        """Return whether the two would be in one place at one time."""
        return self.place == other.place and self.starts < other.ends and other.starts < self.ends

    def without_starter(self) -> Self:
        """Return the same open hour, which is nobody's."""
        return replace(self, starter=None, named=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Begins:
    """The room is to hear that there is one."""

    hour: Hour


@dataclass(frozen=True, slots=True, kw_only=True)
class Over:
    """The room is to hear that it is over."""

    hour: Hour


Happening: TypeAlias = Begins | Over


def refuse_too_far(hour: Hour, now: Instant) -> None:
    """Refuse one that begins later than may be planned."""
    if hour.starts > now + TimeDelta(hours=24 * FURTHEST_DAYS):
        raise Refused("together-far", days=FURTHEST_DAYS)


def met(hour: Hour, others: Iterable[Hour]) -> Hour | None:
    """Return the first of the others that would be in the same place at the same time, or None."""
    return next((other for other in others if hour.meets(other)), None)


def of_shifts(sheet: Sheet, company: Company, now: Instant) -> Iterator[Hour]:
    """Give the open hours of a rota's shifts that are on now and that somebody is on.

    Its code is that of the shift and its end: again it is the same, so that it opens once.
    """
    rota = sheet.rota
    for shift in rota.coming(now, now):
        if sheet.on(shift):
            yield Hour(
                id=code_for(KIND, f"{rota.id}:{shift.id}:{shift.ends.timestamp()}"),
                group=rota.group,
                place=rota.place,
                company=company,
                starts=shift.begins,
                ends=shift.ends,
            )


def brought_up(
    hours: Sequence[Hour], of_rotas: Iterable[Hour], now: Instant
) -> tuple[tuple[Hour, ...], tuple[Happening, ...]]:
    """Return the open hours of a group that are left at `now`, and what their rooms are to hear.

    `of_rotas` are those of shifts that are on. What comes while there is another in its place waits until that is over.
    One that was over before its room could be told is told of by nobody.
    """
    left = [hour for hour in hours if hour.ends > now]
    ended = sorted((hour for hour in hours if hour.ends <= now), key=_by_end)
    happenings: list[Happening] = [Over(hour=hour) for hour in ended if hour.begun and now - hour.ends <= LATEST]
    known = {hour.id for hour in hours}
    waiting = [hour for hour in left if not hour.begun and hour.starts <= now]
    waiting += [hour for hour in of_rotas if hour.id not in known and hour.starts <= now < hour.ends]
    taken = {hour.place for hour in left if hour.begun}
    for hour in sorted(waiting, key=_by_start):
        if hour.place not in taken:
            begun = replace(hour, begun=True)
            taken.add(hour.place)
            left = [*(each for each in left if each.id != hour.id), begun]
            happenings.append(Begins(hour=begun))
    return tuple(sorted(left, key=_by_start)), tuple(happenings)


def next_due(hour: Hour, hours: Iterable[Hour], now: Instant) -> Instant:
    """Return the next moment of one of these open hours: its beginning, its end, or when its place is free."""
    if hour.begun:
        return hour.ends
    if hour.starts > now:
        return hour.starts
    before = (other.ends for other in hours if other.begun and other.place == hour.place)
    return min((*before, hour.ends))


def next_shift(sheet: Sheet, now: Instant) -> Instant:
    """Return when to look at a rota's shifts again: as one begins, and within a day."""
    again = now + LOOKED_AGAIN
    return next((shift.begins for shift in sheet.rota.shifts(now, again)), again)


def _by_start(hour: Hour) -> tuple[Instant, str]:
    return hour.starts, hour.id


def _by_end(hour: Hour) -> tuple[Instant, str]:
    return hour.ends, hour.id
