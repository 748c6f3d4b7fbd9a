"""When somebody is on: what meets what, how much rest there is between, and to which week it counts."""

from dataclasses import dataclass

from whenever import Date, Instant, TimeDelta

NO_TIME = TimeDelta()
# So far back the first shift of a week can lie, on its last day, in another zone than the rota's.
COUNTED = TimeDelta(hours=24 * 8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """From `begins` up to `ends`, which is later and not counted; two that only touch do not meet."""

    begins: Instant
    ends: Instant

    def meets(self, other: "Stretch", rest: TimeDelta = NO_TIME) -> bool:
        """Whether both have a moment in common, or less than `rest` between them."""
        return self.begins < other.ends + rest and other.begins < self.ends + rest

    def week(self, zone: str) -> Date:
        """Return the Monday of the ISO week that it begins in, in that IANA zone."""
        return monday_of(self.begins.to_tz(zone).date())


def monday_of(date: Date) -> Date:
    """Return the Monday of the ISO week that a date is in."""
    return date.subtract(days=date.day_of_week().value - 1)
