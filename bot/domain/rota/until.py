"""How long it is until something begins, as people say it. It is never said to be later than it is."""

from whenever import Instant, TimeDelta

from bot.domain.saying import Line, line

# Up to so long before, it is said in steps of so much.
_STEPS = (
    (TimeDelta(hours=1), TimeDelta(minutes=1)),
    (TimeDelta(hours=3), TimeDelta(minutes=15)),
    (TimeDelta(hours=24), TimeDelta(hours=1)),
)
_SHORTEST = TimeDelta(minutes=1)
_TOMORROW = 1


def until(begins: Instant, now: Instant, zone: str) -> Line:
    """Return "in 3 hours"; from a day on, the days of the reader's calendar, which is that of `zone`."""
    left = begins - now
    if left <= TimeDelta.ZERO:
        return line("rota-until-now")
    step = next((step for most, step in _STEPS if left < most), None)
    if step is not None:
        return line("rota-until", length=max(_SHORTEST, left.round(step, mode="floor")))
    days = int(now.to_tz(zone).date().until(begins.to_tz(zone).date(), total="days"))
    if days == _TOMORROW:
        return line("rota-until-tomorrow")
    return line("rota-until", length=TimeDelta(hours=24 * days))
