"""A rota and who is on it: how many are on when, what is open, and what is short."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Self

from whenever import Instant

from bot.domain.ids import PersonId
from bot.domain.rota.parts import WHOLE, Part, Parts, bounds, holds, joined, shared
from bot.domain.rota.roster import Roster, Stint
from bot.domain.rota.rota import Rota, Shift


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A rota and who is on it."""

    rota: Rota
    roster: Roster

    def with_roster(self, roster: Roster) -> Self:
        """Return the sheet with another roster."""
        return replace(self, roster=roster)

    def stints(self, shift: Shift) -> tuple[Stint, ...]:
        """Return who is on that shift and which parts of it, in order of people and time."""
        stints = self.roster.stints(shift)
        if all(stint.part.whole for stint in stints):
            return stints
        within = ((stint.person, stint.part.within(shift.length)) for stint in stints)
        return tuple(Stint(person=person, part=part) for person, part in within if part)

    def on(self, shift: Shift) -> tuple[PersonId, ...]:
        """Return who is on that shift, or on a part of it."""
        return tuple(dict.fromkeys(stint.person for stint in self.stints(shift)))

    def around(self, shift: Shift, at: Instant) -> tuple[PersonId, ...]:
        """Return who is on at that moment of the shift."""
        minute = int((at - shift.begins).total("minutes"))
        return tuple(stint.person for stint in self.stints(shift) if holds((stint.part,), minute))

    def room(self, shift: Shift, part: Part = WHOLE) -> int:
        """Return how many more could be on that part of the shift from its start to its end; never less than none."""
        numbers = [number for each, number in self._numbers(shift) if shared((each,), (part,))]
        return max(0, shift.pattern.most - max(numbers, default=0))

    def open_in_part(self, shift: Shift) -> bool:
        """Return whether one more could be on some part of the shift, if not on all of it."""
        return any(number < shift.pattern.most for _, number in self._numbers(shift))

    def gaps(self, shift: Shift) -> Parts:
        """Return the parts of the shift on which there are fewer than it needs."""
        return joined(part for part, number in self._numbers(shift) if number < shift.pattern.fewest)

    def within_horizon(self, now: Instant) -> tuple[Shift, ...]:
        """Return the shifts people can be on one by one: not over, and no further ahead than the rota opens."""
        return tuple(self.rota.coming(now, now + self.rota.opens))

    def _numbers(self, shift: Shift) -> Iterator[tuple[Part, int]]:
        """Give how many are on each part of the shift, part after part."""
        parts = [stint.part for stint in self.stints(shift)]
        edges: tuple[int | None, ...] = (*sorted({0, *bounds(parts)}), None)
        for starts, ends in pairwise(edges):
            if starts is not None:
                yield Part(starts=starts, ends=ends), sum(1 for part in parts if holds((part,), starts))
