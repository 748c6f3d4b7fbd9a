"""A change of a rota that waits for the word of whoever wished it, who was shown what it would mean to others."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from whenever import Date, Instant, TimeDelta

from bot.domain.ids import PersonId
from bot.domain.rota.changing import Shape
from bot.domain.rota.rota import Rota
from bot.domain.rota.sheet import Sheet

WAITS = TimeDelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a rota's shifts would be made of, once `person` agrees, up to `until`.

    `rota` is its id, and `stamp` tells whether it is still as it was when the person was shown.
    """

    code: str
    rota: str
    person: PersonId
    shape: Shape
    stamp: str
    until: Instant

    def is_of(self, sheet: Sheet) -> bool:
        """Return whether the rota, and who is on it, is as it was."""
        return self.stamp == stamp(sheet, self.until - WAITS)

    def is_of_rota(self, rota: Rota) -> bool:
        """Return whether the rota's shifts are as they were, whoever is on them."""
        return self.stamp.startswith(_of_rota(rota, _first(rota, self.until - WAITS)))


def stamp(sheet: Sheet, since: Instant) -> str:
    """Return what is another for any other shifts or yeses, but for those of dates before `since`, which go."""
    roster, first = sheet.roster, _first(sheet.rota, since)
    entries = (
        *roster.standing,
        *(yes for yes in roster.single if yes.shift.date >= first),
        *(no for no in roster.away if no.shift.date >= first),
        *(no for no in roster.absent if no.last >= first),
    )
    return _of_rota(sheet.rota, first) + _digest(entries)


def _first(rota: Rota, since: Instant) -> Date:
    return since.to_tz(rota.zone).date()


def _of_rota(rota: Rota, first: Date) -> str:
    closed = (closure for closure in rota.closed if closure.last >= first)
    return _digest((*rota.patterns, *closed, rota.lines, rota.zone, rota.holidays))


def _digest(values: Iterable[object]) -> str:
    return hashlib.blake2s("\n".join(sorted(map(repr, values))).encode(), digest_size=8).hexdigest()
