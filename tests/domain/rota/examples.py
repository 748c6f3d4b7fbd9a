"""A group's rota, to start tests from."""

from dataclasses import replace
from typing import Any

from whenever import Date, Instant, Time, TimeDelta, Weekday

from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.rota.pattern import Pattern
from bot.domain.rota.roster import Roster, Sheet
from bot.domain.rota.rota import Rota

GROUP = GroupId.of("local", "oak")
ROOM = PlaceId.of("local", "oak-room")
ASH, BEE, CAT = (PersonId.of("local", name) for name in ("ash", "bee", "cat"))
# A Sunday.
NOW = Instant.from_utc(2026, 11, 22, 12)
TUESDAYS_AND_THURSDAYS = Pattern(days=(Weekday.TUESDAY, Weekday.THURSDAY), time=Time(19))
DAILY = Pattern(days=tuple(Weekday), time=Time(20))
TUESDAY, THURSDAY = Date(2026, 11, 24), Date(2026, 11, 26)

_EVENING = Rota(
    id="r1",
    group=GROUP,
    number=1,
    name="Evening check-in",
    pattern=TUESDAYS_AND_THURSDAYS,
    starts=Date(2026, 11, 22),
    zone="Europe/London",
    length=TimeDelta(hours=1),
    people=1,
    place=ROOM,
    words=None,
    watermark=NOW,
)


def rota(**changes: Any) -> Rota:  # noqa: ANN401  Any field of a rota.
    """Return an evening check-in on Tuesdays and Thursdays at 19:00 in London for one person, but for `changes`."""
    return replace(_EVENING, **changes)


def sheet(roster: Roster | None = None, **changes: Any) -> Sheet:  # noqa: ANN401  As above.
    """Return its sheet."""
    return Sheet(rota=rota(**changes), roster=roster or Roster())
