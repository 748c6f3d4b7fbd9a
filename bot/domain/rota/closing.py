"""Dates on which a rota has no shifts: those a group named, and the bank holidays of a nation."""

from dataclasses import dataclass
from functools import cache

from whenever import Date

from bot.domain.people import Nation

# As the library names the parts of the United Kingdom.
_SUBDIVISIONS = {Nation.ENGLAND: "ENG", Nation.SCOTLAND: "SCT", Nation.WALES: "WLS", Nation.NI: "NIR"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """From one local date to another, both counted."""

    first: Date
    last: Date

    def holds(self, date: Date) -> bool:
        """Return whether the date is in it."""
        return self.first <= date <= self.last


@cache
def bank_holidays(nation: Nation, year: int) -> frozenset[Date]:
    """Return the bank holidays of a year, with the days that stand in for those on a weekend."""
    # Half a second and many countries: only for whoever chose it.
    from holidays import country_holidays  # noqa: PLC0415

    found = country_holidays("GB", subdiv=_SUBDIVISIONS[nation], years=year)
    return frozenset(Date(day.year, day.month, day.day) for day in found)
