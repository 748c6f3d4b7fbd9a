"""Joining and leaving. Joining needs room in every shift it says yes to; leaving needs nothing, until a shift ends."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Self

from whenever import Date, Instant, TimeDelta

from bot.domain.ids import PersonId
from bot.domain.rota.parts import WHOLE, Part, Parts, without
from bot.domain.rota.roster import Once, Roster, Standing
from bot.domain.rota.rota import LONGEST_SHIFT, Shift, ShiftId
from bot.domain.rota.sheet import Sheet
from bot.domain.rota.stretch import COUNTED
from bot.domain.saying import Refused

# A standing place is held against those of others, and against the person's own other shifts, this far ahead.
LOOKED_AHEAD = TimeDelta(hours=24 * 366)
_MOST_DATES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """One person at one rota's sheet, at one moment. `zone` is theirs, for the times in a refusal.

    `others` are the group's other sheets: nobody can be on two shifts at a time. Each method returns the roster after
    it, the same one when nothing changes.
    """

    sheet: Sheet
    person: PersonId
    zone: str
    now: Instant
    others: tuple[Sheet, ...] = ()

    @classmethod
    def among(cls, sheets: Iterable[Sheet], sheet: Sheet, *, person: PersonId, zone: str, now: Instant) -> Self:
        """Return the person at one of the group's sheets, the rest of which are the others."""
        others = tuple(each for each in sheets if each.rota.id != sheet.rota.id)
        return cls(sheet=sheet, person=person, zone=zone, now=now, others=others)

    def at(self, sheet: Sheet) -> Self:
        """Return the same person at the sheet as it is now."""
        return replace(self, sheet=sheet)

    def join_once(self, shift: Shift, part: Part = WHOLE) -> Roster:
        """Put them on one shift, or a part of it. Refuses what is over, full, too far ahead, or at a time they have."""
        ahead = self.still(shift, part)
        missing = self._missing(shift, ahead)
        if not missing:
            return self.sheet.roster
        if shift.begins > self.now + self.sheet.rota.opens:
            raise Refused("rota-shift-far", until=(self.now + self.sheet.rota.opens).to_tz(self.zone).date())
        if any(self.sheet.room(shift, each) < 1 for each in missing):
            raise Refused("rota-shift-full", when=shift.starts.to_tz(self.zone))
        self.refuse_two_at_a_time(shift, missing)
        return self.sheet.roster.with_part(self.person, shift, ahead)

    def join_standing(self, places: Iterable[Standing]) -> Roster:
        """Give them standing places. Refuses taken ones, and when a shift ahead is full or at a time they have."""
        wanted, held = frozenset(places), self.sheet.roster.of(self.person)
        year = list(self.sheet.rota.coming(self.now, self.now + LOOKED_AHEAD))
        ahead = [shift for shift in year if _holds(wanted, shift) and not _holds(held, shift)]
        if not ahead:
            return self.sheet.roster
        if any(self._taken(shift) >= shift.pattern.most for shift in ahead):
            raise Refused("rota-weekly-taken")
        full = [shift for shift in ahead if any(self.sheet.room(shift, each) < 1 for each in self._missing(shift))]
        if full:
            raise Refused("rota-weekly-full", dates=self._dates(full))
        if any(self.clash(shift, (WHOLE,)) for shift in ahead):
            raise Refused("rota-weekly-busy", dates=self._dates(each for each in ahead if self.clash(each, (WHOLE,))))
        implied = {place for place in held if all(_holds(wanted, shift) for shift in year if place.holds(shift))}
        standing = self.sheet.roster.standing - implied | wanted
        return replace(self.sheet.roster, standing=standing)

    def leave_once(self, shift: Shift, part: Part = WHOLE) -> Roster:
        """Take them off one shift, or off a part of it. Refuses one that is over."""
        return self.sheet.roster.without_part(self.person, shift, self.still(shift, part))

    def leave_standing(self, places: Iterable[Standing]) -> Roster:
        """End these standing places of theirs. What they were on this week stays, for it counts to a weekly limit."""
        held = frozenset(places) & self.sheet.roster.of(self.person)
        if not held:
            return self.sheet.roster
        left = self.sheet.roster.without_standing(held)
        # Being away from a date goes with the last place that it was of: whoever takes that again, takes all of it.
        places = left.of(self.person)
        away = frozenset(no for no in left.away if no.person != self.person or self._is_of(places, no.shift))
        return replace(left, away=away, single=left.single | frozenset(self._been_on(left)))

    def _is_of(self, places: frozenset[Standing], id_: ShiftId) -> bool:
        shift = self.sheet.rota.shift(id_)
        return shift is not None and _holds(places, shift)

    def _been_on(self, left: Roster) -> Iterator[Once]:
        """Give what they were on within a week that is over now, and that the roster they left does not know of."""
        for shift in self.sheet.rota.shifts(self.now - COUNTED - LONGEST_SHIFT, self.now):
            if shift.ends <= self.now and not left.stands(self.person, shift):
                for part in self.sheet.roster.parts(self.person, shift):
                    yield Once(person=self.person, shift=shift.id, part=part)

    def still(self, shift: Shift, part: Part = WHOLE) -> Part:
        """Return what of the part is still to come. Refuses when nothing is."""
        ahead = part.within(shift.length) if shift.ends > self.now else None
        begun = shift.minutes_by(self.now)
        if ahead is None or (ahead.ends is not None and ahead.ends <= begun):
            raise Refused("rota-shift-over")
        return replace(ahead, starts=max(ahead.starts, begun))

    def theirs(self) -> tuple[Shift, ...]:
        """Return the shifts they are on and that are not over, as far ahead as the rota opens."""
        return tuple(shift for shift in self.sheet.within_horizon(self.now) if self.person in self.sheet.on(shift))

    def free(self) -> tuple[Shift, ...]:
        """Return the shifts they could join, as far ahead as the rota opens."""
        ahead = self.sheet.within_horizon(self.now)
        return tuple(shift for shift in ahead if self.sheet.room(shift) > 0 and self.person not in self.sheet.on(shift))

    def refuse_two_at_a_time(self, shift: Shift, parts: Iterable[Part], leaving: Shift | None = None) -> None:
        """Refuse when they are on another shift then, but for the one they are `leaving`."""
        found = self.clash(shift, parts, leaving)
        if found is not None:
            sheet, other = found
            raise Refused("rota-busy-then", name=sheet.rota.name, when=other.starts.to_tz(self.zone))

    def clash(self, shift: Shift, parts: Iterable[Part], leaving: Shift | None = None) -> tuple[Sheet, Shift] | None:
        """Return another shift that they are on at the same time as these parts of one, or None."""
        wanted = [(shift.at(part.starts), shift.at(part.ends)) for part in parts]
        for sheet, other in self._near(shift):
            if sheet is self.sheet and other.id in {shift.id, leaving.id if leaving else None}:
                continue
            for part in sheet.roster.parts(self.person, other):
                begins, ends = other.at(part.starts), other.at(part.ends)
                if any(begins < until and after < ends for after, until in wanted):
                    return sheet, other
        return None

    def _near(self, shift: Shift) -> Iterator[tuple[Sheet, Shift]]:
        for sheet in (self.sheet, *self.others):
            if self.person in sheet.roster.people:
                yield from ((sheet, other) for other in sheet.rota.shifts(shift.begins - LONGEST_SHIFT, shift.ends))

    def _missing(self, shift: Shift, part: Part = WHOLE) -> Parts:
        """Return what of the part they are not on."""
        return without((part,), self.sheet.roster.parts(self.person, shift))

    def _taken(self, shift: Shift) -> int:
        """Return how many have a standing place on that shift, whether they are away or not."""
        return len({yes.person for yes in self.sheet.roster.standing if yes.holds(shift)} - {self.person})

    def _dates(self, shifts: Iterable[Shift]) -> tuple[Date, ...]:
        return tuple(shift.starts.to_tz(self.zone).date() for shift, _ in zip(shifts, range(_MOST_DATES), strict=False))


def _holds(places: Iterable[Standing], shift: Shift) -> bool:
    return any(place.holds(shift) for place in places)


def emptied(before: Sheet, after: Sheet, now: Instant, within: Instant) -> tuple[Shift, ...]:
    """Return the shifts that became short, begin by `within`, and whose gap the room has not been told.

    Of a shift that was not there, the room hears with what made it. One that was further away is as if nothing were
    known of it.
    """
    found = ((shift, before.rota.shift(shift.id)) for shift in after.rota.coming(now, within))
    return tuple(
        shift
        for shift, was in found
        if was is not None
        and without(after.gaps(shift), before.gaps(was) if was.begins <= within else ())
        and shift.id not in after.roster.told
    )
