"""Somebody's hellos, to start tests from."""

from dataclasses import replace
from typing import Any

from whenever import Date, Instant, Time, TimeDelta

from bot.domain.hello.hello import Hello, Times, weeks_after
from bot.domain.ids import GroupId, PersonId
from bot.domain.rota.recurrence import Frequency, Rule

GROUP = GroupId.of("local", "oak")
ASH, BEE, CAT = (PersonId.of("local", name) for name in ("ash", "bee", "cat"))
# A Sunday, at noon in London.
NOW = Instant.from_utc(2026, 11, 22, 12)
HOUR = TimeDelta(hours=1)
EVERY_DAY = Rule(frequency=Frequency.DAILY)
NINE = Times(recurrence=EVERY_DAY, starts=Date(2026, 11, 22), time=Time(9))

_HELLO = Hello(
    id="aaaaaaaa",
    group=GROUP,
    person=ASH,
    zone="Europe/London",
    times=(NINE,),
    until=weeks_after(NOW, 4, "Europe/London"),
    watermark=NOW,
)


def hello(**changes: Any) -> Hello:  # noqa: ANN401  Any field of it.
    """Return hellos every day at 9 in London, for four weeks from a Sunday, but for what is given."""
    return replace(_HELLO, **changes)
