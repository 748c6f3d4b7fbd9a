"""How many pings fall due in the same minute: what a chat server's limit must let through."""

from collections import Counter
from collections.abc import Iterable

from whenever import Instant, TimeDelta

from bot.domain.rota.happenings import EachWays, Ping, falling_due
from bot.domain.rota.sheet import Sheet

# Every weekly rule has each of its shifts in it, and every ping before them.
OVER = TimeDelta(hours=24 * 15)


def most_in_a_minute(rotas: Iterable[tuple[Sheet, EachWays]], now: Instant) -> int:
    """Return the largest number of pings that fall due in one minute, over the next two weeks, all rotas together."""
    pings = (
        happening
        for sheet, ways in rotas
        for happening in falling_due(sheet, ways, now, now + OVER)
        if isinstance(happening, Ping)
    )
    return max(Counter(ping.at.timestamp() // 60 for ping in pings).values(), default=0)
