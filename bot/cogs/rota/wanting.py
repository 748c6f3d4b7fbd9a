"""What somebody asks of one rota: which shift, which part of it, once or standing. The rota is held from then on."""

from dataclasses import dataclass

from whenever import Weekday

from bot.domain.commands import Asked
from bot.domain.people import Ways
from bot.domain.rota.naming import sheet_meant, shift_meant
from bot.domain.rota.parts import WHOLE, Part
from bot.domain.rota.pattern import Pattern
from bot.domain.rota.reading import EVERY, SaidDay
from bot.domain.rota.recurrence import Frequency, Rule
from bot.domain.rota.roster import Standing
from bot.domain.rota.rota import Rota, Shift
from bot.domain.rota.said_part import SaidPart, part_of
from bot.domain.rota.signing import LOOKED_AHEAD, Signing
from bot.ports.keeping import People
from bot.ports.rota import RotaShelf

_EVERY_DAY = Rule(frequency=Frequency.DAILY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody asks of one rota: the shift they mean, or None, and which part of it; every so many weeks, or once.

    `said` is the part in their own words, if they said one; `every` is 0 for once.
    """

    signing: Signing
    shift: Shift | None
    part: Part
    said: SaidPart | None
    every: int
    ways: Ways

    @property
    def rota(self) -> Rota:
        """The rota it is about."""
        return self.signing.sheet.rota

    @property
    def places(self) -> tuple[Standing, ...]:
        """The standing places meant: that of the shift, or those of all of the rota's lines."""
        if self.shift is not None:
            return (self._place(self.shift),)
        return tuple(self._place(shift) for pattern in self.rota.patterns for shift in self._firsts(pattern))

    @property
    def held(self) -> tuple[Standing, ...]:
        """The standing places of theirs that are meant: all, or those that the shift is one of."""
        theirs = self.signing.sheet.roster.of(self.signing.person)
        return tuple(theirs if self.shift is None else (place for place in theirs if _same(place, self.shift)))

    def _place(self, shift: Shift) -> Standing:
        return Standing(
            person=self.signing.person,
            pattern=shift.id.pattern,
            day=shift.date.day_of_week() if _by_weekday(shift.pattern) else None,
            since=shift.date,
            every=max(self.every, 1),
        )

    def _firsts(self, pattern: Pattern) -> list[Shift]:
        """Return the first shift of a line that is not over, of each of its weekdays where it goes by them."""
        now, firsts = self.signing.now, dict[Weekday | None, Shift]()
        for shift in self.rota.coming(now, now + LOOKED_AHEAD):
            if shift.id.pattern == pattern.number:
                firsts.setdefault(shift.date.day_of_week() if _by_weekday(pattern) else None, shift)
        return list(firsts.values())


def _by_weekday(pattern: Pattern) -> bool:
    """Return whether places on it are of weekdays: it is every week, on some of them, or every day."""
    rule = pattern.recurrence
    return isinstance(rule, Rule) and (rule.frequency is Frequency.WEEKLY or rule == _EVERY_DAY)


def _same(place: Standing, shift: Shift) -> bool:
    """Return whether the shift is of the line and the weekday of a standing place."""
    return place.pattern == shift.id.pattern and place.day in {None, shift.date.day_of_week()}


class Wants:
    """Finds out what is meant."""

    def __init__(self, *, shelf: RotaShelf, people: People) -> None:
        self._shelf = shelf
        self._people = people

    async def wanted(self, asked: Asked) -> Wanted:
        """Return what was asked for, the rota held, so that nobody else changes it meanwhile."""
        ways = await self._people.ways(asked.group, asked.person)
        sheets = await self._shelf.held(asked.group)
        sheet, meant = sheet_meant(sheets, asked.get("rota", tuple))
        day, every = asked.get("date", SaidDay) or meant.day, asked.get("every", str)
        shift = shift_meant(sheet.rota, day, ways.zone, asked.at) if day else None
        return Wanted(
            signing=Signing.among(sheets, sheet, person=asked.person, zone=ways.zone, now=asked.at),
            shift=shift,
            part=part_of(asked.get("part", SaidPart), shift, ways.zone) if shift else WHOLE,
            said=asked.get("part", SaidPart),
            every=meant.every if every is None else EVERY[every],
            ways=ways,
        )
