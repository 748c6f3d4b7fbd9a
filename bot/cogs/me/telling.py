"""A person's own ways, in sentences."""

from collections.abc import Iterator, Mapping

from whenever import Instant

from bot.domain.people import Nation, Reach, Ways
from bot.domain.saying import Line, Look, line

NAMES: Mapping[Nation | None, Line] = {
    Nation.ENGLAND: line("nation-england"),
    Nation.SCOTLAND: line("nation-scotland"),
    Nation.WALES: line("nation-wales"),
    Nation.NI: line("nation-ni"),
    None: line("nation-unknown"),
}
_REACHED: Mapping[Reach, Line] = {
    Reach.PRIVATE: line("me-reach-private", Look.ITEM),
    Reach.MENTION: line("me-reach-mention", Look.ITEM),
    Reach.CALENDAR: line("me-reach-calendar", Look.ITEM),
}
REACH_KEPT: Mapping[Reach, str] = {
    Reach.PRIVATE: "me-reach-private-kept",
    Reach.MENTION: "me-reach-mention-kept",
    Reach.CALENDAR: "me-reach-calendar-kept",
}


def shown(ways: Ways, now: Instant) -> Iterator[Line]:
    """Yield all that holds for a person: times, cards, pings, then when they may be asked."""
    yield line("me-zone-now", Look.ITEM, zone=ways.zone)
    yield line("me-nation-now", Look.ITEM, nation=NAMES[ways.nation])
    yield line("me-leads", Look.ITEM, leads=ways.pings) if ways.pings else line("me-no-leads", Look.ITEM)
    yield _REACHED[ways.reach]
    if ways.quiet is None:
        yield line("me-no-quiet", Look.ITEM)
    else:
        yield line("me-quiet-now", Look.ITEM, starts=ways.quiet.starts, ends=ways.quiet.ends)
    yield line("me-asked" if ways.gaps else "me-not-asked", Look.ITEM)
    if ways.weekly is not None:
        yield line("me-limit-now", Look.ITEM, count=ways.weekly)
    if ways.rest is not None:
        yield line("me-rest-now", Look.ITEM, rest=ways.rest)
    if ways.pause is not None and ways.pause.holds(now):
        yield _paused(ways, ways.pause.until)


def _paused(ways: Ways, until: Instant | None) -> Line:
    if until is None:
        return line("me-paused-now", Look.ITEM)
    return line("me-paused-until-now", Look.ITEM, until=until.to_tz(ways.zone))
