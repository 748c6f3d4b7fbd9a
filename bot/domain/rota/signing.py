"""Joining and leaving. Joining needs room in every shift it says yes to; leaving needs nothing, until a shift ends."""

from dataclasses import dataclass

from whenever import Instant, Weekday

from bot.domain.ids import PersonId
from bot.domain.rota.roster import HORIZON, Roster, Sheet
from bot.domain.rota.rota import Shift
from bot.domain.saying import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """One person at one rota's sheet, at one moment. `zone` is theirs, for the times in a refusal.

    Each method returns the roster after it, the same one when nothing changes.
    """

    sheet: Sheet
    person: PersonId
    zone: str
    now: Instant

    def join_once(self, shift: Shift) -> Roster:
        """Put them on one shift. Refuses one that is over, full, or more than eight weeks ahead."""
        if shift.ends <= self.now:
            raise Refused("rota-shift-over")
        if self.person in self.sheet.on(shift):
            return self.sheet.roster
        if shift.begins > self.now + HORIZON:
            raise Refused("rota-shift-far", until=(self.now + HORIZON).to_tz(self.zone).date())
        if self.sheet.open(shift) < 1:
            raise Refused("rota-shift-full", when=shift.starts.to_tz(self.zone))
        return self.sheet.roster.with_once(self.person, shift.date)

    def join_weekly(self, days: frozenset[Weekday]) -> Roster:
        """Give them a weekly place on those days. Refuses when the places are taken or any shift ahead is full."""
        new = days - self.sheet.roster.days_of(self.person)
        if any(self._taken(day) >= self.sheet.rota.people for day in new):
            raise Refused("rota-weekly-taken")
        full = tuple(shift for shift in self._ahead(new) if self._full(shift))
        if full:
            raise Refused("rota-weekly-full", dates=tuple(shift.starts.to_tz(self.zone).date() for shift in full))
        return self.sheet.roster.with_weekly(self.person, new)

    def leave_once(self, shift: Shift) -> Roster:
        """Take them off one shift. Refuses one that is over."""
        if shift.ends <= self.now:
            raise Refused("rota-shift-over")
        return self.sheet.roster.without_once(self.person, shift.date)

    def leave_weekly(self, days: frozenset[Weekday]) -> Roster:
        """End their weekly places on those days."""
        held = days & self.sheet.roster.days_of(self.person)
        return self.sheet.roster.without_weekly(self.person, held) if held else self.sheet.roster

    def theirs(self) -> tuple[Shift, ...]:
        """Return the shifts they are on, the next eight weeks."""
        return tuple(shift for shift in self.sheet.within_horizon(self.now) if self.person in self.sheet.on(shift))

    def free(self) -> tuple[Shift, ...]:
        """Return the shifts they could join, the next eight weeks."""
        ahead = self.sheet.within_horizon(self.now)
        return tuple(shift for shift in ahead if self.sheet.open(shift) > 0 and self.person not in self.sheet.on(shift))

    def _taken(self, day: Weekday) -> int:
        return sum(1 for yes in self.sheet.roster.standing if yes.day is day)

    def _ahead(self, days: frozenset[Weekday]) -> tuple[Shift, ...]:
        return tuple(shift for shift in self.sheet.within_horizon(self.now) if shift.date.day_of_week() in days)

    def _full(self, shift: Shift) -> bool:
        return self.person not in self.sheet.on(shift) and self.sheet.open(shift) < 1


def emptied(before: Sheet, after: Sheet, now: Instant, within: Instant) -> tuple[Shift, ...]:
    """Return the shifts that lost their last person, begin by `within`, and whose gap the room has not been told."""
    return tuple(
        shift
        for shift in before.rota.shifts(now, within)
        if before.on(shift) and not after.on(shift) and shift.date not in after.roster.told
    )
