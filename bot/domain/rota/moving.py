"""What a change of a rota means to each person on it: which of their shifts move, go, or come back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from whenever import Instant, TimeDelta

from bot.domain.ids import PersonId
from bot.domain.rota.parts import WHOLE, Part
from bot.domain.rota.roster import Standing
from bot.domain.rota.rota import LONGEST_SHIFT, Shift, ShiftId
from bot.domain.rota.sheet import Sheet
from bot.domain.rota.signing import LOOKED_AHEAD, Signing

Times: TypeAlias = tuple[tuple[Instant, Instant], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A shift, or a part of it, that somebody is on."""

    shift: Shift
    part: Part = WHOLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """The same shift at another time; `busy` is another of theirs at once, with its sheet, or None."""

    was: Held
    now: Held
    busy: tuple[Sheet, Shift] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """What a change means to one person, all of it in order.

    `gone` are shifts that there are no longer, and `back` those of a standing place on dates that were closed.
    `ended` are standing places that ended, and of `loosened` ones the dates stay, one by one.
    """

    person: PersonId
    moved: tuple[Moved, ...] = ()
    gone: tuple[Held, ...] = ()
    back: tuple[Moved, ...] = ()
    ended: tuple[Standing, ...] = ()
    loosened: tuple[Standing, ...] = ()

    @property
    def soonest(self) -> Instant | None:
        """When the first of these shifts begins, or began or would have, or None."""
        shifts = [*(each.was.shift for each in self.moved), *(each.now.shift for each in (*self.moved, *self.back))]
        shifts += [each.shift for each in self.gone]
        return min((shift.begins for shift in shifts), default=None)


def touched(before: Sheet, after: Sheet, now: Instant, others: tuple[Sheet, ...] = ()) -> tuple[Touched, ...]:
    """Return whom a change touches, by person. `others` are the group's other sheets. A year ahead is looked at."""
    was, is_ = _ahead(before, now, LOOKED_AHEAD), _ahead(after, now, LOOKED_AHEAD + LONGEST_SHIFT * 2)
    people = sorted({*before.roster.people, *after.roster.people})
    found = (_touched(person, was, is_, _Sheets(before, after, now, others)) for person in people)
    return tuple(each for each in found if each.moved or each.gone or each.back or each.ended or each.loosened)


def crowded(before: Sheet, after: Sheet, now: Instant) -> tuple[Shift, ...]:
    """Return the shifts on which there are more people than there is room for, and were not before."""
    return tuple(
        shift
        for shift in after.within_horizon(now)
        if len(after.on(shift)) > shift.pattern.most
        and ((was := before.rota.shift(shift.id)) is None or was.pattern.most > shift.pattern.most)
    )


@dataclass(frozen=True, slots=True)
class _Sheets:
    before: Sheet
    after: Sheet
    now: Instant
    others: tuple[Sheet, ...]

    def busy(self, person: PersonId, shift: Shift) -> tuple[Sheet, Shift] | None:
        """Return another shift of theirs at that time, of those that are near."""
        if shift.begins > self.now + self.after.rota.opens:
            return None
        signing = Signing(sheet=self.after, person=person, zone="UTC", now=self.now, others=self.others)
        return signing.clash(shift, self.after.roster.parts(person, shift))


def _ahead(sheet: Sheet, now: Instant, length: TimeDelta) -> Mapping[ShiftId, tuple[Shift, Mapping[PersonId, Times]]]:
    """Return the shifts that are not over, with the times of each person on them that are not."""
    return {shift.id: (shift, dict(_times(sheet, shift, now))) for shift in sheet.rota.coming(now, now + length)}


def _times(sheet: Sheet, shift: Shift, now: Instant) -> Iterator[tuple[PersonId, Times]]:
    for person in sheet.on(shift):
        theirs = [stint.part for stint in sheet.stints(shift) if stint.person == person]
        times = tuple((shift.at(part.starts), shift.at(part.ends)) for part in theirs)
        if any(until > now for _, until in times):
            yield person, times


def _touched(
    person: PersonId,
    was: Mapping[ShiftId, tuple[Shift, Mapping[PersonId, Times]]],
    is_: Mapping[ShiftId, tuple[Shift, Mapping[PersonId, Times]]],
    sheets: _Sheets,
) -> Touched:
    moved, gone, back = [], [], []
    for id_, (shift, on) in was.items():
        if person not in on:
            continue
        there = is_.get(id_)
        if there is None or person not in there[1]:
            gone.append(_held(sheets.before, person, shift))
        elif there[1][person] != on[person]:
            now = _held(sheets.after, person, there[0])
            held = _held(sheets.before, person, shift)
            moved.append(Moved(was=held, now=now, busy=sheets.busy(person, there[0])))
    for id_, (shift, on) in is_.items():
        if person in on and shift.begins <= sheets.now + LOOKED_AHEAD and not (id_ in was and person in was[id_][1]):
            held = _held(sheets.after, person, shift)
            back.append(Moved(was=held, now=held, busy=sheets.busy(person, shift)))
    over, more = _over(sheets, person), sheets.after.roster.single - sheets.before.roster.single
    lines = {yes.shift.pattern for yes in more if yes.person == person}
    return Touched(
        person=person,
        moved=tuple(moved),
        gone=tuple(gone),
        back=tuple(back),
        ended=tuple(place for place in over if place.pattern not in lines),
        loosened=tuple(place for place in over if place.pattern in lines),
    )


def _held(sheet: Sheet, person: PersonId, shift: Shift) -> Held:
    """Return the shift as that person has it; of several parts, from the first to the last."""
    parts = [stint.part for stint in sheet.stints(shift) if stint.person == person]
    return Held(shift=shift, part=Part(starts=parts[0].starts, ends=parts[-1].ends))


def _over(sheets: _Sheets, person: PersonId) -> tuple[Standing, ...]:
    """Return the standing places of a person that are none any more."""
    still = {(place.pattern, place.day) for place in sheets.after.roster.of(person)}
    gone = (place for place in sheets.before.roster.of(person) if (place.pattern, place.day) not in still)
    return tuple(sorted(gone, key=lambda place: (place.pattern, 0 if place.day is None else place.day.value)))
