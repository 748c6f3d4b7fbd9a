"""Asking gently when a shift needs people: a few at a time, with time to answer, and never the same tired ones.

A no and a silence are the same, and whoever was asked for a shift is never asked for it again. Nobody is asked who did
not say that they may be; nor in their quiet hours, in a pause, over their weekly limit, without their rest, or together
with somebody from whom they are kept apart.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from types import MappingProxyType
from typing import TypeAlias

from whenever import Instant, TimeDelta

from bot.domain.ids import PersonId
from bot.domain.people import Ways
from bot.domain.rota.stretch import Stretch

# So many are waited for at once: enough that one may have time, few enough that not everybody is asked each time.
AT_A_TIME = 3
# An ask is a small weight also for whoever leaves it, and a group with many gaps must not become a daily chore.
BETWEEN_ASKS = TimeDelta(hours=24)
# People look at their messages at their own hours, so an ask is not followed by the next before they could; and
# nobody is asked so late that they could not get ready any more.
SHORTEST_ANSWER, LONGEST_ANSWER = TimeDelta(minutes=30), TimeDelta(hours=24)
_PART_OF_THE_TIME_LEFT = 4
_NEVER = Instant.MIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A shift that needs somebody. `key` names it for as long as it is there.

    `asked` are those who were asked for it, whatever they answered, with the moment until which they have time to;
    None says that it is over. Whoever just left the shift belongs there too, with None. `reserve` are those who said
    that they would like to be asked for this shift first, in their order: that is a yes to being asked. `company` are
    those who are on then, on this shift or on another.
    """

    key: str
    stretch: Stretch
    asked: Mapping[PersonId, Instant | None] = field(default_factory=lambda: MappingProxyType({}))
    reserve: tuple[PersonId, ...] = ()
    company: frozenset[PersonId] = frozenset()

    @property
    def latest(self) -> Instant:
        """The last moment at which asking is of use."""
        return self.stretch.begins - SHORTEST_ANSWER

    def answered_by(self, asked_at: Instant) -> Instant:
        """Return until when somebody who is asked then has time, before anybody else is asked in their place."""
        left = self.stretch.begins - asked_at
        return asked_at + min(max(left / _PART_OF_THE_TIME_LEFT, SHORTEST_ANSWER), LONGEST_ANSWER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody of the group: how they want things, what they said yes to, when they were last asked for anything.

    `on` needs to hold their shifts of the gap's week and a rest's length around it, in any rota. `last_asked` is kept
    for seven days at most; None means not since. `apart` are those with whom they are never brought together.
    """

    person: PersonId
    ways: Ways
    on: tuple[Stretch, ...] = ()
    last_asked: Instant | None = None
    apart: frozenset[PersonId] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """Who is asked now, until when each has time to answer, and when to look again.

    `again` of None means that nobody is waited for and nobody is left to ask: the gap simply stays.
    """

    ask: tuple[PersonId, ...]
    until: Instant
    again: Instant | None


# A candidate with the first moment at which they may be asked.
_Askable: TypeAlias = tuple[Candidate, Instant]


def next_round(gap: Gap, candidates: Iterable[Candidate], now: Instant, at_a_time: int = AT_A_TIME) -> Round:
    """Return who is asked at `now`, of those who may be, and when to look again.

    The reserve comes first and one by one, then the others, least recently asked first. Looking more often than said
    does no harm: as long as those who were asked have time to answer, nobody takes their place. Two who are kept apart
    are not waited for at once.
    """
    waited_for = {person: end for person, end in gap.asked.items() if end is not None and end > now}
    askable = sorted(_askable(gap, candidates, waited_for.keys(), now), key=lambda each: _turn(gap, each[0]))
    until = gap.answered_by(now)
    # Whom of the reserve an ask would reach only after that is not waited for, and asked when they can be.
    reserve = [(one, first) for one, first in askable if one.person in gap.reserve and first <= until]
    if waited_for.keys() & set(gap.reserve):
        chosen = []
    elif reserve:
        chosen = _at(now, reserve[:1])
    else:
        others = [each for each in askable if each[0].person not in gap.reserve]
        chosen = _at(now, others)[: max(at_a_time - len(waited_for), 0)]
    moments = [*waited_for.values(), *([until] if chosen else []), *(first for _, first in askable if first > now)]
    return Round(ask=tuple(chosen), until=until, again=min(moments, default=None))


def may_do(gap: Gap, candidate: Candidate) -> bool:
    """Return whether the person said that they may be asked, and the shift fits with what they are on and told."""
    on, ways = candidate.on, candidate.ways
    willing = (ways.gaps or candidate.person in gap.reserve) and candidate.apart.isdisjoint(gap.company)
    return willing and _rested(gap.stretch, on, ways.rest or TimeDelta()) and _within_week(gap.stretch, on, ways)


def asked_from(gap: Gap, candidate: Candidate, now: Instant) -> Instant | None:
    """Return the first moment from `now` on at which the person may be asked for the gap; None when never."""
    if candidate.person in gap.asked or not may_do(gap, candidate):
        return None
    free = now if candidate.last_asked is None else max(now, candidate.last_asked + BETWEEN_ASKS)
    first = candidate.ways.asked_from(free)
    return first if first is not None and first <= gap.latest else None


def _askable(
    gap: Gap, candidates: Iterable[Candidate], waited_for: Iterable[PersonId], now: Instant
) -> Iterator[_Askable]:
    waited_for = frozenset(waited_for)
    for candidate in candidates:
        first = asked_from(gap, candidate, now)
        if first is not None and candidate.apart.isdisjoint(waited_for):
            yield candidate, first


def _at(now: Instant, askable: Sequence[_Askable]) -> list[PersonId]:
    """Return those who may be asked now, in their order; of two who are kept apart, the first."""
    chosen: list[PersonId] = []
    for candidate, first in askable:
        if first == now and candidate.apart.isdisjoint(chosen):
            chosen.append(candidate.person)
    return chosen


def _turn(gap: Gap, candidate: Candidate) -> tuple[int, Instant, bytes]:
    """Return what the order goes by; among equals by a number of gap and person, so that no name is always first."""
    place = gap.reserve.index(candidate.person) if candidate.person in gap.reserve else len(gap.reserve)
    lot = sha256(f"{gap.key}\0{candidate.person}".encode()).digest()
    return place, candidate.last_asked or _NEVER, lot


def _rested(shift: Stretch, on: Iterable[Stretch], rest: TimeDelta) -> bool:
    return not any(shift.meets(each, rest) for each in on)


def _within_week(shift: Stretch, on: Iterable[Stretch], ways: Ways) -> bool:
    """Return whether one more is within their limit; a shift counts for the week in which it begins where they are."""
    if ways.weekly is None:
        return True
    week = shift.week(ways.zone)
    return sum(each.week(ways.zone) == week for each in on) < ways.weekly
