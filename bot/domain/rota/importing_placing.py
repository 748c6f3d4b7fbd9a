"""Events of a calendar on the rota's own wall. One of another zone is taken over where it is the same there."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from whenever import Date, Instant, PlainDateTime, Time

from bot.domain.rota.importing import Hours, Round, Single, Taken, Unread, Unreadable, Wanted, in_zone, shift_of
from bot.domain.rota.importing_events import Moments, Stamp, moments
from bot.domain.rota.importing_rules import LAST_YEAR, counted
from bot.domain.rota.recurrence import Rule
from bot.domain.saying import Refused, line

# Of all events of a file together, beside their beginnings.
MOST_STAMPS = 1000
_NO_OTHERS: tuple[Date, ...] = ()


def placed(found: Sequence[Moments], into: Taken, wanted: Wanted) -> None:
    """Put the events into what was taken, and note what cannot be. Refuses more dates than are looked at."""
    if sum(len(each.more) + len(each.without) for each in found) > MOST_STAMPS:
        raise Refused("rota-file-many", most=MOST_STAMPS)
    placing = _Placing(into=into, wanted=wanted)
    series = {each.uid for each in found if each.instead_of is None}
    # One whose series is not in the file stands by itself.
    instead = [each for each in found if each.instead_of is not None and each.uid in series]
    for each in instead:
        if each.cancelled and each.instead_of is not None:
            placing.cancelled[each.uid].append(each.instead_of)
    apart = {each.number for each in instead}
    for each in found:
        if each.number not in apart and not each.cancelled:
            placing.noting(each, placing.place)
    for each in instead:
        if not each.cancelled:
            placing.noting(each, placing.is_the_same)


@dataclass(slots=True, kw_only=True)
class _Placing:
    """Puts one event after the other. `cancelled` are those of a series that do not take place, by its UID."""

    into: Taken
    wanted: Wanted
    cancelled: defaultdict[str, list[Stamp]] = field(default_factory=lambda: defaultdict(list))

    def noting(self, event: Moments, do: Callable[[Moments], None]) -> None:
        try:
            do(event)
        except Unreadable as unreadable:
            self.into.unread.append(Unread(number=event.number, why=unreadable.why))

    def place(self, event: Moments) -> None:
        """Put an event where it belongs: what comes round, and single dates."""
        without = self._without(event)
        others = _NO_OTHERS
        if event.rule is not None:
            others = self._round(event, without)
            stamps: Sequence[Stamp] = event.more
        else:
            stamps = (event.starts, *event.more)
        for stamp in stamps:
            date, hours = self._single(event, stamp)
            if date not in without and date not in others:
                self.into.singles.append(Single(number=event.number, date=date, hours=hours))

    def is_the_same(self, event: Moments) -> None:
        """See that one which stands for one of a series is what the rota makes of it anyway, or has gone."""
        date, _ = self._single(event, event.starts)
        if event.instead_of is not None and max(event.instead_of.date(self.into.zone), date) < self._today:
            self.into.over += 1
            return
        when = self._moments(event, event.starts)
        if event.instead_of is None or event.instead_of.date(self.into.zone) != date or not self._makes(when, date):
            raise Unreadable(line("rota-file-moved", date=date))

    def _makes(self, when: tuple[Instant, Instant], date: Date) -> bool:
        """Return whether something that was put there makes the shift of that date just then."""
        on_date = [each.hours for each in self.into.rounds if any(each.rule.dates(each.starts, date, date))]
        on_date += [each.hours for each in self.into.singles if each.date == date]
        shifts = (shift_of(hours, date, self.into.zone) for hours in on_date)
        return any((shift.begins, shift.ends) == when for shift in shifts)

    def _single(self, event: Moments, stamp: Stamp) -> tuple[Date, Hours]:
        """Return the date and the hours of the event that begins then. Raises `Unreadable`."""
        if stamp.zone in {None, self.into.zone}:
            starts, ends = event.beginning(stamp)
            return starts.wall.date(), self._hours(event, starts.wall.time(), ends.wall.time())
        found = in_zone(self._moments(event, stamp), self._people(event), self.into.zone)
        if found is None:
            raise Unreadable(line("rota-file-twice"))
        return found

    def _round(self, event: Moments, without: frozenset[Date]) -> tuple[Date, ...]:
        """Put what comes round there; return its first date. Raises `Unreadable`."""
        if event.rule is None:
            return ()
        rule, starts = event.rule.rule, event.starts.wall.date()
        if next(rule.dates(starts, starts, starts), None) is None:
            raise Unreadable(line("rota-file-rule"))
        last = counted(rule, starts, event.rule.count) if event.rule.count is not None else self._until(event)
        if last is not None and last < starts:
            self.into.over += 1
            return ()
        hours = self._round_hours(event, rule, last)
        if hours is None:
            self.into.over += 1
        else:
            self.into.rounds.append(
                Round(number=event.number, rule=rule, starts=starts, last=last, hours=hours, without=without)
            )
        return tuple(date for date in self._dates(event) if any(rule.dates(starts, date, date)))

    def _round_hours(self, event: Moments, rule: Rule, last: Date | None) -> Hours | None:
        """Return its hours on the rota's wall; None for what has gone. Raises `Unreadable`."""
        starts, zone = event.starts, self.into.zone
        if starts.zone in {None, zone}:
            return self._hours(event, starts.wall.time(), event.ends.wall.time())
        begins = starts.wall.date()
        first = next(rule.dates(begins, max(begins, self._today), last or Date(LAST_YEAR, 12, 31)), None)
        if first is None:
            return None
        found = in_zone(self._moments(event, Stamp(wall=first.at(starts.wall.time()), zone=starts.zone)), (1, 1), zone)
        if found is None or found[0] != first:
            raise Unreadable(line("rota-file-other-zone", zone=starts.zone or zone))
        self.into.elsewhere = True
        return self._hours(event, found[1].time, found[1].ends)

    @property
    def _today(self) -> Date:
        return self.wanted.now.to_tz(self.into.zone).date()

    def _until(self, event: Moments) -> Date | None:
        """Return the last date on which it may begin by its UNTIL, or None when it goes on."""
        until = None if event.rule is None else event.rule.until
        if until is None:
            return None
        zone = event.zone or self.into.zone
        try:
            date = Date.parse_iso(until["date"])
            if until["time"] is None:
                return date
            wall = PlainDateTime.parse_iso(f"{until['date']}T{until['time']}")
            if until["utc"]:
                wall = wall.assume_utc().to_tz(zone).to_plain()
            return wall.date() if wall.time() >= event.starts.wall.time() else wall.date().subtract(days=1)
        except ValueError:
            raise Unreadable(line("rota-file-rule")) from None

    def _without(self, event: Moments) -> frozenset[Date]:
        zone = self.into.zone if event.rule is None else event.zone or self.into.zone
        stamps = (*event.without, *(self.cancelled.get(event.uid, ())))
        return frozenset(each if isinstance(each, Date) else each.date(zone) for each in stamps)

    def _dates(self, event: Moments) -> Iterator[Date]:
        return (each.date(event.zone or self.into.zone) for each in event.more)

    def _moments(self, event: Moments, stamp: Stamp) -> tuple[Instant, Instant]:
        return moments(event.beginning(stamp), self.into.zone)

    def _hours(self, event: Moments, time: Time, ends: Time) -> Hours:
        fewest, most = self._people(event)
        return Hours(time=time, ends=ends, fewest=fewest, most=most)

    def _people(self, event: Moments) -> tuple[int, int]:
        return event.people or (self.wanted.people, self.wanted.people)
