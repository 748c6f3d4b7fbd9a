"""One line of a rota: on which dates, from when to when on the wall, for how many. The zone is the rota's."""

from collections.abc import Iterator
from dataclasses import dataclass

from whenever import Date, Time, TimeDelta

from bot.domain.rota.recurrence import Recurrence

A_DAY = TimeDelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """Shifts that come round. `number` tells it from the rota's other lines and is never given twice in a rota.

    The first date is not before `starts`; the last not after `last`, or None when it goes on. A shift goes from `time`
    to the next `ends` on the wall, a whole day when both are the same. Fewer than `fewest` people is a gap; there is
    room for `most`.
    """

    number: int = 1
    recurrence: Recurrence
    starts: Date
    last: Date | None = None
    time: Time
    ends: Time
    fewest: int = 1
    most: int = 1

    @property
    def length(self) -> TimeDelta:
        """How long a shift is on the wall: more than nothing, and a day at most."""
        return _since_midnight(self.ends) - _since_midnight(self.time) + (A_DAY if self.overnight else TimeDelta.ZERO)

    @property
    def overnight(self) -> bool:
        """Whether a shift ends on the day after the one it begins on."""
        return self.ends <= self.time

    def dates(self, first: Date, last: Date) -> Iterator[Date]:
        """Give its local dates from `first` to `last`, both counted, in order."""
        return self.recurrence.dates(self.starts, first, last if self.last is None else min(last, self.last))

    def falls_on(self, date: Date) -> bool:
        """Return whether there is a shift on that date, as far as the rule alone goes."""
        return any(self.dates(date, date))


def ending(time: Time, length: TimeDelta) -> Time:
    """Return the time on the wall so long after `time`; `length` is a day at most."""
    minutes = round((_since_midnight(time) + length).total("minutes")) % round(A_DAY.total("minutes"))
    return Time(minutes // 60, minutes % 60)


def _since_midnight(time: Time) -> TimeDelta:
    return TimeDelta(hours=time.hour, minutes=time.minute)
