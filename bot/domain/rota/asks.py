"""What is kept while people are asked for the shifts of one rota, and for which of them somebody is wanted now. Pure.

Of a no nothing stands here: whoever was asked for a shift is just not asked for it again, as is whoever has left it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Self

from whenever import Instant, TimeDelta

from bot.domain.ids import PersonId
from bot.domain.rota.asking import SHORTEST_ANSWER, Gap
from bot.domain.rota.happenings import LOOKED_AGAIN
from bot.domain.rota.parts import WHOLE, Parts
from bot.domain.rota.rota import LONGEST_SHIFT, Shift, ShiftId
from bot.domain.rota.sheet import Sheet
from bot.domain.rota.stretch import Stretch

# Sooner, a rota fills by itself: an ask a month ahead would be a chore, and would be over when plans have changed. In a
# week there is time for some rounds of a day each, and in all of it is kept when somebody was last asked.
ASKED_AHEAD = TimeDelta(hours=24 * 7)
# In it is the week of a shift, wherever people live, and the longest rest before and after it.
AROUND = TimeDelta(hours=24 * 7) + LONGEST_SHIFT


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Somebody who is not asked for a shift again. `until` is how long they are waited for; None when they are not."""

    shift: ShiftId
    person: PersonId
    until: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Somebody on the reserve list of a shift, `since` a moment: whoever came before is asked before."""

    shift: ShiftId
    person: PersonId
    since: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacancy:
    """A shift on which somebody is wanted for `parts`. Where it is not `short`, only its reserve is asked."""

    shift: Shift
    parts: Parts
    short: bool

    @property
    def stretch(self) -> Stretch:
        """From the beginning of the first part to the end of the last."""
        return Stretch(begins=self.shift.at(self.parts[0].starts), ends=self.shift.at(self.parts[-1].ends))


@dataclass(frozen=True, kw_only=True)
class Asks:
    """All of one rota's."""

    asked: frozenset[Asked] = frozenset()
    reserve: frozenset[Waiting] = frozenset()

    def reserve_of(self, shift: ShiftId) -> Mapping[PersonId, Instant]:
        """Return who is on the reserve list of a shift, in order, each with since when."""
        waiting = sorted(
            (each for each in self.reserve if each.shift == shift), key=lambda one: (one.since, one.person)
        )
        return {each.person: each.since for each in waiting}

    def gap(self, sheet: Sheet, vacancy: Vacancy) -> Gap:
        """Return a vacancy as the rules of asking have it; whoever is on a part of the shift is not asked for more."""
        shift = vacancy.shift
        asked = {each.person: each.until for each in self.asked if each.shift == shift.id}
        return Gap(
            key=f"{sheet.rota.id}:{shift.id}",
            stretch=vacancy.stretch,
            asked={**asked, **dict.fromkeys(sheet.on(shift), None)},
            reserve=tuple(self.reserve_of(shift.id)),
        )

    def asking(self, *people: Asked) -> Self:
        """Return them with these people asked, or not to be asked."""
        keys = {(each.shift, each.person) for each in people}
        others = (each for each in self.asked if (each.shift, each.person) not in keys)
        return replace(self, asked=frozenset(others) | frozenset(people))

    def awaiting(self, waiting: Waiting) -> Self:
        """Return them with somebody on a reserve list, at its end; who left the shift before may be asked again."""
        shift, person = waiting.shift, waiting.person
        if person in self.reserve_of(shift):
            return self
        asked = frozenset(each for each in self.asked if (each.shift, each.person) != (shift, person))
        return replace(self, asked=asked, reserve=self.reserve | {waiting})

    def not_awaiting(self, shift: ShiftId, person: PersonId) -> Self:
        """Return them with somebody off a reserve list."""
        return replace(self, reserve=frozenset(w for w in self.reserve if (w.shift, w.person) != (shift, person)))

    def settled(self, sheet: Sheet, now: Instant) -> Self:
        """Return what is still of use: nothing of shifts that are over or not there, nor of those who are on.

        When a shift is full, who was asked for it is let go of, and is no longer on its reserve list: that is used up.
        """
        shifts = {each.shift for each in self.asked} | {each.shift for each in self.reserve}
        alive = {id_: shift for id_ in shifts if (shift := sheet.rota.shift(id_)) and shift.ends > now}
        full = {id_ for id_, shift in alive.items() if is_full(sheet, shift)}
        on = {(id_, person) for id_, shift in alive.items() for person in sheet.on(shift)}
        asked = frozenset(
            replace(each, until=each.until if each.until and each.until > now else None)
            for each in self.asked
            if each.shift in alive.keys() - full and (each.shift, each.person) not in on
        )
        used = on | {(each.shift, each.person) for each in self.asked if each.shift in full}
        reserve = (each for each in self.reserve if each.shift in alive and (each.shift, each.person) not in used)
        return replace(self, asked=asked, reserve=frozenset(reserve))


def is_full(sheet: Sheet, shift: Shift) -> bool:
    """Return whether nobody could be on all of the shift, and nobody is wanted for a part of it."""
    return not sheet.room(shift) and not sheet.gaps(shift)


def full(sheet: Sheet, person: PersonId, now: Instant) -> tuple[Shift, ...]:
    """Return the shifts that somebody could wait for, as far ahead as the rota opens."""
    ahead = sheet.within_horizon(now)
    return tuple(shift for shift in ahead if not sheet.room(shift) and person not in sheet.on(shift))


def vacancies(sheet: Sheet, asks: Asks, now: Instant) -> tuple[Vacancy, ...]:
    """Return the shifts that people are asked for now, soonest first: short ones that are near, others of a reserve."""
    near = {shift.id: shift for shift in sheet.rota.coming(now, now + _ahead(sheet))}
    waited = {id_: shift for id_ in {each.shift for each in asks.reserve} if (shift := sheet.rota.shift(id_))}
    found = [_vacancy(sheet, shift, now, near=id_ in near) for id_, shift in (near | waited).items()]
    return tuple(sorted((each for each in found if each), key=lambda each: (each.shift.begins, each.shift.id)))


def next_look(sheet: Sheet, now: Instant) -> Instant:
    """Return when the next shift that is short comes near, or when to look again."""
    ahead = _ahead(sheet)
    coming = sheet.rota.shifts(now + ahead, now + ahead + LOOKED_AGAIN)
    return next((shift.begins - ahead for shift in coming if sheet.gaps(shift)), now + LOOKED_AGAIN)


def leavers(before: Sheet, after: Sheet, now: Instant) -> frozenset[Asked]:
    """Return those who are not on a shift any more, which has room now: they are not asked for it.

    Who ended a standing place may be asked for shifts that are further ahead than a week, as anybody may.
    """
    if _on(before) == _on(after):
        return frozenset()
    shifts = [shift for shift in before.rota.coming(now, now + before.rota.opens) if not is_full(after, shift)]
    return frozenset(
        Asked(shift=shift.id, person=person)
        for shift in shifts
        for person in set(before.on(shift)) - set(after.on(shift))
        if shift.begins <= now + ASKED_AHEAD or before.roster.of(person) == after.roster.of(person)
    )


def held(
    sheets: Iterable[Sheet], people: Iterable[PersonId], vacant: Iterable[Vacancy]
) -> Mapping[PersonId, list[Stretch]]:
    """Return what each of them is on in the weeks around these shifts."""
    stretches = [each.stretch for each in vacant]
    first, last = min(each.begins for each in stretches), max(each.ends for each in stretches)
    found = on_between(sheets, first - AROUND, last + AROUND)
    return {person: found.get(person, []) for person in people}


def on_between(sheets: Iterable[Sheet], after: Instant, until: Instant) -> Mapping[PersonId, list[Stretch]]:
    """Return what each is on, of all shifts that begin after `after`, up to and with `until`; nobody without any."""
    found: dict[PersonId, list[Stretch]] = {}
    for sheet in sheets:
        for shift in sheet.rota.shifts(after, until):
            for person, stints in groupby(sheet.stints(shift), lambda stint: stint.person):
                parts = [stint.part for stint in stints]
                stretch = Stretch(begins=shift.at(parts[0].starts), ends=shift.at(parts[-1].ends))
                found.setdefault(person, []).append(stretch)
    return found


def _vacancy(sheet: Sheet, shift: Shift, now: Instant, *, near: bool) -> Vacancy | None:
    gaps = sheet.gaps(shift)
    parts = gaps or ((WHOLE,) if sheet.room(shift) else ())
    still = tuple(part for part in parts if shift.at(part.starts) - SHORTEST_ANSWER >= now)
    return Vacancy(shift=shift, parts=still, short=near and bool(gaps)) if still else None


def _ahead(sheet: Sheet) -> TimeDelta:
    return min(ASKED_AHEAD, sheet.rota.opens)


def _on(sheet: Sheet) -> tuple[object, ...]:
    roster = sheet.roster
    return roster.standing, roster.single, roster.away, roster.absent
