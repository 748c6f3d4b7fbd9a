"""Values for options, found by reading: what a kind takes is picked from what people write, whatever kind it is."""

from collections.abc import Sequence
from random import Random

from whenever import Instant

from bot.domain.commands import Kind, Option, Reading
from bot.domain.ids import PlaceId
from bot.domain.saying import Refused

# What people write, of every sort; a kind takes some of it and refuses the rest.
_WRITTEN = (
    *("1", "2", "3", "12", "two", "abcdefgh", "q2w3e4r5"),
    *("30 minutes", "1 hour", "45m", "2 hours", "a day", "1 hour, 15 minutes", "none"),
    *("20:00", "at 8pm", "in 2 hours", "noon", "tomorrow 9:00", "tonight"),
    *("today", "tomorrow", "friday", "next monday", "daily 20:00", "every monday 18:00", "weekdays at 9am"),
    *("25 december", "24 december to 2 january", "8 weeks", "14 days", "2 welcomes"),
    *(
        "shift then open then everyone",
        "first half",
        "until 20:30",
        "anyone",
        "0123456789abcdef",
        "daily 8am and also sunday 15:00 for two hours, 2 to 4 people",
    ),
    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261203T190000\nRRULE:FREQ=DAILY\nEND:VEVENT\nEND:VCALENDAR\n",
    *("Europe/London", "Europe/Dublin", "Pacific/Auckland", "room", "general", "peers"),
)
_PLACES = {name: PlaceId.of("any", name) for name in ("room", "general", "peers")}


def valid(option: Option, random: Random) -> str | None:
    """Return something that the option takes; None where nothing is known that it would."""
    fitting = _fitting(option.kind)
    return random.choice(fitting) if fitting else None


def _fitting(kind: Kind) -> Sequence[str]:
    return kind.choices or tuple(text for text in _WRITTEN if _reads(kind, text))


def _reads(kind: Kind, text: str) -> bool:
    try:
        kind.read(text, Reading(now=Instant.now(), zone="Europe/London", places=_PLACES))
    except Refused:
        return False
    return True
