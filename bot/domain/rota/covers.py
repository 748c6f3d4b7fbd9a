"""Offers of shifts: somebody who is on would let another have it. They stay on until that other has said yes."""

from dataclasses import dataclass, replace
from typing import Self

from bot.domain.ids import PersonId
from bot.domain.rota.parts import WHOLE, Part
from bot.domain.rota.rota import ShiftId


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Shifts of one person that somebody else may have, each of them or the part of it that is said.

    To anyone, or to one person alone. With `back`, it is a swap: whoever takes it gives that shift of theirs for it.
    `shifts` are in order, and more than one only of whole shifts.
    """

    code: str
    person: PersonId
    shifts: tuple[ShiftId, ...]
    part: Part = WHOLE
    to: PersonId | None = None
    back: ShiftId | None = None

    def is_for(self, person: PersonId) -> bool:
        """Return whether that person may take it."""
        return person != self.person and self.to in {None, person}

    def of(self, shifts: tuple[ShiftId, ...]) -> Self:
        """Return the same offer of these shifts alone."""
        return replace(self, shifts=shifts)
