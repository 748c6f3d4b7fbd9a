"""Kinds as the house declares them, and a moment to read them at: Tuesday 24 November 2026, noon in London."""

from whenever import Instant, TimeDelta

from bot.domain.commands import Kind, Reading
from bot.domain.ids import PlaceId
from bot.domain.reading import (
    NATIONS,
    Day,
    Leads,
    Length,
    Moment,
    OrNone,
    PauseEnd,
    Place,
    QuietHours,
    Text,
    Weekly,
    Whole,
    Zone,
)
from bot.domain.saying import Refused

ROOM = PlaceId.of("fake", "room")
NOON = Instant.from_utc(2026, 11, 24, 12)
READING = Reading(now=NOON, zone="Europe/London", places={"room": ROOM})

LENGTH = Length()
LEADS = Leads()
DAY = Day()
MOMENT = Moment()
ZONE = Zone()
PLACE = Place()
TEXT = Text()
WHOLE = Whole(least=1, most=20)
QUIET = OrNone(kind=QuietHours())
WEEKLY = OrNone(kind=Weekly())
PAUSE_END = PauseEnd()
KINDS: tuple[Kind, ...] = (
    *(LENGTH, LEADS, DAY, MOMENT, ZONE, PLACE, TEXT, WHOLE, NATIONS),
    *(QUIET, WEEKLY, PAUSE_END),
)


def at(now: str, zone: str = "Europe/London") -> Reading:
    """Return a reading at another moment."""
    return Reading(now=Instant.parse_iso(now), zone=zone)


def why_not(kind: Kind, text: str, reading: Reading = READING) -> str:
    """Return the id of the refusal, or what was read."""
    try:
        return f"read as {kind.read(text, reading)!r}"
    except Refused as refused:
        return refused.say.lines[0].id


def minutes(count: int) -> TimeDelta:
    """Return a length of so many minutes."""
    return TimeDelta(minutes=count)
