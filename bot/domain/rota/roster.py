"""Who said yes to what. Nobody stands here but by their own yes, and nobody's no leaves a trace past its date."""

from dataclasses import dataclass, field, replace
from typing import Self

from whenever import Date, Instant, TimeDelta, Weekday

from bot.domain.ids import PersonId
from bot.domain.rota.rota import Rota, Shift

HORIZON = TimeDelta(hours=24 * 7 * 8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A yes to every shift of one weekday, the rota's own, until it is taken back."""

    person: PersonId
    day: Weekday


@dataclass(frozen=True, slots=True, kw_only=True)
class Once:
    """One person and one date of the rota's own."""

    person: PersonId
    date: Date


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """Weekly places, single dates, dates a weekly person is away, and dates whose gap the room was told of."""

    standing: frozenset[Standing] = field(default_factory=frozenset)
    single: frozenset[Once] = field(default_factory=frozenset)
    away: frozenset[Once] = field(default_factory=frozenset)
    told: frozenset[Date] = field(default_factory=frozenset)

    @property
    def people(self) -> tuple[PersonId, ...]:
        """Everybody who has a place, weekly or single."""
        return tuple(sorted({yes.person for yes in self.standing} | {yes.person for yes in self.single}))

    def on(self, date: Date) -> tuple[PersonId, ...]:
        """Return who is on the shift of that date."""
        weekly = {yes.person for yes in self.standing if yes.day is date.day_of_week()}
        away = {no.person for no in self.away if no.date == date}
        single = {yes.person for yes in self.single if yes.date == date}
        return tuple(sorted((weekly - away) | single))

    def days_of(self, person: PersonId) -> frozenset[Weekday]:
        """Return the weekdays on which the person has a weekly place."""
        return frozenset(yes.day for yes in self.standing if yes.person == person)

    def with_once(self, person: PersonId, date: Date) -> Self:
        """Return it with the person on that one date."""
        if person in self.on(date):
            return self
        here = replace(self, away=self.away - {Once(person=person, date=date)})
        if person in here.on(date):
            return here
        return replace(here, single=here.single | {Once(person=person, date=date)})

    def without_once(self, person: PersonId, date: Date) -> Self:
        """Return it with the person off that one date; a weekly place stays for the others."""
        once = Once(person=person, date=date)
        here = replace(self, single=self.single - {once})
        return replace(here, away=here.away | {once}) if person in here.on(date) else here

    def with_weekly(self, person: PersonId, days: frozenset[Weekday]) -> Self:
        """Return it with a weekly place for the person on those days."""
        return replace(self, standing=self.standing | {Standing(person=person, day=day) for day in days})

    def without_weekly(self, person: PersonId, days: frozenset[Weekday]) -> Self:
        """Return it without the person's weekly places on those days, nor what they were away for."""
        return replace(
            self,
            standing=self.standing - {Standing(person=person, day=day) for day in days},
            away=frozenset(no for no in self.away if no.person != person or no.date.day_of_week() not in days),
        )

    def without(self, person: PersonId) -> Self:
        """Return it without anything of the person."""
        return replace(
            self,
            standing=frozenset(yes for yes in self.standing if yes.person != person),
            single=frozenset(yes for yes in self.single if yes.person != person),
            away=frozenset(no for no in self.away if no.person != person),
        )

    def telling(self, date: Date) -> Self:
        """Return it knowing that the room was told of the gap on that date."""
        return replace(self, told=self.told | {date})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A rota and who is on it."""

    rota: Rota
    roster: Roster

    def on(self, shift: Shift) -> tuple[PersonId, ...]:
        """Return who is on that shift."""
        return self.roster.on(shift.date)

    def open(self, shift: Shift) -> int:
        """Return how many places are open on that shift."""
        return self.rota.people - len(self.on(shift))

    def within_horizon(self, now: Instant) -> tuple[Shift, ...]:
        """Return the shifts people can be on one by one: not over, and at most eight weeks ahead."""
        return tuple(self.rota.coming(now, now + HORIZON))
