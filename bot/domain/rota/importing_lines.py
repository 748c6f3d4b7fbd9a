"""What was read of a file, made into lines of a rota: the shifts of the file and no others, or else it is named."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from whenever import Date, Weekday

from bot.domain.rota.closing import Closure
from bot.domain.rota.importing import Brought, Hours, Round, Single, Taken, Unread, Wanted, pattern_of, shift_of
from bot.domain.rota.pattern import Pattern
from bot.domain.rota.recurrence import Dates, Frequency, Rule, weekly
from bot.domain.rota.said import MOST_LINES
from bot.domain.saying import Refused, line

# What can still be read back, and looked at each time that the rota is.
MOST_DATES, MOST_CLOSED = 60, 60
# As many times each day of the week has to come for its dates to be a rule.
_FEWEST_WEEKS = 3
_A_WEEK = 7


def brought(taken: Taken, wanted: Wanted) -> Brought:
    """Return the rota that it makes. Refuses what is nothing, or more than a rota can be."""
    made = _Made(taken=taken, wanted=wanted)
    patterns = made.patterns()
    if len(patterns) > MOST_LINES:
        raise Refused("rota-file-lines", lines=len(patterns), most=MOST_LINES)
    dates = sum(len(each.recurrence.days_on) for each in patterns if isinstance(each.recurrence, Dates))
    if dates > MOST_DATES:
        raise Refused("rota-file-dates", dates=dates, most=MOST_DATES)
    closed = made.closed(patterns)
    if len(closed) > MOST_CLOSED:
        raise Refused("rota-file-closed", dates=len(closed), most=MOST_CLOSED)
    return Brought(
        patterns=tuple(replace(each, number=number) for number, each in enumerate(patterns, 1)),
        zone=taken.zone,
        closed=closed,
        unread=tuple(sorted((*taken.unread, *made.unread), key=lambda each: each.number)),
        over=taken.over + made.over,
        elsewhere=taken.elsewhere,
    )


@dataclass(slots=True, kw_only=True)
class _Made:
    """Works the lines out, and notes what is over or cannot be said of a rota."""

    taken: Taken
    wanted: Wanted
    unread: list[Unread] = field(default_factory=list)
    over: int = 0
    _comes: list[Round] = field(default_factory=list)

    def patterns(self) -> list[Pattern]:
        """Return the lines, those that come round first."""
        self._comes = [*self._rounds()]
        rounds = [_round(each) for each in _joined(self._comes)]
        return rounds + [pattern for hours, dates in self._dates().items() for pattern in _of_dates(hours, dates)]

    def closed(self, patterns: Sequence[Pattern]) -> tuple[Closure, ...]:
        """Return the dates on which all that would fall on them is left out; what cannot be closed alone is noted."""
        left: defaultdict[Date, list[Round]] = defaultdict(list)
        for each in self._comes:
            for date in each.without:
                if date >= self._today and any(each.rule.dates(each.starts, date, date)):
                    left[date].append(each)
        closed = set[Date]()
        for date, rounds in left.items():
            if sum(each.falls_on(date) for each in patterns) <= len(rounds):
                closed.add(date)
            else:
                why = line("rota-file-except", date=date)
                self.unread += [Unread(number=each.number, why=why) for each in rounds]
        return tuple(_stretches(sorted(closed)))

    @property
    def _today(self) -> Date:
        return self.wanted.now.to_tz(self.taken.zone).date()

    def _rounds(self) -> Iterator[Round]:
        """Give what comes round still, each once, from its first date that is not over."""
        seen = dict[object, int]()
        for each in self.taken.rounds:
            if (first := seen.setdefault(_key(each), each.number)) != each.number:
                self._same(each.number, first)
                continue
            last = self._today.add(years=100) if each.last is None else each.last
            begins = next(each.rule.dates(each.starts, self._today, last), None)
            if begins is None:
                self.over += 1
            else:
                yield replace(each, starts=begins)

    def _dates(self) -> dict[Hours, list[Date]]:
        """Return the single dates to come, by their hours; what is said twice is noted."""
        seen, found = dict[object, int](), defaultdict[Hours, set[Date]](set)
        for each in self.taken.singles:
            if self._is_over(each):
                self.over += 1
            elif (first := seen.setdefault((each.date, each.hours), each.number)) != each.number:
                self._same(each.number, first)
            else:
                found[each.hours].add(each.date)
        return {hours: sorted(dates) for hours, dates in found.items()}

    def _is_over(self, single: Single) -> bool:
        return shift_of(single.hours, single.date, self.taken.zone).ends <= self.wanted.now

    def _same(self, number: int, first: int) -> None:
        self.unread.append(Unread(number=number, why=line("rota-file-same", number=first)))


def _key(each: Round) -> object:
    return each.rule, each.starts, each.last, each.hours


def _round(each: Round) -> Pattern:
    return replace(pattern_of(each.hours, each.rule, each.starts), last=each.last)


def _joined(rounds: Iterable[Round]) -> Iterator[Round]:
    """Give them with those put together that come every week at the same hours, on days of their own."""
    weeks = dict[object, list[Round]]()
    for each in rounds:
        every_week = each.rule.frequency is Frequency.WEEKLY and each.rule.interval == 1
        weeks.setdefault((each.hours, each.last) if every_week else _key(each), []).append(each)
    for group in weeks.values():
        starts = min(each.starts for each in group)
        if any(starts.add(days=_A_WEEK) <= each.starts for each in group):
            yield from group
        else:
            first, *others = group
            days = [day for each in group for day in each.rule.days]
            yield replace(first, starts=starts, rule=_weekly(days) if others else first.rule)


def _weekly(days: Iterable[Weekday]) -> Rule:
    rule = weekly(days)
    return Rule(frequency=Frequency.DAILY) if len(rule.days) == _A_WEEK else rule


def _of_dates(hours: Hours, dates: Sequence[Date]) -> Iterator[Pattern]:
    """Give one line of those dates: every week, where they are just that, or else one by one."""
    rule = _weekly(date.day_of_week() for date in dates)
    days = len(rule.days) or _A_WEEK
    if len(dates) >= days * _FEWEST_WEEKS and list(rule.dates(dates[0], dates[0], dates[-1])) == list(dates):
        yield replace(pattern_of(hours, rule, dates[0]), last=dates[-1])
    else:
        yield replace(pattern_of(hours, rule, dates[0]), recurrence=Dates(days_on=tuple(dates)))


def _stretches(dates: Sequence[Date]) -> Iterator[Closure]:
    """Give the dates as stretches, those that follow one another together."""
    first = 0
    for place, date in enumerate(dates, 1):
        if place == len(dates) or dates[place] != date.add(days=1):
            yield Closure(first=dates[first], last=date)
            first = place
